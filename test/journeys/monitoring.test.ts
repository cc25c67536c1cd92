import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startMonitoring } from '../../playground/monitoring.ts';
import { CHANNELS, PEOPLE } from '../../playground/people.ts';
import { approve, cardAt, requestRestore, until, wordsOf } from '../../playground/story.ts';
import { type Site, startSite } from '../support/site.ts';

const TOKEN = 'monitoring-token-1';

let monitoring: Awaited<ReturnType<typeof startMonitoring>>;
let site: Site;
beforeEach(async () => {
  monitoring = await startMonitoring(TOKEN);
  site = await startSite({
    productionSettings: { monitoring: { url: monitoring.url, token_variable: 'MONITORING_TOKEN' } },
    env: { MONITORING_TOKEN: TOKEN },
  });
});
afterEach(async () => {
  await site.end();
  await monitoring.close();
});

const actions = () => monitoring.asked.map(({ action }) => action);

describe('the monitoring of a restored instance', () => {
  it('is silenced before the restore call and resumes after the checks; both stand on the card and in the history', async () => {
    await site.start();
    const card = await requestRestore(site);
    await approve(site, card);
    const { history } = await site.comesTo('R-1', 'completed');
    await until('it to resume', () => actions().includes('resume'));
    expect(monitoring.asked).toMatchObject([
      { action: 'silence', restore: 'R-1', instance: { alias: 'orders-prod' } },
      { action: 'resume', restore: 'R-1', reference: 'silence-7' },
    ]);
    const events = history.map(({ event }) => event);
    expect(events.indexOf('monitoring-answered')).toBeLessThan(events.indexOf('restore-intended'));
    await until('the card to say so', () => /Monitoring resumed/.test(wordsOf(cardAt(site, card))));
  }, 60_000);

  it('is asked to resume by the process after the one that was killed in between, and keeps being asked until it does', async () => {
    const bot = await site.start();
    const refusal = monitoring.answer(({ action }) => (action === 'resume' ? { status: 503 } : undefined));
    site.aura.faults.add({ kind: 'restore-ends', as: 'loading failed', times: 1 });
    const card = await requestRestore(site);
    await approve(site, card);
    await until('the silence', () => actions().includes('silence'));
    process.kill(bot.pid, 'SIGKILL');
    await site.start();
    await site.comesTo('R-1', 'failed', 60_000);
    await until(
      'it to be asked more than once',
      () => actions().filter((action) => action === 'resume').length > 1,
      30_000,
    );
    await until('the card to say so', () =>
      /Monitoring was asked to resume .* has not said yes/.test(wordsOf(cardAt(site, card))),
    );
    refusal.undo();
    await until(
      'the card to say that it resumed',
      () => /Monitoring resumed/.test(wordsOf(cardAt(site, card))),
      30_000,
    );
    const keys = new Set(monitoring.asked.filter(({ action }) => action === 'resume').map(({ key }) => key));
    expect(keys.size).toBe(1);
  }, 120_000);

  it.each([
    ['is answered late', 'answered'],
    ['arrives when its caller is dead', 'unanswered'],
  ] as const)(
    'is not left silent by a call for silence that a stop overtook and that %s',
    async (_, fate) => {
      const bot = await site.start();
      let arrive = () => {};
      const arrives = new Promise<void>((resolve) => {
        arrive = resolve;
      });
      let isOnItsWay = false;
      const held = monitoring.answer(({ action }) => {
        if (action !== 'silence') return undefined;
        isOnItsWay = true;
        return { status: 200, arrives };
      });
      const card = await requestRestore(site);
      await approve(site, card);
      await until('the call for silence', () => isOnItsWay);
      await site.slack.as(PEOPLE.requester.id).slash('/restore', 'cancel R-1', CHANNELS.approvals.id);
      await until('the end of the silence', () => actions().includes('resume'));
      if (fate === 'unanswered') process.kill(bot.pid, 'SIGKILL');
      arrive();
      held.undo();
      if (fate === 'unanswered') await site.start();
      await until('the end of what began late', () => actions().at(-1) === 'resume' && actions().length >= 3, 60_000);
      expect(actions()).toEqual(['resume', 'silence', 'resume']);
      const keys = monitoring.asked.filter(({ action }) => action === 'resume').map(({ key }) => key);
      expect(new Set(keys).size).toBe(2);
      await until('the card to say so', () => /Monitoring resumed [^;]*$/m.test(wordsOf(cardAt(site, card))), 30_000);
    },
    120_000,
  );
});
