import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { CHANNELS, PEOPLE } from '../../playground/people.ts';
import type { AnswerGoneWrong } from '../../playground/slack/faults.ts';
import { approve, cardAt, keyOf, requestRestore, until, wordsOf } from '../../playground/story.ts';
import { STAGING } from '../../playground/world.ts';
import { type Journey, startJourney } from '../support/journey.ts';
import { startSite } from '../support/site.ts';

const EVER = 1_000_000;
const METHODS = ['chat.postMessage', 'chat.update', 'conversations.open', 'conversations.history'];
/** The bot waits 5 s for an answer to a post, and before it looks for it as long as Slack may still be at it. */
const AMISS_MS = 12_000;

type Way = (method: string) => AnswerGoneWrong;

const WAYS: readonly (readonly [string, Way])[] = (['before', 'after'] as const).flatMap((when) => [
  [`503 ${when} it acted`, (method: string) => ({ kind: 'status', status: 503, method, when, times: EVER }) as const],
  [`nothing ${when} it acted`, (method: string) => ({ kind: 'hang', method, when, times: EVER }) as const],
  [
    `nonsense ${when} it acted`,
    (method: string) => ({ kind: 'nonsense', as: 'a page', method, when, times: EVER }) as const,
  ],
]);

/** Everything that was said of the restore of staging, in order. */
const EVERYTHING = [
  'card',
  `head:${CHANNELS.orders.id}`,
  `planned:${CHANNELS.orders.id}`,
  `confirmed:${PEOPLE.requester.id}`,
  `outcome:${CHANNELS.orders.id}`,
  `ended:${PEOPLE.requester.id}`,
  'anchor',
];

const said = ({ slack }: Journey) =>
  slack.workspace.messages
    .filter(({ metadata }) => JSON.stringify(metadata ?? '').includes('"R-1"'))
    .map(keyOf)
    // Whether these were said before the end is a matter of milliseconds.
    .filter((key) => !/^(?:started|verifying):/.test(key));

describe.concurrent('Slack that answers as it should not, in the middle of a restore', () => {
  it.for(WAYS)(
    'with %s: the restore goes on, and all that is owed is said afterwards, once',
    async ([, way], { onTestFinished }) => {
      const journey = await startJourney({ pace: { restoreMs: 1500 } });
      onTestFinished(() => journey.end());
      const card = await requestRestore(journey, { alias: STAGING.alias });
      await approve(journey, card, PEOPLE.approver.id, STAGING.alias);
      await until('the restore to be under way', () => journey.aura.calls('restore').length === 1);
      for (const method of METHODS) journey.slack.faults.add(way(method));
      await until('Aura to have restored', () => {
        const { status, dataVersion } = journey.aura.instances.find(STAGING.id);
        return status === 'running' && dataVersion !== 'now';
      });
      await sleep(AMISS_MS);
      journey.slack.faults.clear();
      await until('the card to say so', () => wordsOf(cardAt(journey, card)).includes('Restored to'));
      await until('the last words', () => said(journey).includes('anchor'));
      expect(said(journey)).toEqual(EVERYTHING);
    },
  );
});

describe('a bot that starts while Slack answers as it should not', () => {
  it('waits until Slack says who it is, and listens to people then', async ({ onTestFinished }) => {
    const site = await startSite();
    onTestFinished(() => site.end());
    for (const method of ['auth.test', 'apps.connections.open']) {
      site.slack.faults.add({ kind: 'nonsense', as: 'a page', method, when: 'before', times: 1 });
      site.slack.faults.add({ kind: 'status', status: 503, method, when: 'before', times: 1 });
    }
    await site.start();
    await until('the connection', () => site.slack.socketCount() === 1);
    expect(site.slack.faults.list().filter(({ times }) => times > 0)).toEqual([]);
    await requestRestore(site);
  });
});
