import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { RestoreId } from '../restore/names.ts';

/** What changes within this time costs one round trip together. */
const COLLECT_MS = 5;
/** Keeps Redis free for others in between. */
const MOST_TOGETHER = 50;

/** Collects something for each restore, and hands over what has come together, one handing over at a time. */
export interface Collection<T> {
  add(id: RestoreId, one: T): void;
  /** Resolves when all that was added so far was handed over or given up. */
  quiet(): Promise<void>;
}

/** Of several for one restore `handOver` gets what `united` makes of them. A failure is logged and left to the sweep. */
export function createCollection<T>(
  handOver: (all: readonly T[]) => Promise<void>,
  united: (earlier: T, later: T) => T,
  log: Logger,
): Collection<T> {
  const waiting = new Map<RestoreId, T>();
  let working: Promise<void> | undefined;

  async function work(): Promise<void> {
    while (waiting.size > 0) {
      await sleep(COLLECT_MS);
      const together = [...waiting].slice(0, MOST_TOGETHER);
      for (const [id] of together) waiting.delete(id);
      await handOver(together.map(([, one]) => one)).catch((error: unknown) =>
        log.warn({ err: error, restores: together.length }, 'could not ring; the sweep will'),
      );
    }
    working = undefined;
  }

  return {
    add(id, one) {
      const earlier = waiting.get(id);
      waiting.set(id, earlier === undefined ? one : united(earlier, one));
      working ??= work();
    },
    async quiet() {
      while (working) await working;
    },
  };
}
