import { dataLossMinutes } from '../src/restore/loss.ts';
import type { LateStart, Restore } from '../src/restore/restore.ts';
import { hours } from './loss-words.ts';
import { instanceContext, type Notice, noticeOf } from './notice.ts';
import { duration, moment, quoted } from './slack-text.ts';

/** To the channels that were told of a start that did not come: it comes now, and why it is late. */
export function lateNotice(restore: Restore): Notice {
  const { lateStart, plan, terms } = restore;
  return noticeOf(
    'MAINTENANCE LATE: Database Restore Operation',
    {
      When: lateStart && `At once; it was planned for ${moment(lateStart.plannedAt)}`,
      Late: lateStart && latenessWords(lateStart),
      Why: lateStart && quoted(lateStart.why, 300),
      Impact:
        lateStart &&
        `Database unavailable, ${hours(dataLossMinutes(plan.restorePoint.takenAt, lateStart.at))} hours of data will be rolled back`,
      'Data Loss': `All changes after ${moment(plan.restorePoint.takenAt)} will be lost`,
    },
    [`Please save work elsewhere at once, and contact ${terms.contact} with concerns`],
    { contact: terms.contact },
    instanceContext(restore),
  );
}

/** By how much a start was missed when that was said. */
export function latenessWords({ at, plannedAt }: LateStart): string {
  return duration((Date.parse(at) - Date.parse(plannedAt)) / 60_000);
}
