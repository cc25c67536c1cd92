import type { Vote } from './agreement.ts';
import { approvedAt, expectedLossMinutes } from './approval.ts';
import { entered, noted, type Outcome, refused } from './change.ts';
import { approvalRefusal } from './confirmation.ts';
import { alreadyPast, alreadyVoted, decisionRefusal, voteWith } from './decision-refusal.ts';
import type { PersonEvent } from './event.ts';
import { forbiddenRefusal } from './forbidden.ts';
import { areSamePerson, type Place, placesOf, standingRefusal } from './person.ts';
import { provisoOf } from './proviso.ts';
import type { Refusal } from './refusal.ts';
import { lookedAgain } from './reminder-times.ts';
import type { Restore } from './restore.ts';
import { roundOf } from './round.ts';
import { isUnread, stillStanding } from './standing-votes.ts';
import { startClosed } from './start-closed.ts';
import { isOf, verdictOf, voteOf } from './votes.ts';

type EventOf<T extends PersonEvent['type']> = Extract<PersonEvent, { type: T }>;

/** A yes or a no: kept, and when it is the one that was missing, the decision. */
export function afterVote(restore: Restore, event: EventOf<'approved' | 'denied'>): Outcome {
  const { state } = restore;
  const refusalOf = event.type === 'approved' ? approvalRefusal : decisionRefusal;
  const refusal = refusalOf(restore, event.person, event.at);
  if (refusal) return refused(refusal);
  if (event.type === 'approved' && !wasShown(restore, event)) return refused({ reason: 'plan-changed' });
  if (state.status !== 'awaiting-approval') return refused(alreadyPast(restore));
  const barred = event.type === 'approved' ? forbiddenRefusal(event) : undefined;
  if (barred) return refused(barred);
  const place = placeFor(restore, event, state.votes);
  if ('reason' in place) return refused(place);
  const proviso = event.type === 'approved' ? provisoOf(restore, event) : undefined;
  const closed =
    event.type === 'approved'
      ? startClosed(restore, event.at, { calendar: event.calendar, notBefore: proviso?.notBefore })
      : undefined;
  if (closed) return refused(closed);
  const vote = { ...voteIn(restore, event, place), ...(proviso ? { proviso } : {}) };
  const others = event.type === 'approved' ? (event.others ?? []) : [];
  const earlier = stillStanding(restore, state.votes, others);
  const votes = [...earlier, vote];
  const fallen = state.votes.filter(({ by }) => !earlier.some((kept) => kept.by === by)).map(({ by }) => by);
  const facts = {
    countsFor: vote.countsFor.join(', '),
    ...(place.standsInFor
      ? { standingInFor: place.standsInFor.delegator.id, delegation: place.standsInFor.delegation }
      : {}),
    ...proviso,
    ...(fallen.length > 0 ? { fallen: fallen.join(', ') } : {}),
  };
  switch (verdictOf(restore, votes)) {
    case 'denied':
      return entered(restore, event, { status: 'denied', by: vote.by, at: event.at, why: vote.why ?? '' }, facts);
    case 'approved':
      if (others.some((other) => isUnread(other, earlier))) return refused({ reason: 'others-unreadable' });
      return entered(restore, event, approvedAt(restore, event.at, { by: vote.by, votes }), facts);
    default: {
      const { looking, ...kept } = state;
      const goesOn = looking && !areSamePerson(looking.by, vote.by, restore.terms.samePeople);
      return noted({ ...restore, state: { ...kept, votes, ...(goesOn ? { looking } : {}) } }, event, facts);
    }
  }
}

/** What they were shown is what is asked: this plan, and since it was last asked. */
export function wasShown(
  restore: Restore,
  { planHash, round }: { readonly planHash?: string | undefined; readonly round?: number | undefined },
): boolean {
  return planHash === restore.planHash && (round === undefined || round === roundOf(restore));
}

/** A vote may be taken back by its voter while nothing is decided. */
export function afterTakingBack(restore: Restore, event: EventOf<'vote-taken-back'>): Outcome {
  const { state, terms } = restore;
  const { person } = event;
  const refusal = standingRefusal(person);
  if (refusal) return refused(refusal);
  if (state.status !== 'awaiting-approval') return refused(alreadyPast(restore));
  const own = voteOf(person.id, state.votes, terms.samePeople);
  if (!own) return refused({ reason: 'no-vote' });
  const votes = state.votes.filter((vote) => !isOf(vote, person.id, terms.samePeople));
  const whose = own.by === person.id ? {} : { castBy: own.by };
  return noted({ ...lookedAgain(restore, event.at), state: { ...state, votes } }, event, { vote: own.kind, ...whose });
}

/** The place that a vote uses: the named one, else the voter's own, else the first on which nobody has voted. */
function placeFor(restore: Restore, event: EventOf<'approved' | 'denied'>, votes: readonly Vote[]): Place | Refusal {
  const places = placesOf(event.person, restore);
  const wanted = event.type === 'approved' ? event.standingInFor : undefined;
  const place =
    wanted === undefined
      ? places.find((one) => voteWith(one, restore, votes) === undefined)
      : places.find(({ standsInFor }) => standsInFor?.delegator.id === wanted);
  if (!place) return wanted === undefined ? { reason: 'not-an-approver' } : { reason: 'not-your-place', of: wanted };
  const used = voteWith(place, restore, votes);
  return used ? alreadyVoted(used, event.person.id, restore) : place;
}

function voteIn(restore: Restore, event: EventOf<'approved' | 'denied'>, place: Place): Vote {
  return {
    by: event.person.id,
    ...(place.standsInFor ? { standingInFor: place.standsInFor.delegator.id } : {}),
    at: event.at,
    kind: event.type === 'approved' ? 'approve' : 'deny',
    planHash: restore.planHash,
    ...(event.type === 'denied' ? { why: event.why } : { lossMinutes: expectedLossMinutes(restore, event.at) }),
    countsFor: place.countsFor,
    ...(place.onCall ? { onCall: place.onCall } : {}),
  };
}
