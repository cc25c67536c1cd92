import { afterAll, beforeAll, expect, it } from 'vitest';
import { createScript } from '../../src/store/script.ts';
import { startTestStore, type TestStore } from '../support/store.ts';

let test: TestStore;
beforeAll(async () => {
  test = await startTestStore();
});
afterAll(() => test.stop());

const COUNT_AND_ECHO = `redis.call('INCR', KEYS[1]) return {KEYS[1], ARGV[1], ARGV[2]}`;

async function timesSentAsText(): Promise<number> {
  const calls = /cmdstat_eval:calls=(\d+)/.exec(await test.redis.info('commandstats'))?.[1];
  return Number(calls ?? 0);
}

it('a script gets its keys and arguments, and is sent as text only while Redis does not hold it', async () => {
  const run = createScript(test.redis, COUNT_AND_ECHO);
  const before = await timesSentAsText();
  for (let times = 0; times < 5; times++) expect(await run(['{rb}:k'], ['a', 'b'])).toEqual(['{rb}:k', 'a', 'b']);
  expect(await timesSentAsText()).toBe(before + 1);
  await test.redis.script('FLUSH');
  expect(await run(['{rb}:k'], ['c', ''])).toEqual(['{rb}:k', 'c', '']);
  expect(await timesSentAsText()).toBe(before + 2);
  expect(await test.redis.get('{rb}:k'), 'each call was carried out once').toBe('6');
});

it('a script that fails is not sent again', async () => {
  const run = createScript(test.redis, `redis.call('INCR', KEYS[1]) return redis.call('LPUSH', KEYS[1], 'x')`);
  await expect(run(['{rb}:failing'], [])).rejects.toThrow(/WRONGTYPE/);
  expect(await test.redis.get('{rb}:failing')).toBe('1');
});
