import { setTimeout as sleep } from 'node:timers/promises';
import type { ConnectionOptions } from 'bullmq';
import { Queue } from 'bullmq';
import type { Logger } from 'pino';
import type { Alarm } from '../coordinator.ts';
import { dueStep } from '../restore/due-step.ts';
import { owedMessages } from '../restore/owed-messages.ts';
import type { Restore, RestoreId } from '../restore/restore.ts';

export const QUEUE_NAME = 'restore-work';

/** What a job may be. It carries ids only: the record is the truth, and a job is nothing but a reminder to look at it. */
export type Work =
  | { readonly kind: 'step'; readonly restoreId: RestoreId; readonly turn: number }
  | { readonly kind: 'card'; readonly restoreId: RestoreId }
  | { readonly kind: 'messages'; readonly restoreId: RestoreId };

/** The producing side of the queue. All of it may be repeated: equal reminders are one job. */
export interface WorkQueue extends Alarm {
  ensureStep(restore: Restore, now: number): Promise<void>;
  ensureCard(id: RestoreId): Promise<void>;
  ensureMessages(id: RestoreId): Promise<void>;
  /** Resolves when every ring so far is in the queue or was given up; within two seconds even when the queue is gone. */
  quiet(): Promise<void>;
  close(): Promise<void>;
}

/** Jobs leave no trace: BullMQ ignores an id that it still holds, and a kept failed job would block its step for ever. */
const TRACELESS = { removeOnComplete: true, removeOnFail: true } as const;

const QUIET_DEADLINE_MS = 2_000;

export function createWorkQueue(parts: {
  readonly connection: ConnectionOptions;
  readonly prefix: string;
  readonly log: Logger;
}): WorkQueue {
  const { log } = parts;
  const queue = new Queue<Work>(QUEUE_NAME, { connection: parts.connection, prefix: parts.prefix });
  queue.on('error', (error) => log.warn({ err: error }, 'queue connection trouble'));
  const ringing = new Set<Promise<void>>();

  async function ensureStep(restore: Restore, now: number): Promise<void> {
    const due = dueStep(restore);
    if (!due) return;
    const { id, turn } = restore;
    await queue.add(
      'step',
      { kind: 'step', restoreId: id, turn },
      { ...TRACELESS, jobId: `step_${id}_${turn}`, delay: Math.max(0, Date.parse(due.at) - now) },
    );
  }

  /** One at a time per restore, and always once more after the last change: edits never overtake each other. */
  async function ensureLatest(kind: 'card' | 'messages', restoreId: RestoreId): Promise<void> {
    await queue.add(
      kind,
      { kind, restoreId },
      { ...TRACELESS, deduplication: { id: `${kind}_${restoreId}`, keepLastIfActive: true } },
    );
  }

  async function ringOnce(restore: Restore): Promise<void> {
    try {
      await Promise.all([
        ensureStep(restore, Date.now()),
        ensureLatest('card', restore.id),
        ...(owedMessages(restore).length > 0 ? [ensureLatest('messages', restore.id)] : []),
      ]);
    } catch (error) {
      log.warn({ err: error, restoreId: restore.id }, 'could not ring; the sweep will');
    }
  }

  return {
    ensureStep,
    ensureCard: (id) => ensureLatest('card', id),
    ensureMessages: (id) => ensureLatest('messages', id),
    ring(restore) {
      const ring = ringOnce(restore).finally(() => ringing.delete(ring));
      ringing.add(ring);
    },
    async quiet() {
      await Promise.race([Promise.all(ringing), sleep(QUIET_DEADLINE_MS, undefined, { ref: false })]);
    },
    close: () => queue.close(),
  };
}
