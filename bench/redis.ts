import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Redis } from 'ioredis';
import { ensureRedisServer } from '../scripts/ensure-redis.ts';
import { startLocalRedis } from '../src/store/local-redis.ts';
import { connectForQueue } from '../src/store/redis.ts';

/** The one Redis of a run, with the bot's own settings: append-only, fsync always. Both sides of a comparison use it. */
export interface BenchRedis {
  readonly url: string;
  readonly directory: string;
  readonly version: string;
  /** The bench's own connection. */
  readonly redis: Redis;
  stop(): Promise<void>;
}

/** Starts it below a temporary folder, which it takes away at the end. */
export async function startBenchRedis(): Promise<BenchRedis> {
  const program = await ensureRedisServer((line) => console.log(line));
  const directory = mkdtempSync(join(tmpdir(), 'rb-bench-'));
  const server = await startLocalRedis(program, directory);
  const redis = connectForQueue({ socketPath: server.socketPath });
  redis.on('error', (error) => console.error(`Redis of the bench: ${error.message}`));
  await redis.connect();
  const port = await freePort();
  await redis.config('SET', 'port', String(port));
  const version = /redis_version:(\S+)/.exec(await redis.info('server'))?.[1] ?? 'unknown';
  return {
    url: `redis://127.0.0.1:${port}`,
    directory,
    version,
    redis,
    async stop() {
      redis.disconnect();
      await server.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** A TCP port that nobody uses at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== 'object' || !address) throw new Error('no free port');
  return address.port;
}

/** How many commands Redis has carried out, those inside scripts included, and the microseconds they took. */
export async function commandsDone(redis: Redis): Promise<{ readonly calls: number; readonly usec: number }> {
  const stats = await redis.info('commandstats');
  let calls = 0;
  let usec = 0;
  for (const [, name, count, time] of stats.matchAll(/cmdstat_(\S+?):calls=(\d+),usec=(\d+)/g)) {
    calls += Number(count);
    // The time of a script holds the time of the commands inside it.
    if (name !== 'eval' && name !== 'evalsha') usec += Number(time);
  }
  return { calls, usec };
}

/** Bytes that Redis uses for its data. */
export async function bytesUsed(redis: Redis): Promise<number> {
  return Number(/used_memory:(\d+)/.exec(await redis.info('memory'))?.[1] ?? Number.NaN);
}
