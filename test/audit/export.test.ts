import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AuditStream } from '../../src/audit/stream.ts';
import { createExportKeeper } from '../../src/exports/export-keeper.ts';
import type { ExportPlan } from '../../src/restore/exports/export-plan.ts';
import { headOf } from '../../src/restore/history.ts';
import { addMinutes } from '../../src/restore/instant.ts';
import { createAuditStream } from '../../src/store/audit-stream.ts';
import { createExportStore } from '../../src/store/export-store.ts';
import { KEY } from '../../src/store/keys.ts';
import { makePolicy, makeRestore, NOW } from '../support/make-restore.ts';
import { startTestStore, type TestStore } from '../support/store.ts';
import { nothing, verdictOn } from './files-of.ts';
import { exported, recordAtOwnTimes, save, saveRefused } from './recorded.ts';

let test: TestStore;
beforeAll(async () => {
  test = await startTestStore();
});
afterAll(() => test.stop());
beforeEach(() => test.clear());

const idsIn = (lines: readonly string[]) => [
  ...new Set(lines.map((line) => JSON.parse(line)).flatMap(({ kind, restore }) => (kind === 'entry' ? [restore] : []))),
];

describe('an export of everything', () => {
  it('holds every entry of every restore, open or ended, with the heads of the records', async () => {
    const done = await save(test, 'completed', { id: 'R-1' });
    const open = await save(test, 'restoring', { id: 'R-2' });
    const lines = await exported(test);
    expect(verdictOn([lines], [headOf(done), headOf(open)])).toEqual({
      kind: 'unbroken',
      entries: done.history.length + open.history.length,
      restores: 2,
      begunLate: [],
      anchorsFound: 2,
      anchorsOutside: [],
    });
    expect(lines.filter((line) => line.includes('"kind":"head"'))).toHaveLength(2);
  });

  it('is read in pages, whatever its length', async () => {
    for (let number = 1; number <= 120; number++) await save(test, 'completed', { id: `R-${number}` });
    expect(await test.redis.xlen(KEY.audit)).toBeGreaterThan(1_000);
    expect(verdictOn([await exported(test)])).toMatchObject({ kind: 'unbroken', restores: 120 });
  });

  it('shows that entries were taken out of the audit stream, at its end too', async () => {
    const { history } = await save(test, 'completed', { id: 'R-1' });
    const positions = (await test.redis.xrange(KEY.audit, '-', '+')).map(([position]) => position);
    await test.redis.xdel(KEY.audit, positions.at(-1) ?? '');
    expect(verdictOn([await exported(test)])).toMatchObject({
      restore: 'R-1',
      damage: { kind: 'missing', seq: history.length },
    });
    await test.redis.xdel(KEY.audit, positions[4] ?? '');
    expect(verdictOn([await exported(test)])).toMatchObject({ damage: { kind: 'missing', seq: 5 } });
    await test.redis.del(KEY.audit);
    expect(verdictOn([await exported(test)])).toMatchObject({ damage: { kind: 'missing' } });
  });

  it('still holds the entries of a restore whose record is gone', async () => {
    await save(test, 'completed', { id: 'R-1' });
    await test.redis.del(KEY.restore('R-1'));
    expect(idsIn(await exported(test, { instance: 'other' }))).toEqual(['R-1']);
  });
});

describe('an export while the archive runs', () => {
  /** The stream, of which one day is filed and taken out at the moment that its entries are to be read. */
  function archivedMeanwhile(archivedBefore: string): AuditStream {
    const stream = createAuditStream(test.redis);
    return {
      ...stream,
      async *entries(...range) {
        await stream.noteArchivedBefore(archivedBefore);
        await stream.remove((await test.redis.xrange(KEY.audit, '-', '+')).map(([position]) => position));
        yield* stream.entries(...range);
      },
    };
  }

  it('says that it is not whole, instead of an export that would be called broken', async () => {
    await save(test, 'completed', { id: 'R-1' });
    await recordAtOwnTimes(test);
    const noted = addMinutes(NOW, 1440);
    await expect(exported(test, {}, archivedMeanwhile(noted))).rejects.toThrow(
      'the archive ran meanwhile; export again',
    );
    expect(verdictOn([await exported(test)])).toMatchObject({ kind: 'unbroken' });
    await test.store.save(0, makeRestore('awaiting-approval', { id: 'R-2', policy: { auraId: 'R-2' } }));
    expect(verdictOn([await exported(test)])).toMatchObject({ kind: 'unbroken', restores: 1 });
  });
});

describe('an export of a part', () => {
  it('holds what was recorded from one moment to another, and is not broken by the cut', async () => {
    const early = await save(test, 'completed', { id: 'R-1' });
    const later = await save(test, 'completed', { id: 'R-2', requestedAt: addMinutes(NOW, 5) });
    await recordAtOwnTimes(test);
    const [from, to] = [addMinutes(NOW, 3), addMinutes(NOW, 10)];
    const lines = await exported(test, { from, to });
    const entries = [...early.history, ...later.history].filter(({ at }) => at >= from && at < to);
    expect(verdictOn([lines], [headOf(early), headOf(later)])).toMatchObject({
      kind: 'unbroken',
      entries: entries.length,
      begunLate: ['R-1'],
      anchorsOutside: [{ restoreId: 'R-1' }, { restoreId: 'R-2' }],
    });
    expect(verdictOn([lines.slice(0, -3)]).kind).toBe('broken');
  });

  it('holds the restores of one instance', async () => {
    await save(test, 'completed', { id: 'R-1', policy: { alias: 'orders' } });
    await save(test, 'restoring', { id: 'R-2', policy: { alias: 'carts' } });
    const lines = await exported(test, { instance: 'carts' });
    expect(idsIn(lines)).toEqual(['R-2']);
    expect(verdictOn([lines])).toMatchObject({ kind: 'unbroken', restores: 1 });
  });
});

describe('what belongs to an instance and is no restore', () => {
  const PLAN: ExportPlan = {
    name: 'off-site',
    beforeDeployments: true,
    keepDays: 30,
    fileName: '{instance}.backup',
    place: 'the vault',
    owners: { users: ['U1'], groups: [] },
    overdueMinutes: 60,
  };

  async function openExport(alias: string): Promise<string> {
    const door = createExportKeeper({ store: createExportStore(test.redis), log: pino({ level: 'silent' }) });
    const task = await door.fallDue(makePolicy({ alias, auraId: alias }), PLAN, addMinutes(NOW, -60));
    await door.said(task?.id ?? '', 'reminder', { status: 'undeliverable', why: 'away', at: NOW });
    return task?.id ?? '';
  }

  it('is exported with its instance and with no other, and names it', async () => {
    const [ofOrders, ofCarts] = [await openExport('orders'), await openExport('carts')];
    const lines = await exported(test, { instance: 'carts' });
    expect(idsIn(lines)).toEqual([ofCarts]);
    expect(lines.map((line) => JSON.parse(line)).filter(({ kind }) => kind === 'entry')).toMatchObject([
      { restore: ofCarts, instance: 'carts' },
      { restore: ofCarts, instance: 'carts' },
    ]);
    expect(idsIn(await exported(test))).toEqual([ofOrders, ofCarts]);
  });

  it('is missed when its latest entry is gone', async () => {
    const id = await openExport('orders');
    expect(verdictOn([await exported(test)])).toMatchObject({ kind: 'unbroken' });
    const positions = (await test.redis.xrange(KEY.audit, '-', '+')).map(([position]) => position);
    await test.redis.xdel(KEY.audit, positions.at(-1) ?? '');
    expect(verdictOn([await exported(test)])).toMatchObject({ restore: id, damage: { kind: 'missing', seq: 2 } });
  });
});

describe('a refused request', () => {
  it('is exported with its instance and with no other, and holds', async () => {
    await saveRefused(test, 'N-1', { alias: 'orders' });
    await saveRefused(test, 'N-2', { alias: 'carts' });
    const lines = await exported(test, { instance: 'carts' });
    expect(idsIn(lines)).toEqual(['N-2']);
    expect(verdictOn([lines])).toMatchObject({ kind: 'unbroken', entries: 1 });
    expect(verdictOn([await exported(test)])).toMatchObject({ kind: 'unbroken', entries: 2 });
  });

  it('is missed when its entry is gone, and named when it was changed', async () => {
    await saveRefused(test, 'N-1');
    const [[position, fields] = nothing()] = await test.redis.xrange(KEY.audit, '-', '+');
    await test.redis.del(KEY.audit);
    expect(verdictOn([await exported(test)])).toMatchObject({ restore: 'N-1', damage: { kind: 'missing', seq: 1 } });
    await test.redis.xadd(KEY.audit, position, ...fields.map((field) => field.replace('U0GUEST', 'U0EVE')));
    expect(verdictOn([await exported(test)])).toMatchObject({ restore: 'N-1', damage: { kind: 'changed', seq: 1 } });
  });

  it('that was written anew with its record is told from the one that was anchored', async () => {
    const { id, instance, history } = await saveRefused(test, 'N-1');
    const [entry = nothing()] = history;
    const anchor = { restoreId: id, instance: instance?.alias ?? '', seq: 1, at: entry.at, hash: entry.hash };
    expect(verdictOn([await exported(test)], [anchor])).toMatchObject({ kind: 'unbroken', anchorsFound: 1 });
    await test.clear();
    expect(verdictOn([await exported(test)], [anchor])).toMatchObject({ restore: 'N-1', damage: { kind: 'missing' } });
    await saveRefused(test, 'N-1', { auraId: '99999999' });
    expect(verdictOn([await exported(test)], [anchor])).toMatchObject({ restore: 'N-1', damage: { kind: 'changed' } });
  });
});
