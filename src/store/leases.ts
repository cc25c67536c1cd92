import type { Redis } from 'ioredis';
import type { Leases } from '../steps/look-at-loss.ts';
import { KEY } from './keys.ts';

/** Leases in Redis, each a key that goes by itself: whoever sets it holds the lease. */
export function createLeases(redis: Redis): Leases {
  return {
    async take(name, forMs) {
      return (await redis.set(KEY.lease(name), '1', 'PX', Math.ceil(forMs), 'NX')) === 'OK';
    },
    async again(name, afterMs) {
      if (afterMs <= 0) await redis.del(KEY.lease(name));
      else await redis.set(KEY.lease(name), '1', 'PX', Math.ceil(afterMs));
    },
  };
}
