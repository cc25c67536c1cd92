import { connectForClicks } from '../../src/store/redis.ts';
import { createRestoreStore } from '../../src/store/restore-store.ts';
import { startTestRedis } from './redis.ts';

/** A restore store on a Redis of the test's own. */
export async function startTestStore() {
  const server = await startTestRedis();
  const redis = connectForClicks(server.target);
  await redis.connect();
  return {
    server,
    redis,
    store: createRestoreStore(redis),
    /** Another store on a connection of its own, as another process would have. */
    async another() {
      const connection = redis.duplicate();
      await connection.connect();
      return { store: createRestoreStore(connection), close: () => connection.disconnect() };
    },
    async clear() {
      await redis.flushall();
    },
    async stop() {
      redis.disconnect();
      await server.stop();
    },
  };
}

export type TestStore = Awaited<ReturnType<typeof startTestStore>>;
