import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, type TestContext } from 'vitest';
import { CHANNELS, PEOPLE } from '../../playground/people.ts';
import { approve, cardAt, noticesIn, requestRestore, until, wordsOf } from '../../playground/story.ts';
import { PRODUCTION, STAGING } from '../../playground/world.ts';
import { type Journey, startJourney } from '../support/journey.ts';
import { startSite } from '../support/site.ts';

const EVER = 1_000_000;
/** With three retries Slack's own client has given up by then: 5 s, then 1, 2 and 4 s. */
const LONGER_THAN_SLACKS_CLIENT_TRIES_MS = 14_000;
function keyOf(args: Record<string, unknown>): { restore: string; key: string } {
  const { event_payload } = args.metadata as { event_payload: { restore_id: string; key: string } };
  return { restore: event_payload.restore_id, key: event_payload.key };
}

/** The keys of all posts about one restore, in the order in which Slack took them. */
const everythingSaid = (journey: Journey, restore: string) =>
  journey.slack.calls
    .filter(({ method, error }) => method === 'chat.postMessage' && !error)
    .map(({ args }) => keyOf(args))
    .filter((post) => post.restore === restore)
    .map(({ key }) => key)
    // Whether these were said before Slack was away is a matter of milliseconds.
    .filter((key) => !/^(?:started|verifying):/.test(key));

/** The moment that a notice gives as the restore's end. */
function completionTime(text = ''): number {
  return Number(/Completion Time: <!date\^(\d+)/.exec(text)?.[1]) * 1000;
}

async function openJourney({ onTestFinished }: TestContext, options: Parameters<typeof startJourney>[0] = {}) {
  const journey = await startJourney(options);
  onTestFinished(() => journey.end());
  return {
    journey,
    leave: () => journey.slack.faults.add({ kind: 'away', times: EVER }),
    comeBack: () => journey.slack.faults.clear(),
    saidOf: (restore: string) => everythingSaid(journey, restore),
  };
}

describe.concurrent('Slack away for half an hour, here some seconds', () => {
  it('in the middle of two restores: both go on, and afterwards everything owed arrives, in order, once, with the true times', async (context) => {
    const { journey, leave, comeBack, saidOf } = await openJourney(context, { pace: { restoreMs: 1500 } });
    const orders = await requestRestore(journey);
    const staging = await requestRestore(journey, { alias: STAGING.alias });
    await approve(journey, orders);
    await approve(journey, staging, PEOPLE.approver.id, STAGING.alias);
    await until('both restores to be under way', () => journey.aura.calls('restore').length === 2);
    leave();
    await until('Aura to have restored both', () =>
      [PRODUCTION.id, STAGING.id].every((id) => {
        const { status, dataVersion } = journey.aura.instances.find(id);
        return status === 'running' && dataVersion !== 'now';
      }),
    );
    await sleep(5_000);
    const cameBackAt = Date.now();
    comeBack();
    await until('both cards to say so', () =>
      [orders, staging].every((card) => wordsOf(cardAt(journey, card)).includes('Restored to')),
    );
    await until('the last words', () => ['R-1', 'R-2'].every((id) => saidOf(id).includes('anchor')));
    expect(saidOf('R-1')).toEqual([
      'card',
      `head:${CHANNELS.orders.id}`,
      `planned:${CHANNELS.orders.id}`,
      `head:${CHANNELS.status.id}`,
      `planned:${CHANNELS.status.id}`,
      `confirmed:${PEOPLE.requester.id}`,
      `outcome:${CHANNELS.orders.id}`,
      `outcome:${CHANNELS.status.id}`,
      `ended:${PEOPLE.requester.id}`,
      'anchor',
    ]);
    expect(saidOf('R-2')).toEqual([
      'card',
      `head:${CHANNELS.orders.id}`,
      `planned:${CHANNELS.orders.id}`,
      `confirmed:${PEOPLE.requester.id}`,
      `outcome:${CHANNELS.orders.id}`,
      `ended:${PEOPLE.requester.id}`,
      'anchor',
    ]);
    for (const channel of [CHANNELS.orders.id, CHANNELS.status.id]) {
      const late = noticesIn(journey, channel).at(-1);
      expect(Number(late?.ts) * 1000).toBeGreaterThanOrEqual(cameBackAt);
      expect(completionTime(late?.text)).toBeLessThan(cameBackAt - 3_000);
    }
  });

  it('and with it the connection that clicks come by: it opens again by itself, and people can act', async (context) => {
    const { journey, leave, comeBack } = await openJourney(context);
    await until('the connection', () => journey.slack.socketCount() === 1);
    leave();
    journey.slack.dropSockets();
    await until('the connection to drop', () => journey.slack.socketCount() === 0);
    await sleep(LONGER_THAN_SLACKS_CLIENT_TRIES_MS);
    comeBack();
    await until('the connection', () => journey.slack.socketCount() === 1);
    await requestRestore(journey);
  });
});

describe('a bot that starts while Slack is away', () => {
  it('goes on with the restore that was under way, and listens to people as soon as Slack answers', async (context) => {
    const site = await startSite({ pace: { restoreMs: 1_000 } });
    context.onTestFinished(() => site.end());
    const first = await site.start();
    const card = await requestRestore(site);
    await approve(site, card);
    await site.comesTo('R-1', 'restoring');
    process.kill(first.pid, 'SIGKILL');
    site.slack.faults.add({ kind: 'away', times: EVER });
    const starting = site.start();
    const { state } = await site.comesTo('R-1', 'completed', 40_000);
    expect(state.status).toBe('completed');
    expect(site.aura.calls('restore')).toHaveLength(1);
    site.slack.faults.clear();
    await starting;
    await until('the card to say so', () => wordsOf(cardAt(site, card)).includes('Restored to'));
    await until('the connection', () => site.slack.socketCount() === 1);
  }, 90_000);

  it('and is told to stop before Slack answers hands its work over and ends well', async (context) => {
    const site = await startSite();
    context.onTestFinished(() => site.end());
    site.slack.faults.add({ kind: 'away', times: EVER });
    const env = { PATH: process.env.PATH ?? '', ...site.env, REDIS_URL: site.redis.url, LOG_LEVEL: 'info' };
    const child = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts'], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    context.onTestFinished(() => void child.kill('SIGKILL'));
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (words) => (said += String(words)));
    await until('it to wait for Slack', () => said.includes('Slack cannot be reached'));
    child.kill('SIGTERM');
    const [code] = await once(child, 'exit');
    expect(code).toBe(0);
    expect(said).toContain('stopping');
    expect(said).not.toContain('could not be started');
  }, 60_000);
});
