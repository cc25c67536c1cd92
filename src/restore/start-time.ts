import { addMinutes } from './instant.ts';
import type { Instant, Restore } from './restore.ts';

/** When a restore confirmed at `approvedAt` starts: as planned, but never before stakeholders had their notice. */
export function startTimeOf({ plan, terms }: Pick<Restore, 'plan' | 'terms'>, approvedAt: Instant): Instant {
  const earliest = addMinutes(approvedAt, terms.noticeLeadMinutes);
  return plan.start.kind === 'at' && plan.start.at > earliest ? plan.start.at : earliest;
}

/** From when on a restore confirmed at `approvedAt` may not be sent any more. */
export function executionExpiryOf(restore: Pick<Restore, 'plan' | 'terms'>, approvedAt: Instant): Instant {
  return addMinutes(startTimeOf(restore, approvedAt), restore.terms.executionExpiryMinutes);
}
