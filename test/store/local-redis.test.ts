import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { findRedisServer, startLocalRedis } from '../../src/store/local-redis.ts';
import { connectForClicks, persistenceProblems } from '../../src/store/redis.ts';

const program = findRedisServer(process.env);
if (!program) throw new Error('no redis-server: run the suite with npm test, which gets one');

let directory = '';
afterEach(() => rmSync(directory, { recursive: true, force: true }));
const fresh = () => {
  directory = mkdtempSync(join(tmpdir(), 'rb-own-'));
  return directory;
};

describe('the bot’s own Redis', () => {
  it('is as safe as Redis can be, and what was written is there after it was stopped and started', async () => {
    const home = fresh();
    const first = await startLocalRedis(program, home);
    const redis = connectForClicks({ socketPath: first.socketPath });
    await redis.connect();
    expect(await persistenceProblems(redis)).toEqual([]);
    await redis.set('kept', 'yes');
    redis.disconnect();
    await first.stop();
    const second = await startLocalRedis(program, home);
    const again = connectForClicks({ socketPath: second.socketPath });
    await again.connect();
    expect(await again.get('kept')).toBe('yes');
    again.disconnect();
    await second.stop();
  });

  it('is refused to a second bot on the same folder, in words', async () => {
    const home = fresh();
    const first = await startLocalRedis(program, home);
    await expect(startLocalRedis(program, home)).rejects.toThrow('another bot is running');
    await first.stop();
  });

  it('is refused to a second bot also while it is too busy to answer', async () => {
    const home = fresh();
    const first = await startLocalRedis(program, home);
    const redis = connectForClicks({ socketPath: first.socketPath });
    await redis.connect();
    const pid = Number(/process_id:(\d+)/.exec(await redis.info('server'))?.[1]);
    redis.disconnect();
    process.kill(pid, 'SIGSTOP');
    try {
      await expect(startLocalRedis(program, home)).rejects.toThrow('another bot is running');
    } finally {
      process.kill(pid, 'SIGCONT');
      await first.stop();
    }
  });

  it('ends when the bot is killed', async () => {
    const home = fresh();
    const script = `
      import { findRedisServer, startLocalRedis } from './src/store/local-redis.ts';
      await startLocalRedis(findRedisServer(process.env), ${JSON.stringify(home)});
      console.log('up');
      setInterval(() => undefined, 1000);`;
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await once(child, 'exit');
    const deadline = Date.now() + 10_000;
    for (;;) {
      const next = await startLocalRedis(program, home).catch(() => undefined);
      if (next) {
        await next.stop();
        return;
      }
      if (Date.now() > deadline) throw new Error('the server outlived its bot');
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  });
});
