import type { ShortRule } from './approvable.ts';
import type { PersonId } from './names.ts';
import { areSamePerson, isNamedBy, standingRefusal } from './person.ts';
import type { PersonFacts } from './person-facts.ts';
import type { ApprovalRule } from './terms.ts';
import { assign } from './votes.ts';

/**
 * Which rules these people could not fill when this person asks; undefined when all could be. Accounts that may not decide
 * and the requester's own are left out, linked accounts are one human, and nobody fills two rules.
 */
export function approvabilityProblem(
  rules: readonly ApprovalRule[],
  requester: PersonId,
  people: readonly PersonFacts[],
  samePeople: readonly (readonly PersonId[])[],
): readonly ShortRule[] | undefined {
  const humans: { readonly id: PersonId; readonly mayFill: Set<string> }[] = [];
  for (const person of people) {
    if (standingRefusal(person) || areSamePerson(person.id, requester, samePeople)) continue;
    const known = humans.find(({ id }) => areSamePerson(id, person.id, samePeople));
    const mayFill = known?.mayFill ?? new Set<string>();
    for (const rule of rules) if (isNamedBy(rule, person)) mayFill.add(rule.name);
    if (!known) humans.push({ id: person.id, mayFill });
  }
  const seated = assign(
    humans.map(({ mayFill }) => [...mayFill]),
    rules,
  );
  const short = rules.flatMap(({ name, needed }, index): readonly ShortRule[] => {
    const possible = seated[index]?.length ?? 0;
    return possible < needed ? [{ name, needed, possible }] : [];
  });
  return short.length > 0 ? short : undefined;
}
