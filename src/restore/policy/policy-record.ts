import type { PersonFacts } from '../event.ts';
import { appendEntry, type NewEntry } from '../history.ts';
import type { Instant } from '../names.ts';
import { areSamePerson, standingRefusal } from '../person.ts';
import type { InstancePolicy, Policy } from '../policy.ts';
import type { ClocksRefusal, PersonRefusal } from '../refusal.ts';
import type { Delivery, HistoryEntry } from '../restore.ts';
import { hashPolicy } from './hash.ts';
import { adopted, comparePolicies, instanceOf, isAtOnce, loosens, type PolicyChange } from './policy-change.ts';
import { expiryOf, isOpenAt, type PolicyVote, type Proposal, proposalOf, rulesBinding, verdictOn } from './proposal.ts';

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

/** Why an answer to a proposal changed nothing. */
export type PolicyRefusal =
  | PersonRefusal
  | { readonly reason: 'not-bound' }
  | {
      readonly reason: 'proposal-decided';
      readonly status: Exclude<Proposal['state']['status'], 'open'>;
      readonly at: Instant;
    }
  | { readonly reason: 'proposal-unknown' }
  | ClocksRefusal
  | { readonly reason: 'answered-already'; readonly kind: PolicyVote['kind']; readonly at: Instant }
  | { readonly reason: 'others-unreadable' };

export type PolicyOutcome =
  | { readonly kind: 'changed'; readonly record: PolicyRecord }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'refused'; readonly refusal: PolicyRefusal };

/** What a person answered to a proposal, with who they are as Slack said at the click. */
export interface PolicyAnswer {
  readonly kind: PolicyVote['kind'];
  /** The hash of what they were shown. */
  readonly hash: string;
  readonly person: PersonFacts;
  /** Those who agreed before, read again. */
  readonly others: readonly PersonFacts[];
  readonly at: Instant;
  /** Names the one click. */
  readonly interaction?: string;
}

/** Events of the record's history, each told in the audit channels. */
export const POLICY_EVENTS: readonly string[] = [
  'policy-first',
  'policy-file',
  'policy-agreed',
  'policy-refused',
  'policy-expired',
];

const MOST_DECIDED = 20;
/** How many refused answers of one person and kind the history keeps. */
const KEPT_REFUSALS = 5;

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

/** A person bound by the rules agreed to a looser one, or refused it. */
export function afterAnswer(record: PolicyRecord, answer: PolicyAnswer): PolicyOutcome {
  const { person, at, kind, interaction } = answer;
  if (interaction !== undefined && record.history.some(({ facts }) => facts.interaction === interaction)) {
    return { kind: 'unchanged' };
  }
  const proposal = record.proposals.findLast(({ hash }) => hash === answer.hash);
  const refusal = answerRefusal(record, proposal, answer);
  if (refusal || !proposal) return { kind: 'refused', refusal: refusal ?? { reason: 'proposal-unknown' } };
  const { samePeople } = record.inForce;
  const vote: PolicyVote = { by: person.id, at, kind, countsFor: rulesBinding(person, proposal) };
  const votes = [...stillStanding(proposal, answer.others), vote];
  const verdict = verdictOn({ ...proposal, votes }, samePeople);
  if (verdict === 'agreed' && answer.others.some((other) => other.kind === 'unreadable')) {
    return { kind: 'refused', refusal: { reason: 'others-unreadable' } };
  }
  const state: Proposal['state'] =
    verdict === 'open'
      ? proposal.state
      : verdict === 'agreed'
        ? { status: verdict, at }
        : { status: verdict, at, by: person.id };
  const inForce = verdict === 'agreed' ? adopted(record.inForce, proposal.change) : record.inForce;
  const decided = { ...proposal, votes, state };
  return changedTo(
    record,
    {
      ...inForceFrom(record, inForce, at),
      proposals: record.proposals.map((one) => (one === proposal ? decided : one)),
    },
    {
      at,
      event: verdict === 'open' ? `policy-vote-${kind}` : `policy-${verdict}`,
      by: person.id,
      facts: {
        proposal: proposal.number,
        proposalHash: proposal.hash,
        what: nameOf(proposal.change, 'waiting'),
        policy: hashPolicy(inForce),
        ...(verdict === 'open' ? {} : told(record.inForce)),
        ...(interaction === undefined ? {} : { interaction }),
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

/** Writes down that somebody's answer was refused; the first few of each kind. */
export function afterRefusedAnswer(record: PolicyRecord, answer: PolicyAnswer, reason: string): PolicyOutcome {
  const { person, at } = answer;
  const same = record.history.filter(
    ({ event, by, facts }) => event === 'attempt-refused' && by === person.id && facts.reason === reason,
  );
  if (same.length >= KEPT_REFUSALS) return { kind: 'unchanged' };
  const facts = { attempt: answer.kind, reason };
  return changedTo(record, {}, { at, event: 'attempt-refused', by: person.id, facts });
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

/** Short name of a change, for the history. */
/** A change in a word for the history; of settings those that hold at once, or those that wait. */
function nameOf(change: PolicyChange, part: 'at-once' | 'waiting'): string {
  switch (change.kind) {
    case 'links':
      return 'linked accounts';
    case 'on-call':
      return 'on-call schedules and accounts';
    case 'settings':
      return `${change.after.alias}: ${change.changes
        .filter(({ weights }) => weights.includes('loosens') === (part === 'waiting'))
        .map(({ setting }) => setting)
        .join(' ')}`;
    case 'instance-removed':
      return `${change.before.alias}: removed`;
    default:
      return `${change.after.alias}: ${change.kind}`;
  }
}

function answerRefusal(
  record: PolicyRecord,
  proposal: Proposal | undefined,
  { person, at }: PolicyAnswer,
): PolicyRefusal | undefined {
  const standing = standingRefusal(person);
  if (standing) return standing;
  if (!proposal) return { reason: 'proposal-unknown' };
  const { state } = proposal;
  if (rulesBinding(person, proposal).length === 0) return { reason: 'not-bound' };
  if (state.status !== 'open') return { reason: 'proposal-decided', status: state.status, at: state.at };
  if (!isOpenAt(proposal, at)) return { reason: 'proposal-decided', status: 'expired', at: expiryOf(proposal) };
  const earlier = proposal.votes.find(({ by }) => areSamePerson(by, person.id, record.inForce.samePeople));
  return earlier && { reason: 'answered-already', kind: earlier.kind, at: earlier.at };
}

/** Earlier votes without those of people who, read again, are not bound any more. */
function stillStanding(proposal: Proposal, others: readonly PersonFacts[]): readonly PolicyVote[] {
  return proposal.votes.flatMap((vote) => {
    const person = others.find(({ id }) => id === vote.by);
    if (person?.kind !== 'known' || vote.kind === 'refuse') return [vote];
    const countsFor = standingRefusal(person) ? [] : rulesBinding(person, proposal);
    return countsFor.length > 0 ? [{ ...vote, countsFor }] : [];
  });
}

function inForceFrom(
  record: PolicyRecord,
  inForce: Policy,
  at: Instant,
): Pick<PolicyRecord, 'inForce' | 'inForceSince' | 'retired'> {
  const isSame = hashPolicy(inForce) === hashPolicy(record.inForce);
  const gone = record.inForce.instances.filter(({ auraId }) => !instanceOf(inForce.instances, auraId));
  const retired = [...gone, ...record.retired.filter(({ auraId }) => !instanceOf(gone, auraId))];
  return {
    inForce,
    inForceSince: isSame ? record.inForceSince : at,
    retired: retired.filter(({ auraId }) => !instanceOf(inForce.instances, auraId)),
  };
}

/** Where it is announced: every audit channel of that moment. */
function told(policy: Policy): { readonly channels: string } {
  return { channels: auditChannelsOf(policy).join(' ') };
}

function latestDecided(proposals: readonly Proposal[]): readonly Proposal[] {
  const decided = proposals.filter(({ state }) => state.status !== 'open').slice(-MOST_DECIDED);
  return proposals.filter((one) => one.state.status === 'open' || decided.includes(one));
}

function changedTo(record: PolicyRecord, facts: Partial<PolicyRecord>, entry: NewEntry): PolicyOutcome {
  return {
    kind: 'changed',
    record: { ...record, ...facts, version: record.version + 1, history: appendEntry(record.history, entry) },
  };
}
