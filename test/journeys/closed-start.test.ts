import { readFileSync, writeFileSync } from 'node:fs';
import { afterEach, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { ACTION } from '../../messages/action-ids.ts';
import { CHANNELS, PEOPLE } from '../../playground/people.ts';
import { approve, cardAt, confirm, requestRestore, until, wordsOf } from '../../playground/story.ts';
import { PRODUCTION } from '../../playground/world.ts';
import { addMinutes } from '../../src/restore/instant.ts';
import { connectForClicks } from '../../src/store/redis.ts';
import { createRestoreStore } from '../../src/store/restore-store.ts';
import { type Journey, startJourney } from '../support/journey.ts';

const PATIENCE_MS = 60_000;
const HOUR_MINUTES = 60;

let journey: Journey;
afterEach(() => journey.end());

type Card = { readonly channel: string; readonly ts: string };
const says = (card: Card, words: string) =>
  until(`the card to say "${words}"`, () => wordsOf(cardAt(journey, card)).includes(words), PATIENCE_MS);
const hears = (person: string, words: string) =>
  until(
    `${person} to hear "${words}"`,
    () =>
      journey.slack.workspace.messages.some(
        ({ onlyFor, channel, text }) =>
          (onlyFor === person || channel === `D${person.slice(1)}`) && text.includes(words),
      ),
    PATIENCE_MS,
  );

/** Starts the bot anew with one freeze more in its file. */
async function freeze(name: string, from: string, to: string, whileDown?: () => Promise<void>): Promise<void> {
  await journey.restart(async () => {
    const file = journey.env.CONFIG_FILE ?? '';
    const written = parse(readFileSync(file, 'utf8'));
    const production = written.instances[PRODUCTION.alias];
    production.freezes = [...(production.freezes ?? []), { name, from, to }];
    writeFileSync(file, stringify(written));
    await whileDown?.();
  });
}

/** As if it had been agreed to twenty minutes earlier, so that it is to be looked at. The queue, set for later, is lost. */
async function agreedEarlier(): Promise<void> {
  const redis = connectForClicks(journey.redis.target);
  try {
    await redis.connect();
    const store = createRestoreStore(redis);
    const loaded = await store.load('R-1');
    if (!loaded) throw new Error('there is no R-1');
    const { restore } = loaded;
    const earlier = { ...restore, version: restore.version + 1, since: addMinutes(restore.since, -20) };
    expect(await store.save(restore.version, earlier)).toEqual({ kind: 'saved' });
    await redis.del(...(await redis.keys('{rb}:restore-work:*')));
  } finally {
    redis.disconnect();
  }
}

async function moveStart(card: Card, at: string): Promise<void> {
  const rita = journey.slack.as(PEOPLE.requester.id);
  await rita.click(card, ACTION.edit);
  await until('the form', () => rita.modal(), PATIENCE_MS);
  await rita.choose(ACTION.chooseStart, 'at');
  await rita.choose(ACTION.chooseStartTime, Math.floor(Date.parse(at) / 1000));
  await rita.submit();
  expect(rita.modal()?.errors).toBeUndefined();
  await says(card, 'changed the plan');
}

it('a freeze that comes between the request and the yes, or between the yes and the start, starts and ends nothing', async () => {
  journey = await startJourney();
  const { approver, requester } = PEOPLE;
  const now = new Date(Math.floor(Date.now() / 60_000) * 60_000).toISOString();
  const [opens, later] = [addMinutes(now, 48 * HOUR_MINUTES), addMinutes(now, 96 * HOUR_MINUTES)];
  const card = await requestRestore(journey);

  await freeze('Stocktaking', addMinutes(now, -HOUR_MINUTES), opens);
  const anton = journey.slack.as(approver.id);
  await anton.click(card, ACTION.approve);
  await until('the form', () => anton.modal(), PATIENCE_MS);
  expect(JSON.stringify(anton.modal()?.view)).toContain('A start is not possible now');
  await confirm(journey, card, approver.id);
  await anton.submit();
  expect(JSON.stringify(anton.modal()?.errors)).toContain('Nothing was agreed to: it would start');
  anton.closeModal();
  await says(card, 'no start was possible then');

  const startAt = addMinutes(opens, HOUR_MINUTES);
  await moveStart(card, startAt);
  await approve(journey, card, approver.id);
  await says(card, 'Confirmed, waiting to start');
  const inOrders = () => journey.slack.messages(CHANNELS.orders.id).map(({ text }) => text);
  await until('the channel to be told', () => inOrders().length > 0, PATIENCE_MS);

  await freeze('Audit', opens, later, agreedEarlier);
  await says(card, 'What was agreed to cannot start');
  const words = wordsOf(cardAt(journey, card));
  expect(words).toMatch(/Restores are frozen until .*: Audit\. Next possible start: /);
  expect(words).toContain(`${later.slice(0, 10)} ${later.slice(11, 16)} UTC`);
  expect(words).toContain('An approver may agree to a later start, which the requester must accept.');
  expect(JSON.stringify(cardAt(journey, card).blocks)).toContain(`"${ACTION.approve}"`);
  for (const { id } of [approver, requester]) await hears(id, 'What was agreed to cannot start');

  await moveStart(card, addMinutes(later, HOUR_MINUTES));
  await approve(journey, card, approver.id);
  await says(card, 'Confirmed, waiting to start');
  expect(journey.aura.calls('take-snapshot')).toEqual([]);
}, 240_000);
