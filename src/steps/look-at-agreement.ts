import { AGREEMENT_LOOK_MINUTES, agreementLookAt, openAgainAt } from '../restore/agreement-look.ts';
import { peopleLookAt } from '../restore/approvability-look.ts';
import { agreedLossMinutes } from '../restore/approval.ts';
import type { ClosedStart } from '../restore/closed-start.ts';
import { DRIFT_REASONS } from '../restore/failure.ts';
import { driftCourse, isRulesAlone, knownDrift } from '../restore/known-drift.ts';
import type { Instant } from '../restore/names.ts';
import type { Restore } from '../restore/restore.ts';
import { closedRefusal, lossRefusal } from '../restore/sending.ts';
import { startTimeOf } from '../restore/start-time.ts';
import type { ForbiddenNow } from './method-allowed.ts';
import type { Methods } from './methods/method.ts';
import { lookAtPlan, notSent } from './preflight.ts';
import { type CalendarOf, drifted, type RunStep, report, type StepContext, type StepOutcome } from './step.ts';

type Asked = StepContext<'awaiting-approval'>;

const NEXT_LOOK_MS = AGREEMENT_LOOK_MINUTES * 60_000;

/**
 * What is due while people are asked: whoever is missing is reminded, and the instance and the restore point are looked at, with
 * what the request budget leaves. Rules and calendar are read as well. Only what drifted is said: everything else may be well again at the start.
 */
export function createLookAtAgreement(parts: {
  readonly methods: Methods;
  readonly remind: RunStep<'awaiting-approval'>;
  readonly calendarOf: CalendarOf;
  readonly forbiddenNow: ForbiddenNow;
}): RunStep<'awaiting-approval'> {
  async function look({ restore, now, saveFirst }: Asked): Promise<StepOutcome> {
    const grown = lossRefusal(restore, agreedLossMinutes(restore, restore.state.votes, now), now);
    if (grown) return notSent('look-at-agreement', grown);
    const seen = (await forbiddenBy(restore)) ?? (await seenOf(restore));
    const calendar = seen?.kind === 'event' ? undefined : await parts.calendarOf(restore);
    const closed = calendar && closedRefusal(restore, calendar, startTimeOf(restore, now));
    const outcome = closed ? drifted({ step: 'look-at-agreement', ...closed, calendar }) : seen;
    if (!outcome) {
      await saveFirst({ type: 'agreement-looked' });
      return { kind: 'not-yet', afterMs: NEXT_LOOK_MS };
    }
    if (outcome.kind !== 'event') {
      if (isRulesAlone(knownDrift(restore))) await saveFirst({ type: 'agreement-looked', isRulesOnly: true });
      return { kind: 'not-yet', afterMs: outcome.afterMs };
    }
    if (outcome.event.type === 'drifted') {
      const course = driftCourse(restore, { ...outcome.event, at: now });
      if (course === 'asks-anew') return outcome;
      if (course === 'noted') await saveFirst(outcome.event);
    }
    return { kind: 'not-yet', afterMs: Math.min(NEXT_LOOK_MS, untilOpen(restore, closed?.closed, now)) };
  }

  async function forbiddenBy(restore: Restore): Promise<StepOutcome | undefined> {
    const why = await parts.forbiddenNow(restore);
    return why === undefined ? undefined : drifted({ step: 'look-at-agreement', reason: 'no-longer-allowed', why });
  }

  async function seenOf({ plan }: Restore): Promise<StepOutcome | undefined> {
    const looked = await lookAtPlan(parts.methods, plan, { step: 'look-at-agreement', priority: 'poll' });
    return looked.kind === 'as-planned' ? undefined : asDrift(looked.outcome);
  }

  return async (context) => {
    const { restore, now } = context;
    if (now >= restore.state.expiresAt) return report({ type: 'request-expired' });
    const reminded = isPast(peopleLookAt(restore), now) ? await parts.remind(context) : undefined;
    if (reminded?.kind === 'event') return reminded;
    const looked = isPast(agreementLookAt(restore), now) ? await look(context) : undefined;
    if (looked?.kind === 'event') return looked;
    const waits = [reminded, looked].flatMap((outcome) => (outcome ? [outcome.afterMs] : []));
    return { kind: 'not-yet', afterMs: Math.max(0, Math.min(...waits, ...untilNext(restore, now))) };
  };
}

/** Until a vote would lead to a start that is possible. */
function untilOpen(restore: Restore, closed: ClosedStart | undefined, now: Instant): number {
  const at = closed && openAgainAt(restore, closed);
  return at === undefined ? Number.POSITIVE_INFINITY : Date.parse(at) - Date.parse(now);
}

/** A request does not fail while people are asked: an instance or restore point that is gone is said like any other drift. */
function asDrift(outcome: StepOutcome): StepOutcome {
  const failed = outcome.kind === 'event' && outcome.event.type === 'step-failed' ? outcome.event : undefined;
  const reason = failed && DRIFT_REASONS.find((one) => one === failed.reason);
  return failed && reason ? drifted({ step: 'look-at-agreement', reason, why: failed.why }) : outcome;
}

function isPast(at: Instant | undefined, now: Instant): boolean {
  return at !== undefined && at <= now;
}

/** Until each thing that is still to come by the record as it was. */
function untilNext(restore: Asked['restore'] & Restore, now: Instant): readonly number[] {
  const times = [peopleLookAt(restore), agreementLookAt(restore), restore.state.expiresAt];
  return times.flatMap((at) => (at !== undefined && at > now ? [Date.parse(at) - Date.parse(now)] : []));
}
