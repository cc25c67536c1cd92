import { expect } from 'vitest';
import { addMinutes } from '../../../src/restore/instant.ts';
import { tightenedTerms, tightening } from '../../../src/restore/policy/tightening.ts';
import type { InstancePolicy } from '../../../src/restore/policy.ts';
import type { Restore } from '../../../src/restore/restore.ts';
import { followedBy, makePolicy, SAME_PEOPLE } from '../../support/make-restore.ts';
import { APPROVERS_GROUP } from '../../support/people.ts';

/** Of the policy by which it became tighter. */
export const HASH = 'a'.repeat(64);
/** What a restore that is still open stands at. */
export const OPEN = ['awaiting-approval', 'approved', 'ready-to-restore'] as const;
export const TWO = { rules: [{ name: 'owners', needed: 2, users: [], groups: [APPROVERS_GROUP] }], denialsNeeded: 1 };

export const policyWith = (facts: Partial<InstancePolicy>) => ({
  instances: [makePolicy(facts)],
  samePeople: SAME_PEOPLE,
});

/** The restore with what became tighter in its terms, `minutesLater` its last change. */
export function tightened<R extends Restore>(restore: R, facts: Partial<InstancePolicy>, minutesLater = 0): Restore {
  const terms = tightenedTerms(restore, policyWith(facts));
  if (!terms) return restore;
  const at = addMinutes(restore.since, minutesLater);
  return followedBy(restore, { type: 'rules-tightened', at, terms, policyHash: HASH });
}

/** The environment alone became stricter. */
export const tightenedTo = ({ terms, since }: Restore, environment: InstancePolicy['environment']) =>
  ({ type: 'rules-tightened', at: addMinutes(since, 1), terms, environment, policyHash: HASH }) as const;

/** The restore of an instance that counts as this by now. */
export function stricter(restore: Restore, environment: InstancePolicy['environment']): Restore {
  const tighter = tightening(restore, policyWith({ environment }));
  expect(tighter?.environment).toBe(environment);
  return followedBy(restore, { ...tightenedTo(restore, environment), ...tighter });
}
