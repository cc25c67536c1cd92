import type { Priority } from '../aura/budget.ts';
import type { AuraClient, AuraInstance } from '../aura/client.ts';
import { AuraRefusedError } from '../aura/errors.ts';
import { instanceStatusClass } from '../aura/status.ts';
import type { Approval } from '../restore/agreement.ts';
import { startRefusal } from '../restore/calendar.ts';
import { type Clocks, heldBackWords } from '../restore/clock-difference.ts';
import { AGREEMENT_LOOK_MINUTES } from '../restore/due-step.ts';
import type { FailureReason } from '../restore/failure.ts';
import { addMinutes } from '../restore/instant.ts';
import { dataLossMinutes } from '../restore/loss.ts';
import type { Instant } from '../restore/names.ts';
import { isHeld } from '../restore/objection.ts';
import { lateStartIsSaid, plannedNoticesAreSettled } from '../restore/owed-messages.ts';
import type { Plan, PlannedInstance } from '../restore/plan.ts';
import type { Restore } from '../restore/restore.ts';
import { type SendingRefusal, sendingRefusal } from '../restore/sending.ts';
import { type Snapshot, usability } from '../restore/snapshot.ts';
import type { Step } from '../restore/state.ts';
import { readingFailed } from './aura-trouble.ts';
import {
  type CalendarOf,
  drifted,
  giveUp,
  lookAgain,
  type RunStep,
  report,
  type StepContext,
  type StepOutcome,
  type Timing,
} from './step.ts';

/** Stakeholders hear of a restore before it begins. Without a lead, Slack being away delays the start by no more than this. */
const NOTICE_GRACE_MINUTES = 2;
const HELD_WORDS = 'Held by an objection: somebody who may must answer it first.';
/** How soon to look whether people were told; who settles the last notice wakes the step before. */
const SAYING_MS = 1_000;

type Approved = StepContext<'approved'>['restore'];

/**
 * The last look before anything begins: notices out, no objection unanswered, window open, instance running and the one that was planned,
 * snapshot there and usable, data loss still what was agreed to, a late start said.
 */
export function createPreflight(parts: {
  readonly aura: Pick<AuraClient, 'getInstance' | 'getSnapshot'>;
  readonly calendarOf: CalendarOf;
  readonly timing: Pick<Timing, 'pollMs' | 'lateStartMs'>;
  /** Absent: nothing is known about other clocks. */
  readonly clocks?: Clocks;
}): RunStep<'approved'> {
  const { aura, timing } = parts;

  /** Nobody is surprised by a start that comes later than announced: it is said first, and waits until it was. */
  async function sayThatItIsLate(
    restore: Approved,
    now: Instant,
    saveFirst: StepContext['saveFirst'],
  ): Promise<StepOutcome | undefined> {
    const { lateStart, observation, state } = restore;
    if (lateStart) {
      const isPatient = now < addMinutes(lateStart.at, NOTICE_GRACE_MINUTES);
      return isPatient && !lateStartIsSaid(restore)
        ? lookAgain(SAYING_MS, 'Starts late; telling people first.')
        : undefined;
    }
    if (Date.parse(now) - Date.parse(state.startAt) <= timing.lateStartMs) return undefined;
    const why =
      observation && observation.at > state.startAt
        ? `What held it up, as seen last: ${observation.words}`
        : 'The bot was not running, or could not reach its records, at the planned start.';
    await saveFirst({ type: 'start-late', why });
    return lookAgain(SAYING_MS);
  }

  /** While the start is waited for: what drifted is said now and not at the start; everything else may be well again by then. */
  async function lookBeforeTheStart(restore: Approved, now: Instant): Promise<StepOutcome> {
    const { plan, state } = restore;
    const untilStartMs = Date.parse(state.startAt) - Date.parse(now);
    const look = await lookAtInstanceAndSnapshot(aura, plan, 'poll');
    const found =
      look.kind === 'trouble'
        ? look.outcome('preflight')
        : (instanceObstacle('preflight', look.instance, plan, timing.pollMs) ??
          planObstacle('preflight', restore, look.snapshot, state.approval, now));
    if (found?.kind === 'event' && found.event.type === 'drifted') return found;
    const afterMs = found?.kind === 'not-yet' ? found.afterMs : AGREEMENT_LOOK_MINUTES * 60_000;
    return { kind: 'not-yet', afterMs: Math.min(afterMs, untilStartMs) };
  }

  return async function preflight({ restore, now, saveFirst }) {
    const { state, plan } = restore;
    if (now >= state.lapsesAt) return report({ type: 'approval-lapsed' });
    if (now < state.startAt) return lookBeforeTheStart(restore, now);
    const isPatient = restore.terms.noticeLeadMinutes > 0 || now < addMinutes(state.startAt, NOTICE_GRACE_MINUTES);
    if (!plannedNoticesAreSettled(restore) && isPatient) {
      return {
        ...lookAgain(SAYING_MS, 'Telling the stakeholder channels first.'),
        hasCome: plannedNoticesAreSettled,
      };
    }
    if (isHeld(restore)) {
      return { ...lookAgain(timing.pollMs, HELD_WORDS), hasCome: (latest) => !isHeld(latest) };
    }
    const apart = parts.clocks?.apart();
    if (apart) return lookAgain(timing.pollMs, heldBackWords(apart));
    const calendar = await parts.calendarOf(restore);
    const closed = calendar && startRefusal(calendar, now, plan.freezeOverride?.freezes);
    if (closed) return refuse('preflight', 'outside-window', closed.words);

    const look = await lookAtInstanceAndSnapshot(aura, plan);
    if (look.kind === 'trouble') return look.outcome('preflight');
    const { instance, snapshot } = look;
    const obstacle =
      instanceObstacle('preflight', instance, plan, timing.pollMs) ??
      planObstacle('preflight', restore, snapshot, state.approval, now);
    if (obstacle) return obstacle;
    const unsaid = await sayThatItIsLate(restore, now, saveFirst);
    if (unsaid) return unsaid;
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
  priority: Priority = 'person-waiting',
): Promise<Look> {
  try {
    const instance = await aura.getInstance(plan.instance.auraId, priority);
    const snapshot = await aura.getSnapshot(plan.instance.auraId, plan.restorePoint.snapshotId, priority);
    return { kind: 'seen', instance, snapshot };
  } catch (error) {
    const isSnapshotGone = error instanceof AuraRefusedError && error.meaning === 'not-found-snapshot';
    return {
      kind: 'trouble',
      outcome: (step) =>
        isSnapshotGone
          ? drifted({ step, reason: 'snapshot-not-found', why: error.forPeople })
          : readingFailed(error, step),
    };
  }
}

/** Why the instance cannot be restored now: wait while it is busy, ask anew when it is parked, failed or changed, end when it is gone. */
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
      return drifted({ step, reason: 'instance-not-running', why: notRunningWords(instance) });
    case 'gone':
      return refuse(step, 'instance-not-running', notRunningWords(instance));
    default:
      return lookAgain(pollMs, `Aura reports the instance as "${instance.status}"; waiting until it is running.`);
  }
  const isChanged = (was: string | undefined, is: string | undefined) =>
    was !== undefined && is !== undefined && was !== is;
  if (isChanged(planned.projectId, instance.projectId)) {
    return drifted({
      step,
      reason: 'instance-changed',
      why: 'The instance belongs to another Aura project than when the plan was agreed to.',
      seen: seenOf(instance),
    });
  }
  if (isChanged(planned.type, instance.type) || isChanged(planned.memory, instance.memory)) {
    return drifted({
      step,
      reason: 'instance-changed',
      why: 'The instance was changed in type or size after the plan was agreed to.',
      seen: seenOf(instance),
    });
  }
  return undefined;
}

/** The instance as the plan would name it now. */
function seenOf({ type, memory, projectId }: AuraInstance): Pick<PlannedInstance, 'type' | 'memory' | 'projectId'> {
  return {
    ...(type === undefined ? {} : { type }),
    ...(memory === undefined ? {} : { memory }),
    ...(projectId === undefined ? {} : { projectId }),
  };
}

/** Why the plan no longer is what the approver agreed to. */
export function planObstacle(
  step: Step,
  restore: Pick<Restore, 'plan' | 'terms'>,
  snapshot: Snapshot,
  approval: Approval,
  now: Instant,
): StepOutcome | undefined {
  if (!usability(snapshot).usable || snapshot.takenAt !== restore.plan.restorePoint.takenAt) {
    return drifted({
      step,
      reason: 'snapshot-not-usable',
      why: `Aura now reports the snapshot as "${snapshot.status}", taken ${snapshot.takenAt}.`,
    });
  }
  const refusal = sendingRefusal(restore, approval, { at: now });
  return refusal && notSent(step, refusal);
}

/** The restore call may not be sent: people are asked anew when it is what they agreed to that changed, or it ends. */
export function notSent(step: Step, { reason, why }: SendingRefusal): StepOutcome {
  return reason === 'loss-grew' ? drifted({ step, reason, why }) : refuse(step, reason, why);
}

function notRunningWords({ status }: AuraInstance): string {
  return `Aura reports the instance as "${status}", not as running.`;
}

/** The step cannot go on; nothing was changed. */
function refuse(step: Step, reason: FailureReason, why: string): StepOutcome {
  return giveUp({ step, reason, why, condition: 'unchanged' });
}
