import { appendEntry, type NewEntry } from '../history.ts';
import type { Environment, Instant, PersonId, RestoreId } from '../names.ts';
import type { InstancePolicy } from '../policy.ts';
import type { Delivery, HistoryEntry } from '../restore.ts';
import { stakeholdersNamed } from '../stakeholders.ts';
import type { Validation } from '../validation.ts';

/** Speakable id of a shadow restore: `X-3`. */
export type ShadowId = string;

/** What an instance was seen to be, and when. */
export interface SeenStatus {
  readonly status: string;
  readonly at: Instant;
}

/** How a shadow restore stands. The last three are ends. */
export type ShadowState =
  /** `runningSeenAt`: it was seen `running` once, and is looked at again before that counts. */
  | { readonly status: 'under-way'; readonly auraStatus: string; readonly runningSeenAt?: Instant }
  | { readonly status: 'running-again'; readonly at: Instant }
  | { readonly status: 'failed'; readonly at: Instant; readonly auraStatus: string }
  | { readonly status: 'gone'; readonly at: Instant };

/** A look at the data that somebody asked for, and what came of it. */
export interface ShadowVerification {
  readonly by: PersonId;
  readonly askedAt: Instant;
  readonly outcome?: Extract<Validation, { readonly results: unknown }>;
}

/**
 * The record of a shadow restore: one that the bot saw on a configured instance and did not send. Saved whole, by
 * compare-and-set on `version`; its history is chained and audited as a restore's is.
 */
export interface ShadowRestore {
  readonly schemaVersion: 1;
  readonly id: ShadowId;
  readonly version: number;
  readonly instance: { readonly alias: string; readonly auraId: string; readonly environment: Environment };
  /** Who is told and whom they can ask, as the rules were when it was found. */
  readonly terms: {
    readonly auditChannel: string;
    readonly noticeChannels: readonly string[];
    /** People who are told directly when it is announced. */
    readonly people: readonly PersonId[];
    readonly contact: string;
    readonly actionRequired: string;
  };
  readonly found: SeenStatus & {
    /** What the instance was when it was last seen otherwise; absent: it was never looked at before. */
    readonly before?: SeenStatus;
    /** The open restore that held the instance and had not sent its call. */
    readonly during?: RestoreId;
  };
  readonly state: ShadowState;
  readonly verification?: ShadowVerification;
  /** Who had the stakeholders told of it. */
  readonly announced?: { readonly by: PersonId; readonly at: Instant };
  readonly deliveries: Readonly<Record<string, Delivery>>;
  readonly history: readonly HistoryEntry[];
}

/** The first record of a shadow restore that was found. */
export function newShadowRestore(
  id: ShadowId,
  policy: InstancePolicy,
  found: ShadowRestore['found'],
  isFailed: boolean,
): ShadowRestore {
  const { alias, auraId, environment, auditChannel, noticeChannels, contact, actionRequired, dependants } = policy;
  const { at, status, before, during } = found;
  const { stakeholders } = policy;
  const named = stakeholdersNamed({ terms: { dependants, ...(stakeholders ? { stakeholders } : {}) } });
  return {
    schemaVersion: 1,
    id,
    version: 1,
    instance: { alias, auraId, environment },
    terms: { auditChannel, noticeChannels, people: named.users, contact, actionRequired },
    found,
    state: isFailed ? { status: 'failed', at, auraStatus: status } : { status: 'under-way', auraStatus: status },
    deliveries: {},
    history: appendEntry([], {
      at,
      event: 'shadow-restore-found',
      facts: {
        restore: id,
        instance: alias,
        auraId,
        auraStatus: status,
        ...(before ? { before: before.status, beforeAt: before.at } : {}),
        ...(during ? { during } : {}),
      },
    }),
  };
}

/** The record with these facts and one more entry. */
export function changedShadow(
  record: ShadowRestore,
  facts: Partial<Pick<ShadowRestore, 'state' | 'verification' | 'announced' | 'deliveries'>>,
  entry: NewEntry,
): ShadowRestore {
  return { ...record, ...facts, version: record.version + 1, history: appendEntry(record.history, entry) };
}
