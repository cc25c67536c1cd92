import type { Calendar } from './calendar.ts';
import type { Instant } from './names.ts';
import type { Refusal } from './refusal.ts';
import type { Restore } from './restore.ts';
import { closedRefusal } from './sending.ts';
import { startTimeOf } from './start-time.ts';

/**
 * Why nobody may agree at `at` to a start that would be impossible: the one that would follow if theirs were the last vote, or a later
 * one that they ask for. Without a calendar every start is possible.
 */
export function startClosed(
  restore: Pick<Restore, 'plan' | 'terms'>,
  at: Instant,
  { calendar, notBefore }: { readonly calendar?: Calendar | undefined; readonly notBefore?: Instant | undefined },
): Extract<Refusal, { reason: 'start-closed' }> | undefined {
  const found = calendar && closedRefusal(restore, calendar, notBefore ?? startTimeOf(restore, at));
  return found && { reason: 'start-closed', words: found.why, ...found.closed };
}
