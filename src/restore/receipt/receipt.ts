import type { Instant } from '../names.ts';
import type { SeenCheck } from '../new-instance/preview-stage.ts';
import type { RestorePoint } from '../plan.ts';
import type { Fingerprint } from '../validation.ts';
import type { AccessLoss, AccessSeen } from './access.ts';
import type { Amount, UnknownBecause } from './amount.ts';

/** Counts of a snapshot. */
export type SnapshotSource =
  | {
      readonly kind: 'on-the-way';
      readonly takenAt: Instant;
      /** By how many minutes it is younger than the snapshot; negative: older. */
      readonly gapMinutes: number;
    }
  /** Of the snapshot itself: the numbers are exact. */
  | { readonly kind: 'preview'; readonly takenAt: Instant };

/** What the live database is compared with. */
export type ReceiptSource =
  | SnapshotSource
  /** Counts of the snapshot that the file is recorded as the export of; nobody has counted the file itself. */
  | {
      readonly kind: 'exported';
      readonly exportId: string;
      readonly snapshotId: string;
      readonly counted: SnapshotSource;
    }
  /** A file of which nothing is known. */
  | { readonly kind: 'file' }
  /** The source of an overwrite as it was then; it may change until the start. */
  | { readonly kind: 'live-source'; readonly takenAt: Instant }
  | { readonly kind: 'source-not-seen'; readonly because: UnknownBecause }
  /** Of the snapshots on both sides of the restore point, between which the numbers are thought to lie. */
  | { readonly kind: 'between'; readonly before: Instant; readonly after: Instant }
  | { readonly kind: 'none' };

/** One label or relationship type, or all nodes or relationships. */
export interface CountLine {
  readonly of: 'nodes' | 'relationships' | 'label' | 'type';
  /** Empty for all nodes and all relationships. */
  readonly name: string;
  readonly now: Amount;
  readonly before: Amount;
}

/** How many there are, where nobody knows how many there would be. */
export type NowLine = Omit<CountLine, 'before'>;

export type CountsLoss =
  | {
      readonly kind: 'compared';
      /** All nodes and all relationships, whether they differ or not. */
      readonly totals: readonly CountLine[];
      /** The labels and types whose counts differ, the greatest difference first. */
      readonly lines: readonly CountLine[];
      /** How many more differ than there are lines. */
      readonly unnamed: number;
      /** How many labels and types have the same count. */
      readonly same: number;
      readonly isSchemaChanged: boolean | 'unknown';
    }
  /** What is there now, all of which is replaced; how many of it would be lost is unknown. */
  | {
      readonly kind: 'only-now';
      readonly totals: readonly NowLine[];
      /** Labels and types, those with most first. */
      readonly lines: readonly NowLine[];
      /** How many more labels and types there are than lines. */
      readonly unnamed: number;
      readonly because: UnknownBecause;
    }
  | { readonly kind: 'unknown'; readonly because: UnknownBecause };

export interface QuestionLine {
  /** As the operator called it. */
  readonly name: string;
  readonly answer: Amount;
}

/** When something was last written, as far as the freshness checks tell: the newest time in one property of one label. */
export type LastWrite =
  | { readonly kind: 'seen'; readonly at: Instant; readonly label: string; readonly property: string }
  /** None of them holds a time. */
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown'; readonly because: UnknownBecause };

/** The checks of restored data, asked of the live database to be compared with those of a preview. */
export interface LiveChecks {
  readonly at: Instant;
  readonly results: readonly SeenCheck[];
}

/** What a restore would lose, as far as it can be seen in the data. It is information: it changes no plan and no hash. */
export interface LossReceipt {
  /** When the live database was looked at. */
  readonly lookedAt: Instant;
  /** The restore point that it was compared with: see `pointId`. */
  readonly point: string;
  readonly source: ReceiptSource;
  readonly counts: CountsLoss;
  readonly lastWrite: LastWrite;
  readonly questions: readonly QuestionLine[];
  readonly access: AccessLoss;
  /** Of the look after the latest preview was counted; absent: none was. */
  readonly checks?: LiveChecks;
}

/** What a look at the live database brought. */
export interface LiveLook {
  readonly lookedAt: Instant;
  readonly counts:
    | { readonly kind: 'seen'; readonly fingerprint: Fingerprint }
    | { readonly kind: 'not-seen'; readonly because: UnknownBecause };
  readonly lastWrite: LastWrite;
  readonly questions: readonly QuestionLine[];
  readonly access: AccessSeen;
  /** Absent: they were not asked. */
  readonly checks?: LiveChecks;
}

/** Tells the restore points of an instance apart. */
export function pointId(point: RestorePoint): string {
  if ('snapshotId' in point) return point.snapshotId;
  return 'file' in point ? `file ${point.file.name} of ${point.takenAt}` : 'live';
}
