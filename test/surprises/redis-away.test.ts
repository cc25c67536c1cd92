import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, type TestContext } from 'vitest';
import { approve, requestRestore, until } from '../../playground/story.ts';
import { type Site, startSite } from '../support/site.ts';

/** What `docs/operations.md` asks operators to give the bot, in milliseconds. */
const STOPS_WITHIN_MS = 20_000;
const STARTS_OR_ENDS_WITHIN_MS = 20_000;

async function openSite({ onTestFinished }: TestContext): Promise<Site> {
  const site = await startSite({ pace: { restoreMs: 10_000 } });
  onTestFinished(() => site.end());
  return site;
}

/** Starts the bot and waits for it to end by itself. */
async function startInVain(site: Site): Promise<{ readonly code: number | null; readonly words: string }> {
  const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', main], {
    env: { PATH: process.env.PATH ?? '', LOG_LEVEL: 'info', ...site.env, REDIS_URL: site.redis.url },
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: STARTS_OR_ENDS_WITHIN_MS,
    killSignal: 'SIGKILL',
  });
  const [words, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  return { code: typeof code === 'number' ? code : null, words };
}

describe.concurrent('Redis away when the bot starts', { timeout: 150_000 }, () => {
  it('because it does not run: the bot says so and ends', async (context) => {
    const site = await openSite(context);
    await site.redis.kill();
    const { code, words } = await startInVain(site);
    expect(words).toMatch(/Redis cannot be reached at 127\.0\.0\.1:\d+ \(.*ECONNREFUSED.*\)/);
    expect(code).toBe(1);
  });

  it('because it does not answer: the bot says so and ends', async (context) => {
    const site = await openSite(context);
    site.redis.freeze();
    const { code, words } = await startInVain(site);
    expect(words).toMatch(/Redis cannot be reached at 127\.0\.0\.1:\d+/);
    expect(code).toBe(1);
  });
});

describe.concurrent('Redis away when the bot is told to stop, in the middle of a restore', () => {
  it.for<readonly [string, (site: Site) => Promise<void>]>([
    ['because it was killed', ({ redis }) => redis.kill()],
    ['because it does not answer', async ({ redis }) => redis.freeze()],
  ])('%s: the bot ends within its deadline', { timeout: 90_000 }, async ([_, leave], context) => {
    const site = await openSite(context);
    const bot = await site.start();
    const card = await requestRestore(site);
    await approve(site, card);
    await until('Aura to restore', () => site.aura.calls('restore').length > 0);
    await leave(site);
    const startedAt = Date.now();
    await bot.stop();
    expect(Date.now() - startedAt).toBeLessThan(STOPS_WITHIN_MS);
  });
});
