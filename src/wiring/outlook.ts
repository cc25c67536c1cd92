import type { Loss, Outlook } from '../../handlers/desk.ts';
import { createLossLooks } from '../graph/loss-looks.ts';
import type { SnapshotPoint } from '../restore/plan.ts';
import { receiptOf } from '../restore/receipt/compare.ts';
import type { LossReceipt } from '../restore/receipt/receipt.ts';
import { earlierRestores } from '../store/looks.ts';
import type { SharedParts } from './shared-parts.ts';

/** A form is drawn again at each choice; the database is not asked each time. */
const FRESH_MS = 60_000;

interface Look {
  readonly atMs: number;
  readonly coming: Promise<LossReceipt>;
  seen?: LossReceipt;
}

/** What a form may say of a restore before it is asked for. */
export function createOutlook(parts: SharedParts): Outlook {
  const { config, redis, store, fingerprints, aura, log } = parts;
  const { lookAtLive } = createLossLooks({ config, aura, log });
  const looks = new Map<string, Look>();

  async function look(alias: string, point: SnapshotPoint, ids: { readonly auraId: string; readonly ownerId: string }) {
    const [live, kept] = await Promise.all([
      store
        .now()
        .then((lookedAt) => lookAtLive(alias, { auraId: ids.auraId, restorePointAt: point.takenAt, lookedAt })),
      fingerprints.around(ids.ownerId, point.snapshotId, point.takenAt),
    ]);
    return receiptOf(point, kept, live);
  }

  function freshLook(key: string): Look | undefined {
    for (const [other, { atMs }] of looks) if (Date.now() - atMs > FRESH_MS) looks.delete(other);
    return looks.get(key);
  }

  return {
    earlier: (instance, method) => earlierRestores(redis, instance, method),
    loss(alias, point, ids): Loss {
      if (config.boltByAlias[alias] === undefined) return {};
      const key = `${ids.auraId} ${ids.ownerId} ${point.snapshotId}`;
      const known = freshLook(key);
      if (known) return known.seen ? { seen: known.seen } : { coming: known.coming };
      const coming = look(alias, point, ids);
      const begun: Look = { atMs: Date.now(), coming };
      looks.set(key, begun);
      coming.then(
        (receipt) => {
          begun.seen = receipt;
        },
        (error: unknown) => {
          looks.delete(key);
          log.warn({ err: error, instance: alias }, 'loss could not be looked at for a form');
        },
      );
      return { coming };
    },
  };
}
