import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { freePort } from '../playground/free-port.ts';
import { findRedisServer } from '../src/store/local-redis.ts';

/** A Redis on a loopback port with the settings of production, which can be killed and started again. */
export interface RedisServer {
  readonly url: string;
  /** A connection of the campaign's own, for looking at records from outside. */
  readonly outside: Redis;
  /** Kills the server and starts it again on the same files after `awayMs`. */
  restart(awayMs: number): Promise<void>;
  stop(): Promise<void>;
}

export async function startRedisServer(directory: string): Promise<RedisServer> {
  const program = findRedisServer(process.env);
  if (!program) throw new Error('no redis-server was found: run "npm run redis:get" once');
  mkdirSync(directory, { recursive: true });
  const port = await freePort();
  const settings = [
    ...['--port', String(port), '--bind', '127.0.0.1', '--dir', directory, '--save', '', '--loglevel', 'warning'],
    ...['--appendonly', 'yes', '--appendfsync', 'always', '--maxmemory-policy', 'noeviction'],
  ];
  const start = () =>
    spawn(program.path, settings, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, ...(program.libraryPath ? { LD_LIBRARY_PATH: program.libraryPath } : {}) },
    });
  let child = start();
  const takeAlong = () => child.kill('SIGKILL');
  process.once('exit', takeAlong);
  const outside = new Redis({ port, host: '127.0.0.1', retryStrategy: () => 50, maxRetriesPerRequest: null });
  outside.on('error', () => undefined);
  await outside.ping();

  async function kill(): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }

  return {
    url: `redis://127.0.0.1:${port}`,
    outside,
    async restart(awayMs) {
      await kill();
      await sleep(awayMs);
      child = start();
      await outside.ping();
    },
    async stop() {
      outside.disconnect();
      await kill();
      process.off('exit', takeAlong);
    },
  };
}
