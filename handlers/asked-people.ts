import type { AskedNow } from '../messages/form-model.ts';
import { askedPeople, placesHeld } from '../src/restore/asked-people.ts';
import type { PersonId } from '../src/restore/names.ts';
import type { InstancePolicy } from '../src/restore/policy.ts';
import type { Delegate, OnCallThen } from '../src/restore/request.ts';
import { namedByAny } from '../src/restore/rules-needed.ts';
import type { ApprovalRule } from '../src/restore/terms.ts';
import type { Desk } from './desk.ts';

/** Whom a request asks: what the form says, and what its card then goes by. */
export interface LookedUp {
  readonly asked: AskedNow;
  /** Who holds a place that counts of somebody who is asked. */
  readonly delegates: readonly Delegate[];
}

/** Looks up whom these rules ask when this person is the requester. Never rejects. */
export async function lookUpAsked(
  desk: Desk,
  policy: InstancePolicy,
  rules: readonly ApprovalRule[],
  requester: PersonId,
): Promise<LookedUp> {
  const { candidates } = desk;
  const { samePeople } = desk.policy;
  const named = namedByAny(rules);
  const [look, ids, onCall] = await Promise.all([
    candidates.look(named),
    candidates.namedBy({ users: named.users, groups: named.groups }),
    Promise.all((named.onCall ?? []).map((alias) => whoIsOn(desk, alias))),
  ]);
  if (!look) return { asked: { rules, onCall }, delegates: [] };
  const { people } = look;
  const known = [...people.map(({ id }) => id), ...(ids ?? [])];
  const given = policy.delegation === 'forbidden' ? [] : await givenBy(desk, policy, known);
  const holders =
    given.length > 0 ? await candidates.look({ users: given.map(({ to }) => to), groups: [] }) : undefined;
  const facts = {
    people,
    holders: holders?.people ?? [],
    held: given,
    isWhole: look.isWhole && ids?.every((id) => people.some((person) => person.id === id)) === true,
  };
  return {
    asked: { rules, onCall, people: askedPeople(rules, facts, requester, samePeople) },
    delegates: placesHeld(given, [...people, ...facts.holders], requester, samePeople),
  };
}

async function whoIsOn({ candidates }: Desk, alias: string): Promise<OnCallThen> {
  const people = await candidates.namedBy({ users: [], groups: [], onCall: [alias] });
  return people ? { alias, people } : { alias };
}

async function givenBy(desk: Desk, policy: InstancePolicy, ids: readonly PersonId[]): Promise<readonly Delegate[]> {
  const given = await desk.delegations.givenBy([...new Set(ids)]).catch((error: unknown) => {
    desk.log.warn({ err: error, instance: policy.alias }, 'nobody knows who stands in for those who are asked');
    return [];
  });
  return given.map(({ from, to, endsAt }) => ({ from, to, until: endsAt }));
}
