import { randomUUID } from 'node:crypto';
import { AuraRefusedError, AuraUnreachableError } from '../aura/errors.ts';
import { instanceStatusClass } from '../aura/status.ts';
import { fileLoadMsOf } from '../restore/backup-file.ts';
import { type Clocks, heldBackWords } from '../restore/clock-difference.ts';
import { utcMinute } from '../restore/instant.ts';
import type { Instant } from '../restore/names.ts';
import { isHeld } from '../restore/objection.ts';
import { type SentBefore, sendingRefusal } from '../restore/sending.ts';
import { isAuraTrouble } from './aura-trouble.ts';
import { type MethodSteps, type Methods, methodFor, NotBegunError } from './methods/method.ts';
import { agreementObstacle, HELD_WORDS, notSent, unknownMethod } from './preflight.ts';
import type { SilenceMonitoring } from './silence-monitoring.ts';
import {
  type CalendarOf,
  giveUp,
  lookAgain,
  type RunStep,
  report,
  type StepEvent,
  type StepOutcome,
  type Timing,
} from './step.ts';

/**
 * How much of the start watch the call may take to leave. When the watch is over a person may say that it never ran, and
 * a new restore may begin: a call that leaves later would restore what nobody wants restored any more.
 */
const SENDING_SHARE = 0.5;

/**
 * Sends the one restore call. Everything is looked at again first, the calendar last, as the looks take seconds; then the intent is saved, and only the run whose
 * save won sends, once, in this same call. Whatever happens to the answer, no code sends it again: an answer that was
 * lost leaves the restore in `restore-sent`, where only reads follow. A record that lost the intent while the call was on its way
 * is told of it, so that a person is asked and nothing is sent once more.
 */
export function createSendRestore(parts: {
  readonly methods: Methods;
  readonly timing: Pick<Timing, 'pollMs' | 'startWatchMs'>;
  readonly newAttemptId?: () => string;
  readonly calendarOf: CalendarOf;
  /** Absent: there is no monitoring to silence. */
  readonly silence?: SilenceMonitoring;
  /** Absent: nothing is known about other clocks. */
  readonly clocks?: Clocks;
  /** Absent: only the records say what was sent. */
  readonly sentBefore?: SentBefore;
}): RunStep<'ready-to-restore'> {
  const { methods, timing } = parts;
  const newAttemptId = parts.newAttemptId ?? randomUUID;

  return async function sendRestore({ restore, now, saveFirst, heldUpBy }) {
    const { plan, state } = restore;
    const times = async () => {
      const calendar = await parts.calendarOf(restore);
      return calendar ? { calendar } : {};
    };
    const tooLate = sendingRefusal(restore, state.approval, { at: now, ...(await times()) });
    if (tooLate) return notSent('send-restore', tooLate);
    if (isHeld(restore)) return { ...lookAgain(timing.pollMs, HELD_WORDS), hasCome: (latest) => !isHeld(latest) };
    const method = methodFor(methods, plan);
    if (!method) return unknownMethod('send-restore', plan);
    const before = await parts.sentBefore?.(restore);
    if (before) return askWhetherItRan(before);
    if (heldUpBy !== undefined) return lookAgain(timing.pollMs, heldUpBy);
    const silencing = await parts.silence?.({ restore, now, saveFirst });
    if (silencing) return silencing;
    const look = await method.look(plan, { step: 'send-restore', priority: 'person-waiting' });
    if (look.kind === 'obstacle') return look.outcome;
    const apart = parts.clocks?.apart();
    if (apart) return lookAgain(timing.pollMs, heldBackWords(apart));
    const lapsed = agreementObstacle('send-restore', restore, state.approval, now);
    if (lapsed) return lapsed;

    const attemptId = newAttemptId();
    const intended = { type: 'restore-intended', attemptId, ...(await times()) } as const;
    const notAfterMs = Date.now() + timing.startWatchMs * SENDING_SHARE;
    const unready = await announced(method, { id: attemptId, notAfterMs });
    if (unready !== undefined) return lookAgain(timing.pollMs, unready);
    if (!(await saveFirst(intended))) return lookAgain(timing.pollMs);
    const send = async (): Promise<StepOutcome> => {
      const accepted = await method.send(plan, {
        id: attemptId,
        notAfterMs,
        fileLoadMs: fileLoadMsOf(restore),
        restore,
      });
      // An accepted call whose answer still says `running` is watched like one whose answer was lost.
      if (instanceStatusClass(accepted.status) === 'ready') {
        if (accepted.requestId) await saveFirst({ type: 'restore-answered', requestId: accepted.requestId });
        return lookAgain(timing.pollMs);
      }
      return report({
        type: 'restore-accepted',
        status: accepted.status,
        ...(accepted.requestId ? { requestId: accepted.requestId } : {}),
        ...(accepted.made ? { made: accepted.made } : {}),
      });
    };
    const sent = async (): Promise<StepOutcome> => {
      try {
        return await send();
      } catch (error) {
        return sendingFailed(error, { attemptId, pollMs: timing.pollMs });
      }
    };
    const outcome = await sent();
    if (outcome.kind === 'event' && outcome.event.type === 'step-failed') return outcome;
    // A Redis that lost its last second to a failover does not know of the intent; then this changes something, and else nothing.
    return (await saveFirst(sentButForgotten(attemptId, now))) ? lookAgain(timing.pollMs) : outcome;
  };
}

/** Why it cannot be begun here now; undefined when it can. */
async function announced(
  method: MethodSteps,
  attempt: { readonly id: string; readonly notAfterMs: number },
): Promise<string | undefined> {
  try {
    await method.announce?.(attempt);
    return undefined;
  } catch (error) {
    if (error instanceof NotBegunError) return error.message;
    throw error;
  }
}

/** The call left, and the record does not even hold the intent any more. */
function sentButForgotten(attemptId: string, at: Instant): Extract<StepEvent, { type: 'sent-before-seen' }> {
  return {
    type: 'sent-before-seen',
    attemptId,
    sentAt: at,
    why: `The restore call left ${utcMinute(at)}; the bot's records lost that it did, as when Redis fails over to a copy that is a second behind.`,
  };
}

/** Records that went back to an older state, as when Redis is restored from a copy, do not know of the call. */
function askWhetherItRan({ attemptId, at }: { readonly attemptId: string; readonly at: Instant }): StepOutcome {
  return report({
    type: 'sent-before-seen',
    attemptId,
    sentAt: at,
    why: `The card in Slack says that the restore call was sent ${utcMinute(at)}; the bot's records do not know of it. They probably went back to an older state, as when Redis is restored from a copy. Nothing was sent now.`,
  });
}

function sendingFailed(
  error: unknown,
  { attemptId, pollMs }: { readonly attemptId: string; readonly pollMs: number },
): StepOutcome {
  if (error instanceof AuraRefusedError) {
    return notRestored(attemptId, `Aura refused the restore. ${error.forPeople}`, error.requestId);
  }
  if (error instanceof AuraUnreachableError && !error.mayHaveActed) {
    return notRestored(attemptId, `The restore call never left for Aura. ${error.forPeople}`);
  }
  if (error instanceof NotBegunError) return notRestored(attemptId, error.message);
  if (isAuraTrouble(error)) return lookAgain(pollMs);
  throw error;
}

function notRestored(attemptId: string, why: string, requestId?: string): StepOutcome {
  return giveUp({
    step: 'send-restore',
    attemptId,
    reason: 'restore-refused',
    why,
    condition: 'unchanged',
    ...(requestId ? { requestId } : {}),
  });
}
