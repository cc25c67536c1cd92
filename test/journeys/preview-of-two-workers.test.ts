import { pino } from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import { ACTION } from '../../messages/action-ids.ts';
import { type SimulatedNeo4j, startSimulatedNeo4j } from '../../playground/neo4j/simulated-neo4j.ts';
import { PEOPLE } from '../../playground/people.ts';
import { approve, cardAt, cards, requestRestore, until, wordsOf } from '../../playground/story.ts';
import { PRODUCTION } from '../../playground/world.ts';
import { type Bot, startBot } from '../../src/bot.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { readCheck } from '../../src/graph/check-definition.ts';
import { type Journey, startJourney } from '../support/journey.ts';

const SAYS_WITHIN_MS = 100_000;

let journey: Journey;
let database: SimulatedNeo4j;
let isOpen = false;
let others: Bot[] = [];
afterEach(async () => {
  await Promise.all(others.map((bot) => bot.stop()));
  others = [];
  await journey.end();
  await database.close();
});

const rita = () => journey.slack.as(PEOPLE.requester.id);
const form = () => JSON.stringify(rita().modal()?.view ?? {});
const says = (card: { channel: string; ts: string }, words: string) =>
  until(`the card to say "${words}"`, () => wordsOf(cardAt(journey, card)).includes(words), SAYS_WITHIN_MS);

/** Another worker process of the same bot: it shares nothing with the first one but Redis. */
async function startAnotherWorker(): Promise<void> {
  const config = loadConfig({ ...journey.env, ROLE: 'worker' }, readCheck);
  others.push(await startBot(config, journey.redis.target, { log: pino({ level: 'silent' }) }));
}

/** A preview is made by the one worker there is; its database answers nobody before it is opened. */
async function makePreview() {
  isOpen = false;
  database = await startSimulatedNeo4j(() => isOpen);
  journey = await startJourney({
    newDatabase: {
      boltUrl: database.uri,
      password: 'one-time',
      snapshot: async () => undefined,
      restore: async () => undefined,
    },
    // However long the other workers take to start: the database is opened after that.
    timing: { verify_connect: '1h' },
    settings: {
      prices: { as_of: '2026-11-01', currency: 'USD', per_hour: { 'business-critical': { '8GB': 1.6 } } },
    },
    productionSettings: {
      methods: ['restore-snapshot', 'new-instance'],
      new_instance: { monthly_cap: 50, preview: { time_to_live: '1h' } },
    },
  });
  const { snapshots } = journey.aura.instances.find(PRODUCTION.id);
  const asked = await requestRestore(journey, {
    alias: PRODUCTION.alias,
    pick: (ids) => ids.find((id) => snapshots.some((one) => one.snapshot_id === id && one.exportable)),
  });
  await rita().click(asked, ACTION.preview);
  await until('the form', () => form().includes('1.60 USD for 1 h'));
  await rita().submit();
  const card = await until('the card of the preview', () => cards(journey)[1]);
  await says(asked, 'asked for, waits for agreement');
  await approve(journey, card);
  await says(card, 'checking its data');
  await says(asked, 'its instance is being made');
  return { asked, card };
}

describe('a preview whose one-time password one worker of two holds', () => {
  it('is counted by that worker, and the card of the request says so with what its checks found', async () => {
    const { asked } = await makePreview();
    await startAnotherWorker();
    await startAnotherWorker();
    isOpen = true;
    await says(asked, 'Checks in it:');
    expect(wordsOf(cardAt(journey, asked))).toMatch(/Preview R-2:.*counted/);
  }, 240_000);

  it('could not be counted when that worker is gone, and the card of the request says what to do', async () => {
    const { asked, card } = await makePreview();
    await startAnotherWorker();
    await journey.bot.stop();
    isOpen = true;
    await says(asked, 'could not be counted');
    expect(wordsOf(cardAt(journey, asked))).toContain('new_instances.password_directory');
    await says(card, 'the worker that held its one-time password is gone');
  }, 240_000);
});
