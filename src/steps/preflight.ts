import type { AuraClient, AuraInstance } from '../aura/client.ts';
import { instanceStatusClass } from '../aura/status.ts';
import { type Calendar, startRefusal } from '../restore/calendar.ts';
import { type Clocks, heldBackWords } from '../restore/clock-difference.ts';
import { addMinutes } from '../restore/instant.ts';
import { dataLossMinutes, lossOutgrewAgreement } from '../restore/loss.ts';
import { plannedNoticesAreSettled } from '../restore/owed-messages.ts';
import type { Approval, FailureReason, Instant, Plan, Step } from '../restore/restore.ts';
import { type Snapshot, usability } from '../restore/snapshot.ts';
import { readingFailed } from './aura-trouble.ts';
import { giveUp, lookAgain, type RunStep, report, type StepOutcome, type Timing } from './step.ts';

/** Stakeholders hear of a restore before it begins; Slack being away delays the start by no more than this. */
const NOTICE_GRACE_MINUTES = 2;

/**
 * The last look before anything begins: notices out, window open, instance running and the one that was planned,
 * snapshot there and usable, data loss still what was agreed to.
 */
export function createPreflight(parts: {
  readonly aura: Pick<AuraClient, 'getInstance' | 'getSnapshot'>;
  readonly calendarOf: (alias: string) => Calendar | undefined;
  readonly timing: Pick<Timing, 'pollMs'>;
  /** Absent: nothing is known about other clocks. */
  readonly clocks?: Clocks;
}): RunStep<'approved'> {
  const { aura, timing } = parts;

  return async function preflight({ restore, now }) {
    const { state, plan } = restore;
    if (now >= state.lapsesAt) return report({ type: 'approval-lapsed' });
    if (!plannedNoticesAreSettled(restore) && now < addMinutes(state.startAt, NOTICE_GRACE_MINUTES)) {
      return lookAgain(1_000, 'Telling the stakeholder channels first.');
    }
    const apart = parts.clocks?.apart();
    if (apart) return lookAgain(timing.pollMs, heldBackWords(apart));
    const calendar = parts.calendarOf(plan.instance.alias);
    const closed = calendar && startRefusal(calendar, now);
    if (closed) return refuse('preflight', 'outside-window', closed.words);

    const look = await lookAtInstanceAndSnapshot(aura, plan);
    if (look.kind === 'trouble') return look.outcome('preflight');
    const { instance, snapshot } = look;
    const obstacle =
      instanceObstacle('preflight', instance, plan, timing.pollMs) ??
      planObstacle('preflight', plan, snapshot, state.approval, now);
    if (obstacle) return obstacle;
    return report({
      type: 'preflight-passed',
      preflight: {
        at: now,
        lossMinutes: dataLossMinutes(plan.restorePoint.takenAt, now),
        ...(instance.requestId ? { requestId: instance.requestId } : {}),
      },
    });
  };
}

type Look =
  | { readonly kind: 'seen'; readonly instance: AuraInstance; readonly snapshot: Snapshot }
  | { readonly kind: 'trouble'; readonly outcome: (step: Step) => StepOutcome };

/** Reads both from Aura; what cannot be read becomes the step's outcome. */
export async function lookAtInstanceAndSnapshot(
  aura: Pick<AuraClient, 'getInstance' | 'getSnapshot'>,
  plan: Plan,
): Promise<Look> {
  try {
    const instance = await aura.getInstance(plan.instance.auraId, 'person-waiting');
    const snapshot = await aura.getSnapshot(plan.instance.auraId, plan.restorePoint.snapshotId, 'person-waiting');
    return { kind: 'seen', instance, snapshot };
  } catch (error) {
    return { kind: 'trouble', outcome: (step) => readingFailed(error, step) };
  }
}

/** Why the instance cannot be restored now: wait while it is busy, end when it is parked, failed or another one. */
export function instanceObstacle(
  step: Step,
  instance: AuraInstance,
  plan: Plan,
  pollMs: number,
): StepOutcome | undefined {
  const planned = plan.instance;
  switch (instanceStatusClass(instance.status)) {
    case 'ready':
      break;
    case 'parked':
    case 'failed':
    case 'gone':
      return refuse(step, 'instance-not-running', `Aura reports the instance as "${instance.status}", not as running.`);
    default:
      return lookAgain(pollMs, `Aura reports the instance as "${instance.status}"; waiting until it is running.`);
  }
  const isChanged = (was: string | undefined, is: string | undefined) =>
    was !== undefined && is !== undefined && was !== is;
  if (isChanged(planned.type, instance.type) || isChanged(planned.memory, instance.memory)) {
    return refuse(step, 'instance-changed', 'The instance was changed in type or size after the plan was agreed to.');
  }
  return undefined;
}

/** Why the plan no longer is what the approver agreed to. */
export function planObstacle(
  step: Step,
  plan: Plan,
  snapshot: Snapshot,
  approval: Approval,
  now: Instant,
): StepOutcome | undefined {
  if (!usability(snapshot).usable || snapshot.takenAt !== plan.restorePoint.takenAt) {
    return refuse(
      step,
      'snapshot-not-usable',
      `Aura now reports the snapshot as "${snapshot.status}", taken ${snapshot.takenAt}.`,
    );
  }
  const loss = dataLossMinutes(plan.restorePoint.takenAt, now);
  if (lossOutgrewAgreement(approval.agreedLossMinutes, plan.lossBoundMinutes, loss)) {
    const agreed = Math.round(approval.agreedLossMinutes);
    return refuse(
      step,
      'loss-grew',
      `${agreed} minutes of data loss were agreed to; it would now be ${Math.round(loss)}, more than the allowed ${plan.lossBoundMinutes} minutes beyond.`,
    );
  }
  return undefined;
}

function refuse(step: Step, reason: FailureReason, why: string): StepOutcome {
  return giveUp({ step, reason, why, condition: 'unchanged' });
}
