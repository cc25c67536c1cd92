import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Arm, Strike } from './strikes.ts';

export type Role = 'slack' | 'worker';

/** The bot's processes: started, killed, and started again by themselves as a service manager would. */
export interface Fleet {
  /** Kills the process in this place at once; it comes back by itself. */
  kill(place: number): void;
  /** Stops the process in this place as a deploy does, and starts it again. Resolves with how long the stop took. */
  roll(place: number): Promise<number>;
  readonly places: readonly Role[];
  /** Arms every process, also those that are yet to start. */
  arm(arms: readonly Arm[]): void;
  /** Everything the agents reported so far. */
  strikes(): readonly Strike[];
  readonly killed: readonly { readonly at: number; readonly place: number }[];
  stop(): Promise<void>;
}

/** How soon a process that died is started again. */
const RESTART_MS = 100;
const READY_WITHIN_MS = 60_000;

export async function startFleet(parts: {
  /** The compiled bot. */
  readonly program: string;
  /** The compiled agent. */
  readonly agent: string;
  readonly roles: readonly Role[];
  readonly env: Readonly<Record<string, string>>;
  readonly directory: string;
  /** Whether the places that processes reach are reported, and can be armed. */
  readonly isWatched: boolean;
  /** Where processes die from their first start on; who dies there counts as ready when it has come back. */
  readonly arms?: readonly Arm[];
}): Promise<Fleet> {
  const reportFile = join(parts.directory, 'strikes.jsonl');
  const log = openSync(join(parts.directory, 'bot.log'), 'a');
  closeSync(openSync(reportFile, 'a'));
  const children: (ChildProcess | undefined)[] = [];
  const killed: { at: number; place: number }[] = [];
  const armed = new Map<string, Arm>();
  let isStopping = false;

  const keyOf = (arm: Arm) => `${arm.point}|${arm.when}`;
  for (const arm of parts.arms ?? []) armed.set(keyOf(arm), arm);

  function start(place: number): ChildProcess {
    const role = parts.roles[place] ?? 'worker';
    const child = spawn(process.execPath, ['--import', parts.agent, parts.program], {
      env: {
        PATH: process.env.PATH ?? '',
        LOG_LEVEL: 'info',
        ROLE: role,
        ...(parts.isWatched ? { CHAOS_REPORT: reportFile } : {}),
        CHAOS_ARMS: JSON.stringify([...armed.values()]),
        ...parts.env,
      },
      stdio: ['ignore', 'pipe', log, 'ipc'],
    });
    children[place] = child;
    child.stdout?.on('data', (data: Buffer) => {
      writeSync(log, data);
      if (data.includes('restore bot is running')) child.emit('ready');
    });
    child.on('error', () => undefined);
    child.once('exit', () => {
      if (isStopping || children[place] !== child) return;
      killed.push({ at: Date.now(), place });
      forgetSpent();
      setTimeout(() => !isStopping && start(place), RESTART_MS);
    });
    return child;
  }

  function strikes(): readonly Strike[] {
    if (!existsSync(reportFile)) return [];
    return readFileSync(reportFile, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Strike);
  }

  /** An arm kills once; what is left is told to the processes that start later. */
  function forgetSpent(): void {
    for (const strike of strikes()) {
      if (strike.kind === 'killed') armed.delete(keyOf(strike));
    }
    sendArms();
  }

  function sendArms(): void {
    for (const child of children) {
      if (child?.connected) child.send({ arms: [...armed.values()] }, () => undefined);
    }
  }

  async function ready(child: ChildProcess, place: number): Promise<void> {
    const late = sleep(READY_WITHIN_MS, 'late' as const, { ref: false });
    const outcome = await Promise.race([once(child, 'ready'), once(child, 'exit').then(() => 'ended' as const), late]);
    if (outcome === 'ended' && child.signalCode === 'SIGKILL' && parts.arms) {
      await sleep(2 * RESTART_MS);
      const next = children[place];
      if (next && next !== child) return ready(next, place);
    }
    if (outcome === 'late' || outcome === 'ended') throw new Error(`a bot process did not start (${outcome})`);
  }

  const takeAlong = () => {
    for (const child of children) child?.kill('SIGKILL');
  };
  process.once('exit', takeAlong);
  await Promise.all(parts.roles.map((_, place) => ready(start(place), place)));

  return {
    places: parts.roles,
    killed,
    strikes,
    kill(place) {
      children[place]?.kill('SIGKILL');
    },
    async roll(place) {
      const child = children[place];
      if (!child || child.exitCode !== null) return 0;
      children[place] = undefined;
      const begunAt = Date.now();
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
      const tookMs = Date.now() - begunAt;
      if (!isStopping) await ready(start(place), place);
      return tookMs;
    },
    arm(arms) {
      armed.clear();
      for (const arm of arms) armed.set(keyOf(arm), arm);
      sendArms();
    },
    async stop() {
      isStopping = true;
      await Promise.all(
        children.map(async (child) => {
          if (!child || child.exitCode !== null || child.signalCode !== null) return;
          const gone = once(child, 'exit');
          child.kill('SIGKILL');
          await gone;
        }),
      );
      process.off('exit', takeAlong);
      closeSync(log);
    },
  };
}
