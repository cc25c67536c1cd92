import type { Logger } from 'pino';
import type { Alarm, RestoreStore } from '../coordinator.ts';
import type { RestoreId } from '../restore/names.ts';
import { createCollection } from './collection.ts';
import { startRepeating } from './repeat.ts';

/**
 * The alarm of a process without a worker: it only names what changed, and a worker works out what is owed. A click is
 * answered by such a process, and reminders are several times the work of saving it. A failure is logged and left to the sweep.
 */
export function createDistantAlarm(
  call: (ids: readonly RestoreId[]) => Promise<void>,
  log: Logger,
): Alarm & { quiet(): Promise<void> } {
  const changed = createCollection<RestoreId>(call, (_, later) => later, log);
  return { ring: ({ id }) => changed.add(id, id), quiet: changed.quiet };
}

/** Rings here for what other processes named, until it is stopped. What cannot be read is left to the sweep. */
export function startHeeding(parts: {
  readonly ear: {
    /** Resolves with what was named, or with nothing after a while. */
    hear(): Promise<readonly RestoreId[]>;
    close(): void;
  };
  readonly store: Pick<RestoreStore, 'load'>;
  readonly alarm: Alarm;
  readonly log: Logger;
}): { stop(): Promise<void> } {
  const { ear, store, alarm, log } = parts;
  let isStopping = false;

  async function heed(id: RestoreId): Promise<void> {
    const loaded = await store.load(id);
    if (loaded) alarm.ring(loaded.restore);
  }

  async function heedAll(): Promise<void> {
    for (const id of await ear.hear()) {
      await heed(id).catch((error: unknown) =>
        log.warn({ err: error, restoreId: id }, 'could not heed a ring; the sweep will'),
      );
    }
  }

  const heeding = startRepeating(heedAll, 0, (error) => {
    if (!isStopping) log.warn({ err: error }, 'could not hear what other processes rang for; the sweep finds it');
  });
  return {
    async stop() {
      isStopping = true;
      const ended = heeding.stop();
      ear.close();
      await ended;
    },
  };
}
