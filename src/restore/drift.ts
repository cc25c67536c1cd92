import { entered, noted, type Outcome, stale } from './change.ts';
import { dueStep } from './due-step.ts';
import type { WorkerEvent } from './event.ts';
import { addMinutes } from './instant.ts';
import { driftCourse, driftInNextRound } from './known-drift.ts';
import type { Plan } from './plan.ts';
import { hashPlan } from './plan.ts';
import type { Restore } from './restore.ts';
import { roundOf } from './round.ts';

/**
 * What people agree to is no longer so. While nothing was sent their votes lapse, also before all have voted, and everybody is asked
 * anew, about the instance as it is now. Where nobody has voted yet and the plan stays what it is, it is only noted.
 */
export function afterDrift(restore: Restore, event: Extract<WorkerEvent, { type: 'drifted' }>): Outcome {
  const { lateStart: _, movedStart: __, acknowledgements: ___, ...kept } = restore;
  const { state, terms, plan: before } = kept;
  const isAsked = state.status === 'awaiting-approval';
  const isBeforeTheCall = isAsked || state.status === 'approved' || state.status === 'ready-to-restore';
  const step = isAsked ? 'look-at-agreement' : dueStep(restore)?.step;
  if (!isBeforeTheCall || step !== event.step) return stale();
  const { at, reason, why, closed, seen } = event;
  const what = { reason, why, ...(closed ? { closed } : {}) };
  const course = driftCourse(restore, event);
  if (course === 'known') return stale();
  if (course === 'noted') return noted({ ...restore, drift: { round: roundOf(restore), at, ...what } }, event);
  const plan: Plan = seen ? { ...before, instance: { ...before.instance, ...seen } } : before;
  const planHash = hashPlan(plan);
  const because = { kind: 'drifted', ...what, ...(isAsked ? { beforeAgreement: true } : {}) } as const;
  const votes = state.status === 'awaiting-approval' ? state.votes : state.approval.votes;
  return entered(
    {
      ...kept,
      plan,
      planHash,
      ...driftInNextRound(restore, event),
      askedAnew: [...(kept.askedAnew ?? []), { at, before, votes, because }],
    },
    event,
    { status: 'awaiting-approval', expiresAt: addMinutes(at, terms.requestExpiryMinutes), votes: [] },
    { planHash, votes: votes.length },
  );
}
