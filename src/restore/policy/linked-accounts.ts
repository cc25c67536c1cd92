import type { PersonId } from '../names.ts';
import { accountsOf } from '../person.ts';
import type { Policy } from '../policy.ts';
import { isEqual, type SettingRule } from './tighter.ts';

/** Lists of accounts, each of one human. */
type Linked = Policy['samePeople'];

/** What a policy says of linked accounts. */
export type Links = Pick<Policy, 'samePeople' | 'mayActFor'>;

/**
 * Linked accounts count as one human as soon as anybody says that they are, so that nobody votes twice. Acting for each
 * other is a right: a new link gives it only when people have agreed, and a link that is gone takes it at once.
 */
export const LINKS: SettingRule<Links> = {
  weigh: (inForce, proposed) =>
    isEqual(joined(inForce.samePeople), joined(proposed.samePeople)) && isEqual(actingOf(inForce), actingOf(proposed))
      ? []
      : ['loosens'],
  tighter: (inForce, proposed) => {
    const samePeople = joined([...inForce.samePeople, ...proposed.samePeople]);
    const mayActFor = inBoth(actingOf(inForce), actingOf(proposed));
    return { samePeople, ...(isEqual(samePeople, mayActFor) ? {} : { mayActFor }) };
  },
};

/** Lists that share an account are one human: without this, one with three accounts could count as two people. */
export function joined(lists: Linked): Linked {
  return lists.reduce<Linked>((humans, list) => {
    const shares = (human: readonly PersonId[]) => human.some((account) => list.includes(account));
    const others = humans.filter((human) => !shares(human));
    return [...others, [...new Set([...humans.filter(shares).flat(), ...list])]];
  }, []);
}

function actingOf({ samePeople, mayActFor = samePeople }: Links): Linked {
  return joined(mayActFor);
}

/** The accounts that both hold for one human. */
function inBoth(one: Linked, other: Linked): Linked {
  const lists = one.flat().map((account) => {
    const others = accountsOf(account, other);
    return [...accountsOf(account, one)].filter((id) => others.has(id)).sort();
  });
  return [...new Map(lists.map((list) => [list.join(' '), list])).values()].filter(({ length }) => length > 1);
}
