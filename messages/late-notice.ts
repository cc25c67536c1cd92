import { ENGLISH_READER, type Reader } from '../src/restore/language.ts';
import { dataLossMinutes } from '../src/restore/loss.ts';
import type { Instant } from '../src/restore/names.ts';
import type { LateStart, Restore } from '../src/restore/restore.ts';
import { goalSaid, inWay } from './goal-words.ts';
import { hours } from './loss-words.ts';
import { type Notice, noticeContext, noticeOf } from './notice.ts';
import { duration, past, quoted } from './slack-text.ts';
import { ENGLISH, type Words, wordsFor } from './words/words.ts';

/** To the channels that were told of a start that did not come: it comes now, or as soon as it can, and why it is late. */
export function lateNotice(restore: Restore, reader: Reader = ENGLISH_READER): Notice {
  const { lateStart, plan, terms } = restore;
  const words = wordsFor(reader);
  const { notices } = words;
  const { when, whenStill } = notices.late;
  const goal = goalSaid(restore, words);
  const lossAt = (at: Instant) => ({ hours: hours(dataLossMinutes(plan.restorePoint.takenAt, at), words) });
  return noticeOf(
    {
      title: notices.late.title,
      fields: [
        ['When', lateStart && (lateStart.isHeldUp ? whenStill : when)(past(lateStart.plannedAt))],
        ['Late', lateStart && latenessWords(lateStart, words)],
        ['Why', lateStart?.why.trim() && notices.late.why(quoted(lateStart.why, 300))],
        ['Impact', lateStart && inWay(notices.impact, goal, lossAt(lateStart.at))],
        ['Data Loss', inWay(notices.dataLoss, goal, {})],
      ],
      closing: [notices.late.please(terms.contact)],
      contact: terms.contact,
      about: noticeContext(restore, words),
    },
    words,
  );
}

/** By how much a start was missed when that was said. */
export function latenessWords({ at, plannedAt }: LateStart, words: Words = ENGLISH): string {
  return duration((Date.parse(at) - Date.parse(plannedAt)) / 60_000, words);
}
