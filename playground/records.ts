import { join } from 'node:path';
import type { MadeInstance } from '../src/restore/new-instance/made-instance.ts';
import type { Restore } from '../src/restore/restore.ts';
import { createMadeStore } from '../src/store/made-store.ts';
import { connectForQueue } from '../src/store/redis.ts';
import { createRestoreStore } from '../src/store/restore-store.ts';
import type { World } from './world.ts';

/** A reader of the records in the bot's own Redis; it changes nothing. */
export interface Records {
  /** The restores that have not ended. */
  open(): Promise<readonly Restore[]>;
  /** The instances that the bot made and has not removed yet. */
  made(): Promise<readonly MadeInstance[]>;
  close(): void;
}

/** Call it when the bot of this world runs with a Redis of its own. */
export function readRecords({ directory }: Pick<World, 'directory'>): Records {
  const redis = connectForQueue({ socketPath: join(directory, 'redis', 'redis.sock') });
  redis.on('error', () => undefined);
  const store = createRestoreStore(redis);
  const madeStore = createMadeStore(redis);
  return {
    async open() {
      const loaded = await Promise.all((await store.open()).map((id) => store.load(id)));
      return loaded.flatMap((one) => (one ? [one.restore] : []));
    },
    made: () => madeStore.open(),
    close: () => redis.disconnect(),
  };
}
