import type { Logger } from 'pino';
import { type RestoreStore, UnreadableRecordError } from '../coordinator.ts';
import type { RestoreId } from '../restore/restore.ts';
import { startRepeating } from './repeat.ts';
import type { WorkQueue } from './work-queue.ts';

/** What the sweep reads: what is owed according to the records. */
export interface Owed {
  due(limit: number): Promise<readonly RestoreId[]>;
  open(): Promise<readonly RestoreId[]>;
  undrawn(): Promise<readonly RestoreId[]>;
  owing(): Promise<readonly RestoreId[]>;
}

/** Far more than there can be at once; a restore under way stays due, so a small number would starve the rest. */
const MOST_PER_SWEEP = 10_000;

/**
 * Rebuilds the queue from the records, so that losing every job, or crashing between saving and queueing, loses
 * nothing. Runs in every worker process; two sweeps at once do no harm, because equal reminders are one job.
 */
export function startSweep(parts: {
  readonly store: RestoreStore & Owed;
  readonly queue: WorkQueue;
  readonly everyMs: number;
  /** How often open cards are drawn again although nothing happened, so that ages and losses on them stay true. */
  readonly refreshCardsEveryMs: number;
  readonly log: Logger;
}): { stop(): Promise<void> } {
  const { store, queue, log } = parts;
  let refreshedAt = 0;

  async function sweep(): Promise<void> {
    const now = Date.parse(await store.now());
    for (const id of await store.due(MOST_PER_SWEEP)) {
      const loaded = await store.load(id).catch((error: unknown) => {
        // One record that cannot be read must not keep the others from being looked at.
        if (!(error instanceof UnreadableRecordError)) throw error;
        log.error({ err: error, restoreId: id }, 'record cannot be read');
        return undefined;
      });
      if (loaded) await queue.ensureStep(loaded.restore, now);
    }
    const stale = new Set(await store.undrawn());
    if (now - refreshedAt >= parts.refreshCardsEveryMs) {
      refreshedAt = now;
      for (const id of await store.open()) stale.add(id);
    }
    for (const id of stale) await queue.ensureCard(id);
    for (const id of await store.owing()) await queue.ensureMessages(id);
  }

  return startRepeating(sweep, parts.everyMs, (error) =>
    log.warn({ err: error }, 'sweep failed; the next one will do its work'),
  );
}
