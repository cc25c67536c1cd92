import type { Logger } from 'pino';
import { type RestoreStore, UnreadableRecordError } from '../coordinator.ts';
import type { RestoreId } from '../restore/names.ts';
import type { StepTurn, WorkQueue } from './work-queue.ts';

/** Far more than there can be at once; a restore under way stays due, so a small number would starve the rest. */
const MOST_AT_ONCE = 10_000;
/** Asked of Redis in one round trip. */
const TOGETHER = 250;

/** What is read to find the steps that are due. */
export interface DueSteps {
  due(limit: number): Promise<readonly RestoreId[]>;
  /** The version of each record; undefined where there is none. */
  versions(ids: readonly RestoreId[]): Promise<readonly (number | undefined)[]>;
}

interface Remembered extends StepTurn {
  readonly version: number;
}

/**
 * Sees to it that each step that is due has its reminder. A restore under way stays due for many minutes, so what is due
 * is remembered from one call to the next: only a record that has changed, or whose reminder is missing, is read again.
 */
export function createDueStepKeeper(parts: {
  readonly store: Pick<RestoreStore, 'load'> & DueSteps;
  readonly queue: Pick<WorkQueue, 'ensureStep' | 'hasSteps'>;
  readonly log: Logger;
}): (now: number) => Promise<void> {
  const { store, queue, log } = parts;
  let remembered: ReadonlyMap<RestoreId, Remembered> = new Map();

  async function keep(ids: readonly RestoreId[], now: number, kept: Map<RestoreId, Remembered>): Promise<void> {
    const versions = await store.versions(ids);
    const unchanged = ids.flatMap((id, index) => {
      const one = remembered.get(id);
      return one && one.version === versions[index] ? [one] : [];
    });
    const areThere = unchanged.length > 0 ? await queue.hasSteps(unchanged) : [];
    for (const [index, one] of unchanged.entries()) if (areThere[index]) kept.set(one.id, one);
    for (const id of ids) {
      if (kept.has(id)) continue;
      const one = await ensured(id, now);
      if (one) kept.set(id, one);
    }
  }

  async function ensured(id: RestoreId, now: number): Promise<Remembered | undefined> {
    const loaded = await store.load(id).catch((error: unknown) => {
      // One record that cannot be read must not keep the others from being looked at.
      if (!(error instanceof UnreadableRecordError)) throw error;
      log.error({ err: error, restoreId: id }, 'record cannot be read');
      return undefined;
    });
    if (!loaded) return undefined;
    const { restore } = loaded;
    await queue.ensureStep(restore, now);
    return { id, turn: restore.turn, version: restore.version };
  }

  return async function ensureDueSteps(now) {
    const ids = await store.due(MOST_AT_ONCE);
    const kept = new Map<RestoreId, Remembered>();
    for (let begin = 0; begin < ids.length; begin += TOGETHER) {
      await keep(ids.slice(begin, begin + TOGETHER), now, kept);
    }
    remembered = kept;
  };
}
