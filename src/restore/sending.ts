import type { Approval } from './agreement.ts';
import { type Calendar, freezesAt, startRefusal } from './calendar.ts';
import type { ClosedStart } from './closed-start.ts';
import type { FailureReason } from './failure.ts';
import { utcMinute } from './instant.ts';
import { dataLossMinutes, lossOutgrewAgreement } from './loss.ts';
import type { Instant } from './names.ts';
import { hashPlan } from './plan.ts';
import type { Restore } from './restore.ts';
import { executionExpiryOf } from './start-time.ts';
import { verdictOf } from './votes.ts';

/** Why the restore call may not be sent at a moment, whatever Aura says. */
export interface SendingRefusal {
  readonly reason: Extract<FailureReason, 'not-as-agreed' | 'loss-grew' | 'too-late' | 'outside-window'>;
  readonly why: string;
  /** What closes the moment; absent for every other reason. */
  readonly closed?: ClosedStart;
}

type Agreed = Pick<Restore, 'request' | 'plan' | 'planHash' | 'terms'>;

/** When and as what the restore call was sent, as stands outside the records; undefined when nothing says that it was. */
export type SentBefore = (
  restore: Restore,
) => Promise<{ readonly attemptId: string; readonly at: Instant } | undefined>;

/** Whether at `at` more would be lost than people agreed to, by more than the bound. */
export function lossRefusal(
  { plan, terms }: Pick<Restore, 'plan' | 'terms'>,
  agreedLossMinutes: number,
  at: Instant,
): SendingRefusal | undefined {
  const loss = dataLossMinutes(plan.restorePoint.takenAt, at);
  const bound = terms.lossBoundMinutes ?? plan.lossBoundMinutes;
  if (!lossOutgrewAgreement(agreedLossMinutes, bound, loss)) return undefined;
  return {
    reason: 'loss-grew',
    why: `${Math.round(agreedLossMinutes)} minutes of data loss were agreed to; it would now be ${Math.round(loss)}, more than the allowed ${bound} minutes beyond.`,
  };
}

/** Why a start is not possible at a moment, by the calendar and the freezes that the plan overrides; undefined when it is. */
export function closedRefusal(
  { plan, terms }: Pick<Restore, 'plan' | 'terms'>,
  calendar: Calendar,
  startAt: Instant,
): (SendingRefusal & { readonly reason: 'outside-window'; readonly closed: ClosedStart }) | undefined {
  const found = startRefusal(calendar, startAt, plan.freezeOverride?.freezes);
  if (!found) return undefined;
  const { words, closed, nextPossible } = found;
  const isLifted = startRefusal(calendar, startAt, freezesAt(calendar, startAt)) === undefined;
  const mayOverride = isLifted && terms.overrideApprovers ? { mayOverride: true as const } : {};
  return { reason: 'outside-window', why: words, closed: { startAt, closed, nextPossible, ...mayOverride } };
}

/** Why this is not what was agreed to, going by the record alone: whatever changed the one without the other. */
function agreementRefusal(restore: Agreed, { planHash, votes }: Approval): SendingRefusal | undefined {
  const reason = 'not-as-agreed';
  if (restore.planHash !== planHash || hashPlan(restore.plan) !== planHash) {
    return { reason, why: 'The plan on record is not the one that was agreed to.' };
  }
  if (verdictOf(restore, votes) === 'approved') return undefined;
  return { reason, why: 'The votes on record do not fill the rules of this plan.' };
}

/**
 * Whether the restore call may still be sent at `at`: as it was agreed to by everybody it takes, within the data loss that was agreed to, before the execution expiry,
 * inside the windows. Judged again by the time of the intent itself, since a process may have stood still since it looked.
 */
export function sendingRefusal(
  restore: Agreed,
  approval: Approval,
  { at, calendar }: { readonly at: Instant; readonly calendar?: Calendar },
): SendingRefusal | undefined {
  const unagreed = agreementRefusal(restore, approval);
  if (unagreed) return unagreed;
  const grown = lossRefusal(restore, approval.agreedLossMinutes, at);
  if (grown) return grown;
  return expiryRefusal(restore, approval, at) ?? (calendar && closedRefusal(restore, calendar, at));
}

/** Whether the execution expiry has passed at `at`: from then on the restore call is not sent, whatever else holds. */
export function expiryRefusal(
  restore: Pick<Restore, 'plan' | 'terms'>,
  approval: Approval,
  at: Instant,
): SendingRefusal | undefined {
  const expiry = executionExpiryOf(restore, approval.at);
  if (at < expiry) return undefined;
  return {
    reason: 'too-late',
    why: `The restore call could be sent until ${utcMinute(expiry)} and was not ready by then.`,
  };
}
