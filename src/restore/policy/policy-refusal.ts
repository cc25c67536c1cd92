import type { Instant } from '../names.ts';
import { areSamePerson, standingRefusal } from '../person.ts';
import type { PersonFacts } from '../person-facts.ts';
import type { Policy } from '../policy.ts';
import type { ClocksRefusal, PersonRefusal } from '../refusal.ts';
import { expiryOf, isOpenAt, type PolicyVote, type Proposal, rulesBinding } from './proposal.ts';

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

/** Why this person may not answer this proposal now; undefined when they may. */
export function answerRefusal(
  proposal: Proposal | undefined,
  { person, at }: { readonly person: PersonFacts; readonly at: Instant },
  samePeople: Policy['samePeople'],
): PolicyRefusal | undefined {
  const standing = standingRefusal(person);
  if (standing) return standing;
  if (!proposal) return { reason: 'proposal-unknown' };
  const { state } = proposal;
  if (rulesBinding(person, proposal).length === 0) return { reason: 'not-bound' };
  if (state.status !== 'open') return { reason: 'proposal-decided', status: state.status, at: state.at };
  if (!isOpenAt(proposal, at)) return { reason: 'proposal-decided', status: 'expired', at: expiryOf(proposal) };
  const earlier = proposal.votes.find(({ by }) => areSamePerson(by, person.id, samePeople));
  return earlier && { reason: 'answered-already', kind: earlier.kind, at: earlier.at };
}
