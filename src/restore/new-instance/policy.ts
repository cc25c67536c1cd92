import { methodsOf } from '../chosen-method.ts';
import type { Plan } from '../plan.ts';
import type { InstancePolicy } from '../policy.ts';

/** Nothing of the instance is lost, so nothing grows that people would have to agree to anew. */
const NEVER_OUTGROWN_MINUTES = 10 * 365 * 24 * 60;

/**
 * The rules of a new instance made from another one's snapshot: its own approval where the operator set one; nobody has to be
 * told, since nothing happens to the other one. A calendar holds for it as for every restore.
 */
export function policyForNewInstance(policy: InstancePolicy): InstancePolicy {
  const { stakeholders: _, urgentNoticeLeadMinutes: __, ...kept } = policy;
  return {
    ...kept,
    approval: policy.newInstance?.approval ?? policy.approval,
    noticeChannels: [],
    noticeLeadMinutes: 0,
    dependants: [],
    lossBoundMinutes: NEVER_OUTGROWN_MINUTES,
  };
}

/** Whether the restore point can be looked at in a new instance before anybody agrees to go back to it. */
export function mayBePreviewed(plan: Plan, policy: InstancePolicy): boolean {
  if (plan.method !== 'restore-snapshot' || plan.restorePoint.exportable === false || plan.dryRun) return false;
  return policy.newInstance !== undefined && methodsOf(policy).includes('new-instance');
}
