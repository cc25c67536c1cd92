import { hashPlan } from '../../src/restore/plan.ts';
import { OVERRIDE_RULE } from '../../src/restore/rules-needed.ts';
import type { RestoreIn } from './make-restore.ts';

const OVERRIDER = 'U0OVERRIDE';

type Agreed = RestoreIn<'approved'> | RestoreIn<'ready-to-restore'>;

/** The restore with a plan that overrides these freezes, agreed to by everybody whom that takes. */
export function overriding<R extends Agreed>(restore: R, ...freezes: readonly string[]): R {
  const plan = { ...restore.plan, freezeOverride: { freezes, reason: 'The shop is down.' } };
  const planHash = hashPlan(plan);
  const { approval } = restore.state;
  const votes = approval.votes.flatMap((vote) => [
    { ...vote, planHash },
    { ...vote, planHash, by: OVERRIDER, countsFor: [OVERRIDE_RULE] },
  ]);
  return {
    ...restore,
    plan,
    planHash,
    terms: { ...restore.terms, overrideApprovers: { users: [OVERRIDER], groups: [] } },
    state: { ...restore.state, approval: { ...approval, planHash, votes } },
  };
}
