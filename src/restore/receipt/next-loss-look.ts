import { noted, type Outcome, stale } from '../change.ts';
import type { WorkerEvent } from '../event.ts';
import type { Instant } from '../names.ts';
import { isHeld } from '../objection.ts';
import type { Plan } from '../plan.ts';
import type { Restore } from '../restore.ts';
import { type LossReceipt, pointId } from './receipt.ts';

/** The older a request, the less often it is looked at: so many parts of its age go by between two looks. */
const AGE_PARTS = 6;

/** The receipt that is about the restore point of the plan as it is now. */
export function currentReceipt({ lossReceipt, plan }: Pick<Restore, 'lossReceipt' | 'plan'>): LossReceipt | undefined {
  return lossReceipt?.point === pointId(plan.restorePoint) ? lossReceipt : undefined;
}

/** A new instance beside the live one takes nothing away. */
export function losesData({ method }: Pick<Plan, 'method'>): boolean {
  return method !== 'new-instance';
}

/** True while a receipt is of use: people decide, or it was agreed to and waits for its start, when it may still be stopped. */
export function receiptIsKept({ state }: Pick<Restore, 'state'>): boolean {
  return state.status === 'awaiting-approval' || state.status === 'approved';
}

/**
 * When the live database of a request is to be looked at next, in epoch milliseconds; undefined when it is not to be: it
 * begins, has begun or ended, it loses nothing, or the bot cannot get into the database. With each look the history grows by an entry, so a request that
 * waits for days is looked at less often. A preview that was counted after the last look makes the next one due at once.
 */
export function nextLossLookAt(
  restore: Pick<Restore, 'state' | 'terms' | 'plan' | 'request' | 'lossReceipt' | 'previewed' | 'objections'>,
): number | undefined {
  const { state, terms, plan } = restore;
  if (!receiptIsKept(restore) || !terms.receipt || !losesData(plan)) return undefined;
  const nextMs = dueMs(restore, terms.receipt);
  // Where the run begins before, its own looks follow.
  const isBegun = state.status === 'approved' && nextMs >= Date.parse(state.startAt) && !isHeld(restore);
  return isBegun ? undefined : nextMs;
}

function dueMs(
  restore: Pick<Restore, 'plan' | 'request' | 'lossReceipt' | 'previewed'>,
  { refreshMinutes }: { readonly refreshMinutes: number },
): number {
  const { request, previewed } = restore;
  const requestedMs = Date.parse(request.requestedAt);
  const last = currentReceipt(restore);
  if (!last) return requestedMs;
  if (previewed && isNewsOfPreview(restore)) return Date.parse(previewed.at);
  const lookedMs = Date.parse(last.lookedAt);
  return lookedMs + Math.max(refreshMinutes * 60_000, (lookedMs - requestedMs) / AGE_PARTS);
}

/** True until the live database was looked at after its restore point was counted in a preview. */
export function isNewsOfPreview(restore: Pick<Restore, 'plan' | 'lossReceipt' | 'previewed'>): boolean {
  const last = currentReceipt(restore);
  return restore.previewed !== undefined && (last === undefined || restore.previewed.at >= last.lookedAt);
}

/** A receipt counts until the run begins, and for the restore point that was chosen. It changes no vote. */
export function afterLossLook(restore: Restore, event: Extract<WorkerEvent, { type: 'loss-looked' }>): Outcome {
  const { receipt } = event;
  if (!receiptIsKept(restore)) return stale();
  if (receipt.point !== pointId(restore.plan.restorePoint)) return stale();
  if (restore.lossReceipt && isLater(restore.lossReceipt.lookedAt, receipt.lookedAt)) return stale();
  const checks = receipt.checks ?? currentReceipt(restore)?.checks;
  return noted({ ...restore, lossReceipt: { ...receipt, ...(checks ? { checks } : {}) } }, event);
}

function isLater(one: Instant, other: Instant): boolean {
  return one >= other;
}
