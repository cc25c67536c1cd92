import { dataLossMinutes } from '../src/restore/loss.ts';
import type { Instant, Restore } from '../src/restore/restore.ts';
import { isLateNews } from '../src/restore/start-time.ts';
import { hours } from './loss-words.ts';
import { downtimeHours, instanceContext, type Notice, noticeOf } from './notice.ts';
import { REASONS } from './reasons.ts';
import { moment, quoted } from './slack-text.ts';

/**
 * The pre-restore notice, in the wording of the operations guide's template. A field that is missing blocks it: a
 * notice with a hole is worse than a notice that the card says was not sent. One that comes when the restore has begun, or
 * is late as of `now`, says so: it never speaks of a start that has passed as if it were still to come.
 */
export function plannedNotice(restore: Restore, now?: Instant): Notice {
  const { plan, request, terms, state } = restore;
  const begunAt = begunAtOf(state);
  const plannedAt = state.status === 'approved' ? state.startAt : undefined;
  const isLate = plannedAt !== undefined && now !== undefined && isLateNews(plannedAt, now);
  const startAt = begunAt ?? (isLate ? now : plannedAt);
  return noticeOf(
    'PLANNED MAINTENANCE: Database Restore Operation',
    {
      When: startAt && when(startAt, begunAt !== undefined, isLate ? plannedAt : undefined),
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
      askedOf(state, isLate ? undefined : startAt),
      '- Plan for service interruption',
      `- Contact ${terms.contact} with concerns`,
    ],
    { contact: terms.contact },
    instanceContext(restore),
  );
}

/** When the restore began, as far as the record proves it. */
function begunAtOf(state: Restore['state']): Instant | undefined {
  if ('intent' in state && state.intent) return state.intent.at;
  return 'preflight' in state ? state.preflight?.at : undefined;
}

function when(startAt: Instant, hasBegun: boolean, missed: Instant | undefined): string {
  if (hasBegun) return `Has begun already, ${moment(startAt)}; this notice comes late`;
  return missed ? `At any moment; it was planned for ${moment(missed)} and starts late` : moment(startAt);
}

function askedOf(state: Restore['state'], startAt: Instant | undefined): string {
  if ('intent' in state && state.intent) return '- Expect newer data to be gone and the service to be interrupted now';
  return state.status === 'approved' && startAt
    ? `- Save work before ${moment(startAt)}`
    : '- Save work elsewhere at once';
}
