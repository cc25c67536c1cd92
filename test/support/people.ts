import type { PersonFacts } from '../../src/restore/person-facts.ts';

type KnownPerson = Extract<PersonFacts, { kind: 'known' }>;

/** A user group whose members may approve, in every policy of `makePolicy`. */
export const APPROVERS_GROUP = 'S0DBAS';

/** An active full member of the workspace, unless told otherwise. */
export function makePerson(id: string, facts: Partial<Omit<KnownPerson, 'kind' | 'id'>> = {}): KnownPerson {
  return { kind: 'known', id, isActive: true, isBot: false, isGuest: false, isExternal: false, groups: [], ...facts };
}

export const REQUESTER = makePerson('U0RITA');
/** Named by the rule itself. */
export const APPROVER = makePerson('U0ANTON');
/** Named by the rule through a user group. */
export const GROUP_APPROVER = makePerson('U0GRETA', { groups: [APPROVERS_GROUP] });
/** The requester's second account; it could approve if it belonged to anybody else. */
export const LINKED_ACCOUNT = makePerson('U0RITA2', { groups: [APPROVERS_GROUP] });
/** A full member whom no rule names. */
export const BYSTANDER = makePerson('U0BEA');

// Each of these would be an approver by group, were it not for what they are.
export const GUEST = makePerson('U0GUEST', { isGuest: true, groups: [APPROVERS_GROUP] });
export const BOT = makePerson('U0BOT', { isBot: true, groups: [APPROVERS_GROUP] });
export const OUTSIDER = makePerson('U0OUT', { isExternal: true, groups: [APPROVERS_GROUP] });
export const DEACTIVATED = makePerson('U0GONE', { isActive: false, groups: [APPROVERS_GROUP] });
/** Slack could not tell who this is, although the id is the approver's. */
export const UNREADABLE: PersonFacts = { kind: 'unreadable', id: APPROVER.id };

/** Everybody, for tests that let anybody do anything. */
export const EVERYBODY: readonly PersonFacts[] = [
  REQUESTER,
  APPROVER,
  GROUP_APPROVER,
  LINKED_ACCOUNT,
  BYSTANDER,
  GUEST,
  BOT,
  OUTSIDER,
  DEACTIVATED,
  UNREADABLE,
];
