import type { PeopleRule } from '../restore/terms.ts';

/** What people call the Slack ids of a configuration, as far as Slack said; an id without a name stands for itself. */
export type Names = ReadonlyMap<string, string>;

const MOST_NAMED = 12;

/** `Anton Berg (U012ANTON)`, or the id alone. */
export function named(id: string, names: Names): string {
  const name = names.get(id);
  return name === undefined ? id : `${name} (${id})`;
}

/** `group @owners (S012), Anton Berg (U012ANTON), whoever is on call in databases` */
export function peopleWords({ users, groups, onCall = [] }: PeopleRule, names: Names): string {
  return [
    ...groups.map((id) => `group ${named(id, names)}`),
    ...users.map((id) => named(id, names)),
    ...onCall.map((alias) => `whoever is on call in ${alias}`),
  ].join(', ');
}

/** `a, b and 3 more` */
export function someOf(words: readonly string[]): string {
  const rest = words.length - MOST_NAMED;
  return `${words.slice(0, MOST_NAMED).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}
