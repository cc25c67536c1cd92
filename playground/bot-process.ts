import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Follower } from './clock/playground-clock.ts';
import { until } from './story.ts';
import type { World } from './world.ts';

/** A bot that is busy moves its clock when it is free again. */
const MOVES_WITHIN_MS = 10_000;
/** On a busy or slow machine: the bot compiles itself first. */
const LONGEST_START_MS = 120_000;
const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const CLOCK = new URL('./clock/preload.ts', import.meta.url).href;

/**
 * The real bot in a process of its own, told by its environment what a real one would be told. With `movableClock` its time
 * of day can be set ahead, from `clockAheadMs` on, without a change to the product: see docs/decisions/0011-the-playground-moves-time-from-outside.md.
 */
export async function startBotProcess(
  world: World,
  onLine: (line: string) => void = () => undefined,
  { movableClock = false, clockAheadMs = 0 }: { readonly movableClock?: boolean; readonly clockAheadMs?: number } = {},
): Promise<Follower & { stop(): Promise<void>; readonly pid: number | undefined }> {
  const child = spawn(process.execPath, ['--import', 'tsx', ...(movableClock ? ['--import', CLOCK] : []), MAIN], {
    env: {
      PATH: process.env.PATH ?? '',
      LOG_LEVEL: 'info',
      NODE_OPTIONS: '',
      ...(movableClock ? { PLAYGROUND_CLOCK_AHEAD_MS: String(clockAheadMs) } : {}),
      ...world.env,
    },
    stdio: ['ignore', 'pipe', 'inherit', ...(movableClock ? (['ipc'] as const) : [])],
  });
  if (!child.stdout) throw new Error('the bot has no output');
  // Whatever ends this process without stopping the bot must not leave it behind.
  const takeAlong = () => child.kill('SIGKILL');
  process.once('exit', takeAlong);
  child.once('exit', () => process.off('exit', takeAlong));
  let hasStarted = false;
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (line.includes('restore bot is running')) hasStarted = true;
    onLine(line);
  });
  await until(
    'the bot to start',
    () => {
      if (child.exitCode !== null) throw new Error(`the bot ended at once (code ${child.exitCode})`);
      return hasStarted;
    },
    LONGEST_START_MS,
  );
  return {
    pid: child.pid,
    async setClockAhead(clockAheadMs) {
      if (!child.connected) throw new Error('this bot does not follow the clock of the playground');
      const isMoved = once(child, 'message', { signal: AbortSignal.timeout(MOVES_WITHIN_MS) });
      child.send({ clockAheadMs });
      await isMoved;
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    },
  };
}
