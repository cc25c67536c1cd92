import { Redis } from 'ioredis';

/** Where Redis is: a URL, or the Unix socket of the bot's own server. */
export type RedisTarget = { readonly url: string } | { readonly socketPath: string };

/**
 * A connection for work that a person waits for: no offline queue, one try. A command fails within milliseconds when
 * Redis is away, so that the person is told and nothing happens behind their back later.
 */
export function connectForClicks(target: RedisTarget): Redis {
  return connect(target, { enableOfflineQueue: false, maxRetriesPerRequest: 1, commandTimeout: 1500 });
}

/** A connection for BullMQ, which insists on waiting for Redis to come back (`maxRetriesPerRequest: null`). */
export function connectForQueue(target: RedisTarget): Redis {
  return connect(target, { maxRetriesPerRequest: null });
}

/**
 * Connects for the first time. Rejects, with the connection given up, in words for the operator: where Redis was looked
 * for, without the password, and what came of it.
 */
export async function connectAtStart(redis: Redis, target: RedisTarget): Promise<void> {
  let trouble = 'no answer';
  const note = (error: Error & { readonly code?: string }) => {
    trouble = error.message || error.code || trouble;
  };
  redis.on('error', note);
  try {
    await redis.connect();
  } catch (cause) {
    redis.disconnect();
    const where = 'url' in target ? new URL(target.url).host : target.socketPath;
    throw new Error(`Redis cannot be reached at ${where} (${trouble}). Start it, or correct REDIS_URL.`, { cause });
  } finally {
    redis.off('error', note);
  }
}

interface Patience {
  readonly enableOfflineQueue?: boolean;
  readonly maxRetriesPerRequest: number | null;
  readonly commandTimeout?: number;
}

function connect(target: RedisTarget, patience: Patience): Redis {
  const options = { ...patience, lazyConnect: true, retryStrategy: (times: number) => Math.min(50 * 2 ** times, 2000) };
  return 'url' in target ? new Redis(target.url, options) : new Redis({ ...options, path: target.socketPath });
}

/** What is answered when Redis does not tell its settings. */
export const SETTINGS_HIDDEN = 'Redis does not let the bot read its settings (CONFIG GET): check them by hand';

/** What is wrong with how this Redis keeps data, in words for the operator; empty when records are safe in it. Rejects when Redis is away. */
export async function persistenceProblems(redis: Redis): Promise<readonly string[]> {
  const setting = async (name: string) => (await configGet(redis, name))?.[1];
  const problems: string[] = [];
  const [appendOnly, fsync, eviction] = await Promise.all([
    setting('appendonly'),
    setting('appendfsync'),
    setting('maxmemory-policy'),
  ]);
  if (appendOnly === undefined) return [SETTINGS_HIDDEN];
  if (appendOnly !== 'yes')
    problems.push('appendonly is off: set "appendonly yes", or a restart forgets every restore');
  else if (fsync !== 'always') {
    problems.push(`appendfsync is "${fsync}": set "appendfsync always", or a power loss may forget an approval`);
  }
  if (eviction !== 'noeviction') {
    problems.push(`maxmemory-policy is "${eviction}": set "noeviction", or Redis may drop records when it is full`);
  }
  return problems;
}

/** Hosted Redis often refuses CONFIG; that is not a failure of ours. */
async function configGet(redis: Redis, name: string): Promise<readonly string[] | undefined> {
  try {
    const reply: unknown = await redis.config('GET', name);
    return Array.isArray(reply) ? reply.map(String) : undefined;
  } catch (error) {
    if (error instanceof Error && error.name === 'ReplyError') return undefined;
    throw error;
  }
}
