import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { loadRedisPlace } from '../config/load-config.ts';
import { findRedisServer, isListening, startLocalRedis } from '../store/local-redis.ts';
import { connectForClicks, type RedisTarget } from '../store/redis.ts';

export interface OpenedRedis {
  readonly redis: ReturnType<typeof connectForClicks>;
  close(): Promise<void>;
}

/**
 * Connects to the Redis that the bot of this environment uses. Without `REDIS_URL` that is the running bot's own; when
 * no bot is running, its data are served for as long as this is open. Rejects, in words, when there is none.
 */
export async function openRedis(env: Readonly<Record<string, string | undefined>>): Promise<OpenedRedis> {
  const place = loadRedisPlace(env);
  if ('url' in place) return connected({ url: place.url });
  const directory = resolve(place.localDirectory);
  if (!existsSync(directory)) {
    throw new Error(`there are no records in ${directory}: set REDIS_URL or DATA_DIR as the bot has them`);
  }
  const socketPath = join(directory, 'redis.sock');
  if (await isListening(socketPath)) return connected({ socketPath });
  const program = findRedisServer(env);
  if (!program) throw new Error('no redis-server was found to read the records with. Run "npm run redis:get" once');
  const server = await startLocalRedis(program, directory);
  return connected({ socketPath: server.socketPath }, () => server.stop());
}

async function connected(target: RedisTarget, alsoClose?: () => Promise<void>): Promise<OpenedRedis> {
  const redis = connectForClicks(target);
  redis.on('error', () => undefined);
  try {
    await redis.connect();
  } catch {
    redis.disconnect();
    await alsoClose?.();
    throw new Error('Redis cannot be reached');
  }
  return {
    redis,
    async close() {
      redis.disconnect();
      await alsoClose?.();
    },
  };
}
