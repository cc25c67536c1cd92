import type { Instant } from '../names.ts';
import { standingRefusal } from '../person.ts';
import type { PersonFacts } from '../person-facts.ts';
import type { HistoryEntry } from '../restore.ts';
import { nameOf } from './change-name.ts';
import { hashPolicy } from './hash.ts';
import { adopted } from './policy-change.ts';
import { changedTo, inForceFrom, type PolicyOutcome, type PolicyRecord, told } from './policy-record.ts';
import { answerRefusal, type PolicyRefusal } from './policy-refusal.ts';
import { type PolicyVote, type Proposal, rulesBinding, verdictOn } from './proposal.ts';

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

/** How many refusals of one person, answer and reason the history has room for; each further one is a record of its own. */
const KEPT_REFUSALS = 5;
/** What the last of them says, so that nobody reads the history as if there had been no more. */
const LAST_KEPT = { furtherKept: 'apart' } as const;

/** A person bound by the rules agreed to a looser one, or refused it. */
export function afterAnswer(record: PolicyRecord, answer: PolicyAnswer): PolicyOutcome {
  const { person, at, kind, interaction } = answer;
  if (record.history.some((entry) => entry.event !== 'attempt-refused' && isOf(entry, answer)))
    return { kind: 'unchanged' };
  const proposal = record.proposals.findLast(({ hash }) => hash === answer.hash);
  const refusal = answerRefusal(proposal, answer, record.inForce.samePeople);
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

/** Writes down that somebody's answer was refused; refused itself where the history has no room for one more of the kind. */
export function afterRefusedAnswer(record: PolicyRecord, answer: PolicyAnswer, refusal: PolicyRefusal): PolicyOutcome {
  const { person, at, kind: attempt, interaction } = answer;
  if (record.history.some((entry) => entry.event === 'attempt-refused' && isOf(entry, answer)))
    return { kind: 'unchanged' };
  const { reason } = refusal;
  const same = record.history.filter(
    ({ event, by, facts }) =>
      event === 'attempt-refused' && by === person.id && facts.attempt === attempt && facts.reason === reason,
  );
  if (same.length >= KEPT_REFUSALS) return { kind: 'refused', refusal };
  const facts = {
    attempt,
    reason,
    ...(same.length === KEPT_REFUSALS - 1 ? LAST_KEPT : {}),
    ...(interaction === undefined ? {} : { interaction }),
  };
  return changedTo(record, {}, { at, event: 'attempt-refused', by: person.id, facts });
}

/** Whether this very click, which Slack may deliver again, has this entry already. */
function isOf({ facts }: HistoryEntry, { interaction }: PolicyAnswer): boolean {
  return interaction !== undefined && facts.interaction === interaction;
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
