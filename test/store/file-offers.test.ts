import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { OfferedFile } from '../../src/restore/backup-file.ts';
import { createFileOffers } from '../../src/store/file-offers.ts';
import { startTestStore, type TestStore } from '../support/store.ts';

let test: TestStore;
beforeAll(async () => {
  test = await startTestStore();
});
afterAll(() => test.stop());
beforeEach(() => test.clear());

const FILE: OfferedFile = {
  id: 'a'.repeat(20),
  name: 'orders.dump',
  kind: 'dump',
  sizeBytes: 17,
  directory: 'exports',
  changedAt: '2026-11-20T03:00:00.000Z',
};
const READ = { ...FILE, sha256: 'ab'.repeat(32) };
const NEWER = { ...READ, id: 'b'.repeat(20), changedAt: '2026-11-21T03:00:00.000Z' };

it('what workers offer is listed once, newest first, by whoever has read it', async () => {
  const offers = createFileOffers(test.redis);
  expect(await offers.list()).toEqual([]);
  await offers.publish('one', [READ, NEWER], 60_000);
  await offers.publish('two', [FILE], 60_000);
  expect(await offers.list()).toEqual([NEWER, READ]);
});

it('a worker offers what it said last', async () => {
  const offers = createFileOffers(test.redis);
  await offers.publish('one', [FILE], 60_000);
  await offers.publish('one', [NEWER], 60_000);
  expect(await offers.list()).toEqual([NEWER]);
  await offers.publish('one', [], 60_000);
  expect(await offers.list()).toEqual([]);
});

it('a worker that is gone offers nothing, and is forgotten', async () => {
  const offers = createFileOffers(test.redis);
  await offers.publish('gone', [FILE], -1);
  await offers.publish('here', [NEWER], 60_000);
  expect(await offers.list()).toEqual([NEWER]);
  expect(await test.redis.hkeys('{rb}:file-offers')).toEqual(['here']);
});
