import type { Logger } from 'pino';
import type { RestoreStore } from '../coordinator.ts';
import type { RestoreId } from '../restore/names.ts';
import { createDueStepKeeper, type DueSteps } from './due-steps.ts';
import { startRepeating } from './repeat.ts';
import type { WorkQueue } from './work-queue.ts';

/** What the sweep reads: what is owed according to the records. */
export interface Owed extends DueSteps {
  open(): Promise<readonly RestoreId[]>;
  undrawn(): Promise<readonly RestoreId[]>;
  owing(): Promise<readonly RestoreId[]>;
}

/** Reminders put into the queue in one round trip. */
const TOGETHER = 100;
/** Looking for reminders that lie in no list takes a scan of Redis, and they are rarely there. */
const ORPHANS_EVERY_SWEEPS = 6;

/**
 * Rebuilds the queue from the records, so that losing every job or some, or crashing between saving and queueing,
 * loses nothing. Runs in every worker process; two sweeps at once do no harm, because equal reminders are one job.
 */
export function startSweep(parts: {
  readonly store: RestoreStore & Owed;
  readonly queue: WorkQueue;
  readonly everyMs: number;
  /** How often open cards are drawn again although nothing happened, so that ages and losses on them stay true. */
  readonly refreshCardsEveryMs: number;
  readonly refreshCard: (id: RestoreId) => void;
  readonly log: Logger;
}): { stop(): Promise<void> } {
  const { store, queue, log } = parts;
  const ensureDueSteps = createDueStepKeeper({ store, queue, log });
  let refreshedAt = 0;
  let sweeps = 0;

  /** A reminder in no list is never taken up, and as long as it is there, BullMQ takes a new one for the same. */
  async function dropOrphans(): Promise<void> {
    const isTime = sweeps % ORPHANS_EVERY_SWEEPS === 0;
    sweeps += 1;
    const dropped = isTime ? await queue.dropOrphans() : 0;
    if (dropped > 0) log.warn({ reminders: dropped }, 'part of the queue was lost; what was left of it is rebuilt');
  }

  async function sweep(): Promise<void> {
    await dropOrphans();
    const now = Date.parse(await store.now());
    await ensureDueSteps(now);
    if (now - refreshedAt >= parts.refreshCardsEveryMs) {
      refreshedAt = now;
      for (const id of await store.open()) parts.refreshCard(id);
    }
    await each(await store.undrawn(), queue.ensureCard);
    await each(await store.owing(), queue.ensureMessages);
  }

  return startRepeating(sweep, parts.everyMs, (error) =>
    log.warn({ err: error }, 'sweep failed; the next one will do its work'),
  );
}

async function each(ids: readonly RestoreId[], ensure: (id: RestoreId) => Promise<void>): Promise<void> {
  for (let begin = 0; begin < ids.length; begin += TOGETHER) {
    await Promise.all(ids.slice(begin, begin + TOGETHER).map(ensure));
  }
}
