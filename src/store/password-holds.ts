import type { Redis } from 'ioredis';
import type { PasswordHolds } from '../new-instances/passwords.ts';
import { KEY } from './keys.ts';

/** Holds in Redis, each a key that goes by itself after `lifetimeMs`. Never the passwords themselves. */
export function createPasswordHolds(redis: Redis, { lifetimeMs }: { readonly lifetimeMs: number }): PasswordHolds {
  return {
    async renew(name) {
      await redis.set(KEY.passwordHeld(name), '1', 'PX', Math.ceil(lifetimeMs));
    },
    async isHeld(name) {
      return (await redis.exists(KEY.passwordHeld(name))) === 1;
    },
    async end(name) {
      await redis.del(KEY.passwordHeld(name));
    },
  };
}
