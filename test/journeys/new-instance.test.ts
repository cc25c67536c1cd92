import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { ACTION, FIELD } from '../../messages/action-ids.ts';
import { PEOPLE } from '../../playground/people.ts';
import { approve, cardAt, cards, requestRestore, sayWhyOther, until, wordsOf } from '../../playground/story.ts';
import { PRODUCTION, STAGING } from '../../playground/world.ts';
import { change } from '../../src/new-instances/made-store.ts';
import { createMadeStore } from '../../src/store/made-store.ts';
import { connectForClicks } from '../../src/store/redis.ts';
import { type Journey, startJourney } from '../support/journey.ts';

let journey: Journey;
afterEach(() => journey.end());

const PRICES = {
  as_of: '2026-11-01',
  currency: 'USD',
  per_hour: { 'business-critical': { '8GB': 1.6, '16GB': 3.2 }, 'professional-db': { '8GB': 0.72 } },
};
const NEW_INSTANCE = { time_to_live: '2h', longest: '24h', monthly_cap: 50 };

async function start(options: Parameters<typeof startJourney>[0] = {}) {
  const { productionSettings, settings, timing } = options;
  journey = await startJourney({
    ...options,
    timing: { reaper: '0.2s', ...timing },
    settings: { prices: PRICES, ...settings },
    productionSettings: {
      methods: ['restore-snapshot', 'new-instance'],
      new_instance: NEW_INSTANCE,
      ...productionSettings,
    },
  });
}

const rita = () => journey.slack.as(PEOPLE.requester.id);
const form = () => JSON.stringify(rita().modal()?.view ?? {});
const others = () =>
  [...journey.aura.instances.all.values()].filter(({ id }) => id !== PRODUCTION.id && id !== STAGING.id);
const cardSays = (card: { channel: string; ts: string }, words: string) =>
  until(`the card to say "${words}"`, () => wordsOf(cardAt(journey, card)).includes(words));
const exportable = (ids: readonly string[]) =>
  ids.find((id) =>
    journey.aura.instances.find(PRODUCTION.id).snapshots.some((one) => one.snapshot_id === id && one.exportable),
  );
const created = () => journey.aura.calls('create-instance');

async function ask({ exportable = true, hasChoice = true } = {}) {
  await rita().slash('/restore', PRODUCTION.alias, 'C0APPROVALS');
  await until('the form', () => form().includes('restore points in') && !form().includes('are being read'));
  if (hasChoice) await rita().choose(ACTION.chooseMethod, 'new-instance');
  await until('the sizes', () => form().includes(FIELD.newSize));
  const groups = await until('restore points', () => rita().suggestions(ACTION.chooseSnapshot, ''));
  const options = groups.flatMap((group) => group.options as { value: string; description?: { text: string } }[]);
  const point = options.find(({ description }) => description?.text.endsWith(', exportable') === exportable);
  await rita().choose(ACTION.chooseSnapshot, point?.value ?? '');
  await rita().choose(ACTION.chooseReason, 'failed-migration');
  await until('what it means', () => form().includes('Keep in mind'));
  rita().type(FIELD.reasonText, 'We want to look at the data of last night first.');
  await sayWhyOther(rita(), 'Nobody knows yet whether that snapshot is clean.');
}

async function submit() {
  const before = cards(journey).length;
  await rita().submit();
  expect(rita().modal()?.errors).toBeUndefined();
  const card = await until('the card', () => cards(journey)[before]);
  return { channel: card.channel, ts: card.ts };
}

/** The time of every made instance is over. */
async function endTheirTime() {
  const redis = connectForClicks(journey.redis.target);
  await redis.connect();
  const store = createMadeStore(redis);
  const past = new Date(Date.now() - 1_000).toISOString();
  // The bot may write to the same record at this moment.
  for (const { id } of await store.open()) await change(store, id, (made) => ({ ...made, removeAt: past }));
  redis.disconnect();
}

it('a new instance is made beside the other one, its password told to one person once, and it is removed at its time', async () => {
  await start();
  await ask();
  expect(form()).toContain('Nothing is overwritten and nothing is lost');
  expect(form()).toContain('1.60 USD an hour, 3.20 USD for 2 h');
  expect(form()).toContain('since no new instance was made of it');
  const card = await submit();
  await cardSays(card, '3.20 USD for 2 h (prices as of 2026-11-01)');
  expect(wordsOf(cardAt(journey, card))).toContain('Remove it after 2 h');
  const before = journey.aura.instances.find(PRODUCTION.id).dataVersion;
  await approve(journey, card, PEOPLE.approver.id);
  await cardSays(card, 'The new instance runs');
  const [made, ...more] = others();
  expect(more).toEqual([]);
  expect(made).toMatchObject({
    type: 'business-critical',
    memory: '8GB',
    dataVersion: expect.stringMatching(/^as of/),
  });
  expect(wordsOf(cardAt(journey, card))).toContain(made?.id ?? 'none');
  expect(created()).toHaveLength(1);
  expect(journey.aura.instances.find(PRODUCTION.id).dataVersion).toBe(before);
  expect(journey.aura.calls('take-snapshot')).toEqual([]);
  const passwords = journey.slack.workspace.messages.filter(({ text }) => /user `neo4j`, password `/.test(text));
  expect(passwords.map(({ onlyFor }) => onlyFor)).toEqual([PEOPLE.requester.id]);
  await endTheirTime();
  await until('its end', () => others().length === 0);
  await until('the audit channel to say so', () =>
    JSON.stringify(journey.slack.workspace.messages).includes('was removed'),
  );
  expect(journey.aura.calls('delete-instance').map(({ path }) => path)).toEqual([`/v1/instances/${made?.id}`]);
  await ask();
  expect(form()).toContain('by 1 earlier new instance made from snapshots of this instance');
});

it('an instance whose time ends while the whole bot is down is removed when it is back', async () => {
  await start();
  await ask();
  const card = await submit();
  await approve(journey, card, PEOPLE.approver.id);
  await cardSays(card, 'The new instance runs');
  await journey.restart(async () => {
    await endTheirTime();
    expect(others()).toHaveLength(1);
  });
  await until('its end', () => others().length === 0);
  expect(journey.aura.calls('delete-instance')).toHaveLength(1);
});

it('a create call whose answer is lost is found by its name, made once, and its password said to be lost', async () => {
  await start();
  journey.aura.faults.add({ kind: 'reset', route: 'create-instance', when: 'after', times: 1 });
  await ask();
  const card = await submit();
  await approve(journey, card, PEOPLE.approver.id);
  await cardSays(card, 'The new instance runs');
  await cardSays(card, 'one-time password may be lost');
  expect(others()).toHaveLength(1);
  expect(created()).toHaveLength(1);
});

it('where production must not be overwritten the request becomes one for a new instance', async () => {
  await start({ productionSettings: { methods: ['new-instance'] } });
  await ask({ hasChoice: false });
  const card = await submit();
  await approve(journey, card, PEOPLE.approver.id);
  await cardSays(card, 'The new instance runs');
  expect(journey.aura.calls('restore')).toEqual([]);
});

it('a snapshot that is not exportable is said in the form and refused there, and nothing is asked for', async () => {
  await start();
  await ask({ exportable: false });
  expect(form()).toContain('not exportable');
  await rita().submit();
  expect(JSON.stringify(rita().modal()?.errors)).toContain('This snapshot is not exportable');
  expect(cards(journey)).toEqual([]);
});

it('a cap that would be passed is refused in the form with the sums, and nothing is asked for', async () => {
  await start({ productionSettings: { new_instance: { ...NEW_INSTANCE, monthly_cap: 3 } } });
  await ask();
  await rita().submit();
  expect(JSON.stringify(rita().modal()?.errors)).toMatch(/3\.20 USD.*3\.00 USD are allowed/);
  expect(cards(journey)).toEqual([]);
});

it('the password goes to a directory where the operator names one, and to nobody in Slack', async () => {
  const directory = join(process.env.TMPDIR ?? '/tmp', `rb-passwords-${process.pid}`);
  await start({ settings: { new_instances: { password_directory: directory } } });
  await ask();
  const card = await submit();
  await approve(journey, card, PEOPLE.approver.id);
  await cardSays(card, 'The new instance runs');
  expect(readdirSync(directory)).toEqual([expect.stringMatching(/^rb-R-1-[a-z2-9]{8}\.password$/)]);
  expect(journey.slack.workspace.messages.filter(({ text }) => /, password `/.test(text))).toEqual([]);
  await endTheirTime();
  await until(
    'its end',
    () => others().length === 0 && existsSync(directory) && readdirSync(directory).length === 0,
    20_000,
  );
});

it('a restore of the same instance goes on meanwhile', async () => {
  await start();
  await ask();
  await submit();
  const card = await requestRestore(journey, { alias: PRODUCTION.alias });
  await approve(journey, card, PEOPLE.approver.id);
  await cardSays(card, 'Restored to');
});

it('the card of an open request asks for a preview with one button, by the rules of previews', async () => {
  const preview = {
    approvers: { users: [PEOPLE.secondApprover.id, PEOPLE.requester.id] },
    time_to_live: '1h',
    longest: '1h',
  };
  await start({ productionSettings: { new_instance: { ...NEW_INSTANCE, preview } } });
  const asked = await requestRestore(journey, { alias: PRODUCTION.alias, pick: exportable });
  await rita().click(asked, ACTION.preview);
  await until('the price', () => form().includes('1.60 USD for 1 h'));
  expect(form()).toContain('Preview of R-1:');
  const card = await submit();
  await cardSays(card, 'Preview of R-1:');
  expect(wordsOf(cardAt(journey, card))).toContain('Remove it after 1 h');

  // Who may agree to a restore may not agree to a preview of it.
  await journey.slack.as(PEOPLE.approver.id).click(card, ACTION.approve);
  await until('a no', () =>
    journey.slack.workspace.messages.find(
      ({ onlyFor, text }) => onlyFor === PEOPLE.approver.id && text.includes('you are not among those who may decide'),
    ),
  );
  expect(created()).toEqual([]);
  await approve(journey, card, PEOPLE.secondApprover.id);
  await cardSays(card, 'The new instance runs');
  expect(others()).toHaveLength(1);
  expect(wordsOf(cardAt(journey, asked))).not.toContain('Restored');
});

it('a preview of a request that was withdrawn meanwhile is refused, and said why', async () => {
  await start();
  const asked = await requestRestore(journey, { alias: PRODUCTION.alias, pick: exportable });
  await rita().click(asked, ACTION.preview);
  await until('the price', () => form().includes('3.20 USD for 2 h'));
  const other = journey.slack.as(PEOPLE.requester.id);
  await other.click(asked, ACTION.withdraw);
  await cardSays(asked, 'Withdrawn');
  await rita().submit();
  expect(JSON.stringify(rita().modal()?.errors)).toContain('R-1 does not wait any more');
});
