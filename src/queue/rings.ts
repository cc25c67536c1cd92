import type { Queue } from 'bullmq';
import type { Logger } from 'pino';
import type { Alarm } from '../coordinator.ts';
import { dueStep } from '../restore/due-step.ts';
import { owesResume } from '../restore/monitoring.ts';
import { owedMessages, startWaitsNoLonger } from '../restore/owed-messages.ts';
import { endsSooner } from '../restore/policy/tightening.ts';
import type { Restore } from '../restore/restore.ts';
import { createCollection } from './collection.ts';
import { addAll, latestJob, stepJobs, type Work, waitsForNotices, wakeStep } from './work.ts';

/** A card is drawn once for all that changes within this time: people cannot read faster, and Slack limits its edits. */
const DRAW_AFTER_MS = 200;

/** What the changes of one restore call for that were not put into the queue yet. */
interface Wanted {
  readonly restore: Restore;
  /** Not for a start that waits for its notices: the last of them asks for it, and the sweep when none of them goes. */
  readonly step: boolean;
  readonly messages: boolean;
  /** The step rests in the queue and is to be looked at now. */
  readonly wake: boolean;
}

/**
 * Collects rings and puts them into the queue together, one round trip at a time. Of several for one restore the latest
 * counts. A failure is logged and left to the sweep.
 */
export function createRings(queue: Queue<Work>, log: Logger): Alarm & { quiet(): Promise<void> } {
  const changed = createCollection<Wanted>(putInQueue, both, log);

  async function putInQueue(all: readonly Wanted[]): Promise<void> {
    await addAll(
      queue,
      all.flatMap(({ restore, step, messages }) => [
        ...(step ? stepJobs(restore, knownNow(restore)) : []),
        latestJob('card', restore.id, DRAW_AFTER_MS),
        ...(messages ? [latestJob('messages', restore.id)] : []),
      ]),
    );
    await Promise.all(all.filter(({ wake }) => wake).map(({ restore }) => wakeStep(queue, restore)));
  }

  return {
    ring: (restore, before) => changed.add(restore.id, wantedAfter(restore, before)),
    quiet: changed.quiet,
  };
}

function wantedAfter(restore: Restore, before?: Restore): Wanted {
  const isFreeToStart = startWaitsNoLonger(restore, Number.POSITIVE_INFINITY);
  return {
    restore,
    step: isFreeToStart || (!waitsForNotices(restore) && (!before || !isSameStep(restore, before))),
    messages: owesMore(restore, before) || owesResume(restore),
    wake: startWaitsNoLonger(restore, knownNow(restore)) || endsSooner(restore),
  };
}

function both(one: Wanted, other: Wanted): Wanted {
  return {
    restore: one.restore.version < other.restore.version ? other.restore : one.restore,
    step: one.step || other.step,
    messages: one.messages || other.messages,
    wake: one.wake || other.wake,
  };
}

/**
 * What the records' clock showed once at least, in epoch milliseconds: when the record was changed last, or entered its state
 * before that clock was set back. Ours may be behind. Whoever comes too early because ours is ahead is told how long to wait.
 */
function knownNow({ history, since }: Restore): number {
  return Math.max(Date.now(), Date.parse(since), ...history.slice(-1).map(({ at }) => Date.parse(at)));
}

/** Its reminder is in the queue since the change that began it. */
function isSameStep(restore: Restore, before: Restore): boolean {
  return restore.turn === before.turn && dueStep(restore)?.at === dueStep(before)?.at;
}

/** Whoever settles one message goes on to the next by themselves. */
function owesMore(restore: Restore, before?: Restore): boolean {
  const earlier = new Set(before && owedMessages(before).map(({ key }) => key));
  return owedMessages(restore).some(({ key }) => !earlier.has(key));
}
