import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { findRedisServer, type RedisProgram, UNPACKED_REDIS } from '../src/store/local-redis.ts';

const run = promisify(execFile);

/** Debian's packages that hold the server and the two libraries a minimal system lacks. */
const PACKAGES = ['redis-tools', 'libjemalloc2', 'liblzf1'];

/**
 * Finds a Redis server, or gets one: on Debian and Ubuntu by unpacking the distribution's own package into a folder of
 * the project, which needs no root. Elsewhere it says the one line to run. May be repeated; an unpacked one is kept.
 */
export async function ensureRedisServer(say: (line: string) => void): Promise<RedisProgram> {
  const found = findRedisServer(process.env);
  if (found) return found;
  if (!isDebianLike()) throw new Error(`no redis-server found. Install one and start again: ${installLine()}`);
  say(
    'No redis-server found. Unpacking the one of your distribution into .cache/redis (about 1.5 MB to download, no root needed)…',
  );
  await unpack();
  const unpacked = findRedisServer(process.env);
  if (!unpacked) throw new Error(`redis-server could not be unpacked. Install it and start again: ${installLine()}`);
  say('Redis is ready.');
  return unpacked;
}

async function unpack(): Promise<void> {
  const work = mkdtempSync(join(tmpdir(), 'restore-bot-redis-'));
  const target = resolve(UNPACKED_REDIS);
  try {
    await download(work, []).catch(async () => {
      // A fresh machine may have no package lists, and updating the system's needs root: read them into a folder of ours.
      const state = join(work, 'state');
      mkdirSync(join(state, 'lists', 'partial'), { recursive: true });
      mkdirSync(join(work, 'cache', 'archives', 'partial'), { recursive: true });
      const own = ['-o', `Dir::State::lists=${join(state, 'lists')}`, '-o', `Dir::Cache=${join(work, 'cache')}`];
      await run('apt-get', ['update', ...own], { cwd: work });
      await download(work, own);
    });
    mkdirSync(target, { recursive: true });
    for (const file of readdirSync(work).filter((name) => name.endsWith('.deb'))) {
      await run('dpkg-deb', ['-x', join(work, file), target]);
    }
    // The server is the checking program under another name.
    const server = join(target, 'usr/bin/redis-server');
    if (!existsSync(server)) await run('ln', ['-s', 'redis-check-rdb', server]);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

async function download(work: string, options: readonly string[]): Promise<void> {
  await run('apt-get', [...options, '-o', 'APT::Sandbox::User=root', 'download', ...PACKAGES], { cwd: work });
}

function isDebianLike(): boolean {
  return (
    existsSync('/usr/bin/apt-get') &&
    existsSync('/usr/bin/dpkg-deb') &&
    /debian/i.test(readFileSync('/etc/os-release', 'utf8'))
  );
}

function installLine(): string {
  if (process.platform === 'darwin') return 'brew install redis';
  if (existsSync('/sbin/apk')) return 'apk add redis';
  if (existsSync('/usr/bin/dnf')) return 'sudo dnf install redis';
  if (existsSync('/usr/bin/pacman')) return 'sudo pacman -S redis';
  return 'install redis-server with your package manager';
}
