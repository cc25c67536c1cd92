import type { Redis } from 'ioredis';

/** What befalls the next script on a connection; `run` sends it. */
export type Mishap = (run: () => Promise<unknown>) => Promise<unknown>;

/** Redis carries the script out, and its answer never comes. */
export const answerLost: Mishap = async (run) => {
  await run();
  throw new Error('Command timed out');
};

/** As the connection does when it was lost after the script ran: the same command, twice. */
export const sentAgain: Mishap = async (run) => {
  await run();
  return run();
};

/** Redis takes the script and is stuck for three seconds; the connection gives up before, and Redis carries out what it took. */
export function heldUp(redis: Redis): Mishap {
  return async (run) => {
    await redis.call('CLIENT', 'PAUSE', '3000', 'ALL');
    return run();
  };
}

/** Another connection to the same Redis, on which this befalls the next script that Redis holds already, once. */
export async function connectBadly(redis: Redis, mishap: Mishap): Promise<Redis> {
  const line = redis.duplicate();
  await line.connect();
  const evaluate = line.evalsha.bind(line) as (...command: unknown[]) => Promise<unknown>;
  let isBad = true;
  line.evalsha = ((...command: unknown[]) => {
    const run = () => evaluate(...command);
    if (!isBad) return run();
    isBad = false;
    return mishap(run);
  }) as typeof line.evalsha;
  return line;
}

/** Resolves when a Redis that was stuck has carried out what it took. */
export async function untilItAnswers(redis: Redis): Promise<void> {
  const operator = redis.duplicate({ commandTimeout: 10_000 });
  await operator.connect();
  await operator.ping();
  operator.disconnect();
}
