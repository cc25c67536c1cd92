import type { Vote } from './agreement.ts';
import { approverRefusal, placesOf } from './person.ts';
import type { PersonFacts } from './person-facts.ts';
import type { Restore } from './restore.ts';

type KnownPerson = Extract<PersonFacts, { kind: 'known' }>;

/**
 * Earlier votes without those of people who, read again, may not decide any more; each counts for what it counts for now.
 * Who was on call when they voted was: the end of a shift takes nothing back.
 */
export function stillStanding(
  restore: Restore,
  votes: readonly Vote[],
  others: readonly PersonFacts[],
): readonly Vote[] {
  return votes.flatMap((vote) => {
    const person = others.find(({ id }) => id === vote.by);
    if (person?.kind !== 'known' || vote.kind === 'deny' || isUnread(person, [vote])) return [vote];
    const asVoter = withOnCall(person, vote);
    const place = placesOf(asVoter, restore).find(
      ({ standsInFor }) => standsInFor?.delegator.id === vote.standingInFor,
    );
    return approverRefusal(asVoter, restore) || !place ? [] : [{ ...vote, countsFor: place.countsFor }];
  });
}

/** The person whose place it is, on call as they were at the vote. */
function withOnCall(person: KnownPerson, { standingInFor, onCall = [] }: Vote): KnownPerson {
  if (standingInFor === undefined) return { ...person, onCall };
  const standsInFor = (person.standsInFor ?? []).map((standIn) =>
    standIn.delegator.kind === 'known' ? { ...standIn, delegator: { ...standIn.delegator, onCall } } : standIn,
  );
  return { ...person, standsInFor };
}

/** Whether Slack did not say who somebody is by whom one of these votes stands. */
export function isUnread(person: PersonFacts, votes: readonly Vote[]): boolean {
  if (person.kind === 'unreadable') return true;
  const vote = votes.find(({ by }) => by === person.id);
  const standIn = (person.standsInFor ?? []).find(({ delegator }) => delegator.id === vote?.standingInFor);
  return standIn?.delegator.kind === 'unreadable';
}
