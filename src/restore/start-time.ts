import { addMinutes } from './instant.ts';
import type { Instant } from './names.ts';
import type { Restore } from './restore.ts';

/** When a restore confirmed at `approvedAt` starts: as planned, but never before stakeholders had their notice. */
export function startTimeOf({ plan, terms }: Pick<Restore, 'plan' | 'terms'>, approvedAt: Instant): Instant {
  const earliest = addMinutes(approvedAt, terms.noticeLeadMinutes);
  return plan.start.kind === 'at' && plan.start.at > earliest ? plan.start.at : earliest;
}

/** From when on a restore confirmed at `approvedAt` may not be sent any more. */
export function executionExpiryOf(restore: Pick<Restore, 'plan' | 'terms'>, approvedAt: Instant): Instant {
  return addMinutes(startTimeOf(restore, approvedAt), restore.terms.executionExpiryMinutes);
}

/** A notice that is written later than this after the planned start speaks of a late one. */
const NOTICE_LATE_AFTER_MINUTES = 2;

/** Whether somebody who is told at `toldAt` of a start planned for `plannedAt` must hear that it is late. */
export function isLateNews(plannedAt: Instant, toldAt: Instant): boolean {
  return toldAt > addMinutes(plannedAt, NOTICE_LATE_AFTER_MINUTES);
}
