import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { UnreadableRecordError } from '../../src/coordinator.ts';
import { addMinutes, instantOf } from '../../src/restore/instant.ts';
import type { Restore } from '../../src/restore/restore.ts';
import { hasEnded } from '../../src/restore/state.ts';
import { KEY } from '../../src/store/keys.ts';
import { afterEvents, makeRestore, STATUSES } from '../support/make-restore.ts';
import { startTestStore, type TestStore } from '../support/store.ts';

let test: TestStore;
beforeAll(async () => {
  test = await startTestStore();
});
afterAll(() => test.stop());
beforeEach(() => test.clear());

const AURA_ID = 'a1b2c3d4';

/** Saves a fresh request and then the record it became, as its first and a later write. */
async function saveCourse(restore: Restore): Promise<void> {
  expect(await test.store.save(0, firstRecord(restore))).toEqual({ kind: 'saved' });
  if (restore.version > 1) expect(await test.store.save(1, restore)).toEqual({ kind: 'saved' });
}

function firstRecord({ id, plan, request }: Restore): Restore {
  const { alias, auraId } = plan.instance;
  return makeRestore('awaiting-approval', {
    id,
    policy: { alias, auraId },
    draft: { isDryRun: plan.dryRun ?? false },
    requestedAt: request.requestedAt,
  });
}

async function auditOf(id: string): Promise<readonly unknown[]> {
  const entries = await test.redis.xrange(KEY.audit, '-', '+');
  return entries.flatMap(([, [, restore, , entry = 'null']]) => (restore === id ? [JSON.parse(entry)] : []));
}

describe('a record', () => {
  it.each(STATUSES)('that is %s is loaded as it was saved', async (status) => {
    const restore: Restore = makeRestore(status);
    await saveCourse(restore);
    expect((await test.store.load(restore.id))?.restore).toEqual(restore);
  });

  it("is loaded with the time of Redis' clock", async () => {
    await saveCourse(makeRestore('awaiting-approval'));
    const before = await test.store.now();
    const loaded = await test.store.load('R-17');
    const after = await test.store.now();
    expect(loaded && before <= loaded.now && loaded.now <= after).toBe(true);
  });

  it('nobody saved is not there', async () => {
    expect(await test.store.load('R-99')).toBeUndefined();
  });

  it('whose key holds something else counts as one that cannot be read', async () => {
    await test.redis.set(KEY.restore('R-17'), 'damaged');
    await expect(test.store.load('R-17')).rejects.toBeInstanceOf(UnreadableRecordError);
  });

  it('that was damaged in storage is refused with the path of the damage, and not guessed at', async () => {
    await saveCourse(makeRestore('restoring'));
    const document = (await test.redis.hget(KEY.restore('R-17'), 'document')) ?? '';
    await test.redis.hset(KEY.restore('R-17'), 'document', document.replace('"attemptId":"attempt-1",', ''));
    await expect(test.store.load('R-17')).rejects.toThrow(/attemptId/);
  });

  it('gets an id nobody had before', async () => {
    const ids = await Promise.all(Array.from({ length: 20 }, () => test.store.nextId()));
    expect(new Set(ids).size).toBe(20);
    for (const id of ids) expect(id).toMatch(/^R-\d+$/);
  });
});

describe('of two writers', () => {
  it('one wins and the other is told, with nothing of theirs written', async () => {
    const waiting = makeRestore('awaiting-approval');
    const denied = afterEvents(waiting, ['denied']);
    await saveCourse(makeRestore('approved'));
    expect(await test.store.save(1, denied)).toEqual({ kind: 'conflict' });
    expect((await test.store.load('R-17'))?.restore.state.status).toBe('approved');
    expect(await auditOf('R-17')).toHaveLength(2);
    expect(await test.store.holderOf(AURA_ID)).toBe('R-17');
  });

  it('on connections of their own exactly one of 50 wins', async () => {
    await saveCourse(makeRestore('awaiting-approval'));
    const other = await test.another();
    const approved = makeRestore('approved');
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, writer) => (writer % 2 ? other.store : test.store).save(1, approved)),
    );
    other.close();
    expect(answers.filter(({ kind }) => kind === 'saved')).toHaveLength(1);
    expect(answers.filter(({ kind }) => kind === 'conflict')).toHaveLength(49);
  });

  it('who both create the same restore one is told', async () => {
    const waiting = makeRestore('awaiting-approval');
    const answers = await Promise.all([test.store.save(0, waiting), test.store.save(0, waiting)]);
    expect(answers.map(({ kind }) => kind)).toEqual(['saved', 'conflict']);
  });
});

describe('the claim on an instance', () => {
  const first = makeRestore('awaiting-approval', { id: 'R-1' });
  const second = makeRestore('awaiting-approval', { id: 'R-2' });

  it('goes to one of two requests; the other is told whose it is and leaves no trace', async () => {
    const answers = await Promise.all([test.store.save(0, first), test.store.save(0, second)]);
    expect(answers).toEqual([{ kind: 'saved' }, { kind: 'claimed', by: 'R-1' }]);
    expect(await test.store.holderOf(AURA_ID)).toBe('R-1');
    expect(await test.store.load('R-2')).toBeUndefined();
    expect(await test.store.open()).toEqual(['R-1']);
    expect(await auditOf('R-2')).toEqual([]);
  });

  it('does not keep a restore of another instance waiting', async () => {
    await saveCourse(first);
    await saveCourse(makeRestore('awaiting-approval', { id: 'R-2', policy: { alias: 'billing', auraId: 'e5f6' } }));
    expect(await test.store.holderOf('e5f6')).toBe('R-2');
  });

  it.each(STATUSES)('of a restore that is %s is held exactly until the end', async (status) => {
    await saveCourse(makeRestore(status, { id: 'R-1' }));
    expect(await test.store.holderOf(AURA_ID)).toBe(hasEnded(status) ? undefined : 'R-1');
    expect(await test.redis.ttl(KEY.claim(AURA_ID)), 'it never runs out by itself').toBe(hasEnded(status) ? -2 : -1);
    expect((await test.store.save(0, second)).kind).toBe(hasEnded(status) ? 'saved' : 'claimed');
  });

  it('of a later restore is not touched by what is still noted of an earlier one', async () => {
    const ended = makeRestore('denied', { id: 'R-1' });
    await saveCourse(ended);
    await saveCourse(second);
    expect(await test.store.save(ended.version, afterEvents(ended, ['attempt-refused']))).toEqual({ kind: 'saved' });
    expect(await test.store.holderOf(AURA_ID)).toBe('R-2');
    expect(await test.store.open()).toEqual(['R-2']);
  });

  it('that was lost blocks its restore, and so does one that another took over', async () => {
    const approved = makeRestore('approved', { id: 'R-1' });
    await saveCourse(first);
    await test.redis.del(KEY.claim(AURA_ID));
    expect(await test.store.save(1, approved)).toEqual({ kind: 'claimed', by: '' });
    await test.redis.set(KEY.claim(AURA_ID), 'R-2');
    expect(await test.store.save(1, approved)).toEqual({ kind: 'claimed', by: 'R-2' });
    expect((await test.store.load('R-1'))?.restore).toEqual(first);
  });
});

describe('the audit stream', () => {
  it.each(STATUSES)('of a restore that is %s equals its history', async (status) => {
    const restore: Restore = makeRestore(status);
    await saveCourse(restore);
    expect(await auditOf(restore.id)).toEqual(restore.history);
  });
});

describe('the indexes', () => {
  it.each(STATUSES)(
    'list a restore that is %s as open or ended, by its requester, and as to be drawn',
    async (status) => {
      const restore = makeRestore(status);
      await saveCourse(restore);
      const { store } = test;
      expect(await store.open()).toEqual(hasEnded(status) ? [] : ['R-17']);
      expect(await store.ended(10)).toEqual(hasEnded(status) ? ['R-17'] : []);
      expect(await store.byPerson(restore.request.requestedBy, 10)).toEqual(['R-17']);
      expect(await store.byPerson('U0ELSE', 10)).toEqual([]);
      expect(await store.undrawn()).toEqual(['R-17']);
    },
  );

  it('list the open ones oldest first, the ended and a person’s latest first, no more than asked for', async () => {
    for (const [index, status] of (['approved', 'denied', 'restoring', 'expired'] as const).entries()) {
      const auraId = `aura-${index}`;
      const requestedAt = addMinutes('2026-11-21T00:00:00.000Z', 100 - 10 * index);
      await saveCourse(makeRestore(status, { id: `R-${index}`, policy: { auraId }, requestedAt }));
    }
    expect(await test.store.open()).toEqual(['R-2', 'R-0']);
    expect(await test.store.ended(1)).toEqual(['R-3']);
    expect(await test.store.byPerson('U0RITA', 3)).toEqual(['R-0', 'R-1', 'R-2']);
  });

  it('list what is due now, longest due first, and nothing before its time or after the end', async () => {
    const now = Date.parse(await test.store.now());
    const requested = (id: string, msAgo: number) => ({
      id,
      policy: { auraId: id },
      requestedAt: instantOf(now - msAgo),
    });
    await saveCourse(makeRestore('awaiting-approval', requested('R-1', 16 * 60_000)));
    await saveCourse(makeRestore('awaiting-approval', requested('R-2', 5 * 60_000)));
    await saveCourse(makeRestore('restoring', requested('R-3', 30 * 60_000)));
    await saveCourse(makeRestore('completed', requested('R-4', 30 * 60_000)));
    expect(await test.store.due(10)).toEqual(['R-3', 'R-1']);
    expect(await test.store.due(1)).toEqual(['R-3']);
  });

  it('list a restore as owing exactly while it owes somebody a message', async () => {
    const approved = makeRestore('approved', { policy: { noticeChannels: ['C0ORDERS'] } });
    await saveCourse(makeRestore('awaiting-approval', { policy: { noticeChannels: ['C0ORDERS'] } }));
    expect(await test.store.owing()).toEqual([]);
    await test.store.save(1, approved);
    expect(await test.store.owing()).toEqual(['R-17']);
    const told = afterEvents(approved, ['message-settled']);
    await test.store.save(2, told);
    expect(await test.store.owing()).toEqual(['R-17']);
    await test.store.save(3, { ...told, version: 4, deliveries: { ...told.deliveries, ...confirmed() } });
    expect(await test.store.owing()).toEqual([]);
  });

  function confirmed(): Restore['deliveries'] {
    return { 'confirmed:U0RITA': { status: 'undeliverable', why: 'user_not_found', at: '2026-11-21T03:04:05.000Z' } };
  }
});
