import { policyWithSource } from './both-instances.ts';
import { policyForNewInstance } from './new-instance/policy.ts';
import type { Method, PlannedInstance } from './plan.ts';
import type { InstancePolicy } from './policy.ts';

/** A method with the other instance it takes data from, as a form or a plan names them. */
type Named =
  | { readonly method: Exclude<Method, 'overwrite' | 'new-instance'> }
  | { readonly method: 'new-instance'; readonly toMake: Parameters<typeof policyForNewInstance>[1] }
  | { readonly method: 'overwrite'; readonly source: Pick<PlannedInstance, 'auraId'> };

/**
 * The policy by which a restore of this method is decided, of the instance that gets the data or whose snapshot it is. Undefined
 * when the source of an overwrite is not among the instances: nobody knows then who decides about its data.
 */
export function decidingPolicy(
  own: InstancePolicy,
  named: Named,
  instances: readonly InstancePolicy[],
): InstancePolicy | undefined {
  if (named.method === 'new-instance') return policyForNewInstance(own, named.toMake);
  if (named.method !== 'overwrite') return own;
  const source = instances.find(({ auraId }) => auraId === named.source.auraId);
  return source && policyWithSource(own, source);
}
