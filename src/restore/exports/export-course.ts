import { bytesOfSize } from '../gigabytes.ts';
import { addMinutes } from '../instant.ts';
import type { Instant, PersonId } from '../names.ts';
import { isNamedBy, standingRefusal } from '../person.ts';
import type { PersonFacts } from '../person-facts.ts';
import { FILE_KINDS, type FileKind } from '../plan.ts';
import type { PersonRefusal, Refusal } from '../refusal.ts';
import type { Delivery } from '../restore.ts';
import { changedExport, type ExportOffer, type ExportTask, isReminderDue } from './export-task.ts';
import type { ExportedFile } from './exported-file.ts';

/** What somebody filled in about a file that they exported. */
export interface ExportReport {
  readonly fileName: string;
  readonly sizeBytes: number;
  /** As typed. */
  readonly sha256: string;
  readonly place: string;
  /** The restore point that the file holds. */
  readonly takenAt: Instant;
  /** Names the one submission of the form. */
  readonly interaction?: string;
}

/** Why nothing was recorded. */
export type ExportRefusal =
  | PersonRefusal
  | Extract<Refusal, { reason: 'unknown-instance' }>
  | { readonly reason: 'not-an-owner' }
  | { readonly reason: 'export-done'; readonly by: PersonId; readonly at: Instant }
  | { readonly reason: 'export-missed'; readonly at: Instant }
  | { readonly reason: 'file-kind' | 'file-size' | 'checksum' | 'taken-in-the-future' }
  | { readonly reason: 'no-deployment-export'; readonly alias: string };

export type ExportOutcome =
  | { readonly kind: 'changed'; readonly task: ExportTask }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'refused'; readonly refusal: ExportRefusal };

const SHA256 = /^[0-9a-f]{64}$/;

/** `1234567`, `12.5 GB` or `3,2 GiB` in bytes; undefined for what is no size. */
export function readSize(text: string): number | undefined {
  const bytes = /^\d+$/.test(text.trim()) ? Number(text) : (bytesOfSize(text) ?? 0);
  return bytes > 0 ? bytes : undefined;
}

/** The kind of a backup file by the end of its name. */
function kindOf(fileName: string): FileKind | undefined {
  return FILE_KINDS.find((kind) => fileName.toLowerCase().endsWith(`.${kind}`));
}

/** An owner says that it was exported, and which file it became. Delivered again, it is taken as done. */
export function afterExported(
  task: ExportTask,
  report: ExportReport,
  { person, at }: { readonly person: PersonFacts; readonly at: Instant },
): ExportOutcome {
  const { interaction } = report;
  if (interaction !== undefined && task.history.some(({ facts }) => facts.interaction === interaction)) {
    return { kind: 'unchanged' };
  }
  const refusal = reportRefusal(task, report, person, at);
  const kind = kindOf(report.fileName);
  if (refusal || !kind) return { kind: 'refused', refusal: refusal ?? { reason: 'file-kind' } };
  const sha256 = report.sha256.trim().toLowerCase();
  const { fileName, sizeBytes, place, takenAt } = report;
  const { alias, auraId } = task.instance;
  const file: ExportedFile = {
    exportId: task.id,
    instance: { alias, auraId },
    file: { name: fileName, kind, sizeBytes, sha256 },
    takenAt,
    ...offeredSnapshot(task, takenAt),
    place,
    keepUntil: addMinutes(takenAt, task.plan.keepDays * 24 * 60),
    recordedBy: person.id,
    recordedAt: at,
  };
  return {
    kind: 'changed',
    task: changedExport(
      task,
      { state: { status: 'done', by: person.id, at, file } },
      {
        at,
        event: 'export-recorded',
        by: person.id,
        facts: { file: fileName, sizeBytes, sha256, place, takenAt, ...(interaction ? { interaction } : {}) },
      },
    ),
  };
}

/** The snapshot that the owners were asked to export, when the recorded time is its time; forms know seconds. */
function offeredSnapshot({ reminded }: ExportTask, takenAt: Instant): Pick<ExportedFile, 'snapshotId'> {
  const offer = reminded?.offer;
  if (offer?.kind !== 'snapshot') return {};
  const isSame = Math.floor(Date.parse(offer.takenAt) / 1000) === Math.floor(Date.parse(takenAt) / 1000);
  return isSame ? { snapshotId: offer.snapshotId } : {};
}

/** Its owners are reminded, with the snapshot that they are to export. */
export function afterReminded(task: ExportTask, offer: ExportOffer, at: Instant): ExportTask | undefined {
  if (!isReminderDue(task, at)) return undefined;
  const nth = (task.reminded?.nth ?? 0) + 1;
  const snapshot = offer.kind === 'snapshot' ? { snapshotId: offer.snapshotId } : { snapshot: offer.kind };
  return changedExport(
    task,
    { reminded: { nth, at, offer } },
    { at, event: 'export-reminded', facts: { nth, ...snapshot } },
  );
}

/** The next one of its plan fell due: this one was not done in time. */
export function afterMissed(task: ExportTask, at: Instant): ExportTask | undefined {
  if (task.state.status !== 'open') return undefined;
  return changedExport(task, { state: { status: 'missed', at } }, { at, event: 'export-missed', facts: {} });
}

/** A message of it was posted, or never will be. */
export function afterExportSaid(task: ExportTask, key: string, delivery: Delivery): ExportTask | undefined {
  if (task.deliveries[key]) return undefined;
  const facts =
    delivery.status === 'posted' ? { message: key, ts: delivery.ts } : { message: key, undeliverable: delivery.why };
  const deliveries = { ...task.deliveries, [key]: delivery };
  return changedExport(task, { deliveries }, { at: delivery.at, event: 'message-settled', facts });
}

function reportRefusal(
  { state, plan }: ExportTask,
  report: ExportReport,
  person: PersonFacts,
  at: Instant,
): ExportRefusal | undefined {
  const standing = standingRefusal(person);
  if (standing) return standing;
  if (!isNamedBy(plan.owners, person)) return { reason: 'not-an-owner' };
  if (state.status === 'done') return { reason: 'export-done', by: state.by, at: state.at };
  if (state.status === 'missed') return { reason: 'export-missed', at: state.at };
  if (!kindOf(report.fileName)) return { reason: 'file-kind' };
  if (report.sizeBytes <= 0) return { reason: 'file-size' };
  if (!SHA256.test(report.sha256.trim().toLowerCase())) return { reason: 'checksum' };
  return report.takenAt > at ? { reason: 'taken-in-the-future' } : undefined;
}
