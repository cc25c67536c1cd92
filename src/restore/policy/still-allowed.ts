import { methodsFor } from '../chosen-method.ts';
import { policyOfMethod } from '../deciding-policy.ts';
import type { Forbidden } from '../forbidden.ts';
import type { InstanceToMake } from '../plan.ts';
import type { InstancePolicy } from '../policy.ts';
import type { Restore } from '../restore.ts';
import { undoneBy } from '../undo.ts';
import { isGoverned } from './governed.ts';

/**
 * What of a restore that was asked for the rules of this moment forbid, which would not take it as a request any more. `rules` are
 * those of its instance, as far as they are known: absent, nothing is allowed. Undefined when they would.
 */
export function forbiddenIn(
  restore: Restore,
  rules: InstancePolicy | undefined,
  instances: readonly InstancePolicy[],
): Forbidden | undefined {
  const { plan, request } = restore;
  if (!rules || !isGoverned(plan, instances)) return { what: 'instance' };
  if (!methodsFor(rules, undoneBy(restore)).includes(plan.method)) return { what: 'method', method: plan.method };
  if (request.reason.kind === 'rollback-test' && rules.environment === 'production') return { what: 'test' };
  return plan.method === 'new-instance' ? forbiddenMaking(plan.toMake, rules) : undefined;
}

/** What all cost together is judged where the call is sent. */
function forbiddenMaking(
  { memory, liveForMinutes, previewOf }: InstanceToMake,
  own: InstancePolicy,
): Forbidden | undefined {
  const { newInstance: rules } = policyOfMethod(own, { method: 'new-instance', previewOf });
  if (!rules) return { what: 'new-instances' };
  if (rules.sizes && !rules.sizes.includes(memory)) return { what: 'size', memory };
  return liveForMinutes > rules.longestMinutes
    ? { what: 'lifetime', longestMinutes: rules.longestMinutes, minutes: liveForMinutes }
    : undefined;
}
