import type { Instant, PersonId } from './names.ts';
import type { Stage } from './terms.ts';

/** Some people were asked once more at one moment; what is owed for it is in `owed-reminders.ts`. */
export interface Reminder {
  readonly kind: 'reminder' | 'nudge' | Stage;
  readonly at: Instant;
  /** An escalation whose people are all away asks nobody yet, but what they may do counts from then on. */
  readonly to: readonly PersonId[];
  /** Aliases of the stage's schedules of which nobody could find out who is on them; absent: none. */
  readonly unknown?: readonly string[];
}

/** What was done in one round so that people answer. */
export interface Reminded {
  readonly round: number;
  /** In the order in which it was decided. */
  readonly sent: readonly Reminder[];
  /** When the next one may be due; absent: none is to come. */
  readonly lookAt?: Instant;
}
