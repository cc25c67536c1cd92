import { createHash } from 'node:crypto';
import type { Environment, Instant } from './names.ts';

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

export interface RestorePoint {
  readonly snapshotId: string;
  readonly takenAt: Instant;
  /** Aura's profile: `Scheduled`, `AdHoc`, or a word it invents later. */
  readonly profile: string;
  readonly exportable?: boolean;
}

export type PlannedStart = { readonly kind: 'when-confirmed' } | { readonly kind: 'at'; readonly at: Instant };

/** A start although freezes hold, as it was asked for: no other freeze may hold then. */
export interface FreezeOverride {
  /** The names of the freezes that do not count. */
  readonly freezes: readonly string[];
  /** Why it cannot wait, in the requester's words. */
  readonly reason: string;
}

/** Exactly what would be done. Approval binds to its hash: see `hashPlan`. */
export interface Plan {
  readonly method: 'restore-snapshot';
  readonly instance: PlannedInstance;
  readonly restorePoint: RestorePoint;
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
