import { setTimeout as sleep } from 'node:timers/promises';
import type { Queue } from 'bullmq';
import type { Logger } from 'pino';
import type { Alarm } from '../coordinator.ts';
import { dueStep } from '../restore/due-step.ts';
import type { RestoreId } from '../restore/names.ts';
import { owedMessages, startWaitsNoLonger } from '../restore/owed-messages.ts';
import { endsSooner } from '../restore/policy/tightening.ts';
import type { Restore } from '../restore/restore.ts';
import { addAll, latestJob, stepJobs, type Work, waitsForNotices, wakeStep } from './work.ts';

/** Reminders are not urgent: what changes within this time costs one round trip together. */
const COLLECT_MS = 5;
/** Keeps Redis free for others in between. */
const MOST_TOGETHER = 50;
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
  const waiting = new Map<RestoreId, Wanted>();
  let working: Promise<void> | undefined;

  async function work(): Promise<void> {
    while (waiting.size > 0) {
      await sleep(COLLECT_MS);
      const together = [...waiting.values()].slice(0, MOST_TOGETHER);
      for (const { restore } of together) waiting.delete(restore.id);
      await putInQueue(together).catch((error: unknown) =>
        log.warn({ err: error, restores: together.length }, 'could not ring; the sweep will'),
      );
    }
    working = undefined;
  }

  async function putInQueue(all: readonly Wanted[]): Promise<void> {
    const now = Date.now();
    await addAll(
      queue,
      all.flatMap(({ restore, step, messages }) => [
        ...(step ? stepJobs(restore, now) : []),
        latestJob('card', restore.id, DRAW_AFTER_MS),
        ...(messages ? [latestJob('messages', restore.id)] : []),
      ]),
    );
    await Promise.all(all.filter(({ wake }) => wake).map(({ restore }) => wakeStep(queue, restore)));
  }

  return {
    ring(restore, before) {
      const wanted = wantedAfter(restore, before);
      const earlier = waiting.get(restore.id);
      waiting.set(restore.id, earlier ? both(earlier, wanted) : wanted);
      working ??= work();
    },
    async quiet() {
      while (working) await working;
    },
  };
}

function wantedAfter(restore: Restore, before?: Restore): Wanted {
  const isFreeToStart = startWaitsNoLonger(restore, Number.POSITIVE_INFINITY);
  return {
    restore,
    step: isFreeToStart || (!waitsForNotices(restore) && (!before || !isSameStep(restore, before))),
    messages: owesMore(restore, before),
    wake: startWaitsNoLonger(restore, Date.now()) || endsSooner(restore),
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

/** Its reminder is in the queue since the change that began it. */
function isSameStep(restore: Restore, before: Restore): boolean {
  return restore.turn === before.turn && dueStep(restore)?.at === dueStep(before)?.at;
}

/** Whoever settles one message goes on to the next by themselves. */
function owesMore(restore: Restore, before?: Restore): boolean {
  const earlier = new Set(before && owedMessages(before).map(({ key }) => key));
  return owedMessages(restore).some(({ key }) => !earlier.has(key));
}
