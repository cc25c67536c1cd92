import type { Closed } from '../src/restore/calendar.ts';
import type { ClosedStart } from '../src/restore/closed-start.ts';
import type { Instant } from '../src/restore/names.ts';
import { escaped, quoted } from './slack-text.ts';
import type { Words } from './words/words.ts';

/** Long enough for several names of freezes. */
const LONGEST_REASON = 500;

/** How a moment that is still to come is said where the words stand. */
export type SayComing = (at: Instant) => string;

/** Why a start is not possible, when one is, and whether an override would help. `said`: the same in the words of the record. */
export function closedStartFacts(
  { closed, nextPossible, mayOverride }: ClosedStart,
  said: string,
  words: Words,
  coming: SayComing,
): { readonly closed: string; readonly next: string; readonly hasNext: boolean; readonly mayOverride: boolean } {
  return {
    closed: closedReason(closed, said, words, coming),
    next: words.refusal.nextStart(nextPossible.map((at) => coming(at))),
    hasNext: nextPossible.length > 0,
    mayOverride: mayOverride === true,
  };
}

/** What closes a start; until when, only where that can be said so that it stays true. */
export function closedReason(closed: Closed, said: string, words: Words, coming?: SayComing): string {
  const { calendar } = words;
  if (closed.by !== 'freezes') return escaped(calendar.closed(said, closed));
  const { names, until } = closed;
  return calendar.frozen({
    names: quoted(names.join(', '), LONGEST_REASON),
    until: until === undefined ? undefined : coming?.(until),
  });
}
