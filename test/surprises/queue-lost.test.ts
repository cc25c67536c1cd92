import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, type TestContext } from 'vitest';
import type { Pace } from '../../playground/aura/assumptions.ts';
import { CHANNELS, PEOPLE } from '../../playground/people.ts';
import { approve, cardAt, noticesIn, requestRestore, until, wordsOf } from '../../playground/story.ts';
import { STAGING } from '../../playground/world.ts';
import { forgetTheLists, forgetTheQueue } from '../support/mortal-redis.ts';
import { startSite } from '../support/site.ts';

/** Long enough for a message that is said twice to be said twice. */
const AFTERMATH_MS = 2_000;
const PRIVATELY = `D${PEOPLE.requester.id.slice(1)}`;

/** A bot of two processes. */
async function openSite({ onTestFinished }: TestContext, pace: Partial<Pace> = {}) {
  const site = await startSite({ pace });
  onTestFinished(() => site.end());
  await site.start();
  await site.start('worker');
  const said = (channel: string) => (channel === PRIVATELY ? site.slack.messages(channel) : noticesIn(site, channel));
  return { site, titles: (channel: string) => said(channel).map(({ text }) => text.split('\n')[0]) };
}

describe.concurrent('keys of BullMQ are deleted:', () => {
  it.for([
    ['every one several times a second', 300],
    ['every one all the time', 20],
  ] as const)(
    '%s while restores run: the records rebuild the work, nothing is lost, nothing done or said twice',
    { timeout: 240_000 },
    async ([_, everyMs], context) => {
      const { site, titles } = await openSite(context, { restoreMs: 2_500, snapshotMs: 1_000 });
      const orders = await requestRestore(site);
      const staging = await requestRestore(site, { alias: STAGING.alias });
      await approve(site, orders);
      await approve(site, staging, PEOPLE.approver.id, STAGING.alias);
      let hasEnded = false;
      let deleted = 0;
      const forgetting = (async () => {
        while (!hasEnded) {
          deleted += await forgetTheQueue(site.eye);
          await sleep(everyMs);
        }
      })();
      await Promise.all(['R-1', 'R-2'].map((id) => site.comesTo(id, 'completed', 60_000)));
      hasEnded = true;
      await forgetting;
      expect(deleted).toBeGreaterThan(20);
      for (const card of [orders, staging]) {
        await until('the card to say so', () => wordsOf(cardAt(site, card)).includes('Restored to'));
      }
      const counts = () => [CHANNELS.orders.id, CHANNELS.status.id, PRIVATELY].map((channel) => titles(channel).length);
      await until('everything owed', () => counts().every((count, index) => count >= ([4, 2, 4][index] ?? 0)));
      await sleep(AFTERMATH_MS);
      expect(counts()).toEqual([4, 2, 4]);
      expect(titles(CHANNELS.status.id)).toEqual([
        'PLANNED MAINTENANCE: Database Restore Operation',
        'MAINTENANCE COMPLETE: Database Restore Finished',
      ]);
      expect(site.slack.messages(CHANNELS.approvals.id).filter(({ onlyFor }) => !onlyFor)).toHaveLength(2);
      expect(site.aura.calls('restore')).toHaveLength(2);
      expect(site.aura.calls('take-snapshot')).toHaveLength(2);
    },
  );

  it.for([
    ['every key', forgetTheQueue],
    ['the lists, and not what stood in them,', forgetTheLists],
  ] as const)(
    '%s while a notice is on its way: no other worker says it again',
    { timeout: 240_000 },
    async ([_, forget], context) => {
      const { site, titles } = await openSite(context);
      const card = await requestRestore(site);
      site.slack.faults.add({ kind: 'slow', method: 'chat.postMessage', delayMs: 3_000, times: 1 });
      await approve(site, card);
      await until('the notice to be on its way', () => site.slack.faults.list().length === 0);
      expect(await forget(site.eye)).toBeGreaterThan(1);
      await site.comesTo('R-1', 'completed', 60_000);
      const counts = () => [CHANNELS.orders.id, CHANNELS.status.id].map((channel) => titles(channel).length);
      await until('all notices', () => counts().every((count) => count >= 2));
      await sleep(AFTERMATH_MS);
      expect(counts()).toEqual([2, 2]);
    },
  );

  it('while Aura is slow to say that it takes the safety snapshot: no other worker asks for another', {
    timeout: 240_000,
  }, async (context) => {
    const { site } = await openSite(context);
    const card = await requestRestore(site);
    site.aura.faults.add({ kind: 'slow', route: 'take-snapshot', when: 'after', delayMs: 3_000, times: 1 });
    await approve(site, card);
    await until('the snapshot to be asked for', () => site.aura.calls('take-snapshot').length > 0);
    expect(await forgetTheQueue(site.eye)).toBeGreaterThan(1);
    await site.comesTo('R-1', 'completed', 60_000);
    expect(site.aura.calls('take-snapshot')).toHaveLength(1);
  });
});
