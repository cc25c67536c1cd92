import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { until } from './story.ts';
import type { World } from './world.ts';

/** The real bot in a process of its own, told by its environment what a real one would be told. */
export async function startBotProcess(
  world: World,
  onLine: (line: string) => void = () => undefined,
): Promise<{ stop(): Promise<void>; readonly pid: number | undefined }> {
  const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', main], {
    env: { PATH: process.env.PATH ?? '', LOG_LEVEL: 'info', NODE_OPTIONS: '', ...world.env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
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
    30_000,
  );
  return {
    pid: child.pid,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    },
  };
}
