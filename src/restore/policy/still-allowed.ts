import { methodsFor } from '../chosen-method.ts';
import { policyOfMethod } from '../deciding-policy.ts';
import type { InstanceToMake } from '../plan.ts';
import type { InstancePolicy } from '../policy.ts';
import type { Restore } from '../restore.ts';
import { undoneBy } from '../undo.ts';
import { isGoverned } from './governed.ts';

/**
 * Why a restore that was asked for may not begin by the rules of this moment, in words for people: they would not take it as a
 * request any more. `rules` are those of its instance, as far as they are known. Undefined when they would.
 */
export function forbiddenWords(
  restore: Restore,
  rules: InstancePolicy,
  instances: readonly InstancePolicy[],
): string | undefined {
  const { plan, request } = restore;
  if (!isGoverned(plan, instances)) return NO_RULES;
  if (!methodsFor(rules, undoneBy(restore)).includes(plan.method)) {
    return `The rules of the instance do not allow this way of getting data back ("${plan.method}") any more.`;
  }
  if (request.reason.kind === 'rollback-test' && rules.environment === 'production') return NO_TEST;
  return plan.method === 'new-instance' ? makingWords(plan.toMake, rules) : undefined;
}

const NO_RULES =
  'The instance, or the one that its data was to come from, was taken out of the rules after people were asked: nobody may decide about it any more. If it is to be restored, it must be given rules again, and be asked for anew.';

const NO_TEST =
  'It was asked for as a test of the rollback, and the instance counts as production by now: there is no such test of production.';

/** What all cost together is judged where the call is sent. */
function makingWords({ memory, liveForMinutes, previewOf }: InstanceToMake, own: InstancePolicy): string | undefined {
  const { newInstance: rules } = policyOfMethod(own, { method: 'new-instance', previewOf });
  if (!rules) return 'The rules of the instance do not allow new instances from its snapshots any more.';
  if (rules.sizes && !rules.sizes.includes(memory)) {
    return `The rules of the instance do not allow new instances with ${memory} any more.`;
  }
  return liveForMinutes > rules.longestMinutes
    ? `A new instance may live for ${rules.longestMinutes} minutes by now, and this one was to live for ${liveForMinutes}.`
    : undefined;
}
