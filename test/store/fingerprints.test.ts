import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { addMinutes } from '../../src/restore/instant.ts';
import { accessUnknown } from '../../src/restore/receipt/access.ts';
import type { KeptFingerprint } from '../../src/restore/receipt/kept-fingerprint.ts';
import { createFingerprints } from '../../src/store/fingerprints.ts';
import { createLeases } from '../../src/store/leases.ts';
import { makeFingerprint } from '../support/example-events.ts';
import { NOW } from '../support/make-restore.ts';
import { startTestStore, type TestStore } from '../support/store.ts';

let test: TestStore;
beforeAll(async () => {
  test = await startTestStore();
});
afterAll(() => test.stop());
beforeEach(() => test.clear());

const AURA_ID = 'a1b2c3d4';

function kept(minutesAgo: number, facts: Partial<KeptFingerprint> = {}): KeptFingerprint {
  const snapshotAt = addMinutes(NOW, -minutesAgo);
  return {
    snapshotId: `s${minutesAgo}`,
    snapshotAt,
    source: 'on-the-way',
    fingerprint: makeFingerprint(addMinutes(snapshotAt, 2), { nodes: minutesAgo }),
    access: accessUnknown('not-offered'),
    ...facts,
  };
}

it('a fingerprint is found by its snapshot, and by the snapshots beside it', async () => {
  const fingerprints = createFingerprints(test.redis, 10);
  for (const minutes of [60, 120, 180]) await fingerprints.keep(AURA_ID, kept(minutes));
  expect(await fingerprints.around(AURA_ID, 's120', addMinutes(NOW, -120))).toEqual({ own: kept(120) });
  expect(await fingerprints.around(AURA_ID, 'other', addMinutes(NOW, -130))).toEqual({
    before: kept(180),
    after: kept(120),
  });
  expect(await fingerprints.around(AURA_ID, 'other', addMinutes(NOW, -10))).toEqual({ before: kept(60) });
  expect(await fingerprints.around('ffffffff', 's120', addMinutes(NOW, -120))).toEqual({});
});

it('of several taken on the way the first counts, and one of a preview more than any', async () => {
  const fingerprints = createFingerprints(test.redis, 10);
  const own = async () => (await fingerprints.around(AURA_ID, 's60', addMinutes(NOW, -60))).own?.fingerprint.nodes;
  await fingerprints.keep(AURA_ID, kept(60));
  await fingerprints.keep(AURA_ID, kept(60, { fingerprint: makeFingerprint(NOW, { nodes: 1 }) }));
  expect(await own()).toBe(60);
  await fingerprints.keep(AURA_ID, kept(60, { source: 'preview', fingerprint: makeFingerprint(NOW, { nodes: 2 }) }));
  await fingerprints.keep(AURA_ID, kept(60));
  expect(await own()).toBe(2);
});

it('only the latest snapshots keep theirs', async () => {
  const fingerprints = createFingerprints(test.redis, 3);
  for (const minutes of [300, 60, 240, 120, 180]) await fingerprints.keep(AURA_ID, kept(minutes));
  expect(await fingerprints.known(AURA_ID, ['s60', 's120', 's180', 's240', 's300'])).toEqual(
    new Set(['s60', 's120', 's180']),
  );
  expect(await fingerprints.latestTimes(AURA_ID)).toEqual([60, 120, 180].map((minutes) => addMinutes(NOW, -minutes)));
  expect(await test.redis.hlen(`{rb}:fingerprints:${AURA_ID}`)).toBe(3);
});

it('one that cannot be read is as good as none', async () => {
  const fingerprints = createFingerprints(test.redis, 3);
  await fingerprints.keep(AURA_ID, kept(60));
  await test.redis.hset(`{rb}:fingerprints:${AURA_ID}`, 's60', '{"of": "a later release"}');
  expect(await fingerprints.around(AURA_ID, 's60', addMinutes(NOW, -60))).toEqual({});
});

it('a lease is for one of all, until it is given back or its time has passed', async () => {
  const [one, other] = [createLeases(test.redis), createLeases(test.redis)];
  expect(await one.take('loss:R-1', 60_000)).toBe(true);
  expect(await other.take('loss:R-1', 60_000)).toBe(false);
  await one.again('loss:R-1', 0);
  expect(await other.take('loss:R-1', 50)).toBe(true);
  await expect.poll(() => one.take('loss:R-1', 60_000)).toBe(true);
  await one.again('loss:R-1', 60_000);
  expect(await other.take('loss:R-1', 60_000)).toBe(false);
});
