import type { Priority } from '../aura/budget.ts';
import type { Approval } from '../restore/agreement.ts';
import { AGREEMENT_LOOK_MINUTES, isAgreementLookDue } from '../restore/agreement-look.ts';
import { type Clocks, heldBackWords } from '../restore/clock-difference.ts';
import { addMinutes } from '../restore/instant.ts';
import { dataLossMinutes } from '../restore/loss.ts';
import type { Instant } from '../restore/names.ts';
import { isHeld } from '../restore/objection.ts';
import { lateStartIsSaid, plannedNoticesAreSettled } from '../restore/owed-messages.ts';
import type { Plan } from '../restore/plan.ts';
import type { Restore } from '../restore/restore.ts';
import { closedRefusal, type SendingRefusal, sendingRefusal } from '../restore/sending.ts';
import type { Step } from '../restore/state.ts';
import { obstacle, refuse } from './methods/instance-look.ts';
import { type Methods, methodFor, type PlanLook } from './methods/method.ts';
import {
  type CalendarOf,
  drifted,
  lookAgain,
  type RunStep,
  report,
  type StepContext,
  type StepOutcome,
  type Timing,
} from './step.ts';

/** Stakeholders hear of a restore before it begins. Without a lead, Slack being away delays the start by no more than this. */
const NOTICE_GRACE_MINUTES = 2;
/** What a restore waits for that an objection holds. */
export const HELD_WORDS = 'Held by an objection: somebody who may must answer it first.';
/** How soon to look whether people were told; who settles the last notice wakes the step before. */
const SAYING_MS = 1_000;

type Approved = StepContext<'approved'>['restore'];

/**
 * The last look before anything begins: notices out, no objection unanswered, calendar open, instance running and the one that was planned,
 * snapshot there and usable, data loss still what was agreed to, a late start said.
 */
export function createPreflight(parts: {
  readonly methods: Methods;
  readonly calendarOf: CalendarOf;
  readonly timing: Pick<Timing, 'pollMs' | 'lateStartMs'>;
  /** Absent: nothing is known about other clocks. */
  readonly clocks?: Clocks;
}): RunStep<'approved'> {
  const { methods, timing } = parts;

  /** Nobody is surprised by a start that comes later than announced: it is said first, and waits until it was. */
  async function sayThatItIsLate(
    restore: Approved,
    now: Instant,
    saveFirst: StepContext['saveFirst'],
    heldUpBy?: string,
  ): Promise<StepOutcome | undefined> {
    const { lateStart, observation, state } = restore;
    if (lateStart) {
      const isPatient = now < addMinutes(lateStart.at, NOTICE_GRACE_MINUTES);
      return isPatient && !lateStartIsSaid(restore)
        ? lookAgain(SAYING_MS, 'Starts late; telling people first.')
        : undefined;
    }
    if (Date.parse(now) - Date.parse(state.startAt) <= timing.lateStartMs) return undefined;
    const seen = heldUpBy ?? (observation && observation.at > state.startAt ? observation.words : undefined);
    const why =
      seen === undefined
        ? 'The bot was not running, or could not reach its records, at the planned start.'
        : `What held it up, as seen last: ${seen}`;
    await saveFirst({ type: 'start-late', why, ...(heldUpBy === undefined ? {} : { isHeldUp: true }) });
    return lookAgain(SAYING_MS);
  }

  /** Whoever expects a start hears once that it is late, also while what holds it up lasts: that may be long. */
  async function heldUp(
    restore: Approved,
    now: Instant,
    saveFirst: StepContext['saveFirst'],
    by: StepOutcome,
  ): Promise<StepOutcome> {
    const isNews = by.kind === 'look-again' && by.words !== undefined && !restore.lateStart;
    return (isNews ? await sayThatItIsLate(restore, now, saveFirst, by.words) : undefined) ?? by;
  }

  /** Whoever answers an objection answers about things as they are: what drifted meanwhile is said before the answer. */
  async function lookWhileHeld(
    restore: Approved,
    now: Instant,
    saveFirst: StepContext['saveFirst'],
  ): Promise<StepOutcome | undefined> {
    if (!isAgreementLookDue(restore, now)) return undefined;
    const found = await obstacleToAgreement(restore, now);
    if (found && isLasting(found)) return found;
    if (!found) await saveFirst({ type: 'agreement-looked' });
    return undefined;
  }

  async function closedAt(restore: Approved, startAt: Instant): Promise<StepOutcome | undefined> {
    const calendar = await parts.calendarOf(restore);
    const closed = calendar && closedRefusal(restore, calendar, startAt);
    return closed && notSent('preflight', closed);
  }

  /** What stands against a start that comes at `now` or, when that is still to come, as planned. */
  async function obstacleToAgreement(restore: Approved, now: Instant): Promise<StepOutcome | undefined> {
    const { startAt } = restore.state;
    const closed = await closedAt(restore, now < startAt ? startAt : now);
    if (closed) return closed;
    const look = await lookAtPlan(methods, restore.plan, { step: 'preflight', priority: 'poll' });
    return look.kind === 'obstacle'
      ? look.outcome
      : agreementObstacle('preflight', restore, restore.state.approval, now);
  }

  /** While the start is waited for: what will not be well by then is said now and not at the start. */
  async function lookBeforeTheStart(restore: Approved, now: Instant): Promise<StepOutcome> {
    const untilStartMs = Date.parse(restore.state.startAt) - Date.parse(now);
    const found = await obstacleToAgreement(restore, now);
    if (found && isLasting(found)) return found;
    const afterMs = found?.kind === 'not-yet' ? found.afterMs : AGREEMENT_LOOK_MINUTES * 60_000;
    return { kind: 'not-yet', afterMs: Math.min(afterMs, untilStartMs) };
  }

  return async function preflight({ restore, now, saveFirst, heldUpBy }) {
    const { state, plan } = restore;
    if (now < state.startAt) return lookBeforeTheStart(restore, now);
    const isPatient = restore.terms.noticeLeadMinutes > 0 || now < addMinutes(state.startAt, NOTICE_GRACE_MINUTES);
    if (!plannedNoticesAreSettled(restore) && isPatient) {
      const telling = lookAgain(SAYING_MS, 'Telling the stakeholder channels first.');
      return (await closedAt(restore, now)) ?? { ...telling, hasCome: plannedNoticesAreSettled };
    }
    if (isHeld(restore)) {
      const drift = await lookWhileHeld(restore, now, saveFirst);
      if (drift) return drift;
      return { ...lookAgain(timing.pollMs, HELD_WORDS), hasCome: (latest) => !isHeld(latest) };
    }
    const apart = parts.clocks?.apart();
    if (apart) return heldUp(restore, now, saveFirst, lookAgain(timing.pollMs, heldBackWords(apart)));
    const closed = await closedAt(restore, now);
    if (closed) return closed;
    if (heldUpBy !== undefined) return heldUp(restore, now, saveFirst, lookAgain(timing.pollMs, heldUpBy));

    const look = await lookAtPlan(methods, plan, { step: 'preflight', priority: 'person-waiting' });
    if (look.kind === 'obstacle') return heldUp(restore, now, saveFirst, look.outcome);
    const lapsed = agreementObstacle('preflight', restore, state.approval, now);
    if (lapsed) return lapsed;
    const unsaid = await sayThatItIsLate(restore, now, saveFirst);
    if (unsaid) return unsaid;
    return report({
      type: 'preflight-passed',
      preflight: {
        at: now,
        lossMinutes: dataLossMinutes(plan.restorePoint.takenAt, now),
        ...(look.requestId ? { requestId: look.requestId } : {}),
      },
    });
  };
}

/** The same step, as long as the approval holds: it lapses in time whatever keeps the step from its look. */
export function unlessLapsed(run: RunStep<'approved'>): RunStep<'approved'> {
  return async (context) =>
    context.now >= context.restore.state.lapsesAt ? report({ type: 'approval-lapsed' }) : run(context);
}

/** What drifted, and that the instance is gone; everything else may be well again at the start. */
function isLasting(found: StepOutcome): boolean {
  if (found.kind !== 'event') return false;
  const { event } = found;
  return event.type === 'drifted' || (event.type === 'step-failed' && event.reason === 'instance-not-found');
}

/** Why the plan no longer is what was agreed to, whatever Aura says. */
export function agreementObstacle(
  step: Step,
  restore: Pick<Restore, 'request' | 'plan' | 'planHash' | 'terms'>,
  approval: Approval,
  now: Instant,
): StepOutcome | undefined {
  const refusal = sendingRefusal(restore, approval, { at: now });
  return refusal && notSent(step, refusal);
}

/** Looks at everything the plan relies on, by its own method. */
export function lookAtPlan(
  methods: Methods,
  plan: Plan,
  asked: { readonly step: Step; readonly priority: Priority },
): Promise<PlanLook> {
  const method = methodFor(methods, plan);
  return method ? method.look(plan, asked) : Promise.resolve(obstacle(unknownMethod(asked.step, plan)));
}

/** A record of a release, or of a configuration, that knew more methods than this process. */
export function unknownMethod(step: Step, { method }: Plan): StepOutcome {
  return refuse(step, 'step-gave-up', `This bot cannot carry out the method "${method}".`);
}

/** The restore call may not be sent: people are asked anew when it is what they agreed to that changed, or it ends. */
export function notSent(step: Step, { reason, why, closed }: SendingRefusal): StepOutcome {
  if (reason === 'too-late') return refuse(step, reason, why);
  return drifted({ step, reason, why, ...(closed ? { closed } : {}) });
}
