import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { InstanceLooks } from '../shadow/shadow-watcher.ts';
import { KEY } from './keys.ts';

const lastSeen = z.object({
  status: z.string(),
  at: z.string(),
  nextAtMs: z.number(),
  explainedBy: z.string().exactOptional(),
});

/** What instances were when they were last looked at, for all workers. */
export function createInstanceLooks(redis: Redis): InstanceLooks {
  return {
    async seen() {
      const all = Object.entries(await redis.hgetall(KEY.instancesSeen));
      return new Map(all.map(([auraId, json]) => [auraId, lastSeen.parse(JSON.parse(json))]));
    },
    async note(auraId, seen) {
      await redis.hset(KEY.instancesSeen, auraId, JSON.stringify(seen));
    },
    take: async (what, leaseMs) => (await redis.set(KEY.looking(what), '1', 'PX', leaseMs, 'NX')) === 'OK',
    async release(what) {
      await redis.del(KEY.looking(what));
    },
  };
}
