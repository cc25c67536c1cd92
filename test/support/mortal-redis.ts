import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { freePort } from '../../playground/free-port.ts';
import { KEY_PREFIX } from '../../src/store/keys.ts';
import { findRedisServer, startLocalRedis } from '../../src/store/local-redis.ts';
import { until } from './until.ts';

/** A Redis with the settings of production that a test may kill, freeze and start again on the same files. */
export interface MortalRedis {
  /** For processes, which are told where Redis is by a URL. */
  readonly url: string;
  readonly target: { readonly socketPath: string };
  /** Ends the server at once, as a power loss of it alone would. Resolves when it is gone. */
  kill(): Promise<void>;
  /** Starts it again on the files and addresses it had. */
  restart(): Promise<void>;
  /** It takes connections and commands and answers nothing until `thaw`. */
  freeze(): void;
  thaw(): void;
  /** A connection of the test's own. Disconnected by `stop`. */
  connect(): Promise<Redis>;
  stop(): Promise<void>;
}

export async function startMortalRedis(): Promise<MortalRedis> {
  const program = findRedisServer(process.env);
  if (!program) throw new Error('no redis-server: run the suite with npm test, which gets one');
  const directory = mkdtempSync(join(tmpdir(), 'rb-mortal-'));
  const socketPath = join(directory, 'redis.sock');
  const port = await freePort();
  const connections: Redis[] = [];
  const shells: Awaited<ReturnType<typeof startLocalRedis>>[] = [];
  let pid = 0;

  async function start(): Promise<void> {
    if (!program) return;
    shells.push(await startLocalRedis(program, directory));
    const redis = await connect();
    await redis.config('SET', 'port', port);
    pid = Number(/process_id:(\d+)/.exec(await redis.info('server'))?.[1]);
    redis.disconnect();
  }

  async function connect(): Promise<Redis> {
    const redis = new Redis({ path: socketPath, lazyConnect: true });
    redis.on('error', () => undefined);
    await redis.connect();
    connections.push(redis);
    return redis;
  }

  await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    target: { socketPath },
    async kill() {
      process.kill(pid, 'SIGKILL');
      await until('Redis to be gone', () => !isAlive(pid));
    },
    restart: start,
    freeze: () => process.kill(pid, 'SIGSTOP'),
    thaw: () => process.kill(pid, 'SIGCONT'),
    connect,
    async stop() {
      for (const redis of connections) redis.disconnect();
      if (isAlive(pid)) process.kill(pid, 'SIGCONT');
      for (const shell of shells) await shell.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** Deletes at one moment every key of BullMQ and none of the bot's own. Returns how many there were. */
export async function forgetTheQueue(redis: Redis): Promise<number> {
  return Number(await redis.eval(FORGET, 0, `${QUEUE}:*`));
}

/** Deletes the lists of BullMQ, and not what stood in them, as deleting key by key may leave it. */
export async function forgetTheLists(redis: Redis): Promise<number> {
  const lists = ['wait', 'active', 'delayed', 'prioritized', 'marker', 'meta', 'id'];
  return redis.del(...lists.map((list) => `${QUEUE}:${list}`));
}

const QUEUE = `${KEY_PREFIX}:restore-work`;

const FORGET = `
  local keys = redis.call('KEYS', ARGV[1])
  if #keys == 0 then return 0 end
  return redis.call('DEL', unpack(keys))
`;
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
