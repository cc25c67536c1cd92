import { type RestoreStore, UnreadableRecordError } from '../coordinator.ts';
import type { Instant, RestoreId } from '../restore/names.ts';
import { mayHaveReplacedSince } from '../restore/replaced.ts';
import type { MadeElsewhere } from './made-elsewhere.ts';

/**
 * Looks among this bot's own restores, open and ended since. A record that cannot be read is no matter of this instance when it names
 * another; else nobody knows whether it replaced the data.
 */
export function createReplacedByBot(
  store: Pick<RestoreStore, 'load' | 'holderOf'> & {
    /** Restores that ended at this moment or after it. */
    endedSince(since: Instant): Promise<readonly RestoreId[]>;
  },
): MadeElsewhere {
  async function load(id: RestoreId) {
    try {
      return await store.load(id);
    } catch (error) {
      if (!(error instanceof UnreadableRecordError)) throw error;
      return error;
    }
  }

  return async function replacedByBot(auraId, since) {
    const holder = await store.holderOf(auraId);
    let unreadable: RestoreId | undefined;
    for (const id of [...(holder ? [holder] : []), ...(await store.endedSince(since))]) {
      const loaded = await load(id);
      if (loaded instanceof UnreadableRecordError) {
        // Who holds this instance is about it, whatever its record names.
        const isOfAnother = id !== holder && loaded.auraId !== undefined && loaded.auraId !== auraId;
        if (!isOfAnother) unreadable ??= id;
        continue;
      }
      if (loaded?.restore.plan.instance.auraId !== auraId || !mayHaveReplacedSince(loaded.restore, since)) continue;
      return { id, foundAt: loaded.restore.since, isOurs: true };
    }
    return unreadable === undefined ? undefined : { unreadable };
  };
}
