import type { RestoreStore } from '../coordinator.ts';
import type { Instant, RestoreId } from '../restore/names.ts';
import { mayHaveReplacedSince } from '../restore/replaced.ts';
import type { MadeElsewhere } from './made-elsewhere.ts';

/**
 * Looks among this bot's own restores, open and ended since. Rejects when one of these records cannot be read: then nobody knows
 * whether it replaced the data.
 */
export function createReplacedByBot(
  store: Pick<RestoreStore, 'load' | 'holderOf'> & {
    /** Restores that ended at this moment or after it. */
    endedSince(since: Instant): Promise<readonly RestoreId[]>;
  },
): MadeElsewhere {
  return async function replacedByBot(auraId, since) {
    const holder = await store.holderOf(auraId);
    for (const id of [...(holder ? [holder] : []), ...(await store.endedSince(since))]) {
      const loaded = await store.load(id);
      if (loaded?.restore.plan.instance.auraId !== auraId || !mayHaveReplacedSince(loaded.restore, since)) continue;
      return { id, foundAt: loaded.restore.since, isOurs: true };
    }
    return undefined;
  };
}
