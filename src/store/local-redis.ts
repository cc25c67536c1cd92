import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { delimiter, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';

/** A `redis-server` or `valkey-server` program and the libraries it needs when it was unpacked rather than installed. */
export interface RedisProgram {
  readonly path: string;
  readonly libraryPath?: string;
}

/** Where `scripts/get-redis.ts` unpacks one, below the project's folder. */
export const UNPACKED_REDIS = '.cache/redis';

/** The server program: named by `REDIS_SERVER_BIN`, on the PATH, or unpacked in the project. Undefined when there is none. */
export function findRedisServer(env: Readonly<Record<string, string | undefined>>): RedisProgram | undefined {
  const named = env.REDIS_SERVER_BIN;
  if (named) return { path: named };
  const folders = (env.PATH ?? '').split(delimiter).filter(Boolean);
  for (const program of ['redis-server', 'valkey-server']) {
    const found = folders.map((folder) => join(folder, program)).find(isExecutable);
    if (found) return { path: found };
  }
  const unpacked = resolve(UNPACKED_REDIS, 'usr/bin/redis-server');
  if (!isExecutable(unpacked)) return undefined;
  const libraries = resolve(UNPACKED_REDIS, 'usr/lib');
  const architecture = existsSync(libraries)
    ? readdirSync(libraries).find((name) => name.endsWith('linux-gnu'))
    : undefined;
  return { path: unpacked, ...(architecture ? { libraryPath: join(libraries, architecture) } : {}) };
}

export interface LocalRedis {
  readonly socketPath: string;
  /** Stops the server after it has written everything down. */
  stop(): Promise<void>;
}

const START_DEADLINE_MS = 10_000;
const STOP_DEADLINE_MS = 5_000;
/** How long the server of a bot that was just killed may take to end. */
const HANDOVER_MS = 2_000;
/** The kernel's limit for the path of a Unix socket. */
const LONGEST_SOCKET_PATH = 100;

/**
 * Starts the bot's own Redis below `directory`, as safe as Redis can be: append-only, written down at every change,
 * never evicting. Ends with this process, also when it is killed. Rejects when another bot uses the directory.
 */
export async function startLocalRedis(program: RedisProgram, directory: string): Promise<LocalRedis> {
  const home = resolve(directory);
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const socketPath = join(home, 'redis.sock');
  if (socketPath.length > LONGEST_SOCKET_PATH) {
    throw new Error(`the path ${socketPath} is too long for a socket: set DATA_DIR to a shorter one`);
  }
  if (await staysInUse(socketPath)) {
    throw new Error(`another bot is running on ${home}: stop it, or set another DATA_DIR`);
  }
  rmSync(socketPath, { force: true });
  const child = spawn('/bin/sh', ['-c', WATCHER, 'local-redis', program.path, ...serverArguments(home, socketPath)], {
    stdio: ['pipe', 'ignore', 'inherit'],
    env: { ...process.env, ...(program.libraryPath ? { LD_LIBRARY_PATH: program.libraryPath } : {}) },
    // Ctrl-C in a terminal reaches the whole group; Redis must outlive the bot's own last writes.
    detached: true,
  });
  await untilAnswering(child, socketPath);
  return {
    socketPath,
    async stop() {
      if (child.exitCode !== null) return;
      const gone = once(child, 'exit');
      child.stdin?.end();
      const isSlow = await Promise.race([gone.then(() => false), sleep(STOP_DEADLINE_MS, true, { ref: false })]);
      if (!isSlow) return;
      // Everything is on disk already (appendfsync always); a server that does not stop must not keep the bot from ending.
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      await gone;
    },
  };
}

/** Runs the server below a shell that waits on a pipe: when this process ends, however it ends, the pipe closes and the server stops. */
const WATCHER = '"$@" </dev/null & server=$!; cat >/dev/null; kill -TERM $server 2>/dev/null; wait $server';

function serverArguments(directory: string, socketPath: string): string[] {
  const settings: Readonly<Record<string, string>> = {
    port: '0',
    bind: '127.0.0.1',
    unixsocket: socketPath,
    unixsocketperm: '700',
    dir: directory,
    appendonly: 'yes',
    appendfsync: 'always',
    'maxmemory-policy': 'noeviction',
    save: '',
    loglevel: 'warning',
  };
  return Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
}

/**
 * Whether a server holds the socket, and goes on holding it: one whose bot was killed needs a moment to end. Asks the
 * kernel, not the server, since one that is too busy to answer still owns the folder.
 */
async function staysInUse(socketPath: string): Promise<boolean> {
  const deadline = Date.now() + HANDOVER_MS;
  while (await isListening(socketPath)) {
    if (Date.now() >= deadline) return true;
    await sleep(50);
  }
  return false;
}

/** Whether a server holds this socket now. */
export function isListening(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(socketPath);
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

async function untilAnswering(child: ChildProcess, socketPath: string): Promise<void> {
  const deadline = Date.now() + START_DEADLINE_MS;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`the local Redis ended at once (code ${child.exitCode})`);
    if (await answers(socketPath)) return;
    await sleep(20);
  }
  child.stdin?.end();
  throw new Error('the local Redis did not start in time');
}

async function answers(socketPath: string): Promise<boolean> {
  if (!existsSync(socketPath)) return false;
  const redis = new Redis({ path: socketPath, lazyConnect: true, retryStrategy: () => null, maxRetriesPerRequest: 0 });
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    return (await redis.ping()) === 'PONG';
  } catch {
    return false;
  } finally {
    redis.disconnect();
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
