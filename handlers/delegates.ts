import type { PersonId } from '../src/restore/names.ts';
import type { InstancePolicy } from '../src/restore/policy.ts';
import type { Delegate } from '../src/restore/request.ts';
import { namedByAny } from '../src/restore/rules-needed.ts';
import type { PeopleRule } from '../src/restore/terms.ts';
import type { Desk } from './desk.ts';

/** Who holds the place of somebody whom these rules name, now; none where that is not allowed or not known in time. */
export async function delegatesOf(
  desk: Desk,
  policy: InstancePolicy,
  rules: readonly PeopleRule[],
): Promise<readonly Delegate[]> {
  if (policy.delegation === 'forbidden') return [];
  const asked = await desk.candidates.namedBy(namedByAny(rules));
  const given = await desk.delegations.givenBy(asked ?? []).catch((error: unknown) => {
    desk.log.warn({ err: error, instance: policy.alias }, 'nobody knows who stands in for those who are asked');
    return [];
  });
  return given.map(({ from, to, endsAt }) => ({ from, to, until: endsAt }));
}

/** Those who are asked, and those who stand in for one of them, each once. */
export async function withDelegates(desk: Desk, policy: InstancePolicy, asked: readonly PersonId[]) {
  if (policy.delegation === 'forbidden') return asked;
  const given = await desk.delegations.givenBy(asked).catch(() => []);
  return [...new Set([...asked, ...given.map(({ to }) => to)])];
}
