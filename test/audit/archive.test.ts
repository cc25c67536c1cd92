import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { archive } from '../../src/audit/archive.ts';
import type { AuditStream } from '../../src/audit/stream.ts';
import { newDelegation } from '../../src/restore/delegation.ts';
import { wordSettled } from '../../src/restore/delegation-words.ts';
import { appendEntry, headOf } from '../../src/restore/history.ts';
import { addMinutes } from '../../src/restore/instant.ts';
import { createAuditStream } from '../../src/store/audit-stream.ts';
import { createDelegationStore } from '../../src/store/delegation-store.ts';
import { KEY } from '../../src/store/keys.ts';
import { afterEvents, EVENTS_TO, makeRestore, NOW } from '../support/make-restore.ts';
import { makePerson } from '../support/people.ts';
import { startTestStore, type TestStore } from '../support/store.ts';
import { nothing, verdictOn } from './files-of.ts';
import { exported, recordAtOwnTimes, save, saveRefused } from './recorded.ts';

const DAY_MINUTES = 1440;
const RETENTION_MS = 30 * 86_400_000;

let test: TestStore;
let directory: string;
let stream: AuditStream;
beforeAll(async () => {
  test = await startTestStore();
});
afterAll(() => test.stop());
beforeEach(async () => {
  await test.clear();
  stream = createAuditStream(test.redis);
  directory = mkdtempSync(join(tmpdir(), 'rb-archive-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

/** Archives as if it were this many days after the night of the tests. */
async function archived(days = 40, from: AuditStream = stream) {
  const source = {
    stream: from,
    now: async () => addMinutes(NOW, days * DAY_MINUTES),
    aliasOf: async (id: string) => (await test.store.load(id))?.restore.plan.instance.alias,
  };
  const moved = [];
  for await (const day of archive(source, { directory, retentionMs: RETENTION_MS })) moved.push(day);
  return moved;
}

const names = () => readdirSync(directory).sort();
const linesIn = (name: string) => readFileSync(join(directory, name), 'utf8').trimEnd().split('\n');
const inRedis = () => test.redis.xlen(KEY.audit);

/** The first entry of the rules, as their own store records it. */
function appendRule() {
  const [entry = nothing()] = appendEntry([], { at: NOW, event: 'policy-first', facts: { restore: 'P-1' } });
  return { id: 'P-1', ...entry };
}

describe('archiving', () => {
  it('moves what is older than the retention to a file a day, and everything together is unbroken', async () => {
    const old = await save(test, 'completed', { id: 'R-1' });
    const nextDay = await save(test, 'denied', { id: 'R-2', requestedAt: addMinutes(NOW, DAY_MINUTES) });
    const young = await save(test, 'denied', { id: 'R-3', requestedAt: addMinutes(NOW, 30 * DAY_MINUTES) });
    await recordAtOwnTimes(test);
    expect((await archived()).map(({ day, removed }) => [day, removed])).toEqual([
      ['2026-11-21', old.history.length],
      ['2026-11-22', nextDay.history.length],
    ]);
    expect(names()).toEqual(['audit-2026-11-21.jsonl', 'audit-2026-11-22.jsonl']);
    expect(await inRedis()).toBe(young.history.length);
    const rest = await exported(test);
    expect(verdictOn([rest], [headOf(old)])).toMatchObject({
      kind: 'unbroken',
      anchorsOutside: [{ restoreId: 'R-1' }],
    });
    const together = verdictOn([...names().map(linesIn), rest], [headOf(old), headOf(nextDay), headOf(young)]);
    expect(together).toMatchObject({ kind: 'unbroken', restores: 3, begunLate: [], anchorsFound: 3 });
  });

  it('never touches a restore that is open, and takes it along once it has ended', async () => {
    const ended = await save(test, 'denied', { id: 'R-1' });
    const open = await save(test, 'restoring', { id: 'R-2' });
    await recordAtOwnTimes(test);
    await archived();
    expect(await inRedis()).toBe(open.history.length);
    const whole = makeRestore('completed', { id: 'R-2', policy: { auraId: 'R-2' } });
    await test.store.save(open.version, whole);
    await recordAtOwnTimes(test);
    expect(await archived()).toMatchObject([{ removed: whole.history.length }]);
    expect(await inRedis()).toBe(0);
    const files = ['audit-2026-11-21.jsonl', 'audit-2026-11-21.2.jsonl'];
    expect(names()).toEqual([...files].sort());
    expect(verdictOn(files.map(linesIn), [headOf(ended), headOf(whole)])).toMatchObject({
      kind: 'unbroken',
      anchorsFound: 2,
    });
  });

  it('leaves files that are unbroken without an export, whatever else was anchored on their days', async () => {
    const ended = await save(test, 'denied', { id: 'R-1' });
    const open = await save(test, 'restoring', { id: 'R-2' });
    const { id, ...rule } = appendRule();
    await test.redis.xadd(KEY.audit, '*', 'restore', id, 'entry', JSON.stringify(rule));
    await recordAtOwnTimes(test);
    await archived();
    const ofRules = { restoreId: id, instance: '', ...rule };
    expect(verdictOn(names().map(linesIn), [headOf(ended), headOf(open), ofRules])).toMatchObject({
      kind: 'unbroken',
      anchorsFound: 1,
      anchorsOutside: [{ restoreId: 'R-2' }, { restoreId: 'P-1' }],
    });
  });

  it('moves a delegation that is over and leaves one that is in force, that owes a word, or the rules', async () => {
    const store = createDelegationStore(test.redis);
    const [from, to] = [makePerson('U0A'), makePerson('U0B')];
    const delegate = async (id: string, endsAt: string, isTold: boolean) => {
      const made = newDelegation(id, { delegator: from, delegate: to, startsAt: NOW, endsAt }, NOW);
      await store.save(0, made);
      const delivery = { status: 'posted', channel: 'D1', ts: '1.1', at: NOW } as const;
      if (isTold) await store.save(1, wordSettled(made, 'handed-over', delivery));
    };
    const [past, future] = ['2026-01-01T00:00:00.000Z', '2999-01-01T00:00:00.000Z'];
    await delegate('D-1', past, true);
    await delegate('D-2', future, true);
    await delegate('D-3', past, false);
    const { id, ...rule } = appendRule();
    await test.redis.xadd(KEY.audit, '*', 'restore', id, 'entry', JSON.stringify(rule));
    await recordAtOwnTimes(test);
    expect(await archived()).toMatchObject([{ removed: 2 }]);
    const left = (await test.redis.xrange(KEY.audit, '-', '+')).map(([, fields]) => fields[1]);
    expect(left).toEqual(['D-2', 'D-2', 'D-3', 'P-1']);
    expect(verdictOn([...names().map(linesIn), await exported(test)], [])).toMatchObject({ kind: 'unbroken' });
  });

  it('moves refused requests, which are over at once, and together with what is left they hold', async () => {
    await saveRefused(test, 'N-1');
    await saveRefused(test, 'N-2');
    await recordAtOwnTimes(test);
    expect(await archived()).toMatchObject([{ removed: 2 }]);
    expect(verdictOn(names().map(linesIn))).toMatchObject({ kind: 'unbroken', entries: 2 });
    expect(verdictOn([...names().map(linesIn), await exported(test)])).toMatchObject({ kind: 'unbroken', entries: 2 });
  });

  it('moves shadow restores and exports with nothing left to do, and leaves those that are followed', async () => {
    for (const [id, isActive] of [
      ['X-1', false],
      ['X-2', true],
      ['E-1', false],
      ['E-2', true],
    ] as const) {
      const [key, active] = id.startsWith('X')
        ? [KEY.shadow(id), KEY.shadowsActive]
        : [KEY.export(id), KEY.exportsActive];
      await test.redis.hset(key, 'version', '1');
      if (isActive) await test.redis.sadd(active, id);
      const [entry] = appendEntry([], { at: NOW, event: 'found', facts: { restore: id } });
      await test.redis.xadd(KEY.audit, '*', 'restore', id, 'entry', JSON.stringify(entry));
    }
    await recordAtOwnTimes(test);
    expect(await archived()).toMatchObject([{ removed: 2 }]);
    const left = (await test.redis.xrange(KEY.audit, '-', '+')).map(([, fields]) => fields[1]);
    expect(left).toEqual(['X-2', 'E-2']);
  });

  it('leaves days alone that are not wholly older than the retention', async () => {
    await save(test, 'denied', { id: 'R-1' });
    await recordAtOwnTimes(test);
    const before = await inRedis();
    expect(await archived(30)).toEqual([]);
    expect([await inRedis(), names()]).toEqual([before, []]);
  });

  it('is the same when it is done again', async () => {
    await save(test, 'completed', { id: 'R-1' });
    await recordAtOwnTimes(test);
    await archived();
    const file = readFileSync(join(directory, 'audit-2026-11-21.jsonl'));
    expect(await archived()).toEqual([]);
    expect(readFileSync(join(directory, 'audit-2026-11-21.jsonl'))).toEqual(file);
  });
});

describe('an archive run that was ended between writing and removing', () => {
  const crash = (removeFirst: number): AuditStream => ({
    ...createAuditStream(test.redis),
    async remove(positions) {
      await createAuditStream(test.redis).remove(positions.slice(0, removeFirst));
      throw new Error('killed');
    },
  });

  it.each([0, 3])('loses nothing and repeats nothing, with %i entries removed already', async (removeFirst) => {
    const old = await save(test, 'completed', { id: 'R-1' });
    await recordAtOwnTimes(test);
    await expect(archived(40, crash(removeFirst))).rejects.toThrow('killed');
    expect(await inRedis()).toBe(old.history.length - removeFirst);
    const between = verdictOn([...names().map(linesIn), await exported(test)], [headOf(old)]);
    expect(between).toMatchObject({ kind: 'unbroken', entries: old.history.length });
    expect(await archived()).toEqual([{ day: '2026-11-21', removed: old.history.length - removeFirst }]);
    expect(names()).toEqual(['audit-2026-11-21.jsonl']);
    expect(verdictOn([linesIn('audit-2026-11-21.jsonl')])).toMatchObject({ entries: old.history.length });
    expect(await inRedis()).toBe(0);
  });
});

describe('two archive runs at once', () => {
  it('lose nothing', async () => {
    const restores = [];
    for (let number = 1; number <= 20; number++) restores.push(await save(test, 'completed', { id: `R-${number}` }));
    await recordAtOwnTimes(test);
    await Promise.allSettled([archived(), archived()]);
    await archived();
    expect(await inRedis()).toBe(0);
    expect(verdictOn(names().map(linesIn), restores.map(headOf))).toMatchObject({ kind: 'unbroken', anchorsFound: 20 });
  });
});

describe('nothing is removed', () => {
  it('when an entry in Redis was changed', async () => {
    await save(test, 'completed', { id: 'R-1' });
    await recordAtOwnTimes(test);
    const items = await test.redis.xrange(KEY.audit, '-', '+');
    await test.redis.del(KEY.audit);
    for (const [position, fields] of items) {
      await test.redis.xadd(
        KEY.audit,
        position,
        ...fields.map((field) => field.replace('"event":"approved"', '"event":"denied"')),
      );
    }
    await expect(archived()).rejects.toThrow('entry 2 of R-1 was changed');
    expect([await inRedis(), names()]).toEqual([items.length, []]);
  });

  it('when a file of that day is damaged', async () => {
    const open = await save(test, 'restoring', { id: 'R-1' });
    await save(test, 'denied', { id: 'R-2' });
    await recordAtOwnTimes(test);
    await archived();
    appendFileSync(join(directory, 'audit-2026-11-21.jsonl'), '{"half');
    await test.store.save(open.version, afterEvents(open, EVENTS_TO.failed.slice(-1)));
    const before = await inRedis();
    await expect(archived()).rejects.toThrow('line 4 of');
    expect(await inRedis()).toBe(before);
  });
});
