import { policyWithSource } from './both-instances.ts';
import type { RestoreId } from './names.ts';
import { policyForNewInstance } from './new-instance/policy.ts';
import type { InstanceToMake, Method, PlannedInstance } from './plan.ts';
import type { InstancePolicy } from './policy.ts';

/** A method with the other instance it takes data from, as a form or a plan names them. */
type Named =
  | { readonly method: Exclude<Method, 'overwrite' | 'new-instance'> }
  | { readonly method: 'new-instance'; readonly toMake: Pick<InstanceToMake, 'previewOf'> }
  | { readonly method: 'overwrite'; readonly source: Pick<PlannedInstance, 'auraId'> };

/**
 * The policy by which a request of this method is decided, with what is known of it: a form may leave open where the data of an
 * overwrite comes from.
 */
export function policyOfMethod(
  own: InstancePolicy,
  chosen: {
    readonly method: Method;
    readonly source?: InstancePolicy | undefined;
    readonly previewOf?: RestoreId | undefined;
  },
): InstancePolicy {
  if (chosen.method === 'new-instance') return policyForNewInstance(own, chosen);
  return chosen.method === 'overwrite' && chosen.source ? policyWithSource(own, chosen.source) : own;
}

/**
 * The policy by which a restore of this method is decided, of the instance that gets the data or whose snapshot it is. Undefined
 * when the source of an overwrite is not among the instances: nobody knows then who decides about its data.
 */
export function decidingPolicy(
  own: InstancePolicy,
  named: Named,
  instances: readonly InstancePolicy[],
): InstancePolicy | undefined {
  const { method } = named;
  if (method === 'new-instance') return policyOfMethod(own, { method, previewOf: named.toMake.previewOf });
  if (method !== 'overwrite') return own;
  const source = instances.find(({ auraId }) => auraId === named.source.auraId);
  return source && policyOfMethod(own, { method, source });
}
