import type { Queue } from 'bullmq';
import { dueStep } from '../restore/due-step.ts';
import type { RestoreId } from '../restore/names.ts';
import { plannedNoticesAreSettled } from '../restore/owed-messages.ts';
import type { Restore } from '../restore/restore.ts';

export const QUEUE_NAME = 'restore-work';

/** What a job may be. It carries ids only: the record is the truth, and a job is nothing but a reminder to look at it. */
export type Work =
  | { readonly kind: 'step'; readonly restoreId: RestoreId; readonly turn: number }
  | { readonly kind: 'card'; readonly restoreId: RestoreId }
  | { readonly kind: 'messages'; readonly restoreId: RestoreId };

type NewJob = Parameters<Queue<Work>['addBulk']>[0][number];

/** Jobs leave no trace: BullMQ ignores an id that it still holds, and a kept failed job would block its step for ever. */
const TRACELESS = { removeOnComplete: true, removeOnFail: true } as const;

/** Which turn of which restore a step is for. */
export type StepTurn = Pick<Restore, 'id' | 'turn'>;

export function stepJobId({ id, turn }: StepTurn): string {
  return `step_${id}_${turn}`;
}

/** How long a start that may not come before its notices is left alone; the last notice wakes it. */
const NOTICES_MS = 1_000;

/** The reminder of the step that is due, of which there is one for each turn; none when nothing is due. */
export function stepJobs(restore: Restore, now: number): readonly NewJob[] {
  const due = dueStep(restore);
  if (!due) return [];
  const { id, turn } = restore;
  const delay = Math.max(0, Date.parse(due.at) + (waitsForNotices(restore) ? NOTICES_MS : 0) - now);
  const opts = { ...TRACELESS, jobId: stepJobId(restore), delay };
  return [{ name: 'step', data: { kind: 'step', restoreId: id, turn }, opts }];
}

/** True while a restore may not start because a notice of it is still on its way. */
export function waitsForNotices(restore: Restore): boolean {
  return restore.state.status === 'approved' && !plannedNoticesAreSettled(restore);
}

/** One at a time per restore, and always once more after the last change: edits never overtake each other. */
export function latestJob(kind: 'card' | 'messages', restoreId: RestoreId, delayMs = 0): NewJob {
  const deduplication = { id: `${kind}_${restoreId}`, keepLastIfActive: true };
  return { name: kind, data: { kind, restoreId }, opts: { ...TRACELESS, deduplication, delay: delayMs } };
}

/** Whether the time of a step has come, at `now` in epoch milliseconds. */
export function isDue(restore: Restore, now: number): boolean {
  const due = dueStep(restore);
  return due !== undefined && Date.parse(due.at) <= now;
}

/** A step that waits in the queue is looked at now. One that is being looked at comes back by itself. */
export async function wakeStep(queue: Queue<Work>, restore: StepTurn): Promise<void> {
  const job = await queue.getJob(stepJobId(restore));
  if (job && (await job.isDelayed())) await job.promote().catch(() => undefined);
}

/** Adds them in one round trip. Those that are there already stay as they are. */
export async function addAll(queue: Queue<Work>, jobs: readonly NewJob[]): Promise<void> {
  if (jobs.length > 0) await queue.addBulk([...jobs]);
}
