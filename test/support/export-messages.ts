import { exportForm } from '../../messages/exports/form.ts';
import { exportsAsked, exportsReply } from '../../messages/exports/list.ts';
import { exportOutcome, exportRecorded, exportRefusalText } from '../../messages/exports/outcome.ts';
import { exportReminder } from '../../messages/exports/reminder.ts';
import {
  afterExported,
  afterMissed,
  afterReminded,
  type ExportRefusal,
} from '../../src/restore/exports/export-course.ts';
import type { ExportPlan } from '../../src/restore/exports/export-plan.ts';
import { type ExportOffer, type ExportTask, newExport } from '../../src/restore/exports/export-task.ts';
import type { ExportedFile } from '../../src/restore/exports/exported-file.ts';
import { addMinutes } from '../../src/restore/instant.ts';
import type { Reader } from '../../src/restore/language.ts';
import type { Said } from './every-message.ts';
import { makePolicy, NOW, TAKEN_AT } from './make-restore.ts';
import { makePerson } from './people.ts';

const LATER = addMinutes(NOW, 90);
const DAY = 24 * 60;
const PLAN: ExportPlan = {
  name: 'Plan-1',
  schedule: { every: 'month', days: [-1], at: '06:00', zone: 'UTC' },
  beforeDeployments: true,
  keepDays: 400,
  fileName: '{instance}-{date}.backup',
  place: 'Tresor-3',
  owners: { users: ['U1'], groups: ['S1'] },
  overdueMinutes: 2 * DAY,
};
const OFFERS: readonly ExportOffer[] = [
  { kind: 'snapshot', snapshotId: 's1', takenAt: TAKEN_AT },
  { kind: 'none' },
  { kind: 'unknown' },
];

/** What an owner recorded of the snapshot that they were asked to export. */
export const EXPORTED_FILE: ExportedFile = {
  exportId: 'E-7',
  instance: { alias: 'orders', auraId: 'db1' },
  file: { name: 'orders-before.backup', kind: 'backup', sizeBytes: 3_400_000_000, sha256: 'ab'.repeat(32) },
  takenAt: TAKEN_AT,
  snapshotId: 's1',
  place: 'Tresor-3',
  keepUntil: addMinutes(NOW, 90 * DAY),
  recordedBy: 'U1',
  recordedAt: NOW,
};
const { snapshotId: _, ...unnamed } = EXPORTED_FILE;
/** The same of another moment than the one that they were asked for. */
export const EXPORTED_WITHOUT_SNAPSHOT: ExportedFile = { ...unnamed, exportId: 'E-8' };

/** An export that fell due. */
export function makeExport(facts: Partial<Pick<ExportTask, 'because' | 'dueAt'>> = {}): ExportTask {
  const because = { kind: 'schedule' } as const;
  return newExport('E-7', makePolicy({ exports: [PLAN] }), PLAN, { dueAt: NOW, because, at: NOW, ...facts });
}

/** Everything that is said about exports. */
export function messagesOfExports(reader: Reader): readonly Said[] {
  const task = makeExport();
  const asked = makeExport({ because: { kind: 'deployment', by: 'U1' } });
  const overdue = makeExport({ dueAt: addMinutes(NOW, -5 * DAY) });
  const reminders = [task, asked, overdue].flatMap((one, index) =>
    OFFERS.map((offer): Said => {
      const payload = exportReminder(afterReminded(one, offer, NOW) ?? one, reader);
      return { name: `reminder of export ${index} with ${offer.kind}`, kind: 'message', payload };
    }),
  );
  const done = recorded(task);
  const missed = afterMissed(task, LATER) ?? task;
  const file = done.state.status === 'done' ? [done.state.file] : [];
  const instances = [makePolicy({ exports: [PLAN] })];
  const lists: Readonly<Record<string, unknown>> = {
    'exports of all': exportsReply({ now: LATER, instances, open: [task, overdue] }, reader),
    'no exports': exportsReply({ now: LATER, instances: [], open: [] }, reader),
    'exports of one': exportsReply({ now: LATER, instances, open: [], files: file }, reader),
    'exports of one without any': exportsReply({ now: LATER, instances: [makePolicy()], open: [], files: [] }, reader),
    'recorded export': exportOutcome(done, reader),
    'missed export': exportOutcome(missed, reader),
  };
  return [
    ...reminders,
    ...Object.entries(lists).map(([name, payload]): Said => ({ name, kind: 'message', payload })),
    { name: 'export form', kind: 'view', payload: exportForm(task, reader) },
    { name: 'answer to an exported file', kind: 'words', payload: exportRecorded(done, reader) },
    { name: 'answer to exports asked for', kind: 'words', payload: exportsAsked('orders', [task], reader) },
    ...REFUSALS.map(
      (refusal): Said => ({ name: refusal.reason, kind: 'words', payload: exportRefusalText(refusal, reader) }),
    ),
  ];
}

const REFUSALS: readonly ExportRefusal[] = [
  { reason: 'not-an-owner' },
  { reason: 'export-done', by: 'U1', at: NOW },
  { reason: 'export-missed', at: NOW },
  { reason: 'file-kind' },
  { reason: 'file-size' },
  { reason: 'checksum' },
  { reason: 'taken-in-the-future' },
  { reason: 'no-deployment-export', alias: 'orders' },
];

function recorded(task: ExportTask): ExportTask {
  const report = {
    fileName: 'orders.backup',
    sizeBytes: 12_500_000_000,
    sha256: 'a'.repeat(64),
    place: 'Tresor-3',
    takenAt: TAKEN_AT,
  };
  const outcome = afterExported(task, report, { person: makePerson('U1'), at: LATER });
  if (outcome.kind !== 'changed') throw new Error(outcome.kind);
  return outcome.task;
}
