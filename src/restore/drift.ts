import { agreementLookAt } from './agreement-look.ts';
import { entered, type Outcome, stale } from './change.ts';
import { dueStep } from './due-step.ts';
import type { WorkerEvent } from './event.ts';
import { addMinutes } from './instant.ts';
import type { Plan } from './plan.ts';
import { hashPlan } from './plan.ts';
import type { Restore } from './restore.ts';

/**
 * What people agreed to is no longer so. While nothing was sent their votes lapse, also before all have voted, and everybody is asked anew, about the
 * instance as it is now.
 */
export function afterDrift(restore: Restore, event: Extract<WorkerEvent, { type: 'drifted' }>): Outcome {
  const { lateStart: _, movedStart: __, acknowledgements: ___, ...kept } = restore;
  const { state, terms, plan: before } = kept;
  const isVotedOn = state.status === 'awaiting-approval' && agreementLookAt(restore) !== undefined;
  const isBeforeTheCall = isVotedOn || state.status === 'approved' || state.status === 'ready-to-restore';
  const step = isVotedOn ? 'look-at-agreement' : dueStep(restore)?.step;
  if (!isBeforeTheCall || step !== event.step) return stale();
  const { at, reason, why, seen } = event;
  const plan: Plan = seen ? { ...before, instance: { ...before.instance, ...seen } } : before;
  const planHash = hashPlan(plan);
  const because = { kind: 'drifted', reason, why, ...(isVotedOn ? { beforeAgreement: true } : {}) } as const;
  const votes = state.status === 'awaiting-approval' ? state.votes : state.approval.votes;
  return entered(
    {
      ...kept,
      plan,
      planHash,
      askedAnew: [...(kept.askedAnew ?? []), { at, before, votes, because }],
    },
    event,
    { status: 'awaiting-approval', expiresAt: addMinutes(at, terms.requestExpiryMinutes), votes: [] },
    { planHash },
  );
}
