import { setTimeout as sleep } from 'node:timers/promises';
import { type ConnectionOptions, Queue } from 'bullmq';
import type { Logger } from 'pino';
import type { Alarm } from '../coordinator.ts';
import type { RestoreId } from '../restore/names.ts';
import type { Restore } from '../restore/restore.ts';
import { createRings } from './rings.ts';
import {
  addAll,
  isDue,
  latestJob,
  QUEUE_NAME,
  type StepTurn,
  stepJobId,
  stepJobs,
  type Work,
  wakeStep,
} from './work.ts';

export { QUEUE_NAME, type StepTurn, type Work } from './work.ts';

/** The producing side of the queue. All of it may be repeated: equal reminders are one job. */
export interface WorkQueue extends Alarm {
  /** Whether the reminder of each of these steps is in the queue, or in a worker's hand. */
  hasSteps(steps: readonly StepTurn[]): Promise<readonly boolean[]>;
  ensureStep(restore: Restore, now: number): Promise<void>;
  ensureCard(id: RestoreId): Promise<void>;
  ensureMessages(id: RestoreId): Promise<void>;
  /** Removes reminders that lie in no list, as when somebody deletes keys one by one. Resolves with how many there were. */
  dropOrphans(): Promise<number>;
  /** Resolves when every ring so far is in the queue or was given up; within two seconds even when the queue is gone. */
  quiet(): Promise<void>;
  close(): Promise<void>;
}

const QUIET_DEADLINE_MS = 2_000;

export function createWorkQueue(parts: {
  readonly connection: ConnectionOptions;
  readonly prefix: string;
  readonly log: Logger;
}): WorkQueue {
  const { log } = parts;
  const queue = new Queue<Work>(QUEUE_NAME, { connection: parts.connection, prefix: parts.prefix });
  queue.on('error', (error) => log.warn({ err: error }, 'queue connection trouble'));
  const rings = createRings(queue, log);

  return {
    async hasSteps(steps) {
      const client = await queue.getBackend().client;
      const found = steps.map((step) => client.hexists(queue.toKey(stepJobId(step)), 'data'));
      return (await Promise.all(found)).map((count) => count === 1);
    },
    async ensureStep(restore, now) {
      await addAll(queue, stepJobs(restore, now));
      // Who is to be reminded may become due earlier than it was, when people are asked anew or take a vote back.
      if (restore.state.status === 'awaiting-approval' && isDue(restore, now)) await wakeStep(queue, restore);
    },
    async ensureCard(id) {
      await addAll(queue, [latestJob('card', id)]);
    },
    async ensureMessages(id) {
      await addAll(queue, [latestJob('messages', id)]);
    },
    dropOrphans: () => queue.removeOrphanedJobs(),
    ring: rings.ring,
    async quiet() {
      await Promise.race([rings.quiet(), sleep(QUIET_DEADLINE_MS, undefined, { ref: false })]);
    },
    close: () => queue.close(),
  };
}
