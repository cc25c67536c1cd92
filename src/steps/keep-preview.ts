import type { Logger } from 'pino';
import type { Coordinator } from '../coordinator.ts';
import { countedWith } from '../restore/new-instance/preview-stage.ts';
import { accessUnknown } from '../restore/receipt/access.ts';
import type { Fingerprints } from '../restore/receipt/kept-fingerprint.ts';
import type { LookAtData } from './verify.ts';

/**
 * The look at a restored database; of a new instance what was counted is kept for its snapshot. It holds nothing but that, so
 * what a restore to the snapshot would lose is then known exactly. Who may log in to it says nothing about the
 * other instance: what was seen of that stays. The request that it is a preview of is then looked at again at once.
 */
export function keepingPreviews(parts: {
  readonly lookAtData: LookAtData;
  readonly fingerprints: Pick<Fingerprints, 'keep' | 'around'>;
  /** Where the request that it is a preview of hears of it. */
  readonly coordinator: Pick<Coordinator, 'apply'>;
  readonly log: Logger;
}): LookAtData {
  return async (restore) => {
    const look = await parts.lookAtData(restore);
    const { plan } = restore;
    const fingerprint = look.kind === 'verified' ? look.outcome.fingerprint : undefined;
    if (plan.method !== 'new-instance' || !fingerprint) return look;
    const { snapshotId, takenAt } = plan.restorePoint;
    const { auraId } = plan.instance;
    try {
      const { own } = await parts.fingerprints.around(auraId, snapshotId, takenAt);
      const access = own?.access ?? accessUnknown('no-fingerprint');
      await parts.fingerprints.keep(auraId, {
        snapshotId,
        snapshotAt: takenAt,
        source: 'preview',
        fingerprint,
        access,
      });
      const { previewOf } = plan.toMake;
      if (previewOf && look.kind === 'verified') {
        const counted = { snapshotId, stage: countedWith(look.outcome.results) };
        await parts.coordinator.apply(previewOf, { type: 'preview-counted', preview: restore.id, counted });
      }
    } catch (error) {
      parts.log.warn({ err: error, restoreId: restore.id }, 'what a preview held is not kept');
    }
    return look;
  };
}
