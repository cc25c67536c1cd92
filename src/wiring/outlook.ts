import type { Loss, LossQuery, Outlook } from '../../handlers/desk.ts';
import { createLossLooks } from '../graph/loss-looks.ts';
import { receiptOf } from '../restore/receipt/compare.ts';
import { originOf } from '../restore/receipt/origin.ts';
import { type LossReceipt, pointId } from '../restore/receipt/receipt.ts';
import { seeOrigin } from '../steps/see-origin.ts';
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
  const { lookAtLive, lookAtSource } = createLossLooks({ config, aura, log });
  const looks = new Map<string, Look>();

  async function look({ alias, auraId, point, owner }: LossQuery) {
    const lookedAt = await store.now();
    const [live, seen] = await Promise.all([
      lookAtLive(alias, { auraId, restorePointAt: point.takenAt, lookedAt }),
      seeOrigin(originOf(point, owner), lookedAt, { fingerprints, lookAtSource }),
    ]);
    return receiptOf(point, seen, live);
  }

  function freshLook(key: string): Look | undefined {
    for (const [other, { atMs }] of looks) if (Date.now() - atMs > FRESH_MS) looks.delete(other);
    return looks.get(key);
  }

  return {
    earlier: (instance, method) => earlierRestores(redis, instance, method),
    loss(query): Loss {
      const { alias, auraId, point, owner } = query;
      if (config.boltByAlias[alias] === undefined) return {};
      const key = `${auraId} ${owner.auraId} ${pointId(point)}`;
      const known = freshLook(key);
      if (known) return known.seen ? { seen: known.seen } : { coming: known.coming };
      const coming = look(query);
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
