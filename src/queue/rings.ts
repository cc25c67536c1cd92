import { setTimeout as sleep } from 'node:timers/promises';
import type { Queue } from 'bullmq';
import type { Logger } from 'pino';
import type { Alarm } from '../coordinator.ts';
import { owedMessages, startWaitsNoLonger } from '../restore/owed-messages.ts';
import type { Restore, RestoreId } from '../restore/restore.ts';
import { addAll, latestJob, stepJobId, stepJobs, type Work } from './work.ts';

/** Reminders are not urgent: what changes within this time costs one round trip together. */
const COLLECT_MS = 5;
/** Keeps Redis free for others in between. */
const MOST_TOGETHER = 50;

/**
 * Collects rings and puts them into the queue together, one round trip at a time. Of several for one restore the latest
 * counts. A failure is logged and left to the sweep.
 */
export function createRings(queue: Queue<Work>, log: Logger): Alarm & { quiet(): Promise<void> } {
  const waiting = new Map<RestoreId, Restore>();
  const toWake = new Set<RestoreId>();
  let working: Promise<void> | undefined;

  async function work(): Promise<void> {
    while (waiting.size > 0) {
      await sleep(COLLECT_MS);
      const together = [...waiting.values()].slice(0, MOST_TOGETHER);
      for (const { id } of together) waiting.delete(id);
      await putInQueue(together).catch((error: unknown) =>
        log.warn({ err: error, restores: together.length }, 'could not ring; the sweep will'),
      );
    }
    working = undefined;
  }

  async function putInQueue(restores: readonly Restore[]): Promise<void> {
    const now = Date.now();
    await addAll(
      queue,
      restores.flatMap((restore) => [
        ...stepJobs(restore, now),
        latestJob('card', restore.id),
        ...(owedMessages(restore).length > 0 ? [latestJob('messages', restore.id)] : []),
      ]),
    );
    await Promise.all(restores.filter(({ id }) => toWake.delete(id)).map(wakeStep));
  }

  /** A step that waits in the queue is looked at now. One that is being looked at comes back by itself. */
  async function wakeStep(restore: Restore): Promise<void> {
    const job = await queue.getJob(stepJobId(restore));
    if (job && (await job.isDelayed())) await job.promote().catch(() => undefined);
  }

  return {
    ring(restore) {
      if (startWaitsNoLonger(restore, Date.now())) toWake.add(restore.id);
      const earlier = waiting.get(restore.id);
      if (!earlier || earlier.version < restore.version) waiting.set(restore.id, restore);
      working ??= work();
    },
    async quiet() {
      while (working) await working;
    },
  };
}
