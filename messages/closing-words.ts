import type { Closing } from '../src/restore/closing.ts';
import type { Instant } from '../src/restore/names.ts';
import { coming, quoted } from './slack-text.ts';
import type { Words } from './words/words.ts';

/** Until when the start must have come, when the calendar closes before it would have to. */
export function closingLines(closing: Closing | undefined, now: Instant, words: Words): string[] {
  if (!closing) return [];
  const freezes = closing.freezes.length > 0 ? quoted(closing.freezes.join(', '), 300) : undefined;
  return [words.calendar.closes({ at: coming(closing.at, now, words), freezes })];
}
