import type { AskedLook } from '../restore/event.ts';
import { addMinutes } from '../restore/instant.ts';
import type { Instant } from '../restore/names.ts';
import { remindedAt } from '../restore/reminders.ts';
import { remindedNow } from '../restore/round.ts';
import { peopleAsked } from '../restore/rules-needed.ts';
import type { PeopleRule } from '../restore/terms.ts';
import { type CalendarOf, type RunStep, report, type StepOutcome } from './step.ts';

/** Reads those whom a rule names. Undefined when Slack does not say who they are; never rejects. */
export type LookAtAsked = (rule: PeopleRule) => Promise<AskedLook | undefined>;

const LOOK_AGAIN_MINUTES = 1;

/**
 * Sees whom a reminder is due to. Nobody's silence is waited for longer by it: when Slack does not say who is asked, it is
 * looked again until the request expires.
 */
export function createRemind(parts: {
  readonly lookAtAsked: LookAtAsked;
  /** When restores of an instance may start, with the holidays on which nobody is at work. */
  readonly calendarOf: CalendarOf;
}): RunStep<'awaiting-approval'> {
  return async ({ restore, now, saveFirst }) => {
    const { state } = restore;
    if (now >= state.expiresAt) return report({ type: 'request-expired' });
    const look = await parts.lookAtAsked(peopleAsked(restore));
    const again = earlier(addMinutes(now, LOOK_AGAIN_MINUTES), state.expiresAt);
    if (!look) return notBefore(again, now);
    const asked = { ...look, holidays: (await parts.calendarOf(restore))?.holidays ?? [] };
    const { sent, lookAt } = remindedAt(restore, asked, now);
    const isNothingDue = sent.length === (remindedNow(restore)?.sent.length ?? 0);
    if (isNothingDue && !look.isWhole) return notBefore(again, now);
    await saveFirst({ type: 'reminded', asked });
    return notBefore(earlier(lookAt ?? state.expiresAt, state.expiresAt), now);
  };
}

/** Whoever was faster, or an edit, may have moved the next look: it is seen anew from the record then. */
function notBefore(at: Instant, now: Instant): StepOutcome {
  return { kind: 'not-yet', afterMs: Math.max(0, Date.parse(at) - Date.parse(now)) };
}

function earlier(one: Instant, other: Instant): Instant {
  return one < other ? one : other;
}
