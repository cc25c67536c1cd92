import { dataLossMinutes } from '../src/restore/loss.ts';
import type { Restore } from '../src/restore/restore.ts';
import { hours } from './loss-words.ts';
import { downtimeHours, instanceContext, type Notice, noticeOf } from './notice.ts';
import { REASONS } from './reasons.ts';
import { moment, quoted } from './slack-text.ts';

/**
 * The pre-restore notice, in the wording of the operations guide's template. A field that is missing blocks it: a
 * notice with a hole is worse than a notice that the card says was not sent.
 */
export function plannedNotice(restore: Restore): Notice {
  const { plan, request, terms, state } = restore;
  const approval = 'approval' in state ? state.approval : undefined;
  const startAt = state.status === 'approved' ? state.startAt : approval?.at;
  return noticeOf(
    'PLANNED MAINTENANCE: Database Restore Operation',
    {
      When: startAt && moment(startAt),
      Duration: `Estimated ${downtimeHours(terms.estimate)} hours`,
      Impact:
        startAt &&
        `Database unavailable, ${hours(dataLossMinutes(plan.restorePoint.takenAt, startAt))} hours of data will be rolled back`,
      Reason:
        request.reason.text.trim() && `${REASONS[request.reason.kind].label}. ${quoted(request.reason.text, 300)}`,
      'Last Data Point': moment(plan.restorePoint.takenAt),
      'Data Loss': `All changes after ${moment(plan.restorePoint.takenAt)} will be lost`,
    },
    [
      'Please:',
      `- Save work before ${startAt ? moment(startAt) : ''}`,
      '- Plan for service interruption',
      `- Contact ${terms.contact} with concerns`,
    ],
    { contact: terms.contact },
    instanceContext(restore),
  );
}
