import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';

/** Runs one Lua script on the keys and arguments given; answers what it replied, to be checked by the caller. */
export type Script = (keys: readonly string[], args: readonly string[]) => Promise<unknown>;

/**
 * A script that is sent by its SHA-1 digest, and as text only when Redis does not hold it: the first time, after a restart
 * and after a failover. A Redis that does not hold it has carried out nothing, so sending it again is safe. Rejects as
 * any command of this connection does.
 */
export function createScript(redis: Redis, lua: string): Script {
  const digest = createHash('sha1').update(lua).digest('hex');
  return async (keys, args) => {
    try {
      return await redis.evalsha(digest, keys.length, ...keys, ...args);
    } catch (error) {
      if (!isUnknownScript(error)) throw error;
      return redis.eval(lua, keys.length, ...keys, ...args);
    }
  };
}

function isUnknownScript(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('NOSCRIPT');
}
