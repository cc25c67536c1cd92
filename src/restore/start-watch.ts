import { dueStep } from './due-step.ts';
import type { Instant } from './names.ts';
import type { Restore } from './restore.ts';
import type { StartWatch, StateOf } from './state.ts';

type Sent = Restore & { readonly state: StateOf<'restore-sent'> };

/** An Aura that answers now and then would otherwise keep the question from people for good. */
const MOST_BEGINNINGS_ANEW = 3;

/**
 * The watch with a look at `now` that Aura answered: it goes on, or begins anew when longer than `longestBreakMs` nobody could look.
 * After three such breaks it begins anew no more, and further ones are only counted.
 * `isNews`: it is to be put on record, often enough that a break is told from looks that were only not written down.
 */
export function watchWithLook(
  restore: Sent,
  now: Instant,
  longestBreakMs: number,
): { readonly watch: StartWatch; readonly isNews: boolean } {
  const { watch: before, intent } = restore.state;
  const awaitedAt = before?.lookedAt ?? dueStep(restore)?.at ?? intent.at;
  const quietMs = Date.parse(now) - Date.parse(awaitedAt);
  if (quietMs <= longestBreakMs) {
    const kept = before ?? { since: intent.at };
    return { watch: { ...kept, lookedAt: now }, isNews: !before || quietMs >= longestBreakMs / 4 };
  }
  const { from, times } = before?.unwatched ?? { from: before?.lookedAt ?? intent.at, times: 0 };
  const since = before && times >= MOST_BEGINNINGS_ANEW ? before.since : now;
  return { watch: { since, lookedAt: now, unwatched: { from, until: now, times: times + 1 } }, isNews: true };
}
