import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { instancePath } from '../../src/aura/instance-path.ts';
import { createAuraBudget } from '../../src/store/aura-budget.ts';
import { createLooks, earlierRestores } from '../../src/store/looks.ts';
import { makeRestore } from '../support/make-restore.ts';
import { startTestStore, type TestStore } from '../support/store.ts';

let test: TestStore;
beforeAll(async () => {
  test = await startTestStore();
});
afterAll(() => test.stop());
beforeEach(() => test.clear());

const restore = makeRestore('restoring');

/** A restore of another instance. */
function another(auraId: string, type: string | undefined = restore.plan.instance.type) {
  const { type: _, ...instance } = restore.plan.instance;
  const other = { ...instance, auraId, ...(type ? { type } : {}) };
  return { ...restore, id: `R-${auraId}`, plan: { ...restore.plan, instance: other } };
}

it('what was noted last of a restore is known, until it ended', async () => {
  const looks = createLooks(test.redis);
  expect(await looks.known(restore)).toEqual({ earlier: [], isInLine: false });
  await looks.noteNotEnded(restore, 1_795_230_245_000);
  expect(await looks.known(restore)).toEqual({ earlier: [], isInLine: false, notEndedAtMs: 1_795_230_245_000 });
  await looks.noteEnded(restore, { ms: 300_000, unsureMs: 2_500 });
  expect(await looks.known(restore)).toEqual({ earlier: [{ ms: 300_000, unsureMs: 2_500 }], isInLine: false });
});

it('the latest ten restores of an instance are known', async () => {
  const looks = createLooks(test.redis);
  for (let ms = 1; ms <= 14; ms++) await looks.noteEnded(restore, { ms, unsureMs: 0 });
  const { earlier } = await looks.known(restore);
  expect(earlier.map(({ ms }) => ms)).toEqual([14, 13, 12, 11, 10, 9, 8, 7, 6, 5]);
});

it('an instance that was never restored goes by those of its type and size, and by no others', async () => {
  const looks = createLooks(test.redis);
  await looks.noteEnded(another('00000001'), { ms: 1, unsureMs: 0 });
  await looks.noteEnded(another('00000002', 'enterprise-db'), { ms: 2, unsureMs: 0 });
  expect((await looks.known(restore)).earlier.map(({ ms }) => ms)).toEqual([1]);
  await looks.noteEnded(restore, { ms: 3, unsureMs: 0 });
  expect((await looks.known(restore)).earlier.map(({ ms }) => ms)).toEqual([3]);
  expect((await looks.known(another('00000003', ''))).earlier).toEqual([]);
});

it('the end of the line of looks is known, and whether a restore is in it', async () => {
  const looks = createLooks(test.redis);
  const budget = createAuraBudget(test.redis, { perMinute: 600, burst: 5 });
  const auraIds = ['00000001', '00000002', '00000003'];
  for (const auraId of auraIds) await budget.takeTurn(instancePath(auraId)).catch(() => undefined);
  const known = await Promise.all(auraIds.map((auraId) => looks.known(another(auraId))));
  expect(known.map(({ isInLine }) => isInLine)).toEqual([false, true, true]);
  const lineMs = (known[0]?.lineEndsAtMs ?? 0) - Date.parse(await test.store.now());
  expect(lineMs).toBeGreaterThan(0);
  expect(lineMs).toBeLessThanOrEqual(300);
});

it('nothing is known, and nobody is held up, when it cannot be read', async () => {
  const looks = createLooks(test.redis);
  await test.redis.lpush('{rb}:took:instance:a1b2c3d4', 'ten minutes');
  expect(await looks.known(another('a1b2c3d4'))).toEqual({ earlier: [], isInLine: false });
  await test.redis.set('{rb}:took:instance:a1b2c3d5', 'not a list');
  await looks.noteEnded(another('a1b2c3d5'), { ms: 1, unsureMs: 0 });
  expect((await looks.known(another('a1b2c3d5'))).earlier).toEqual([]);
});

it('what earlier restores took is known by method: of the instance, else of its type and size', async () => {
  const looks = createLooks(test.redis);
  const { instance } = restore.plan;
  const earlier = (method: 'restore-snapshot' | 'overwrite' = 'restore-snapshot') =>
    earlierRestores(test.redis, instance, method);
  expect(await earlier()).toBeUndefined();
  await looks.noteEnded(another('00000001'), { ms: 1, unsureMs: 0 });
  expect(await earlier()).toEqual({ of: 'size', took: [{ ms: 1, unsureMs: 0 }] });
  await looks.noteEnded(restore, { ms: 3, unsureMs: 0 });
  expect(await earlier()).toEqual({ of: 'instance', took: [{ ms: 3, unsureMs: 0 }] });
  expect(await earlier('overwrite')).toBeUndefined();
  await test.redis.lpush('{rb}:took:instance:a1b2c3d4', 'ten minutes');
  expect(await earlier()).toBeUndefined();
});
