import type { Redis } from 'ioredis';
import type { Turns } from '../steps/look-at-loss.ts';
import { KEY } from './keys.ts';

/** Turns in Redis, each a key that goes by itself: whoever sets it has the turn. */
export function createTurns(redis: Redis): Turns {
  return {
    async take(name, forMs) {
      return (await redis.set(KEY.turn(name), '1', 'PX', Math.ceil(forMs), 'NX')) === 'OK';
    },
    async again(name, afterMs) {
      if (afterMs <= 0) await redis.del(KEY.turn(name));
      else await redis.set(KEY.turn(name), '1', 'PX', Math.ceil(afterMs));
    },
  };
}
