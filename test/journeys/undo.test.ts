import { afterEach, expect, it } from 'vitest';
import { ACTION, COPIED, DRY_RUN, FIELD } from '../../messages/action-ids.ts';
import { past } from '../../messages/slack-text.ts';
import { CHANNELS, PEOPLE } from '../../playground/people.ts';
import { approve, cardAt, cards, noticesIn, requestRestore, until, wordsOf } from '../../playground/story.ts';
import { PRODUCTION, STAGING } from '../../playground/world.ts';
import { addMinutes } from '../../src/restore/instant.ts';
import { connectForClicks } from '../../src/store/redis.ts';
import { createRestoreStore } from '../../src/store/restore-store.ts';
import { type Journey, startJourney } from '../support/journey.ts';

const DAY_MINUTES = 1_440;

let journey: Journey;
afterEach(() => journey.end());

const cardSays = (card: { channel: string; ts: string }, words: string) =>
  until(`the card to say "${words}"`, () => wordsOf(cardAt(journey, card)).includes(words));
const heads = () => journey.slack.workspace.messages.filter(({ channel }) => channel === CHANNELS.orders.id);
const formOf = (person: string) => JSON.stringify(journey.slack.as(person).modal()?.view ?? {});

async function restored() {
  const card = await requestRestore(journey);
  await approve(journey, card, PEOPLE.approver.id);
  await cardSays(card, 'Restored to');
  return card;
}

/** Presses Undo on a card and sends the form as it is offered. */
async function undo(card: { channel: string; ts: string }, person: string) {
  const asking = journey.slack.as(person);
  const before = cards(journey).length;
  await asking.click(card, ACTION.undo);
  await until('what would be lost', () => formOf(person).includes('will be lost'));
  await asking.submit();
  expect(asking.modal()?.errors).toBeUndefined();
  const made = await until('the card of the undo', () => cards(journey)[before]);
  return { channel: made.channel, ts: made.ts };
}

it('a restore is undone by one click and a second person: the data is back, and its card and head message say so', async () => {
  journey = await startJourney();
  journey.aura.instances.find(PRODUCTION.id).dataVersion = 'just before';
  const first = await restored();
  expect(journey.aura.instances.find(PRODUCTION.id).dataVersion).not.toBe('just before');
  await cardSays(first, 'It can be undone until');

  const card = await undo(first, PEOPLE.requester.id);
  await cardSays(card, 'Undoes R-1');
  await approve(journey, card, PEOPLE.approver.id);
  await cardSays(card, 'Restored to');
  expect(journey.aura.instances.find(PRODUCTION.id).dataVersion).toBe('just before');
  await cardSays(first, 'Undone* by R-2');
  expect(JSON.stringify(cardAt(journey, first).blocks)).not.toContain(ACTION.undo);
  await until('the head message', () => heads().some(({ text }) => text.includes('Database restore undone')));
  const thread = journey.slack.workspace.messages.filter(({ threadTs }) => threadTs === first.ts);
  expect(thread.filter(({ text }) => text.includes('R-1 was undone by R-2'))).toHaveLength(1);
});

it('an undo needs a second person like any other restore, and what was undone cannot be undone again', async () => {
  journey = await startJourney();
  const first = await restored();
  const card = await undo(first, PEOPLE.requester.id);
  const rita = journey.slack.as(PEOPLE.requester.id);
  await rita.click(card, ACTION.approve);
  await until(
    'the refusal',
    () => journey.slack.workspace.messages.some(({ text }) => text.includes('this is your own request')),
    20_000,
  );
  expect(rita.modal()).toBeUndefined();
  await approve(journey, card, PEOPLE.approver.id);
  await cardSays(first, 'Undone* by R-2');
  await rita.slash('/restore', 'undo R-1', CHANNELS.approvals.id);
  await until('the answer', () =>
    journey.slack.workspace.messages.some(({ text }) => text.includes('changed nothing that could be undone')),
  );
});

it('an undo whose load fails has undone nothing: the first card keeps its way back', async () => {
  journey = await startJourney();
  const first = await restored();
  journey.aura.faults.add({ kind: 'restore-ends', as: 'loading failed', times: 1 });
  const card = await undo(first, PEOPLE.requester.id);
  await approve(journey, card, PEOPLE.approver.id);
  await cardSays(card, 'The instance is not usable as it is');
  expect(wordsOf(cardAt(journey, first))).toContain('It can be undone until');
  expect(wordsOf(cardAt(journey, first))).not.toContain('Undone*');
  expect(JSON.stringify(cardAt(journey, first).blocks)).toContain(ACTION.undo);
});

it('an undo whose safety snapshot is gone by its start sends nothing and says what can be done', async () => {
  journey = await startJourney();
  const first = await restored();
  const card = await undo(first, PEOPLE.requester.id);
  const sent = journey.aura.calls('restore').length;
  journey.aura.instances.find(PRODUCTION.id).snapshots.splice(0);
  await approve(journey, card, PEOPLE.approver.id);
  await cardSays(card, 'Withdraw this request, and ask for another restore point');
  expect(journey.aura.calls('restore')).toHaveLength(sent);
  expect(wordsOf(cardAt(journey, first))).not.toContain('Undone*');
});

/** Overwrites production with staging as it is, to the end. */
async function overwritten() {
  const rita = journey.slack.as(PEOPLE.requester.id);
  await rita.slash('/restore', PRODUCTION.alias, CHANNELS.approvals.id);
  await until('the sources', () => formOf(PEOPLE.requester.id).includes(ACTION.chooseSource));
  await rita.choose(ACTION.chooseSource, STAGING.alias);
  await rita.choose(ACTION.chooseCopied, COPIED.live);
  await rita.choose(ACTION.chooseReason, 'failed-migration');
  await until('what it means', () => formOf(PEOPLE.requester.id).includes('Keep in mind'));
  rita.type(FIELD.reasonText, 'The migration lost half of the customers.');
  await rita.submit();
  const made = await until('the card', () => cards(journey)[0]);
  const card = { channel: made.channel, ts: made.ts };
  await approve(journey, card, PEOPLE.approver.id);
  await cardSays(card, 'Overwritten: everything in');
  return card;
}

it('what is only ever overwritten is undone all the same, from its safety snapshot and from no other one', async () => {
  journey = await startJourney({ productionSettings: { methods: ['overwrite'] } });
  journey.aura.instances.find(PRODUCTION.id).dataVersion = 'just before';
  const first = await overwritten();
  expect(journey.aura.instances.find(PRODUCTION.id).dataVersion).not.toBe('just before');

  const rita = journey.slack.as(PEOPLE.requester.id);
  await rita.click(first, ACTION.undo);
  await until('what would be lost', () => formOf(PEOPLE.requester.id).includes('will be lost'));
  const points = await rita.suggestions(ACTION.chooseSnapshot, '');
  const oldest = points.flatMap(({ options }) => options as readonly { value: string }[]).at(-1);
  await rita.choose(ACTION.chooseSnapshot, oldest?.value ?? '');
  await rita.submit();
  expect(JSON.stringify(rita.modal()?.errors)).toContain('do not allow this way');
  rita.closeModal();

  const card = await undo(first, PEOPLE.requester.id);
  await cardSays(card, 'Undoes R-1');
  await approve(journey, card, PEOPLE.approver.id);
  await cardSays(card, 'Restored to');
  expect(journey.aura.instances.find(PRODUCTION.id).dataVersion).toBe('just before');
  await cardSays(first, 'Undone* by R-2');
}, 120_000);

it('a dry run does everything but what changes something, tells no stakeholder and lists the calls', async () => {
  journey = await startJourney();
  const rita = journey.slack.as(PEOPLE.requester.id);
  const card = await requestRestore(journey, {
    beforeSubmit: async () => {
      await rita.choose(ACTION.chooseDryRun, DRY_RUN);
    },
  });
  await cardSays(card, 'Dry run: nothing is changed');
  await approve(journey, card, PEOPLE.approver.id);
  await cardSays(card, 'Dry run complete');
  const words = wordsOf(cardAt(journey, card));
  expect(words).toContain(`POST /v1/instances/${PRODUCTION.id}/snapshots`);
  expect(words).toMatch(new RegExp(`POST /v1/instances/${PRODUCTION.id}/snapshots/[^/]+/restore`));
  expect(journey.aura.log.filter(({ method, path }) => method !== 'GET' && !path.includes('/oauth/'))).toEqual([]);
  expect(noticesIn(journey, CHANNELS.orders.id)).toEqual([]);
});

/** Its safety snapshot was complete two months earlier. The bot may write to the same record at this moment. */
async function makeSafetySnapshotOld(id: string) {
  const redis = connectForClicks(journey.redis.target);
  await redis.connect();
  const store = createRestoreStore(redis);
  try {
    for (;;) {
      const restore = (await store.load(id))?.restore;
      const state = restore?.state;
      if (!restore || state?.status !== 'completed' || !state.safetySnapshot) throw new Error('there is no way back');
      const { snapshotId, completedAt: at } = state.safetySnapshot;
      const completedAt = addMinutes(at, -61 * DAY_MINUTES);
      const older = { ...state, safetySnapshot: { ...state.safetySnapshot, completedAt } };
      const saved = await store.save(restore.version, { ...restore, version: restore.version + 1, state: older });
      if (saved.kind === 'saved') return { terms: restore.terms, snapshotId, completedAt };
    }
  } finally {
    redis.disconnect();
  }
}

it('an undo asked for after Aura kept the safety snapshot is refused with the date and what else can be done', async () => {
  journey = await startJourney();
  const first = await restored();
  const { terms, snapshotId, completedAt } = await makeSafetySnapshotOld('R-1');
  const { snapshots } = journey.aura.instances.find(PRODUCTION.id);
  snapshots.splice(
    snapshots.findIndex((one) => one.snapshot_id === snapshotId),
    1,
  );

  const rita = journey.slack.as(PEOPLE.requester.id);
  const refusals = () =>
    journey.slack.workspace.messages.filter(
      ({ text, onlyFor }) => onlyFor === PEOPLE.requester.id && text.includes('cannot be undone any more'),
    );
  await rita.slash('/restore', 'undo R-1', CHANNELS.approvals.id);
  const [refusal] = await until('the refusal', () => (refusals().length > 0 ? refusals() : undefined));
  for (const words of ['R-1', PRODUCTION.alias, past(completedAt), `/restore ${PRODUCTION.alias}`, '/restore advise'])
    expect(refusal?.text).toContain(words);
  expect(refusal?.text).toContain(past(addMinutes(completedAt, (terms.retentionDays ?? 0) * DAY_MINUTES)));
  expect(rita.modal()).toBeUndefined();

  await cardSays(first, 'undo refused, tried');

  await rita.click(first, ACTION.undo).catch(() => undefined);
  expect(rita.modal()).toBeUndefined();
  expect(cards(journey)).toHaveLength(1);
});
