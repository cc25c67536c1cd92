import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { SaveUnclearError } from '../coordinator.ts';

/** The click's connection gives up on a command after this time, and its person is told; the save must not happen later. */
export const SAVE_WITHIN_MS = 1_500;
/** How long to look for what became of a save whose answer was lost: within Slack's three seconds, with the save before it. */
const CERTAINTY_MS = 800;

/**
 * Until when a save that is sent at once may be carried out: epoch milliseconds of Redis' own clock, for its script to
 * compare. A Redis that was stuck carries out what it took long after the person was told that it failed.
 */
export async function notAfter(redis: Redis): Promise<string> {
  const [seconds, microseconds] = await redis.time();
  return String(Number(seconds) * 1000 + Math.floor(Number(microseconds) / 1000) + SAVE_WITHIN_MS);
}

/**
 * What a save replied. One whose answer was lost is looked for on record before anybody is told what became of it: `look`
 * answers what Redis would have replied, undefined when it is not there. Fails with `SaveUnclearError`, which says `what`
 * may be saved, when that cannot be seen either.
 */
export async function replyForSure<Reply>(
  saving: Promise<unknown>,
  look: () => Promise<Reply | undefined>,
  what: string,
): Promise<unknown> {
  try {
    return await saving;
  } catch (error) {
    if (isCertainlyNotSaved(error)) throw error;
    // A person waits: with a store that does not answer, not to know is an answer too.
    const found = await Promise.race([look().catch(() => undefined), sleep(CERTAINTY_MS, undefined)]);
    if (found !== undefined) return found;
    throw new SaveUnclearError(`${what} may be saved`, { cause: error });
  }
}

/** Redis said no, or the command never left: the offline queue is off. Anything else was lost on the way there or back. */
export function isCertainlyNotSaved(error: unknown): boolean {
  return error instanceof Error && (error.name === 'ReplyError' || /enableOfflineQueue/.test(error.message));
}
