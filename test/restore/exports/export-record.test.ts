import { describe, expect, it } from 'vitest';
import {
  afterExported,
  afterExportSaid,
  afterMissed,
  afterReminded,
  type ExportReport,
} from '../../../src/restore/exports/export-course.ts';
import type { ExportPlan } from '../../../src/restore/exports/export-plan.ts';
import {
  type ExportTask,
  fitsFrom,
  isOverdue,
  isReminderDue,
  newExport,
  overdueFrom,
  snapshotToExport,
} from '../../../src/restore/exports/export-task.ts';
import { isExportAtRest, owedExportMessages } from '../../../src/restore/exports/owed.ts';
import { addMinutes } from '../../../src/restore/instant.ts';
import { makePolicy, NOW, TAKEN_AT } from '../../support/make-restore.ts';
import { makePerson } from '../../support/people.ts';

const DAY = 24 * 60;
const LATER = addMinutes(NOW, 90);
const OWNER = makePerson('U1');
const KEPT = {
  name: 'weekly off-site',
  keepDays: 30,
  fileName: '{instance}.backup',
  place: 'the vault',
  owners: { users: ['U1', 'U2'], groups: [] },
  overdueMinutes: 2 * DAY,
};
const PLAN: ExportPlan = {
  ...KEPT,
  schedule: { every: 'week', days: ['sat'], at: '03:00', zone: 'UTC' },
  beforeDeployments: true,
};
const task = (facts: Partial<ExportTask> = {}): ExportTask => ({
  ...newExport('E-7', makePolicy(), PLAN, { dueAt: NOW, because: { kind: 'schedule' }, at: LATER }),
  ...facts,
});
const REPORT: ExportReport = {
  fileName: 'orders.backup',
  sizeBytes: 1,
  sha256: 'a'.repeat(64),
  place: 'the vault, shelf 3',
  takenAt: TAKEN_AT,
};
const recorded = (facts: Partial<ExportReport> = {}, before = task(), at = LATER) =>
  afterExported(before, { ...REPORT, ...facts }, { person: OWNER, at });
function done(facts: Partial<ExportReport> = {}, before = task()): ExportTask {
  const outcome = recorded(facts, before);
  if (outcome.kind !== 'changed') throw new Error(JSON.stringify(outcome));
  return outcome.task;
}
const fileOf = ({ state }: ExportTask) => (state.status === 'done' ? state.file : undefined);
const refusalOf = (outcome: ReturnType<typeof afterExported>) =>
  outcome.kind === 'refused' ? outcome.refusal : outcome.kind;
const lastOf = ({ history }: ExportTask) => history.at(-1);
const some = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error('nothing changed');
  return value;
};

describe('the first record of an export', () => {
  it('holds the plan as it was, without when it falls due again', () => {
    const { history, ...record } = task();
    expect(record).toStrictEqual({
      schemaVersion: 1,
      id: 'E-7',
      version: 1,
      instance: { alias: 'orders', auraId: 'a1b2c3d4', environment: 'production' },
      auditChannel: 'C0AUDIT',
      plan: KEPT,
      because: { kind: 'schedule' },
      dueAt: NOW,
      state: { status: 'open' },
      deliveries: {},
    });
    expect(history).toHaveLength(1);
    expect(history[0]).toMatchObject({
      at: LATER,
      event: 'export-due',
      facts: { restore: 'E-7', instance: 'orders', plan: 'weekly off-site', dueAt: NOW, because: 'schedule' },
    });
    expect(history[0]).not.toHaveProperty('by');
  });

  it('of a deployment names who asked for it', () => {
    const asked = newExport('E-8', makePolicy(), PLAN, {
      dueAt: NOW,
      because: { kind: 'deployment', by: 'U9' },
      at: NOW,
    });
    expect(lastOf(asked)).toMatchObject({ by: 'U9', facts: { because: 'deployment' } });
  });
});

describe('what happens to an export', () => {
  const offer = { kind: 'snapshot', snapshotId: 's1', takenAt: TAKEN_AT } as const;

  it.each([
    [offer, { nth: 1, snapshotId: 's1' }],
    [{ kind: 'none' } as const, { nth: 1, snapshot: 'none' }],
    [{ kind: 'unknown' } as const, { nth: 1, snapshot: 'unknown' }],
  ])('is in its history: a reminder of %j', (named, facts) => {
    const after = some(afterReminded(task(), named, LATER));
    expect(after).toMatchObject({ version: 2, reminded: { nth: 1, at: LATER, offer: named } });
    expect(lastOf(after)).toMatchObject({ at: LATER, event: 'export-reminded' });
    expect(lastOf(after)?.facts).toStrictEqual(facts);
    const second = some(afterReminded(after, named, addMinutes(LATER, DAY)));
    expect(second.reminded?.nth).toBe(2);
    expect(afterReminded(second, named, addMinutes(LATER, DAY + 1))).toBeUndefined();
  });

  it('is in its history: that it was missed, once and only while it is open', () => {
    const after = some(afterMissed(task(), LATER));
    expect(after.state).toEqual({ status: 'missed', at: LATER });
    expect(lastOf(after)).toMatchObject({ at: LATER, event: 'export-missed', facts: {} });
    expect(afterMissed(after, LATER)).toBeUndefined();
    expect(afterMissed(done(), LATER)).toBeUndefined();
  });

  it('is in its history: what was recorded, with the submission where it is known', () => {
    const facts = {
      file: 'orders.backup',
      sizeBytes: 1,
      sha256: 'a'.repeat(64),
      place: REPORT.place,
      takenAt: TAKEN_AT,
    };
    expect(lastOf(done())?.facts).toStrictEqual(facts);
    expect(lastOf(done({ interaction: 'i1' }))?.facts).toStrictEqual({ ...facts, interaction: 'i1' });
  });

  it('is in its history: a message that was said, or never will be, each once', () => {
    const posted = { status: 'posted', channel: 'C0AUDIT', ts: '1.1', at: LATER } as const;
    const said = some(afterExportSaid(task(), 'missed', posted));
    expect(said.deliveries).toEqual({ missed: posted });
    expect(lastOf(said)).toMatchObject({
      at: LATER,
      event: 'message-settled',
      facts: { message: 'missed', ts: '1.1' },
    });
    expect(afterExportSaid(said, 'missed', posted)).toBeUndefined();
    const never = { status: 'undeliverable', why: 'channel_not_found', at: LATER } as const;
    const unsaid = some(afterExportSaid(said, 'recorded', never));
    expect(Object.keys(unsaid.deliveries)).toEqual(['missed', 'recorded']);
    expect(lastOf(unsaid)?.facts).toStrictEqual({ message: 'recorded', undeliverable: 'channel_not_found' });
  });
});

describe('a file that is recorded', () => {
  it.each([
    ['orders.backup', 'backup'],
    ['ORDERS.DUMP', 'dump'],
    ['orders.backup.dump', 'dump'],
  ])('%s is a %s', (fileName, kind) => {
    expect(fileOf(done({ fileName }))?.file).toMatchObject({ name: fileName, kind });
  });

  it.each(['orders', 'backup', 'orders.backup.zip', 'ordersbackup', 'orders.backups'])('%s is none', (fileName) => {
    expect(refusalOf(recorded({ fileName }))).toEqual({ reason: 'file-kind' });
  });

  it.each([
    ['in capitals, with a space around it', ` ${'A'.repeat(64)}\n`, 'a'.repeat(64)],
    ['of all the digits', '0123456789abcdef'.repeat(4), '0123456789abcdef'.repeat(4)],
  ])('keeps a checksum %s', (_, sha256, kept) => {
    expect(fileOf(done({ sha256 }))?.file.sha256).toBe(kept);
  });

  it.each([
    ['one digit short', 'a'.repeat(63)],
    ['one digit long', 'a'.repeat(65)],
    ['with a word before it', `sha256:${'a'.repeat(64)}`],
    ['with a name behind it', `${'a'.repeat(64)}  orders.backup`],
    ['with a letter that is no digit', `${'a'.repeat(63)}g`],
    ['that is empty', ''],
  ])('has no checksum %s', (_, sha256) => {
    expect(refusalOf(recorded({ sha256 }))).toEqual({ reason: 'checksum' });
  });

  it('may hold the data of this very moment', () => {
    expect(fileOf(done({ takenAt: LATER }))?.takenAt).toBe(LATER);
  });

  it.each<[string, ExportTask['reminded'], string | undefined]>([
    ['nobody was reminded', undefined, undefined],
    ['there was none to export', { nth: 1, at: NOW, offer: { kind: 'none' } }, undefined],
    ['it is of that time', { nth: 1, at: NOW, offer: { kind: 'snapshot', snapshotId: 's1', takenAt: TAKEN_AT } }, 's1'],
    [
      'it is of the second after',
      {
        nth: 1,
        at: NOW,
        offer: { kind: 'snapshot', snapshotId: 's1', takenAt: TAKEN_AT.replace(':05.000', ':06.000') },
      },
      undefined,
    ],
  ])('names the offered snapshot where %s', (_, reminded, snapshotId) => {
    const file = fileOf(done({}, task(reminded ? { reminded } : {})));
    expect(file?.snapshotId).toBe(snapshotId);
    expect(file && 'snapshotId' in file).toBe(snapshotId !== undefined);
  });

  it('is refused with who did it before and when, or with when it was missed', () => {
    expect(refusalOf(recorded({}, done(), addMinutes(LATER, 1)))).toEqual({
      reason: 'export-done',
      by: 'U1',
      at: LATER,
    });
    expect(refusalOf(recorded({}, some(afterMissed(task(), LATER))))).toEqual({ reason: 'export-missed', at: LATER });
  });

  it('counts each submission by its own name; two without a name are two', () => {
    const once = done({ interaction: 'i1' });
    expect(recorded({ interaction: 'i1' }, once).kind).toBe('unchanged');
    expect(refusalOf(recorded({}, once))).toMatchObject({ reason: 'export-done' });
    expect(refusalOf(recorded({}, done()))).toMatchObject({ reason: 'export-done' });
  });
});

describe('an export in time', () => {
  it('is overdue from its own lead on, while it is open', () => {
    expect(overdueFrom(task())).toBe(addMinutes(NOW, 2 * DAY));
    expect(isOverdue(task(), addMinutes(NOW, 2 * DAY))).toBe(true);
    expect(isOverdue(done(), addMinutes(NOW, 3 * DAY))).toBe(false);
    expect(isReminderDue(done(), addMinutes(NOW, 3 * DAY))).toBe(false);
  });

  it('takes a snapshot of a day before, and none that is older by a minute', () => {
    const of = (minutes: number, status = 'completed') => ({
      snapshotId: 's1',
      takenAt: addMinutes(NOW, minutes),
      profile: 'Scheduled',
      status,
      exportable: true,
    });
    expect(fitsFrom(NOW)).toBe(addMinutes(NOW, -DAY));
    const takenAt = addMinutes(NOW, -DAY);
    expect(snapshotToExport([of(-DAY)], NOW)).toEqual({ kind: 'snapshot', snapshotId: 's1', takenAt });
    expect(snapshotToExport([of(-DAY - 1)], NOW)).toEqual({ kind: 'none' });
    expect(snapshotToExport([of(-5, 'Completed'), of(-1, 'Failed')], NOW)).toMatchObject({ takenAt: of(-5).takenAt });
  });
});

describe('what an export has people hear', () => {
  const posted = { status: 'posted', channel: 'C0AUDIT', ts: '1.1', at: LATER } as const;
  const reminded = (at = LATER) => some(afterReminded(task(), { kind: 'none' }, at));

  it('is said once: what was said is owed no more', () => {
    expect(owedExportMessages(reminded()).map(({ key }) => key)).toEqual(['reminder:1:U1', 'reminder:1:U2']);
    const half = some(afterExportSaid(reminded(), 'reminder:1:U1', posted));
    expect(owedExportMessages(half).map(({ key, to }) => [key, to])).toEqual([['reminder:1:U2', 'U2']]);
    const missed = some(afterMissed(half, LATER));
    expect(owedExportMessages(missed)).toEqual([{ key: 'missed', kind: 'missed', to: 'C0AUDIT' }]);
    expect(isExportAtRest(missed)).toBe(false);
    expect(isExportAtRest(some(afterExportSaid(missed, 'missed', posted)))).toBe(true);
  });

  it('is public from the very moment at which it is overdue', () => {
    const places = (minutes: number) => owedExportMessages(reminded(addMinutes(NOW, minutes))).map(({ to }) => to);
    expect(places(2 * DAY - 1)).toEqual(['U1', 'U2']);
    expect(places(2 * DAY)).toEqual(['U1', 'U2', 'C0AUDIT']);
  });

  it('is not over while it is open, though nothing is owed', () => {
    expect(owedExportMessages(task())).toEqual([]);
    expect(isExportAtRest(task())).toBe(false);
  });
});
