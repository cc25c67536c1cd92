import { describe, expect, it, onTestFinished } from 'vitest';
import { createRedisCheck, unsafeRedisRefusal } from '../../src/start-checks/redis-check.ts';
import { persistenceProblems } from '../../src/store/redis.ts';
import { startTestStore } from '../support/store.ts';

describe('the check of Redis', () => {
  it('finds settings that lose records, hidden settings, and a Redis that is away', async () => {
    const test = await startTestStore();
    const check = createRedisCheck({
      settingProblems: () => persistenceProblems(test.redis),
      readClock: test.store.now,
    });
    expect(await check.find()).toEqual([]);

    await test.redis.config('SET', 'appendfsync', 'everysec');
    expect(await check.find()).toEqual([
      {
        about: 'redis',
        weight: 'fault',
        words: expect.stringMatching(/^Redis may lose records: appendfsync is "everysec"/),
      },
    ]);

    await test.redis.call('ACL', 'SETUSER', 'default', '-config');
    expect(await check.find()).toEqual([
      { about: 'redis', weight: 'doubt', words: expect.stringMatching(/check them by hand/) },
    ]);

    await test.stop();
    expect(await check.find()).toEqual([
      { about: 'redis', weight: 'stops-decisions', words: expect.stringMatching(/^Redis does not answer/) },
    ]);
  });

  it('keeps the bot from starting only for settings that are known to be unsafe, and only unless that is allowed', async () => {
    const careless = await startTestStore();
    onTestFinished(() => careless.stop());
    expect(unsafeRedisRefusal(await persistenceProblems(careless.redis), false)).toBeUndefined();
    await careless.redis.config('SET', 'maxmemory-policy', 'allkeys-lru');
    const problems = await persistenceProblems(careless.redis);
    expect(unsafeRedisRefusal(problems, false)).toMatch(
      /may lose records.*\n.*set "noeviction".*\n.*allow_unsafe: true/,
    );
    expect(unsafeRedisRefusal(problems, true)).toBeUndefined();
    await careless.redis.call('ACL', 'SETUSER', 'default', '-config');
    expect(unsafeRedisRefusal(await persistenceProblems(careless.redis), false)).toBeUndefined();
  });
});
