import { setTimeout as sleep } from 'node:timers/promises';
import { type ConnectionOptions, DelayedError, type Job, Worker } from 'bullmq';
import type { Logger } from 'pino';
import { QUEUE_NAME, type Work } from './work.ts';

/** How a piece of work ended: done, or to be looked at again after a while without holding a worker meanwhile. */
export type Rest = { readonly kind: 'done' } | { readonly kind: 'again'; readonly afterMs: number };

export type WorkRunner = (work: Work) => Promise<Rest>;

/** How long an error keeps a step away before it is looked at again. */
const AFTER_ERROR_MS = 5_000;
/** When the worker stops, how long work in hand may go on before another worker may take it up too. */
const HANDOVER_AFTER_MS = 1_000;
/** Far longer than a look takes. What hangs for ever would keep its lock for ever, and its restore waiting. */
const HANGS_AFTER_MS = 120_000;

/**
 * The consuming side of the queue. A runner that throws is not failed for good but looked at again: whether a restore
 * has failed is for its record to say, never for a job counter. `maxStalledCount` is high for the same reason: BullMQ
 * counts stalls over a job's whole life, and a restore outlives many deploys.
 *
 * A worker that stops does not keep others waiting for what it has in hand: it gives the reminder back and goes on with the
 * work until its deadline. Two at the same work do no harm, as after a lost lock. So is work that does not come to an end.
 */
export function startWorkWorker(parts: {
  readonly connection: ConnectionOptions;
  readonly prefix: string;
  readonly run: WorkRunner;
  /** After this time without an end, work is taken up once more beside what hangs. */
  readonly hangsAfterMs?: number;
  readonly log: Logger;
}): { close(deadlineMs: number): Promise<void> } {
  const { run, log } = parts;

  async function process(job: Job<Work>, token?: string): Promise<void> {
    const running = run(job.data).catch((error: unknown): Rest => {
      log.error({ err: error, restoreId: job.data.restoreId, work: job.data.kind }, 'work failed; looking again soon');
      // Cards and messages are found again by the sweep; only a step must not be forgotten in between.
      return job.data.kind === 'step' ? { kind: 'again', afterMs: AFTER_ERROR_MS } : { kind: 'done' };
    });
    const rest = await doneOrGivenBack(running, job.data);
    if (rest.kind === 'done') return;
    await job.moveToDelayed(Date.now() + rest.afterMs, token);
    throw new DelayedError();
  }

  const inHand = new Set<Promise<Rest>>();
  const givingBack = new Set<() => void>();

  function doneOrGivenBack(running: Promise<Rest>, { kind: work, restoreId }: Work): Promise<Rest> {
    return new Promise((resolve) => {
      const giveBack = () => {
        clearTimeout(hangs);
        resolve({ kind: 'again', afterMs: 0 });
      };
      const hangs = setTimeout(() => {
        log.error({ restoreId, work }, 'work does not come to an end; it is taken up once more');
        giveBack();
      }, parts.hangsAfterMs ?? HANGS_AFTER_MS);
      inHand.add(running);
      givingBack.add(giveBack);
      void running.then((rest) => {
        clearTimeout(hangs);
        inHand.delete(running);
        givingBack.delete(giveBack);
        resolve(rest);
      });
    });
  }

  const worker = new Worker<Work>(QUEUE_NAME, process, {
    connection: parts.connection,
    prefix: parts.prefix,
    concurrency: 20,
    // Work of a process that was killed is taken up by another within some five seconds. A worker that lost its lock
    // without knowing does no harm: whatever must not happen twice is saved first, by compare-and-set.
    lockDuration: 3_000,
    stalledInterval: 1_000,
    maxStalledCount: 1000,
  });
  worker.on('error', (error) => log.warn({ err: error }, 'worker connection trouble'));
  worker.on('failed', (job, error) => log.error({ err: error, jobId: job?.id }, 'job failed'));

  return {
    /** With Redis away BullMQ's own close never returns, so it gets a deadline. */
    async close(deadlineMs) {
      const closed = worker
        .close()
        .catch((error: unknown) => log.warn({ err: error }, 'worker did not close cleanly'))
        .then(() => Promise.all(inHand));
      const handover = setTimeout(() => {
        for (const giveBack of givingBack) giveBack();
      }, HANDOVER_AFTER_MS);
      await Promise.race([closed, sleep(deadlineMs, undefined, { ref: false })]);
      clearTimeout(handover);
    },
  };
}
