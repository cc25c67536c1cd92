import type { Redis } from 'ioredis';
import { type Pace, QUICK } from '../../playground/aura/assumptions.ts';
import { startBotProcess } from '../../playground/bot-process.ts';
import { startWorld, type World } from '../../playground/world.ts';
import type { Restore } from '../../src/restore/restore.ts';
import type { Status } from '../../src/restore/state.ts';
import { KEY } from '../../src/store/keys.ts';
import { createRestoreStore } from '../../src/store/restore-store.ts';
import { type MortalRedis, startMortalRedis } from './mortal-redis.ts';
import { until } from './until.ts';

export type BotProcess = Awaited<ReturnType<typeof startBotProcess>> & { readonly pid: number };

/** Real bot processes between the simulators, on one Redis that may be killed. */
export interface Site extends World {
  readonly redis: MortalRedis;
  /** The test's own connection, for looking from outside. */
  readonly eye: Redis;
  start(role?: 'all' | 'slack' | 'worker'): Promise<BotProcess>;
  record(id: string): Promise<Restore>;
  /** Resolves with the record when it has come to this status. */
  comesTo(id: string, status: Status, longestMs?: number): Promise<Restore>;
  end(): Promise<void>;
}

const TIMING = {
  poll_interval: '0.1s',
  snapshot_poll: '0.1s',
  start_watch: '3s',
  start_lag: '3s',
  verify_connect: '8s',
  sweep: '0.5s',
  card_refresh: '1s',
};

export async function startSite(
  options: {
    readonly pace?: Partial<Pace>;
    readonly timing?: Readonly<Record<string, unknown>>;
    /** More of the configuration file, at its top level. */
    readonly settings?: Readonly<Record<string, unknown>>;
    readonly productionSettings?: Readonly<Record<string, unknown>>;
    /** More of the bot's environment. */
    readonly env?: Readonly<Record<string, string>>;
  } = {},
): Promise<Site> {
  const redis = await startMortalRedis();
  const world = await startWorld({
    transport: 'socket',
    pace: { ...QUICK, ...options.pace },
    ...(options.productionSettings ? { productionSettings: options.productionSettings } : {}),
    settings: { ...options.settings, timing: { ...TIMING, ...options.timing } },
  });
  const eye = await redis.connect();
  const store = createRestoreStore(eye);
  const processes: BotProcess[] = [];

  async function record(id: string): Promise<Restore> {
    const loaded = await store.load(id);
    if (!loaded) throw new Error(`there is no record of ${id}`);
    return loaded.restore;
  }

  return {
    ...world,
    redis,
    eye,
    record,
    async start(role = 'all') {
      const env = {
        ...world.env,
        ...options.env,
        REDIS_URL: redis.url,
        ROLE: role,
        LOG_LEVEL: process.env.TEST_LOG ?? 'info',
      };
      const started = await startBotProcess({ ...world, env }, (line) => {
        if (process.env.TEST_LOG) process.stdout.write(`${role} ${line}\n`);
      });
      if (started.pid === undefined) throw new Error('the bot has no process');
      const bot = { ...started, pid: started.pid };
      processes.push(bot);
      return bot;
    },
    async comesTo(id, status, longestMs = 20_000) {
      let last = '';
      await until(
        `${id} to be ${status}`,
        async () => {
          last = (await record(id)).state.status;
          return last === status;
        },
        longestMs,
      ).catch((error: unknown) => {
        throw new Error(`${id} is ${last}`, { cause: error });
      });
      return record(id);
    },
    async end() {
      for (const { pid, stop } of processes) {
        resume(pid);
        await stop();
      }
      await redis.stop();
      await world.close();
    },
  };
}

/**
 * Lets Aura take as long for the next restore as the bot needs to see it, however slow this machine is; then it ends, and
 * the record with it. Call `hold` before the restore call and `finish` after it.
 */
export function endlessRestore(site: Site, id: string, auraId: string) {
  return {
    hold: () => site.aura.faults.add({ kind: 'restore-ends', as: 'never', times: 1 }),
    async finish(): Promise<void> {
      const isSeen = ({ state }: Restore) => state.status === 'restoring' && state.leftRunningAt !== undefined;
      await until('the bot to see the restore', async () => isSeen(await site.record(id)));
      site.aura.instances.settle(auraId, 'running');
      await site.comesTo(id, 'completed');
    },
  };
}

/**
 * Brings the first restore, which was just approved, to the moment after its intent was saved and before its call is
 * sent, and keeps it there for so long: the request budget is told that Aura wants to be left alone.
 */
export async function holdBeforeTheCall(site: Site, id: string, holdMs: number): Promise<void> {
  const { aura, eye } = site;
  const seen = (route: 'get-instance' | 'get-snapshot') => aura.calls(route).length;
  await until('the safety snapshot', () => aura.calls('take-snapshot').length > 0);
  const instancesRead = seen('get-instance');
  aura.faults.add({ kind: 'slow', route: 'get-instance', delayMs: 500, times: 1 });
  await until('the last look at the instance', () => seen('get-instance') > instancesRead);
  const snapshotsRead = seen('get-snapshot');
  aura.faults.add({ kind: 'slow', route: 'get-snapshot', delayMs: 500, times: 1 });
  await until('the last look at the snapshot', () => seen('get-snapshot') > snapshotsRead);
  await eye.set(KEY.auraHoldOff, '1', 'PX', holdMs);
  await site.comesTo(id, 'restore-sent');
}

function resume(pid: number): void {
  try {
    process.kill(pid, 'SIGCONT');
  } catch {
    // It has ended already.
  }
}
