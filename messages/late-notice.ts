import { ENGLISH_READER, type Reader } from '../src/restore/language.ts';
import { type LateNow, lateNow } from '../src/restore/lateness.ts';
import { dataLossMinutes } from '../src/restore/loss.ts';
import type { Instant } from '../src/restore/names.ts';
import type { LateStart, Restore } from '../src/restore/restore.ts';
import { stakeholderStatus } from '../src/restore/stakeholder-status.ts';
import { goalSaid, inWay } from './goal-words.ts';
import { hours } from './loss-words.ts';
import { type Notice, noticeContext, noticeOf } from './notice.ts';
import { duration, past, quoted } from './slack-text.ts';
import { ENGLISH, type Words, wordsFor } from './words/words.ts';

/** To the channels that were told of a start that did not come: it comes now, as soon as it can, or came, and why it is late. */
export function lateNotice(restore: Restore, reader: Reader = ENGLISH_READER): Notice {
  const { plan, terms } = restore;
  const late = lateNow(restore);
  const words = wordsFor(reader);
  const { notices } = words;
  const goal = goalSaid(restore, words);
  const lossAt = (at: Instant) => ({ hours: hours(dataLossMinutes(plan.restorePoint.takenAt, at), words) });
  return noticeOf(
    {
      title: notices.late.title,
      fields: [
        ['When', late && whenWords(late, words)],
        ['Late', late && latenessWords(late, words)],
        ['Why', late?.why.trim() && notices.late.why(quoted(late.why, 300))],
        ['Impact', late && inWay(notices.impact, goal, lossAt(late.at))],
        ['Data Loss', inWay(notices.dataLoss, goal, {})],
      ],
      closing: [(canStillSave(restore, late) ? notices.late.please : notices.late.pleaseBegun)(terms.contact)],
      contact: terms.contact,
      about: noticeContext(restore, words),
    },
    words,
  );
}

function whenWords({ stage, at, plannedAt }: LateNow, { notices: { late } }: Words): string {
  switch (stage) {
    case 'held-up':
      return late.whenStill(past(plannedAt));
    case 'starting':
      return late.when(past(plannedAt));
    case 'begun':
      return late.whenBegun({ begunAt: past(at), plannedAt: past(plannedAt) });
    default:
      return stage satisfies never;
  }
}

/** Until a file is loaded, the database runs on. */
function canStillSave(restore: Restore, late: LateNow | undefined): boolean {
  return late?.stage !== 'begun' || stakeholderStatus(restore) === 'file-awaited';
}

/** By how much a start was missed when that was said, or when it came. */
export function latenessWords({ at, plannedAt }: LateStart, words: Words = ENGLISH): string {
  return duration((Date.parse(at) - Date.parse(plannedAt)) / 60_000, words);
}
