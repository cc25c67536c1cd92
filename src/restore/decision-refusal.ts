import type { Vote } from './agreement.ts';
import type { Instant, PersonId } from './names.ts';
import { approverRefusal, areSamePerson, type Place, placesOf } from './person.ts';
import type { PersonFacts } from './person-facts.ts';
import type { Refusal } from './refusal.ts';
import type { Restore } from './restore.ts';
import { voteOf } from './votes.ts';

/** Why this person may not decide about this restore at this moment; asked before a form is opened and again at its end. */
export function decisionRefusal(restore: Restore, person: PersonFacts, at: Instant): Refusal | undefined {
  const who = approverRefusal(person, restore);
  if (who) return who;
  const expired = requestExpired(restore, at);
  if (expired) return expired;
  const { state } = restore;
  if (state.status !== 'awaiting-approval') return alreadyPast(restore);
  const own = voteOf(person.id, state.votes, restore.terms.samePeople);
  if (own) return alreadyVoted(own, person.id, restore);
  const used = placesOf(person, restore).map((place) => voteWith(place, restore, state.votes));
  const [first] = used;
  return first && used.every((vote) => vote !== undefined) ? alreadyVoted(first, person.id, restore) : undefined;
}

/** The vote that was cast with this place already; never one of the person who holds it. */
export function voteWith({ standsInFor }: Place, { terms }: Restore, votes: readonly Vote[]): Vote | undefined {
  return standsInFor && voteOf(standsInFor.delegator.id, votes, terms.samePeople);
}

/** Tells whose vote it is when it is not the person's own. */
export function alreadyVoted({ kind, at, by, standingInFor }: Vote, person: PersonId, { terms }: Restore): Refusal {
  const anothers = areSamePerson(by, person, terms.samePeople)
    ? {}
    : { by, ...(standingInFor === undefined ? {} : { standingInFor }) };
  return { reason: 'already-voted', kind, at, ...anothers };
}

/** The moment for this has passed: where the restore stands instead. */
export function alreadyPast(restore: Restore): Refusal {
  const { state, since } = restore;
  const by = 'by' in state ? state.by : undefined;
  return { reason: 'already-past', status: state.status, at: since, ...(by ? { by } : {}) };
}

/** The request expired, whether or not a worker has noticed yet. */
export function requestExpired({ state }: Restore, at: Instant): Refusal | undefined {
  if (state.status === 'expired') return { reason: 'request-expired', expiresAt: state.expiresAt ?? state.at };
  if (state.status !== 'awaiting-approval' || at < state.expiresAt) return undefined;
  return { reason: 'request-expired', expiresAt: state.expiresAt };
}
