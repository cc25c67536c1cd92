import { afterEach, expect, it } from 'vitest';
import { ACTION } from '../../messages/action-ids.ts';
import { CHANNELS, PEOPLE } from '../../playground/people.ts';
import type { SimMessage } from '../../playground/slack/workspace.ts';
import { approve, cardAt, keyOf, requestRestore, until, wordsOf } from '../../playground/story.ts';
import { PRODUCTION, STAGING, type World } from '../../playground/world.ts';
import { connectForClicks } from '../../src/store/redis.ts';
import { createRefusedRequestStore } from '../../src/store/refused-request-store.ts';
import { type Journey, startJourney } from '../support/journey.ts';
import { type Site, startSite } from '../support/site.ts';

let ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends) await end();
  ends = [];
});

const OFTEN = { shadow_restores: { look_every: '0.4s' } };

async function start(options: Parameters<typeof startJourney>[0] = {}): Promise<Journey> {
  const journey = await startJourney({ ...options, settings: { ...OFTEN, ...options.settings } });
  ends.push(journey.end);
  return journey;
}

const said = ({ slack }: Pick<World, 'slack'>, channel: string, key: RegExp): readonly SimMessage[] =>
  slack.messages(channel).filter((message) => key.test(keyOf(message)));
const heard = (on: Pick<World, 'slack'>, channel: string, key: RegExp) =>
  until(`${key} in ${channel}`, () => said(on, channel, key)[0]);
/** The bot has looked at the instance while it was running. */
const lookedAt = ({ aura }: Pick<World, 'aura'>) =>
  until('a look', () => aura.calls('get-instance').some(({ path }) => path.includes(PRODUCTION.id)));

it('a restore that somebody starts in the console is said once, followed to its end, verified and announced', async () => {
  const journey = await start({ pace: { restoreMs: 3_000 } });
  await lookedAt(journey);
  journey.aura.console.restore(PRODUCTION.id);

  const found = await heard(journey, CHANNELS.audit.id, /^found:/);
  expect(wordsOf(found)).toMatch(/Somebody else is restoring the database \*orders-prod\*/);
  expect(wordsOf(found)).toMatch(/reports it as \\"restoring\\"/);
  expect(wordsOf(found)).toMatch(/last seen as \\"running\\"/);
  expect(wordsOf(found)).toContain('the database owners in #restore-approvals');
  const inOrders = await heard(journey, CHANNELS.orders.id, /^found:/);
  expect(wordsOf(inOrders)).not.toContain(ACTION.verifyShadow);
  await heard(journey, CHANNELS.status.id, /^found:/);

  const anton = journey.slack.as(PEOPLE.approver.id);
  await anton.click(found, ACTION.verifyShadow);
  const ended = await heard(journey, CHANNELS.audit.id, /^ended:/);
  expect(ended.threadTs).toBe(found.ts);
  expect(wordsOf(ended)).toContain('is running again');
  const verified = await heard(journey, CHANNELS.audit.id, /^verified:/);
  expect(verified.threadTs).toBe(found.ts);
  expect(wordsOf(verified)).toMatch(/looked at for <@U0ANTON>/);
  expect(wordsOf(verified)).toContain('no Bolt credentials are configured');

  await journey.slack.as(PEOPLE.guest.id).click(ended, ACTION.announceShadow);
  await until('the refusal', () =>
    journey.slack.workspace.messages.some(({ onlyFor, text }) => onlyFor === PEOPLE.guest.id && /guest/i.test(text)),
  );
  expect(said(journey, CHANNELS.orders.id, /^announced:/)).toEqual([]);
  const redis = connectForClicks(journey.redis.target);
  await redis.connect();
  const refused = await createRefusedRequestStore(redis).load('N-1');
  redis.disconnect();
  expect(refused).toMatchObject({
    auditChannel: CHANNELS.audit.id,
    history: [{ by: PEOPLE.guest.id, facts: { attempt: 'announce-shadow', reason: 'guest', about: 'X-1' } }],
  });
  journey.slack.faults.add({ kind: 'redeliver', times: 1 });
  await anton.click(ended, ACTION.announceShadow);
  const toAnton = () => journey.slack.workspace.messages.filter(({ onlyFor }) => onlyFor === anton.id).slice(1);
  await until('the answer to both deliveries', () => toAnton().length === 2);
  expect(new Set(toAnton().map(({ text }) => text)).size).toBe(1);
  const notice = await heard(journey, CHANNELS.orders.id, /^announced:/);
  expect(notice.text).toContain('UNPLANNED: Database Restored Outside The Bot');
  expect(notice.text).toContain('The database is running again');
  expect(notice.text).toContain('<@U0ANTON>');
  for (const channel of [CHANNELS.audit.id, CHANNELS.orders.id, CHANNELS.status.id]) {
    expect(said(journey, channel, /^found:/)).toHaveLength(1);
    expect(said(journey, channel, /^ended:/)).toHaveLength(1);
  }
  expect(journey.aura.log.filter(({ applied }) => applied)).toEqual([]);
});

it('a file that fails to load is said to have failed, and nobody hears of the other instance', async () => {
  const journey = await start();
  await lookedAt(journey);
  journey.aura.faults.add({ kind: 'restore-ends', as: 'loading failed', times: 1 });
  journey.aura.console.loadFile(PRODUCTION.id, 'friday.backup');
  await heard(journey, CHANNELS.orders.id, /^found:/);
  const audit = await until(
    'the failure',
    () => said(journey, CHANNELS.audit.id, /^(found|ended):/).find((one) => wordsOf(one).includes('loading failed')),
    20_000,
  );
  expect(wordsOf(audit)).toContain('The database is not available');
  expect(journey.slack.workspace.messages.some((message) => wordsOf(message).includes(STAGING.alias))).toBe(false);
});

it('during a request that has sent nothing it is no run of ours: it is said, and those who agreed are asked again', async () => {
  const journey = await start({ pace: { restoreMs: 4_000 }, productionSettings: { notice_lead: '0m' } });
  const card = await requestRestore(journey);
  journey.aura.console.restore(PRODUCTION.id);
  const found = await heard(journey, CHANNELS.audit.id, /^found:/);
  expect(wordsOf(found)).toContain('The open request R-1 holds this database and has sent nothing to Aura');
  await approve(journey, card);
  await until('the card to ask again', () => /somebody else restores it/.test(wordsOf(cardAt(journey, card))));
  expect(journey.aura.calls('restore')).toEqual([]);
  await heard(journey, CHANNELS.audit.id, /^ended:/);
  await approve(journey, card);
  await until('the card to end', () => /Restored to/.test(wordsOf(cardAt(journey, card))));
  expect(journey.aura.calls('restore')).toHaveLength(1);
  expect(said(journey, CHANNELS.audit.id, /^found:/)).toHaveLength(1);
});

it('one that began and ended after people agreed has them asked again before the planned start', async () => {
  const journey = await start({ pace: { restoreMs: 1_500 }, productionSettings: { notice_lead: '0.3m' } });
  const card = await requestRestore(journey);
  await approve(journey, card);
  journey.aura.console.overwrite(PRODUCTION.id, STAGING.id);
  await heard(journey, CHANNELS.audit.id, /^ended:/);
  await until('the card to ask again', () => /past this bot \(X-1/.test(wordsOf(cardAt(journey, card))));
  expect(journey.aura.calls('restore')).toEqual([]);
});

it.each(['running', 'loading failed'] as const)('a restore of our own that ends %s is nobody else’s', async (end) => {
  const journey = await start({ pace: { restoreMs: 2_500 } });
  await lookedAt(journey);
  if (end !== 'running') journey.aura.faults.add({ kind: 'restore-ends', as: end, times: 1 });
  const card = await requestRestore(journey);
  await approve(journey, card);
  const last = end === 'running' ? /Restored to/ : /loading failed/;
  await until('the card to end', () => last.test(wordsOf(cardAt(journey, card))));
  const looks = journey.aura.calls('get-instance').length;
  await until('three more looks', () => journey.aura.calls('get-instance').length > looks + 3);
  expect(journey.slack.workspace.messages.filter((message) => /^found:/.test(keyOf(message)))).toEqual([]);
});

it('two workers of which one is killed say it once', async () => {
  const site: Site = await startSite({ settings: OFTEN });
  ends.push(site.end);
  const first = await site.start('worker');
  await site.start('worker');
  await lookedAt(site);
  site.aura.faults.add({ kind: 'restore-ends', as: 'never', times: 1 });
  site.slack.faults.add({ kind: 'lose-answer', method: 'chat.postMessage', times: 1 });
  site.aura.console.restore(PRODUCTION.id);
  await heard(site, CHANNELS.audit.id, /^found:/);
  process.kill(first.pid, 'SIGKILL');
  await heard(site, CHANNELS.status.id, /^found:/);
  await heard(site, CHANNELS.orders.id, /^found:/);
  site.aura.instances.settle(PRODUCTION.id, 'running');
  for (const channel of [CHANNELS.audit.id, CHANNELS.orders.id, CHANNELS.status.id]) {
    await heard(site, channel, /^ended:/);
    expect(said(site, channel, /^found:/)).toHaveLength(1);
  }
});
