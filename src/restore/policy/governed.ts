import type { Plan } from '../plan.ts';
import type { InstancePolicy } from '../policy.ts';
import { instanceOf } from './policy-change.ts';

/** Whether there are rules for every instance of a plan: the one that gets the data, and the one that an overwrite takes it from. */
export function isGoverned(plan: Plan, instances: readonly InstancePolicy[]): boolean {
  const named = plan.method === 'overwrite' ? [plan.instance, plan.source] : [plan.instance];
  return named.every(({ auraId }) => instanceOf(instances, auraId) !== undefined);
}
