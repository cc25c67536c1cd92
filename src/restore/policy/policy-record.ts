import { appendEntry, type NewEntry } from '../history.ts';
import type { Instant } from '../names.ts';
import type { InstancePolicy, Policy } from '../policy.ts';
import type { Delivery, HistoryEntry } from '../restore.ts';
import { nameOf } from './change-name.ts';
import { hashPolicy } from './hash.ts';
import { comparePolicies, instanceOf, isAtOnce, loosens } from './policy-change.ts';
import type { PolicyRefusal } from './policy-refusal.ts';
import { expiryOf, isOpenAt, type Proposal, proposalOf } from './proposal.ts';

export const POLICY_SCHEMA_VERSION = 1;

/**
 * The record of the rules: the one truth of what is in force, for every process of the bot. Saved whole, by
 * compare-and-set on `version`; its history is chained and audited as a restore's is.
 */
export interface PolicyRecord {
  readonly schemaVersion: typeof POLICY_SCHEMA_VERSION;
  /** `P-1`; a record that had to be begun anew has the next number. */
  readonly id: string;
  readonly version: number;
  readonly inForce: Policy;
  readonly inForceSince: Instant;
  /** Instances that were taken out, as they were: one that comes back is compared with what it was. */
  readonly retired: readonly InstancePolicy[];
  /** SHA-256 of the latest file that was judged. */
  readonly fileHash: string;
  /** Open ones, and the latest that were decided, oldest first. */
  readonly proposals: readonly Proposal[];
  /** What became of each announcement, by its key. */
  readonly deliveries: Readonly<Record<string, Delivery>>;
  readonly history: readonly HistoryEntry[];
}

export type PolicyOutcome =
  | { readonly kind: 'changed'; readonly record: PolicyRecord }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'refused'; readonly refusal: PolicyRefusal };

/** Events of the record's history, each told in the audit channels. */
export const POLICY_EVENTS: readonly string[] = [
  'policy-first',
  'policy-file',
  'policy-agreed',
  'policy-refused',
  'policy-expired',
];

const MOST_DECIDED = 20;

/** The first record: this policy is in force. `hadEarlier`: there was one before, and it is gone. */
export function firstPolicy(
  id: string,
  file: Policy,
  { at, hadEarlier }: { readonly at: Instant; readonly hadEarlier: boolean },
): PolicyRecord {
  const hash = hashPolicy(file);
  return {
    schemaVersion: POLICY_SCHEMA_VERSION,
    id,
    version: 1,
    inForce: file,
    inForceSince: at,
    retired: [],
    fileHash: hash,
    proposals: [],
    deliveries: {},
    history: appendEntry([], {
      at,
      event: 'policy-first',
      facts: { restore: id, policy: hash, instances: file.instances.length, hadEarlier, ...told(file) },
    }),
  };
}

/** A process was started with this file: what is tighter holds at once, what is looser is proposed. Any later file replaces it. */
export function afterFile(record: PolicyRecord, file: Policy, at: Instant): PolicyOutcome {
  const fileHash = hashPolicy(file);
  if (fileHash === record.fileHash) return { kind: 'unchanged' };
  const { changes, merged } = comparePolicies(record, file, at);
  const looser = changes.filter(loosens);
  const highest = Math.max(0, ...record.proposals.map(({ number }) => number));
  const proposed = looser.map((change, index) =>
    proposalOf(change, record.inForce, { number: highest + index + 1, at }),
  );
  const isOpen = (one: Proposal) => isOpenAt(one, at);
  const stays = (one: Proposal) => isOpen(one) && proposed.some(({ hash }) => hash === one.hash);
  const kept = record.proposals.map((one) =>
    isOpen(one) && !stays(one) ? { ...one, state: { status: 'replaced' as const, at } } : one,
  );
  const fresh = proposed.filter(({ hash }) => !record.proposals.some((one) => stays(one) && one.hash === hash));
  const replaced = record.proposals.filter((one) => isOpen(one) && !stays(one));
  return changedTo(
    record,
    {
      fileHash,
      ...inForceFrom(record, merged, at),
      proposals: [...latestDecided(kept), ...fresh],
    },
    {
      at,
      event: 'policy-file',
      facts: {
        policy: hashPolicy(merged),
        file: fileHash,
        atOnce: changes
          .filter((change) => isAtOnce(change))
          .map((change) => nameOf(change, 'at-once'))
          .join(', '),
        waiting: looser.map((change) => nameOf(change, 'waiting')).join(', '),
        ...told(merged),
        ...(replaced.length > 0 ? { replaced: replaced.map(({ number }) => number).join(', ') } : {}),
      },
    },
  );
}

/**
 * Nobody waits any longer for answers to what has expired; the rules in force stay. The file counts as one that was not judged:
 * the next start with it proposes anew what is looser in it.
 */
export function afterExpiry(record: PolicyRecord, at: Instant): PolicyOutcome {
  const isOver = (one: Proposal) => one.state.status === 'open' && !isOpenAt(one, at);
  const over = record.proposals.filter(isOver);
  if (over.length === 0) return { kind: 'unchanged' };
  const state = (one: Proposal) => ({ status: 'expired' as const, at: expiryOf(one) });
  const proposals = record.proposals.map((one) => (isOver(one) ? { ...one, state: state(one) } : one));
  const facts = {
    proposal: over.map(({ number }) => number).join(', '),
    what: over.map(({ change }) => nameOf(change, 'waiting')).join(', '),
    policy: hashPolicy(record.inForce),
    ...told(record.inForce),
  };
  return changedTo(record, { fileHash: '', proposals }, { at, event: 'policy-expired', facts });
}

/** An announcement was posted, or never will be. */
export function afterAnnounced(record: PolicyRecord, key: string, delivery: Delivery): PolicyOutcome {
  if (record.deliveries[key]) return { kind: 'unchanged' };
  const facts =
    delivery.status === 'posted' ? { message: key, ts: delivery.ts } : { message: key, undeliverable: delivery.why };
  const deliveries = { ...record.deliveries, [key]: delivery };
  return changedTo(record, { deliveries }, { at: delivery.at, event: 'message-settled', facts });
}

/** Where the rules are spoken of: the audit channels of all instances. */
export function auditChannelsOf({ instances }: Policy): readonly string[] {
  return [...new Set(instances.map(({ auditChannel }) => auditChannel))];
}

/** Whether an id is that of a record of the rules, and not of a restore. */
export function isOfRules(id: string): boolean {
  return id.startsWith('P-');
}

/** What is in force from `at` on, with the instances that are not in it any more. */
export function inForceFrom(
  record: PolicyRecord,
  inForce: Policy,
  at: Instant,
): Pick<PolicyRecord, 'inForce' | 'inForceSince' | 'retired'> {
  const isSame = hashPolicy(inForce) === hashPolicy(record.inForce);
  const known = [...record.inForce.instances, ...record.retired];
  return {
    inForce,
    inForceSince: isSame ? record.inForceSince : at,
    retired: known.filter(({ auraId }) => !instanceOf(inForce.instances, auraId)),
  };
}

/** Where it is announced: every audit channel of that moment. */
export function told(policy: Policy): { readonly channels: string } {
  return { channels: auditChannelsOf(policy).join(' ') };
}

function latestDecided(proposals: readonly Proposal[]): readonly Proposal[] {
  const decided = proposals.filter(({ state }) => state.status !== 'open').slice(-MOST_DECIDED);
  return proposals.filter((one) => one.state.status === 'open' || decided.includes(one));
}

/** The next version of the record, with an entry in its history. */
export function changedTo(record: PolicyRecord, facts: Partial<PolicyRecord>, entry: NewEntry): PolicyOutcome {
  return {
    kind: 'changed',
    record: { ...record, ...facts, version: record.version + 1, history: appendEntry(record.history, entry) },
  };
}
