import { setTimeout as sleep } from 'node:timers/promises';
import { type RestoreStore, type Saved, SaveUnclearError } from '../coordinator.ts';
import { isOnRecord } from '../restore/history.ts';
import type { Restore } from '../restore/restore.ts';

/** How long to look for what became of a save whose answer was lost: within Slack's three seconds, with the save before it. */
const CERTAINTY_MS = 800;

/**
 * Saves; a save whose answer was lost is looked for on record before anybody is told what became of it. Fails with
 * `SaveUnclearError` when that cannot be seen either.
 */
export async function saveForSure(store: RestoreStore, expectedVersion: number, restore: Restore): Promise<Saved> {
  try {
    return await store.save(expectedVersion, restore);
  } catch (error) {
    if (!(error instanceof SaveUnclearError)) throw error;
    const look = store.load(restore.id).catch(() => undefined);
    // A person waits: with a store that does not answer, not to know is an answer too.
    const loaded = await Promise.race([look, sleep(CERTAINTY_MS, undefined)]);
    if (loaded && isOnRecord(restore, loaded.restore)) return { kind: 'saved' };
    throw error;
  }
}
