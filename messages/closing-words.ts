import type { StartLimit } from '../src/restore/closing.ts';
import type { Instant } from '../src/restore/names.ts';
import { closedStartFacts } from './closed-start.ts';
import { coming, quoted } from './slack-text.ts';
import type { Words } from './words/words.ts';

/** That the start is closed, or until when it must have come, when the calendar closes before it would have to. */
export function closingLines(closing: StartLimit | undefined, now: Instant, words: Words): string[] {
  if (!closing) return [];
  if ('closed' in closing) {
    const { closed, why, isAsked } = closing;
    const sayComing = (at: Instant) => coming(at, now, words);
    const facts = closedStartFacts(closed, why, words, sayComing);
    return [words.calendar.closedNow({ ...facts, startAt: sayComing(closed.startAt), isAsked })];
  }
  const freezes = closing.freezes.length > 0 ? quoted(closing.freezes.join(', '), 300) : undefined;
  return [words.calendar.closes({ at: coming(closing.at, now, words), freezes })];
}
