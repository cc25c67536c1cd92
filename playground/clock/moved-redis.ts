import { Redis } from 'ioredis';
import { dateAheadMs } from './moved-date.ts';

const TIME_IN_LUA = /redis\.call\(\s*['"]TIME['"]\s*\)/gi;

/**
 * Lets Redis, whose own clock nobody can move, tell this process the moved time: the answer to `TIME` is moved, and scripts
 * are sent with a `TIME` that is. A script that is named by its digest is said to be unknown, so that it is sent as text.
 */
export function installMovedRedisTime(): void {
  const { eval: evaluate, time } = Redis.prototype;
  Object.assign(Redis.prototype, {
    async evalsha(): Promise<never> {
      throw new Error('NOSCRIPT the playground sends every script as text, with the moved time in it');
    },
    eval(this: Redis, script: string, ...rest: [number, ...string[]]) {
      return evaluate.call(this, movedScript(script), ...rest);
    },
    async time(this: Redis): Promise<string[]> {
      const aheadSeconds = dateAheadMs() / 1000;
      const [seconds, microseconds] = await time.call(this);
      return [String(Number(seconds) + aheadSeconds), String(microseconds)];
    },
  });
}

/** The same script as text, with its `TIME` ahead by as much as this process's `Date` is now. */
function movedScript(script: string): string {
  const ahead = dateAheadMs() / 1000;
  return script.replace(
    TIME_IN_LUA,
    `(function() local t = redis.call('TIME'); t[1] = string.format('%.0f', t[1] + ${ahead}); return t end)()`,
  );
}
