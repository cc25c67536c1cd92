import type { Logger } from 'pino';
import { accessUnknown } from '../restore/receipt/access.ts';
import type { Fingerprints } from '../restore/receipt/kept-fingerprint.ts';
import type { LookAtData } from './verify.ts';

/**
 * The look at a restored database; of a new instance what was counted is kept for its snapshot. It holds nothing but that, so
 * what a restore to the snapshot would lose is then known exactly. Who may log in to it says nothing about the
 * other instance: what was seen of that stays.
 */
export function keepingPreviews(parts: {
  readonly lookAtData: LookAtData;
  readonly fingerprints: Pick<Fingerprints, 'keep' | 'around'>;
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
    } catch (error) {
      parts.log.warn({ err: error, restoreId: restore.id }, 'what a preview held is not kept');
    }
    return look;
  };
}
