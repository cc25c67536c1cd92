import type { Instant } from './names.ts';
import type { Restore } from './restore.ts';

/**
 * Minutes of writes that a restore to `takenAt` loses when it happens at `at`: the mission's formula
 * "data loss = current time − snapshot timestamp". Never negative: a clock that runs behind Aura's counts as no loss.
 */
export function dataLossMinutes(takenAt: Instant, at: Instant): number {
  return Math.max(0, (Date.parse(at) - Date.parse(takenAt)) / 60_000);
}

/** The data loss if the restore went as planned and was confirmed `now`: counted to the planned start, when that is later. */
export function plannedLossMinutes(restore: Pick<Restore, 'plan'>, now: Instant): number {
  const { start, restorePoint } = restore.plan;
  const at = start.kind === 'at' && start.at > now ? start.at : now;
  return dataLossMinutes(restorePoint.takenAt, at);
}

/** True when a restore at `now` would lose more than the approver agreed to, by more than the plan's bound. */
export function lossOutgrewAgreement(agreedLossMinutes: number, boundMinutes: number, lossMinutes: number): boolean {
  return lossMinutes > agreedLossMinutes + boundMinutes;
}
