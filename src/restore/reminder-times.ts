import { addMinutes } from './instant.ts';
import type { Instant } from './names.ts';
import type { Restore } from './restore.ts';
import { askedAt, remindedNow } from './round.ts';
import type { ReminderTerms } from './terms.ts';

/** When it is to be seen next whom a reminder is due to; undefined when none is to come in this round. */
export function reminderLookAt(
  restore: Pick<Restore, 'request' | 'askedAnew' | 'reminded' | 'terms'>,
): Instant | undefined {
  const { reminders } = restore.terms;
  if (!reminders) return undefined;
  const reminded = remindedNow(restore);
  if (reminded) return reminded.lookAt;
  const { afterMinutes, escalation } = reminders;
  const waits = [...afterMinutes, ...escalation.map((stage) => stage.afterMinutes)];
  return waits.length > 0 ? addMinutes(askedAt(restore), Math.min(...waits)) : undefined;
}

/** How long after the one before, counted from 0, a reminder comes at the earliest; undefined when there is no such one. */
export function waitBefore({ afterMinutes }: ReminderTerms, index: number): number | undefined {
  const after = afterMinutes[index];
  return after === undefined ? undefined : after - (afterMinutes[index - 1] ?? 0);
}

/** The record with the look at who is to be reminded due at once: somebody is missing again. */
export function lookedAgain(restore: Restore, at: Instant): Restore {
  const reminded = remindedNow(restore);
  return reminded ? { ...restore, reminded: { ...reminded, lookAt: at } } : restore;
}
