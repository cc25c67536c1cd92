import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { AuraBudgetError } from '../../src/aura/errors.ts';
import { createAuraBudget } from '../../src/store/aura-budget.ts';
import { startTestStore, type TestStore } from '../support/store.ts';

let test: TestStore;
beforeAll(async () => {
  test = await startTestStore();
});
afterAll(() => test.stop());
beforeEach(() => test.clear());

/** One request every 100 ms, five at once. */
const openBudget = (perMinute = 600) => createAuraBudget(test.redis, { perMinute, burst: 5 });
type Budget = ReturnType<typeof openBudget>;

/** Zero when the poll may be sent, else how long it waits for its turn. */
async function waitOf(budget: Budget, what: string): Promise<number> {
  try {
    await budget.takeTurn(what);
    return 0;
  } catch (error) {
    if (error instanceof AuraBudgetError && error.afterMs !== undefined) return error.afterMs;
    throw error;
  }
}

describe('polls', () => {
  it('take turns in the order in which they asked first, in whatever process, and hold nobody up', async () => {
    // A turn is long enough that a machine which stands still for a moment does not miss one.
    const turnMs = 1_000;
    const [one, other] = [openBudget(60_000 / turnMs), openBudget(60_000 / turnMs)];
    expect(await waitOf(one, 'a')).toBe(0);
    const begun = performance.now();
    const waits: number[] = [];
    for (const [index, what] of ['b', 'c', 'd', 'e'].entries()) {
      const waitMs = await waitOf(index % 2 ? one : other, what);
      waits.push(waitMs);
      expect(waitMs + performance.now() - begun).toBeGreaterThan(index * turnMs);
      expect(waitMs).toBeLessThanOrEqual((index + 1) * turnMs);
    }
    expect(await waitOf(other, 'e'), 'asking again does not move it').toBeLessThanOrEqual(waits[3] ?? 0);
    await sleep(waits[0] ?? 0);
    expect(await waitOf(one, 'c')).toBeGreaterThan(0);
    expect(await waitOf(one, 'b')).toBe(0);
    expect(await waitOf(one, 'b'), 'its next turn is behind the others').toBeGreaterThan(waits[1] ?? 0);
  });

  it('leave room for people, and wait for what people used', async () => {
    const budget = openBudget();
    for (let turn = 0; turn < 40; turn++) await waitOf(budget, `poll ${turn}`);
    const begun = Date.now();
    for (let request = 0; request < 3; request++) await budget.acquire('person-waiting', 1_000);
    expect(Date.now() - begun, 'forty polls in line do not matter').toBeLessThan(400);
    await test.clear();
    for (let request = 0; request < 5; request++) await budget.acquire('restore', 1_000);
    expect(await waitOf(budget, 'poll')).toBeGreaterThan(100);
  });

  it('find room however much is asked for that can wait', async () => {
    const budget = openBudget();
    const all = await Promise.allSettled(Array.from({ length: 40 }, () => budget.acquire('inventory', 0)));
    expect(
      all.some(({ status }) => status === 'rejected'),
      'it had what it may have',
    ).toBe(true);
    expect(await waitOf(budget, 'poll')).toBe(0);
  });

  it('who come late and find their turn used by people get another, one after the other', async () => {
    const budget = openBudget(120);
    await waitOf(budget, 'a');
    for (const what of ['b', 'c', 'd']) await waitOf(budget, what);
    await sleep(2_250);
    for (let request = 0; request < 5; request++) await budget.acquire('restore', 10_000);
    const waits = [await waitOf(budget, 'b'), await waitOf(budget, 'c'), await waitOf(budget, 'd')];
    expect(waits[0]).toBeGreaterThan(0);
    expect((waits[1] ?? 0) - (waits[0] ?? 0)).toBeGreaterThan(300);
    expect((waits[2] ?? 0) - (waits[1] ?? 0)).toBeGreaterThan(300);
  });

  it('keep their order when more urgent requests use turns: the whole line moves, and nobody goes to its end', async () => {
    // A turn is long enough that a machine which stands still for a moment does not miss one.
    const turnMs = 1_000;
    const budget = openBudget(60_000 / turnMs);
    await waitOf(budget, 'first');
    for (const what of ['a', 'b', 'c', 'd']) await waitOf(budget, what);
    for (let request = 0; request < 4; request++) await budget.acquire('restore', 10_000);
    const went: string[] = [];
    const goWhenItMay = async (what: string): Promise<void> => {
      const waitMs = await waitOf(budget, what);
      if (waitMs === 0) return void went.push(what);
      await sleep(waitMs);
      return goWhenItMay(what);
    };
    const begun = performance.now();
    await Promise.all(['d', 'c', 'b', 'a'].map(goWhenItMay));
    expect(went).toEqual(['a', 'b', 'c', 'd']);
    expect(performance.now() - begun, 'each request is counted once').toBeLessThan(8 * turnMs);
  }, 20_000);

  it('wait while Aura asked to be left alone', async () => {
    const budget = openBudget();
    await budget.holdOff(500);
    expect(await waitOf(budget, 'a')).toBeGreaterThan(300);
  });
});

describe('leaving Aura alone', () => {
  afterEach(() => vi.restoreAllMocks());

  it.each([
    ['behind', -25_000],
    ['ahead of', 25_000],
  ])('lasts as long as Aura asked for when the clock of who heard it is %s that of Redis', async (_, aheadMs) => {
    const budget = openBudget();
    const ownTime = vi.spyOn(Date, 'now').mockReturnValue(Date.now() + aheadMs);
    await budget.holdOff(5_000);
    ownTime.mockRestore();
    const waitMs = await waitOf(budget, 'a');
    expect(waitMs).toBeGreaterThan(1_000);
    expect(waitMs).toBeLessThanOrEqual(5_000);
    await expect(budget.acquire('restore', 500)).rejects.toThrow(AuraBudgetError);
  });
});

/** What a clock of Redis that is set back makes of all that was noted: it lies as much further in the future. */
async function setRedisBack(byMs: number): Promise<void> {
  for (const key of await test.redis.keys('{rb}:aura:*')) {
    const [value, leftMs] = [Number(await test.redis.get(key)), await test.redis.pttl(key)];
    const isMoment = value > 1_000_000_000_000;
    await test.redis.set(key, String(isMoment ? value + byMs : value));
    if (leftMs > 0) await test.redis.pexpire(key, leftMs + byMs);
  }
}

describe('a clock of Redis that is set back', () => {
  const HOUR_MS = 3_600_000;

  it('keeps no request from Aura, whether a restore call, a token or a poll', async () => {
    const budget = openBudget(60);
    for (let request = 0; request < 5; request++) await budget.acquire('restore', 0);
    for (let token = 0; token < 4; token++) await budget.acquireToken();
    for (const what of ['a', 'b', 'c']) await waitOf(budget, what);
    await budget.holdOff(1_000);
    await setRedisBack(HOUR_MS);
    await budget.acquire('restore', 0);
    await budget.acquireToken();
    const waits = [await waitOf(budget, 'a'), await waitOf(budget, 'b'), await waitOf(budget, 'c')];
    expect(waits[0]).toBe(0);
    expect(Math.max(...waits)).toBeLessThanOrEqual(4_000);
  });

  it('keeps a poll from nothing that was in line alone', async () => {
    const budget = openBudget(60);
    for (const what of ['a', 'b', 'c', 'd']) await waitOf(budget, what);
    await setRedisBack(HOUR_MS);
    expect(await waitOf(budget, 'd')).toBe(0);
    expect(await waitOf(budget, 'c')).toBeLessThanOrEqual(2_000);
  });

  it('counts requests again from then on', async () => {
    const budget = openBudget(60);
    await budget.acquire('restore', 0);
    await setRedisBack(HOUR_MS);
    for (let request = 0; request < 5; request++) await budget.acquire('restore', 0);
    await expect(budget.acquire('restore', 0)).rejects.toThrow(AuraBudgetError);
  });

  it('forgets nothing when it was a moment', async () => {
    const budget = openBudget(60);
    for (let request = 0; request < 5; request++) await budget.acquire('restore', 0);
    await setRedisBack(500);
    await expect(budget.acquire('restore', 0)).rejects.toThrow(AuraBudgetError);
  });
});
