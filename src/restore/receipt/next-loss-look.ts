import { noted, type Outcome, stale } from '../change.ts';
import type { WorkerEvent } from '../event.ts';
import type { Instant } from '../names.ts';
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

/**
 * When the live database of an open request is to be looked at next, in epoch milliseconds; undefined when it is not to be: it
 * was decided about, it loses nothing, or the bot cannot get into the database. With each look the history grows by an entry, so a request that
 * waits for days is looked at less often. A preview that was counted after the last look makes the next one due at once.
 */
export function nextLossLookAt(
  restore: Pick<Restore, 'state' | 'terms' | 'plan' | 'request' | 'lossReceipt' | 'previewed'>,
): number | undefined {
  const { state, terms, request, plan, previewed } = restore;
  if (state.status !== 'awaiting-approval' || !terms.receipt || !losesData(plan)) return undefined;
  const requestedMs = Date.parse(request.requestedAt);
  const last = currentReceipt(restore);
  if (!last) return requestedMs;
  if (previewed && previewed.at >= last.lookedAt) return Date.parse(previewed.at);
  const lookedMs = Date.parse(last.lookedAt);
  return lookedMs + Math.max(terms.receipt.refreshMinutes * 60_000, (lookedMs - requestedMs) / AGE_PARTS);
}

/** A receipt counts while people decide, and for the restore point that they decide about. */
export function afterLossLook(restore: Restore, event: Extract<WorkerEvent, { type: 'loss-looked' }>): Outcome {
  const { receipt } = event;
  if (restore.state.status !== 'awaiting-approval') return stale();
  if (receipt.point !== pointId(restore.plan.restorePoint)) return stale();
  if (restore.lossReceipt && isLater(restore.lossReceipt.lookedAt, receipt.lookedAt)) return stale();
  return noted({ ...restore, lossReceipt: receipt }, event);
}

/** What a preview held is no longer of use once people have decided; of one that is told twice the first word counts. */
export function afterPreviewCounted(
  restore: Restore,
  event: Extract<WorkerEvent, { type: 'preview-counted' }>,
): Outcome {
  const { at, preview } = event;
  if (restore.state.status !== 'awaiting-approval' || restore.previewed?.by === preview) return stale();
  return noted({ ...restore, previewed: { by: preview, at } }, event);
}

function isLater(one: Instant, other: Instant): boolean {
  return one >= other;
}
