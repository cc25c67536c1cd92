import { createHash } from 'node:crypto';
import type { Environment, Instant, PersonId, RestoreId } from './names.ts';
import type { Price } from './new-instance/price.ts';

export interface PlannedInstance {
  readonly alias: string;
  readonly auraId: string;
  /** The name Aura shows. */
  readonly name: string;
  readonly environment: Environment;
  /** Aura's instance type such as `professional-db`, as it was when the plan was made. */
  readonly type?: string;
  readonly memory?: string;
  /** The Aura project (`tenant_id`) that owned it; absent in records of earlier releases. */
  readonly projectId?: string;
}

/** A snapshot that Aura keeps. */
export interface SnapshotPoint {
  readonly snapshotId: string;
  readonly takenAt: Instant;
  /** Aura's profile: `Scheduled`, `AdHoc`, or a word it invents later. */
  readonly profile: string;
  readonly exportable?: boolean;
}

/** Another instance as it is when the call is sent: Aura takes a snapshot of it first. `takenAt` is the time of the request. */
export interface LivePoint {
  readonly isLive: true;
  readonly takenAt: Instant;
}

export const FILE_KINDS = ['backup', 'dump', 'tar'] as const;
export type FileKind = (typeof FILE_KINDS)[number];

/** A backup file as the plan names it. */
export interface PlannedFile {
  readonly name: string;
  readonly kind: FileKind;
  readonly sizeBytes: number;
  /** Lower-case hex. */
  readonly sha256?: string;
  /** The configured directory it lies in, by its name there; absent: the person who uploads it has it. */
  readonly directory?: string;
}

/** A backup file; `takenAt` is when its data was saved. */
export interface FilePoint {
  readonly file: PlannedFile;
  readonly takenAt: Instant;
  /** Present for a file that was recorded as exported: all that is said of it is what was recorded. */
  readonly exported?: PlannedExport;
}

/** The record of an export, as a plan for its file names it. */
export interface PlannedExport {
  /** `E-7`. */
  readonly exportId: string;
  /** Whose data it is. */
  readonly instance: { readonly alias: string; readonly auraId: string };
  /** The snapshot that was exported, where that was recorded. */
  readonly snapshotId?: string;
  /** Where the file was put, in words. */
  readonly place: string;
  readonly recordedBy: PersonId;
}

/** What the data is put back to. Everything written after `takenAt` is lost. */
export type RestorePoint = SnapshotPoint | LivePoint | FilePoint;

/** A new instance as it is to be made. */
export interface InstanceToMake {
  readonly type: string;
  readonly memory: string;
  /** It is removed so long after it was made. */
  readonly liveForMinutes: number;
  readonly price: Price;
  /** What all instances made by the bot may cost together in the month in which it is made. */
  readonly monthlyCap: number;
  /** The open request whose restore point is looked at in it. Absent: it is no preview. */
  readonly previewOf?: RestoreId;
}

export type PlannedStart = { readonly kind: 'when-confirmed' } | { readonly kind: 'at'; readonly at: Instant };

/** A start although freezes hold, as it was asked for: no other freeze may hold then. */
export interface FreezeOverride {
  /** The names of the freezes that do not count. */
  readonly freezes: readonly string[];
  /** Why it cannot wait, in the requester's words. */
  readonly reason: string;
}

/**
 * How the data comes back: from a snapshot of the instance itself; from another instance or a snapshot of that; from a file
 * that a person uploads in the console; from a file that a worker uploads with `neo4j-admin`; or beside it, in a new instance.
 */
export const METHODS = ['restore-snapshot', 'overwrite', 'backup-file', 'upload', 'new-instance'] as const;
export type Method = (typeof METHODS)[number];

interface PlanOfAnyMethod {
  /** The instance that gets the data; with a new instance the one whose snapshot it is. */
  readonly instance: PlannedInstance;
  readonly start: PlannedStart;
  /** How much the data loss may grow beyond what the approver agreed to before the approval lapses. */
  readonly lossBoundMinutes: number;
  /** Names of the configured checks that will run afterwards. */
  readonly checks: readonly string[];
  /** Slack channels that receive both notices. */
  readonly noticeChannels: readonly string[];
  /** True for a security incident: the safety snapshot is evidence and is named as such. */
  readonly keepsEvidence: boolean;
  /** Needs the agreement of its own approvers: see `rules-needed.ts`. */
  readonly freezeOverride?: FreezeOverride;
  /** Everything but the calls that change something. */
  readonly dryRun?: true;
}

/** What a method needs beside the rest of a plan. */
export type MethodPlan =
  | { readonly method: 'restore-snapshot'; readonly restorePoint: SnapshotPoint }
  | {
      readonly method: 'overwrite';
      /** Where the data comes from; never the instance itself. */
      readonly source: PlannedInstance;
      readonly restorePoint: SnapshotPoint | LivePoint;
    }
  | { readonly method: 'backup-file'; readonly restorePoint: FilePoint }
  | { readonly method: 'upload'; readonly restorePoint: FilePoint }
  | { readonly method: 'new-instance'; readonly restorePoint: SnapshotPoint; readonly toMake: InstanceToMake };

/** Exactly what would be done. Approval binds to its hash: see `hashPlan`. */
export type Plan = PlanOfAnyMethod & MethodPlan;
export type PlanOf<M extends Method> = PlanOfAnyMethod & Extract<MethodPlan, { readonly method: M }>;

/** The instance whose snapshots a plan may put back. */
export function snapshotsOwner(plan: Plan): PlannedInstance {
  return plan.method === 'overwrite' ? plan.source : plan.instance;
}

/** The snapshot that a plan puts back, if it is one. */
export function snapshotIdOf({ restorePoint }: Pick<Plan, 'restorePoint'>): string | undefined {
  return 'snapshotId' in restorePoint ? restorePoint.snapshotId : undefined;
}

/**
 * What people agree to, as SHA-256 over the canonical JSON of the plan. Any difference in any field gives another
 * hash, and an approval of another hash does not count.
 */
export function hashPlan(plan: Plan): string {
  return sha256OfCanonicalJson(plan);
}

/**
 * Hex SHA-256 over canonical JSON. For values of plain JSON this is RFC 8785: keys in code unit order, no white space,
 * numbers and strings as `JSON.stringify` writes them.
 */
export function sha256OfCanonicalJson(value: unknown): string {
  const canonical = JSON.stringify(value, (_key, part: unknown) => (isRecord(part) ? sortedByKey(part) : part));
  return createHash('sha256').update(canonical).digest('hex');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function sortedByKey(record: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).sort(([one], [other]) => (one < other ? -1 : 1)));
}
