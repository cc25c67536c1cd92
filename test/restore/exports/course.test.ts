import { describe, expect, it } from 'vitest';
import {
  afterExported,
  afterMissed,
  afterReminded,
  type ExportReport,
  readSize,
} from '../../../src/restore/exports/export-course.ts';
import { type ExportPlan, fileNameFor } from '../../../src/restore/exports/export-plan.ts';
import {
  type ExportTask,
  isOverdue,
  isReminderDue,
  newExport,
  snapshotToExport,
} from '../../../src/restore/exports/export-task.ts';
import { isExportAtRest, owedExportMessages } from '../../../src/restore/exports/owed.ts';
import { firstBrokenEntry } from '../../../src/restore/history.ts';
import { addMinutes } from '../../../src/restore/instant.ts';
import { makePolicy, NOW, TAKEN_AT } from '../../support/make-restore.ts';
import { makePerson } from '../../support/people.ts';

const PLAN: ExportPlan = {
  name: 'weekly off-site',
  schedule: { every: 'week', days: ['sat'], at: '03:00', zone: 'UTC' },
  beforeDeployments: false,
  keepDays: 30,
  fileName: '{instance}-{date}-{time}-{name}.backup',
  place: 'the vault',
  owners: { users: ['U1'], groups: [] },
  overdueMinutes: 48 * 60,
};
const OWNER = makePerson('U1');
const DAY = 24 * 60;
const task = (plan: Partial<ExportPlan> = {}) =>
  newExport('E-7', makePolicy(), { ...PLAN, ...plan }, { dueAt: NOW, because: { kind: 'schedule' }, at: NOW });
const REPORT: ExportReport = {
  fileName: 'orders.backup',
  sizeBytes: 12_500,
  sha256: 'A'.repeat(64),
  place: 'the vault, shelf 3',
  takenAt: TAKEN_AT,
  interaction: 'i1',
};
const LATER = addMinutes(NOW, 90);

function reminded(before: ExportTask, at = NOW): ExportTask {
  return afterReminded(before, { kind: 'none' }, at) ?? before;
}

describe('the snapshot to export', () => {
  const snapshot = (snapshotId: string, minutes: number, facts = {}) => ({
    snapshotId,
    takenAt: addMinutes(NOW, minutes),
    profile: 'Scheduled',
    status: 'Completed',
    exportable: true,
    ...facts,
  });
  it.each([
    ['the nearest to when it fell due', [snapshot('a', -600), snapshot('b', -20), snapshot('c', 300)], 'b'],
    ['one that came later', [snapshot('a', -DAY - 1), snapshot('b', 700)], 'b'],
    ['none that is too old', [snapshot('a', -DAY - 1)], undefined],
    ['none that cannot be exported', [snapshot('a', -5, { exportable: false })], undefined],
    ['none of which Aura does not say so', [snapshot('a', -5, { exportable: undefined })], undefined],
    ['none that is not complete', [snapshot('a', -5, { status: 'InProgress' })], undefined],
    ['none of none', [], undefined],
  ])('is %s', (_, snapshots, expected) => {
    const offer = snapshotToExport(snapshots, NOW);
    expect(offer.kind === 'snapshot' ? offer.snapshotId : undefined).toBe(expected);
  });
});

describe('the owners of an export', () => {
  it('are reminded at once, again after each day, and publicly when it is overdue or a group owns it', () => {
    const fresh = task();
    expect(isReminderDue(fresh, NOW)).toBe(true);
    expect(owedExportMessages(fresh)).toEqual([]);
    const once = reminded(fresh);
    expect(owedExportMessages(once).map(({ to }) => to)).toEqual(['U1']);
    expect(isReminderDue(once, addMinutes(NOW, DAY - 1))).toBe(false);
    expect(isReminderDue(once, addMinutes(NOW, DAY))).toBe(true);
    expect(isOverdue(once, addMinutes(NOW, 2 * DAY - 1))).toBe(false);
    expect(isOverdue(once, addMinutes(NOW, 2 * DAY))).toBe(true);
    const overdue = reminded(once, addMinutes(NOW, 2 * DAY));
    expect(owedExportMessages(overdue)).toEqual([
      { key: 'reminder:2:U1', kind: 'reminder', to: 'U1' },
      { key: 'reminder:2:C0AUDIT', kind: 'reminder', to: 'C0AUDIT' },
    ]);
    const ofGroup = reminded(task({ owners: { users: [], groups: ['S1'] } }));
    expect(owedExportMessages(ofGroup).map(({ to }) => to)).toEqual(['C0AUDIT']);
  });

  it('are not reminded for ever, and not of what is over', () => {
    let last = task();
    for (let day = 0; day < 40; day++) last = reminded(last, addMinutes(NOW, day * DAY));
    expect(last.reminded?.nth).toBe(14);
    const missed = afterMissed(last, LATER);
    expect(missed && isReminderDue(missed, addMinutes(NOW, 90 * DAY))).toBe(false);
    expect(missed && owedExportMessages(missed).map(({ key, to }) => [key, to])).toEqual([['missed', 'C0AUDIT']]);
  });
});

describe('what an owner records', () => {
  const record = (facts: Partial<ExportReport> = {}, person: Parameters<typeof afterExported>[2]['person'] = OWNER) =>
    afterExported(task(), { ...REPORT, ...facts }, { person, at: LATER });
  const reasonOf = (outcome: ReturnType<typeof record>) =>
    outcome.kind === 'refused' ? outcome.refusal.reason : outcome.kind;

  it('is kept as a file that a restore may name, with who, checksum and place', () => {
    const outcome = record();
    if (outcome.kind !== 'changed') throw new Error(outcome.kind);
    const { state, history } = outcome.task;
    expect(state).toEqual({
      status: 'done',
      by: 'U1',
      at: LATER,
      file: {
        exportId: 'E-7',
        instance: { alias: 'orders', auraId: 'a1b2c3d4' },
        file: { name: 'orders.backup', kind: 'backup', sizeBytes: 12_500, sha256: 'a'.repeat(64) },
        takenAt: TAKEN_AT,
        place: 'the vault, shelf 3',
        keepUntil: addMinutes(TAKEN_AT, 30 * DAY),
        recordedBy: 'U1',
        recordedAt: LATER,
      },
    });
    expect(history.at(-1)).toMatchObject({ event: 'export-recorded', by: 'U1', facts: { sha256: 'a'.repeat(64) } });
    expect(firstBrokenEntry(history)).toBeUndefined();
    expect(owedExportMessages(outcome.task)).toEqual([{ key: 'recorded', kind: 'recorded', to: 'C0AUDIT' }]);
    expect(isExportAtRest(outcome.task)).toBe(false);
    const again = afterExported(outcome.task, REPORT, { person: OWNER, at: LATER });
    expect(again.kind).toBe('unchanged');
    const other = afterExported(outcome.task, { ...REPORT, interaction: 'i2' }, { person: OWNER, at: LATER });
    expect(reasonOf(other)).toBe('export-done');
  });

  it.each([
    ['of the snapshot they were asked to export', TAKEN_AT, 's1'],
    ['of another moment', addMinutes(TAKEN_AT, 1), undefined],
  ])('names the snapshot for a file %s', (_, takenAt, snapshotId) => {
    const offered = { kind: 'snapshot', snapshotId: 's1', takenAt: TAKEN_AT.replace('.000Z', '.789Z') } as const;
    const asked = afterReminded(task(), offered, NOW);
    if (!asked) throw new Error('nobody was asked');
    const outcome = afterExported(asked, { ...REPORT, takenAt }, { person: OWNER, at: LATER });
    const state = outcome.kind === 'changed' ? outcome.task.state : undefined;
    expect(state).toMatchObject({ status: 'done' });
    expect(state?.status === 'done' && state.file.snapshotId).toBe(snapshotId);
  });

  it.each([
    ['somebody who is no owner', {}, makePerson('U2'), 'not-an-owner'],
    ['an owner who is a guest', {}, makePerson('U1', { isGuest: true }), 'guest'],
    ['somebody who could not be read', {}, { kind: 'unreadable', id: 'U1' } as const, 'identity-unreadable'],
    ['a file of another kind', { fileName: 'orders.zip' }, OWNER, 'file-kind'],
    ['an empty file of another kind', { fileName: 'orders.zip', sizeBytes: 0 }, OWNER, 'file-kind'],
    ['an empty file', { sizeBytes: 0 }, OWNER, 'file-size'],
    ['another checksum', { sha256: 'abc' }, OWNER, 'checksum'],
    ['data of the future', { takenAt: addMinutes(LATER, 1) }, OWNER, 'taken-in-the-future'],
  ] as const)('is refused of %s', (_, facts, person, reason) => {
    expect(reasonOf(record(facts, person))).toBe(reason);
  });

  it('is refused when the next one fell due', () => {
    const missed = afterMissed(task(), NOW);
    expect(missed && reasonOf(afterExported(missed, REPORT, { person: OWNER, at: LATER }))).toBe('export-missed');
  });
});

it.each([
  ['1234567', 1_234_567],
  [' 700\t', 700],
  ['12.5 GB', 12.5 * 2 ** 30],
  ['3,2 GiB', 3_435_973_837],
  ['700mb', 700 * 2 ** 20],
  ['1 B', 1],
  ['0', undefined],
  ['-3 GB', undefined],
  ['3 parsecs', undefined],
  ['', undefined],
  ['1e9', undefined],
])('"%s" is a size of %s bytes', (text, bytes) => {
  expect(readSize(text)).toBe(bytes);
});

it('a file is named after its instance, its restore point and its plan, with nothing that a shell would read', () => {
  const facts = { alias: 'orders-prod', name: 'off site; rm', takenAt: TAKEN_AT };
  expect(fileNameFor(PLAN.fileName, facts)).toBe('orders-prod-2026-11-21-0004-off-site-rm.backup');
});
