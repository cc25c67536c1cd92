import { afterEach, expect, it } from 'vitest';
import { startSlackSimulator } from '../../playground/slack/simulator.ts';
import { createReaders } from '../../src/slack/readers.ts';
import { createSlackClient } from '../../src/slack/web-client.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function workspace() {
  const slack = await startSlackSimulator({
    workspace: {
      team: { id: 'T0', name: 'T', domain: 't' },
      users: [
        { id: 'U0GRETA', name: 'greta', realName: 'Greta', tz: 'Europe/Berlin', locale: 'de-DE' },
        { id: 'U0SAM', name: 'sam', realName: 'Sam', tz: 'America/New_York' },
      ],
      channels: [],
      groups: [],
    },
    scopes: ['users:read'],
  });
  closers.push(() => slack.close());
  let now = 0;
  const readers = createReaders({
    client: createSlackClient(slack.app.botToken, slack.apiUrl, 1_000),
    now: () => now,
  });
  const looks = () => slack.calls.filter(({ method }) => method === 'users.info').length;
  return { slack, readers, looks, wait: (ms: number) => (now += ms) };
}

it('people read in the language and zone that they use Slack in, and are asked for once in ten minutes', async () => {
  const { readers, looks, wait } = await workspace();
  expect(await readers.readerOf('U0GRETA')).toEqual({ language: 'de', zone: 'Europe/Berlin' });
  expect(await readers.readerOf('U0SAM')).toEqual({ language: 'en', zone: 'America/New_York' });
  await readers.readerOf('U0GRETA');
  expect(looks()).toBe(2);
  wait(10 * 60_000);
  await readers.readerOf('U0GRETA');
  expect(looks()).toBe(3);
});

it('what was read for a decision is not read again', async () => {
  const { readers, looks } = await workspace();
  readers.saw({ id: 'U0GRETA', locale: 'de-AT', tz: 'Europe/Vienna' });
  expect(await readers.readerOf('U0GRETA')).toEqual({ language: 'de', zone: 'Europe/Vienna' });
  expect(looks()).toBe(0);
});

it('somebody of whom Slack says nothing reads as before, and English when nothing was known', async () => {
  const { slack, readers, wait } = await workspace();
  await readers.readerOf('U0GRETA');
  wait(10 * 60_000);
  slack.faults.add({ kind: 'error', method: 'users.info', error: 'fatal_error', times: 99 });
  expect(await readers.readerOf('U0GRETA')).toMatchObject({ language: 'de' });
  expect(await readers.readerOf('U0SAM')).toEqual({ language: 'en' });
});

it('nobody waits for a slow Slack', async () => {
  const { slack, readers } = await workspace();
  slack.faults.add({ kind: 'slow', method: 'users.info', delayMs: 5_000, times: 1 });
  const before = performance.now();
  expect(await readers.readerOf('U0GRETA')).toEqual({ language: 'en' });
  expect(performance.now() - before).toBeLessThan(4_000);
});
