import type { Vote } from './agreement.ts';
import { approvedAt, expectedLossMinutes } from './approval.ts';
import { startRefusal } from './calendar.ts';
import { entered, noted, type Outcome, refused } from './change.ts';
import { alreadyPast } from './decision-refusal.ts';
import { editorRefusal, noLongerRequester } from './edit.ts';
import type { PersonEvent } from './event.ts';
import { forbiddenRefusal } from './forbidden.ts';
import { addMinutes } from './instant.ts';
import type { Instant } from './names.ts';
import type { Plan } from './plan.ts';
import { hashPlan } from './plan.ts';
import { laterStart } from './proviso.ts';
import type { Restore } from './restore.ts';
import { isUnread, stillStanding } from './standing-votes.ts';
import { startClosed } from './start-closed.ts';
import type { StateOf } from './state.ts';
import { dependsStill, verdictOf } from './votes.ts';

type EventOf<T extends PersonEvent['type']> = Extract<PersonEvent, { type: T }>;
type Named = Pick<EventOf<'proviso-declined'>, 'of' | 'votedAt'>;

/**
 * The requester accepts what a yes depends on, and the yes counts. A later start becomes the plan's: then only those agree to the
 * plan who asked for that very start, and every other vote falls as it does with an edit.
 */
export function afterAccepting(restore: Restore, event: EventOf<'proviso-accepted'>): Outcome {
  const { at, person, others = [], requesters } = event;
  const refusal = editorRefusal(restore, person, at) ?? noLongerRequester(restore, person, requesters);
  if (refusal) return refused(refusal);
  const { state } = restore;
  if (state.status !== 'awaiting-approval') return refused(alreadyPast(restore));
  const vote = dependingVote(state, event);
  if (!vote) return refused({ reason: 'proviso-gone' });
  const barred = forbiddenRefusal(event);
  if (barred) return refused(barred);
  const start = laterStart(restore, vote.proviso, at);
  const closed = start && event.calendar && startRefusal(event.calendar, start, restore.plan.freezeOverride?.freezes);
  if (closed) {
    const { words, nextPossible } = closed;
    return refused({ reason: 'start-not-allowed', words, closed: closed.closed, nextPossible });
  }
  const planned = start === undefined ? startClosed(restore, at, event) : undefined;
  if (planned) return refused(planned);

  const next = start === undefined ? restore : withStart(restore, start);
  const kept = state.votes.flatMap((one) =>
    one === vote ? [accepted(withLoss(one, next, start), next, at)] : keptFor(one, next, start, at),
  );
  const votes = stillStanding(next, kept, others);
  if (!votes.some(({ by }) => by === vote.by)) return refused({ reason: 'proviso-gone' });
  const fallen = state.votes.filter(({ by }) => !votes.some((one) => one.by === by));
  const because = { kind: 'start-accepted', by: person.id, of: vote.by } as const;
  const anew = start === undefined ? [] : [{ at, before: restore.plan, votes: fallen, because }];
  const askedAnew = [...(restore.askedAnew ?? []), ...anew];
  const changed: Restore = { ...next, ...(askedAnew.length > 0 ? { askedAnew } : {}) };
  const facts = {
    planHash: next.planHash,
    ...(start === undefined ? {} : { start }),
    ...(fallen.length > 0 ? { fallen: fallen.map(({ by }) => by).join(', ') } : {}),
  };
  if (verdictOf(next, votes) === 'approved') {
    if (others.some((other) => isUnread(other, votes))) return refused({ reason: 'others-unreadable' });
    return entered(changed, event, approvedAt(next, at, { by: vote.by, votes }), facts);
  }
  const expiresAt = start === undefined ? state.expiresAt : addMinutes(at, restore.terms.requestExpiryMinutes);
  return noted({ ...changed, state: { ...state, votes, expiresAt } }, event, facts);
}

/** The requester does not accept it: the yes falls, and its giver hears of that. */
export function afterDeclining(restore: Restore, event: EventOf<'proviso-declined'>): Outcome {
  const { at, person } = event;
  const refusal = editorRefusal(restore, person, at);
  if (refusal) return refused(refusal);
  const { state } = restore;
  if (state.status !== 'awaiting-approval') return refused(alreadyPast(restore));
  const vote = dependingVote(state, event);
  if (!vote?.proviso) return refused({ reason: 'proviso-gone' });
  const declined = { to: vote.by, by: person.id, at, proviso: vote.proviso };
  return noted(
    {
      ...restore,
      declined: [...(restore.declined ?? []), declined],
      state: { ...state, votes: state.votes.filter((one) => one !== vote) },
    },
    event,
  );
}

/** The yes that was shown: one that its giver took back and gave anew is another. */
function dependingVote({ votes }: StateOf<'awaiting-approval'>, { of, votedAt }: Named): Vote | undefined {
  return votes.find((vote) => vote.by === of && vote.at === votedAt && dependsStill(vote));
}

function withStart(restore: Restore, at: Instant): Restore {
  const plan: Plan = { ...restore.plan, start: { kind: 'at', at } };
  return { ...restore, plan, planHash: hashPlan(plan) };
}

function accepted(vote: Vote, { planHash }: Restore, at: Instant): Vote {
  return { ...vote, planHash, proviso: { ...vote.proviso, acceptedAt: at } };
}

/** What becomes of another vote: it falls with a new start, unless it asked for the same one. Its condition stays open. */
function keptFor(vote: Vote, next: Restore, start: Instant | undefined, at: Instant): readonly Vote[] {
  if (start === undefined) return [vote];
  if (vote.proviso?.notBefore !== start) return [];
  const kept = withLoss(vote, next, start);
  return [kept.proviso?.condition === undefined ? accepted(kept, next, at) : { ...kept, planHash: next.planHash }];
}

/** Whoever asked for a later start agrees to what is lost until then. */
function withLoss(vote: Vote, next: Restore, start: Instant | undefined): Vote {
  return start === undefined ? vote : { ...vote, lossMinutes: expectedLossMinutes(next, vote.at) };
}
