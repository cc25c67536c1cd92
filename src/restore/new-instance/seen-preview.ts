import { noted, type Outcome, stale } from '../change.ts';
import type { WorkerEvent } from '../event.ts';
import type { RestoreId } from '../names.ts';
import { receiptIsKept } from '../receipt/next-loss-look.ts';
import type { Restore } from '../restore.ts';
import { countedWith, type NotCountedBecause, type PreviewStage, type SeenPreview } from './preview-stage.ts';

/** What the request is told that this restore is a preview of. Undefined when it is nobody's preview. */
export function previewWord(
  restore: Pick<Restore, 'id' | 'plan' | 'state' | 'validation' | 'made'>,
): { readonly of: RestoreId; readonly word: Omit<SeenPreview, 'at'> } | undefined {
  const { id, plan } = restore;
  if (plan.method !== 'new-instance' || plan.toMake.previewOf === undefined) return undefined;
  const { snapshotId } = plan.restorePoint;
  return { of: plan.toMake.previewOf, word: { by: id, snapshotId, stage: stageOf(restore) } };
}

function stageOf({ state, validation, made }: Pick<Restore, 'state' | 'validation' | 'made'>): PreviewStage {
  switch (state.status) {
    case 'awaiting-approval':
      return { kind: 'asked' };
    case 'denied':
    case 'expired':
    case 'lapsed':
      return notCounted('not-agreed');
    case 'withdrawn':
    case 'cancelled':
      return notCounted('stopped');
    case 'rehearsed':
      return notCounted('dry-run');
    case 'failed':
      return notCounted('not-made');
    case 'completed':
      break;
    default:
      return { kind: 'being-made' };
  }
  if ('fingerprint' in validation && validation.fingerprint) return countedWith(validation.results);
  if (validation.status !== 'not-run') return notCounted('no-answer');
  return notCounted(made?.password === 'unknown' ? 'password-lost' : 'holder-gone');
}

/** A preview was seen to have come further. What was counted stays counted, and nothing is told twice. */
export function afterPreviewSeen(restore: Restore, event: Extract<WorkerEvent, { type: 'preview-seen' }>): Outcome {
  const { preview: by, snapshotId, stage, at } = event;
  const before = restore.previews?.find((one) => one.by === by)?.stage;
  if (!receiptIsKept(restore) || before?.kind === 'counted' || before?.kind === stage.kind) return stale();
  return noted(withPreview(restore, { by, at, snapshotId, stage }), event);
}

/** What a preview held is no longer of use once the run begins; of one that is told twice the first word counts. */
export function afterPreviewCounted(
  restore: Restore,
  event: Extract<WorkerEvent, { type: 'preview-counted' }>,
): Outcome {
  const { at, preview: by, counted } = event;
  if (!receiptIsKept(restore) || restore.previewed?.by === by) return stale();
  const previewed = { ...restore, previewed: { by, at } };
  return noted(counted ? withPreview(previewed, { by, at, ...counted }) : previewed, event);
}

function withPreview(restore: Restore, seen: SeenPreview): Restore {
  const others = (restore.previews ?? []).filter(({ by }) => by !== seen.by);
  return { ...restore, previews: [...others, seen] };
}

function notCounted(because: NotCountedBecause): PreviewStage {
  return { kind: 'not-counted', because };
}
