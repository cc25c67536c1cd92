import { type Escalating, rulesOpen } from './escalation.ts';
import type { PersonId } from './names.ts';
import type { OnCallLook } from './on-call.ts';
import type { PersonFacts, StandIn } from './person-facts.ts';
import type { Policy } from './policy.ts';
import type { PersonRefusal } from './refusal.ts';
import type { Restore } from './restore.ts';
import type { PeopleRule } from './terms.ts';

/** Why nobody like this may ever request, approve or deny: not read, not human, not ours. Undefined when they may. */
export function standingRefusal(person: PersonFacts): PersonRefusal | undefined {
  if (person.kind === 'unreadable') return { reason: 'identity-unreadable' };
  if (person.isBot) return { reason: 'not-a-person' };
  if (!person.isActive) return { reason: 'deactivated' };
  if (person.isExternal) return { reason: 'outsider' };
  if (person.isGuest) return { reason: 'guest' };
  return undefined;
}

/** Why this person may not decide about this restore. The requester never may, however they arrive. */
export function approverRefusal(person: PersonFacts, restore: Restore): PersonRefusal | undefined {
  const standing = standingRefusal(person);
  if (standing) return standing;
  const { requestedBy } = restore.request;
  if (areSamePerson(person.id, requestedBy, restore.terms.samePeople)) return { reason: 'own-request', requestedBy };
  return placesOf(person, restore).length > 0 ? undefined : { reason: 'not-an-approver', ...onCallOf(person) };
}

/** One way in which somebody may decide: in their own right, or with the place of somebody for whom they stand in. */
export interface Place {
  readonly standsInFor?: StandIn;
  /** Names of the needed rules that name whose place it is; at least one. */
  readonly countsFor: readonly string[];
  /** Aliases of the schedules that made it so. */
  readonly onCall?: readonly string[];
}

/**
 * The places that a person may decide with, their own first. A place that was handed over counts for no more than its owner is
 * named for in their own right at this moment, so that it cannot be handed on; and the requester's counts for nothing.
 */
export function placesOf(person: PersonFacts, restore: Escalating & Pick<Restore, 'request'>): readonly Place[] {
  const { request, terms } = restore;
  const held = person.kind === 'known' && terms.delegation === 'allowed' ? (person.standsInFor ?? []) : [];
  const isAnothers = ({ delegator }: StandIn) =>
    [person.id, request.requestedBy].every((id) => !areSamePerson(delegator.id, id, terms.samePeople));
  return [
    { owner: person },
    ...held
      .filter((standIn) => isAnothers(standIn) && standingRefusal(standIn.delegator) === undefined)
      .map((standsInFor) => ({ owner: standsInFor.delegator, standsInFor })),
  ].flatMap(({ owner, ...place }): readonly Place[] => {
    const countsFor = rulesNaming(owner, restore);
    if (countsFor.length === 0) return [];
    return [
      { ...place, countsFor, ...(owner.kind === 'known' && owner.onCall?.length ? { onCall: owner.onCall } : {}) },
    ];
  });
}

/** Names of the needed rules that name this person, or that have escalated to them. */
export function rulesNaming(person: PersonFacts, restore: Escalating): readonly string[] {
  return rulesOpen(restore)
    .filter((rule) => isNamedBy(rule, person))
    .map(({ name }) => name);
}

/** The requester and those who may approve are involved; nobody else stops a restore, judges its start or answers an objection. */
export function involvementRefusal(restore: Restore, person: PersonFacts): PersonRefusal | undefined {
  const standing = standingRefusal(person);
  if (standing) return standing;
  if (areSamePerson(person.id, restore.request.requestedBy, restore.terms.samePeople)) return undefined;
  return approverRefusal(person, restore) ? { reason: 'not-involved' } : undefined;
}

/** Why this person may not ask for a restore of an instance with this rule. No rule means every full member may. */
export function requesterRefusal(
  person: PersonFacts,
  rule: PeopleRule | undefined,
  alias: string,
): PersonRefusal | undefined {
  const standing = standingRefusal(person);
  if (standing) return standing;
  if (rule && !isNamedBy(rule, person)) return { reason: 'not-a-requester', alias, ...onCallOf(person) };
  return undefined;
}

function onCallOf(person: PersonFacts): { readonly onCall?: readonly OnCallLook[] } {
  return person.kind === 'known' && person.onCallLooks?.length ? { onCall: person.onCallLooks } : {};
}

/** True when the two accounts belong to one human, by being the same account or by the operator's list. */
export function areSamePerson(one: PersonId, other: PersonId, samePeople: readonly (readonly PersonId[])[]): boolean {
  return accountsOf(one, samePeople).has(other);
}

/** True when what belongs to one account may be done with the other: a link gives that only once people agreed to it. */
export function mayActFor(
  one: PersonId,
  other: PersonId,
  { samePeople, mayActFor: linked = samePeople }: Pick<Policy, 'samePeople' | 'mayActFor'>,
): boolean {
  return areSamePerson(one, other, linked);
}

/** Every account of the human who has this one, itself included. Lists that share an account are one human. */
export function accountsOf(id: PersonId, samePeople: readonly (readonly PersonId[])[]): ReadonlySet<PersonId> {
  const accounts = new Set([id]);
  for (let known = 0; known < accounts.size; ) {
    known = accounts.size;
    for (const list of samePeople) {
      if (list.some((account) => accounts.has(account))) for (const account of list) accounts.add(account);
    }
  }
  return accounts;
}

/** True when the rule names this person, by their account, by a group they were seen in, or by being on call. */
export function isNamedBy(rule: PeopleRule, person: PersonFacts): boolean {
  if (rule.users.includes(person.id)) return true;
  if (person.kind !== 'known') return false;
  return (
    person.groups.some((group) => rule.groups.includes(group)) ||
    (person.onCall ?? []).some((alias) => rule.onCall?.includes(alias) === true)
  );
}
