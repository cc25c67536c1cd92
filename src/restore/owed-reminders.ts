import type { PersonId } from './names.ts';
import { areSamePerson } from './person.ts';
import type { Reminder } from './reminded.ts';
import type { Restore } from './restore.ts';
import { remindedNow, roundOf } from './round.ts';
import type { Stage } from './terms.ts';
import { voteOf } from './votes.ts';

/** What one reminder of this round owes. */
export interface OwedReminder {
  readonly key: string;
  /** Its place among the reminders of the round, counted from 1. */
  readonly number: number;
  readonly reminder: Reminder;
  /** Whom it is still for: who has not answered since, and was not asked again by a later one. Never empty. */
  readonly to: readonly PersonId[];
}

/**
 * What is owed so that people answer, while nothing is decided. One reply in the card's thread for each reminder, which
 * mentions those it is for and rings for nobody else.
 */
export function remindersOwed(restore: Restore): readonly OwedReminder[] {
  const { state } = restore;
  if (state.status !== 'awaiting-approval') return [];
  const sent = remindedNow(restore)?.sent ?? [];
  return sent.flatMap((reminder, index) => {
    const later = sent.slice(index + 1).flatMap(({ to }) => to);
    const to = reminder.to.filter(
      (id) => !voteOf(id, state.votes, restore.terms.samePeople) && !isAmong(id, later, restore),
    );
    const number = index + 1;
    return to.length > 0 ? [{ key: `reminder:${roundOf(restore)}:${number}`, number, reminder, to }] : [];
  });
}

/** True for a reminder that tells the people of a stage: they may never have seen the card. */
export function isEscalation(reminder: Reminder): reminder is Reminder & { readonly kind: Stage } {
  const { kind } = reminder;
  return kind !== 'reminder' && kind !== 'nudge';
}

function isAmong(id: PersonId, others: readonly PersonId[], { terms }: Restore): boolean {
  return others.some((other) => areSamePerson(other, id, terms.samePeople));
}
