import { approvabilityAfter, approvabilityLookAt, lookAgainMinutes } from '../restore/approvability-look.ts';
import { addMinutes } from '../restore/instant.ts';
import type { Instant } from '../restore/names.ts';
import type { AskedLook } from '../restore/person-facts.ts';
import { reminderLookAt } from '../restore/reminder-times.ts';
import { remindedAt } from '../restore/reminders.ts';
import type { Restore } from '../restore/restore.ts';
import { remindedNow } from '../restore/round.ts';
import { peopleAsked } from '../restore/rules-needed.ts';
import type { PeopleRule } from '../restore/terms.ts';
import { type CalendarOf, type RunStep, report, type StepOutcome } from './step.ts';

/** Reads those whom a rule names. Undefined when Slack does not say who they are; never rejects. */
export type LookAtAsked = (rule: PeopleRule) => Promise<AskedLook | undefined>;

const LOOK_AGAIN_MINUTES = 1;

/**
 * Sees whom a reminder is due to, and whether enough people can approve where that is not known yet. Nobody's silence is
 * waited for longer by it: when Slack does not say who is asked, it is looked again until the request expires.
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
    const soon = earlier(addMinutes(now, LOOK_AGAIN_MINUTES), state.expiresAt);
    if (!look) return notBefore(soon, now);
    const asked = { ...look, holidays: (await parts.calendarOf(restore))?.holidays ?? [] };
    const { sent, lookAt } = remindedAt(restore, asked, now);
    const isNothingDue = sent.length === (remindedNow(restore)?.sent.length ?? 0);
    const approvability = approvabilityAfter(restore, asked, now);
    const isAsKnown = approvability === restore.approvability;
    if (isNothingDue && isAsKnown && !look.isWhole) return notBefore(soon, now);
    const isReminderDue = (reminderLookAt(restore) ?? state.expiresAt) <= now;
    const isNews = !isAsKnown || isReminderDue;
    if (isNews) await saveFirst({ type: 'reminded', asked });
    const waits = isAsKnown ? checkedAgainAt(restore, now) : approvability && approvabilityLookAt({ approvability });
    const [next] = [waits, isNews ? lookAt : reminderLookAt(restore), state.expiresAt].flatMap((at) => at ?? []).sort();
    return notBefore(next ?? state.expiresAt, now);
  };
}

/** Nothing new was found: what is still to be known is looked at once more after a while. */
function checkedAgainAt(restore: Restore, now: Instant): Instant | undefined {
  return approvabilityLookAt(restore) && addMinutes(now, lookAgainMinutes(restore));
}

/** Whoever was faster, or an edit, may have moved the next look: it is seen anew from the record then. */
function notBefore(at: Instant, now: Instant): StepOutcome {
  return { kind: 'not-yet', afterMs: Math.max(0, Date.parse(at) - Date.parse(now)) };
}

function earlier(one: Instant, other: Instant): Instant {
  return one < other ? one : other;
}
