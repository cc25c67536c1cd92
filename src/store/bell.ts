import type { Redis } from 'ioredis';
import type { RestoreId } from '../restore/names.ts';
import { KEY } from './keys.ts';

/** How long one wait holds a connection. */
const WAIT_S = 5;
/** Taken off the list in one go. */
const MOST_TOGETHER = 50;

/** Calls workers to restores that changed. Who takes the call may be lost with it: then the sweep finds what it was about. */
export async function ringBell(redis: Redis, ids: readonly RestoreId[]): Promise<void> {
  if (ids.length > 0) await redis.rpush(KEY.bell, ...ids);
}

/** What listens for the bell. What one hears no other does. */
export interface Ear {
  /** Resolves with what was rung for, each restore once, or with nothing after five seconds of silence. Rejects when closed. */
  hear(): Promise<readonly RestoreId[]>;
  close(): void;
}

/** The connection is blocked while it listens, so it must have no other use. */
export function createEar(redis: Redis): Ear {
  return {
    async hear() {
      const [, first] = (await redis.blpop(KEY.bell, WAIT_S)) ?? [];
      if (first === undefined) return [];
      const more = (await redis.lpop(KEY.bell, MOST_TOGETHER - 1)) ?? [];
      return [...new Set([first, ...more])];
    },
    close: () => redis.disconnect(),
  };
}
