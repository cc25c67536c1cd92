import { rulesOpen } from './escalation.ts';
import type { PersonId } from './names.ts';
import { areSamePerson, isNamedBy, standingRefusal } from './person.ts';
import type { PersonFacts } from './person-facts.ts';
import type { Delegate } from './request.ts';
import type { Restore } from './restore.ts';
import { namedByAny } from './rules-needed.ts';
import type { ApprovalRule, PeopleRule } from './terms.ts';

/** Whom a request asks and its card notifies, counted in humans and without the requester. */
export interface AskedPeople {
  /** How many may decide by each rule, by its name, with those who stand in. */
  readonly byRule: Readonly<Record<string, number>>;
  /** How many the card notifies. */
  readonly notified: number;
  /** How many of those cannot decide: guests of the workspace and people of another one, whom a group may hold. */
  readonly unable: number;
  /** False when somebody could not be looked up: then there may be more. */
  readonly isWhole: boolean;
}

/** What was read of the people whom the rules name, and of those who hold a place of one of them. */
export interface AskedFacts {
  readonly people: readonly PersonFacts[];
  readonly holders: readonly PersonFacts[];
  readonly held: readonly Delegate[];
  readonly isWhole: boolean;
}

type Humans = readonly (readonly PersonId[])[];

/** Counts whom these rules ask, as the card will name them. */
export function askedPeople(
  rules: readonly ApprovalRule[],
  { people, holders, held, isWhole }: AskedFacts,
  requester: PersonId,
  samePeople: Humans,
): AskedPeople {
  const others = people.filter(({ id }) => !areSamePerson(id, requester, samePeople));
  const able = others.filter((person) => standingRefusal(person) === undefined);
  const places = placesHeld(held, [...people, ...holders], requester, samePeople);
  const askedBy = (rule: PeopleRule) => {
    const own = able.filter((person) => isNamedBy(rule, person)).map(({ id }) => id);
    return [...own, ...places.filter(({ from }) => own.includes(from)).map(({ to }) => to)];
  };
  const notified = humans(rules.flatMap(askedBy), samePeople);
  const rung = others.filter((person) => isRung(person) && rules.some((rule) => isNamedBy(rule, person)));
  const all = humans([...notified, ...rung.map(({ id }) => id)], samePeople);
  return {
    byRule: Object.fromEntries(rules.map((rule) => [rule.name, humans(askedBy(rule), samePeople).length])),
    notified: all.length,
    unable: all.length - notified.length,
    isWhole: isWhole && people.every(({ kind }) => kind === 'known'),
  };
}

/**
 * The places that count for something: of somebody who may decide, held by somebody who may, and neither of the requester
 * nor held by them.
 */
export function placesHeld(
  held: readonly Delegate[],
  people: readonly PersonFacts[],
  requester: PersonId,
  samePeople: Humans,
): readonly Delegate[] {
  const counts = (id: PersonId) =>
    !areSamePerson(id, requester, samePeople) &&
    people.some((person) => person.id === id && standingRefusal(person) === undefined);
  return held.filter(({ from, to }) => counts(from) && counts(to));
}

/**
 * Whom the posting of a card notifies: those whom the rules name, who was on call, and who stood in when it was asked for, as
 * the form said. Nobody when nothing is asked any more.
 */
export function notifiedBy(restore: Restore): PeopleRule {
  if (restore.state.status !== 'awaiting-approval') return { users: [], groups: [] };
  const { request, terms } = restore;
  const { users, groups } = namedByAny(rulesOpen(restore));
  const onCall = (request.onCall ?? []).flatMap(({ people = [] }) => people);
  const standIns = (request.delegates ?? []).map(({ to }) => to);
  const isOther = (id: PersonId) => !areSamePerson(id, request.requestedBy, terms.samePeople);
  return { users: [...new Set([...users, ...onCall, ...standIns])].filter(isOther), groups };
}

/** Slack tells every account that is not closed of a mention, also one that cannot decide. */
function isRung(person: PersonFacts): boolean {
  return person.kind === 'known' && person.isActive && !person.isBot;
}

function humans(ids: readonly PersonId[], samePeople: Humans): readonly PersonId[] {
  return ids.filter((id, index) => !ids.slice(0, index).some((other) => areSamePerson(other, id, samePeople)));
}
