import { methodsOf } from '../chosen-method.ts';
import { type InstanceToMake, type Plan, snapshotIdOf } from '../plan.ts';
import type { InstancePolicy } from '../policy.ts';
import type { RequestRefusal } from '../refusal.ts';
import type { Restore } from '../restore.ts';
import { rulesOfPreview } from './rules.ts';

/** Nothing of the instance is lost, so nothing grows that people would have to agree to anew. */
const NEVER_OUTGROWN_MINUTES = 10 * 365 * 24 * 60;

/**
 * The rules of a new instance made from another one's snapshot: its own approval where the operator set one, and that of
 * previews where it is one; nobody has to be told, since nothing happens to the other one, whose
 * expected downtime says nothing of it. A calendar holds for it as for every restore.
 */
export function policyForNewInstance(
  policy: InstancePolicy,
  { previewOf }: { readonly previewOf?: InstanceToMake['previewOf'] | undefined },
): InstancePolicy {
  const { stakeholders: _, urgentNoticeLeadMinutes: __, estimate: ___, newInstance, ...kept } = policy;
  const rules = newInstance && (previewOf === undefined ? newInstance : rulesOfPreview(newInstance));
  return {
    ...kept,
    ...(rules ? { newInstance: rules } : {}),
    approval: rules?.approval ?? policy.approval,
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

/** Why a new instance is not a preview of this request, whose rules it would go by; undefined when it is one. */
export function previewRefusal(
  asked: { readonly previewOf: string; readonly auraId: string; readonly snapshotId: string },
  previewed: Pick<Restore, 'plan' | 'state' | 'terms'> | undefined,
): RequestRefusal | undefined {
  const isOne =
    previewed?.state.status === 'awaiting-approval' &&
    previewed.terms.previews === true &&
    previewed.plan.instance.auraId === asked.auraId &&
    snapshotIdOf(previewed.plan) === asked.snapshotId;
  if (isOne) return undefined;
  return { reason: 'new-instance-not-possible', problem: { kind: 'nothing-to-preview', id: asked.previewOf } };
}
