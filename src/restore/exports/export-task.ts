import { appendEntry, type NewEntry } from '../history.ts';
import { addMinutes } from '../instant.ts';
import type { Environment, Instant, PersonId } from '../names.ts';
import type { InstancePolicy } from '../policy.ts';
import type { Delivery, HistoryEntry } from '../restore.ts';
import type { Snapshot } from '../snapshot.ts';
import type { ExportPlan } from './export-plan.ts';
import type { ExportedFile } from './exported-file.ts';

/** Speakable id of an export: `E-7`. */
export type ExportId = string;

/** The snapshot to be exported, as the last reminder named it. */
export type ExportOffer =
  | { readonly kind: 'snapshot'; readonly snapshotId: string; readonly takenAt: Instant }
  /** None that is exportable fits yet. */
  | { readonly kind: 'none' }
  /** Aura could not be asked. */
  | { readonly kind: 'unknown' };

export type ExportState =
  | { readonly status: 'open' }
  | { readonly status: 'done'; readonly by: PersonId; readonly at: Instant; readonly file: ExportedFile }
  /** The next one of its plan fell due before it was done. */
  | { readonly status: 'missed'; readonly at: Instant };

/**
 * The record of one export: a restore point that must leave Aura, and what became of that. Saved whole, by
 * compare-and-set on `version`; its history is chained and audited as a restore's is.
 */
export interface ExportTask {
  readonly schemaVersion: 1;
  readonly id: ExportId;
  readonly version: number;
  readonly instance: { readonly alias: string; readonly auraId: string; readonly environment: Environment };
  readonly auditChannel: string;
  /** As the rules were when it fell due. */
  readonly plan: Omit<ExportPlan, 'schedule' | 'beforeDeployments'>;
  readonly because: { readonly kind: 'schedule' } | { readonly kind: 'deployment'; readonly by: PersonId };
  readonly dueAt: Instant;
  /** The latest time that its owners were reminded; absent: not yet. */
  readonly reminded?: { readonly nth: number; readonly at: Instant; readonly offer: ExportOffer };
  readonly state: ExportState;
  readonly deliveries: Readonly<Record<string, Delivery>>;
  readonly history: readonly HistoryEntry[];
}

const REMINDED_AGAIN_MINUTES = 24 * 60;
/** Whoever does not answer a fortnight of reminders is found on the lists. */
const MOST_REMINDERS = 14;
/** A snapshot that was taken so long before the export fell due still is the one that is meant. */
const FITS_BEFORE_MINUTES = 24 * 60;

/** The first record of an export that fell due, or that somebody asked for. */
export function newExport(
  id: ExportId,
  { alias, auraId, environment, auditChannel }: InstancePolicy,
  plan: ExportPlan,
  { dueAt, because, at }: Pick<ExportTask, 'dueAt' | 'because'> & { readonly at: Instant },
): ExportTask {
  const { schedule: _, beforeDeployments: __, ...kept } = plan;
  return {
    schemaVersion: 1,
    id,
    version: 1,
    instance: { alias, auraId, environment },
    auditChannel,
    plan: kept,
    because,
    dueAt,
    state: { status: 'open' },
    deliveries: {},
    history: appendEntry([], {
      at,
      event: 'export-due',
      ...(because.kind === 'deployment' ? { by: because.by } : {}),
      facts: { restore: id, instance: alias, plan: plan.name, dueAt, because: because.kind },
    }),
  };
}

/** The record with these facts and one more entry. */
export function changedExport(
  task: ExportTask,
  facts: Partial<Pick<ExportTask, 'state' | 'reminded' | 'deliveries'>>,
  entry: NewEntry,
): ExportTask {
  return { ...task, ...facts, version: task.version + 1, history: appendEntry(task.history, entry) };
}

/** From when on it is overdue. */
export function overdueFrom({ dueAt, plan }: Pick<ExportTask, 'dueAt' | 'plan'>): Instant {
  return addMinutes(dueAt, plan.overdueMinutes);
}

export function isOverdue(task: Pick<ExportTask, 'dueAt' | 'plan' | 'state'>, now: Instant): boolean {
  return task.state.status === 'open' && now >= overdueFrom(task);
}

/** Whether its owners are to be reminded now. */
export function isReminderDue({ state, reminded }: ExportTask, now: Instant): boolean {
  if (state.status !== 'open') return false;
  if (!reminded) return true;
  return reminded.nth < MOST_REMINDERS && now >= addMinutes(reminded.at, REMINDED_AGAIN_MINUTES);
}

/** Snapshots that were taken before this moment do not fit. */
export function fitsFrom(dueAt: Instant): Instant {
  return addMinutes(dueAt, -FITS_BEFORE_MINUTES);
}

/** The snapshot to export: complete, exportable, and of those that fit the nearest to when it fell due. */
export function snapshotToExport(snapshots: readonly Snapshot[], dueAt: Instant): ExportOffer {
  const dueMs = Date.parse(dueAt);
  const [nearest] = snapshots
    .filter(({ status, exportable }) => status.toLowerCase() === 'completed' && exportable === true)
    .filter(({ takenAt }) => takenAt >= fitsFrom(dueAt))
    .sort((one, other) => Math.abs(Date.parse(one.takenAt) - dueMs) - Math.abs(Date.parse(other.takenAt) - dueMs));
  return nearest ? { kind: 'snapshot', snapshotId: nearest.snapshotId, takenAt: nearest.takenAt } : { kind: 'none' };
}
