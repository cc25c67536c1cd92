import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findRedisServer, startLocalRedis } from '../../src/store/local-redis.ts';

/** A Redis of the test's own, with the settings of production. */
export async function startTestRedis() {
  const program = findRedisServer(process.env);
  if (!program) throw new Error('no redis-server: run the suite with npm test, which gets one');
  const directory = mkdtempSync(join(tmpdir(), 'rb-redis-'));
  const redis = await startLocalRedis(program, directory);
  return {
    target: { socketPath: redis.socketPath },
    program,
    directory,
    async stop() {
      await redis.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
