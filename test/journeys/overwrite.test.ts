import { afterEach, expect, it } from 'vitest';
import { ACTION, COPIED, FIELD } from '../../messages/action-ids.ts';
import { CHANNELS, PEOPLE } from '../../playground/people.ts';
import { approve, cardAt, cards, confirm, noticesIn, sayWhyOther, until, wordsOf } from '../../playground/story.ts';
import { PRODUCTION, STAGING } from '../../playground/world.ts';
import { type Journey, startJourney } from '../support/journey.ts';

let journey: Journey;
afterEach(() => journey.end());

const METHODS = { methods: ['restore-snapshot', 'overwrite'] };
const cardSays = (card: { channel: string; ts: string }, words: string) =>
  until(`the card to say "${words}"`, () => wordsOf(cardAt(journey, card)).includes(words));
const said = () => JSON.stringify(journey.slack.as(PEOPLE.requester.id).modal()?.view ?? {});

/** Fills the form as far as the method's own part, for the instance that is to be overwritten. */
async function chooseOverwrite(target: string, source: string, isLive = false): Promise<void> {
  const rita = journey.slack.as(PEOPLE.requester.id);
  await rita.slash('/restore', target, 'C0APPROVALS');
  await until('the form', () => said().includes('restore points in'));
  await rita.choose(ACTION.chooseMethod, 'overwrite');
  await until('the sources', () => said().includes(ACTION.chooseSource));
  await rita.choose(ACTION.chooseSource, source);
  if (isLive) await rita.choose(ACTION.chooseCopied, COPIED.live);
  await rita.choose(ACTION.chooseReason, 'failed-migration');
  await until('what it means', () => said().includes('Keep in mind'));
  rita.type(FIELD.reasonText, 'The migration lost half of the customers.');
  await sayWhyOther(rita);
}

/** Chooses the first snapshot of the source that can be exported. */
async function chooseSnapshot() {
  const rita = journey.slack.as(PEOPLE.requester.id);
  await until('the snapshots of the source', () => said().includes('Snapshot of'));
  const groups = await until('restore points', () => rita.suggestions(ACTION.chooseSnapshot, ''));
  const point = groups
    .flatMap(({ options }) => options as { value: string; description?: { text: string } }[])
    .find(({ description }) => description?.text.endsWith(', exportable'));
  await rita.choose(ACTION.chooseSnapshot, point?.value ?? '');
  const chosen = journey.aura.instances
    .find(STAGING.id)
    .snapshots.find(({ snapshot_id: id }) => point?.value.includes(id));
  if (!chosen) throw new Error('the chosen snapshot is not of the source');
  return chosen;
}

async function submit() {
  const rita = journey.slack.as(PEOPLE.requester.id);
  const before = cards(journey).length;
  await rita.submit();
  expect(rita.modal()?.errors).toBeUndefined();
  const card = await until('the card', () => cards(journey)[before]);
  return { channel: card.channel, ts: card.ts };
}

it('an instance gets the data of a snapshot of another one: both are named, its own is saved first, the call goes once', async () => {
  journey = await startJourney({ productionSettings: METHODS });
  const source = journey.aura.instances.find(STAGING.id);
  source.dataVersion = 'what staging holds now, which is not copied';
  await chooseOverwrite(PRODUCTION.alias, STAGING.alias);
  const copied = await chooseSnapshot();
  const card = await submit();
  await cardSays(card, `Overwrites:* *${PRODUCTION.alias}* (${PRODUCTION.name}, \`${PRODUCTION.id}\`)`);
  expect(wordsOf(cardAt(journey, card))).toContain(`With the data of:* *${STAGING.alias}*`);
  await approve(journey, card, PEOPLE.approver.id);
  await cardSays(card, 'Overwritten: everything in');
  const [call, ...others] = journey.aura.calls('overwrite').filter(({ applied }) => applied);
  expect(others).toEqual([]);
  expect(call?.path).toContain(PRODUCTION.id);
  expect(call?.sent).toEqual({ source_instance_id: STAGING.id, source_snapshot_id: copied.snapshot_id });
  expect(journey.aura.instances.find(PRODUCTION.id).dataVersion).toBe(copied.dataVersion);
  expect(journey.aura.calls('take-snapshot').map(({ path }) => path)).toEqual([expect.stringContaining(PRODUCTION.id)]);
  expect(journey.aura.calls('restore')).toEqual([]);
});

it('an instance gets the data of another one as it is: Aura is asked without a snapshot', async () => {
  journey = await startJourney({ productionSettings: METHODS });
  journey.aura.instances.find(STAGING.id).dataVersion = 'what staging holds now';
  await chooseOverwrite(PRODUCTION.alias, STAGING.alias, true);
  const card = await submit();
  await cardSays(card, 'as it is when the copy begins');
  const anton = journey.slack.as(PEOPLE.approver.id);
  await anton.click(card, ACTION.approve);
  await until('the confirmation form', () => anton.modal());
  const form = JSON.stringify(anton.modal()?.view);
  expect(form).toContain('Type the name of the instance whose data is copied');
  expect(form).not.toContain('Which time');
  await confirm(journey, card, PEOPLE.approver.id);
  anton.type(FIELD.sourceName, PRODUCTION.alias);
  await anton.submit();
  expect(anton.modal()?.errors).toEqual({ [FIELD.sourceName]: expect.stringContaining('whose data is copied') });
  anton.type(FIELD.sourceName, STAGING.alias.toUpperCase());
  await anton.submit();
  expect(anton.modal()).toBeUndefined();
  await cardSays(card, 'Overwritten: everything in');
  expect(journey.aura.instances.find(PRODUCTION.id).dataVersion).toBe('what staging holds now');
});

it('a target that is too small is refused before anything is asked of anybody', async () => {
  journey = await startJourney({
    productionSettings: METHODS,
    prepare: ({ aura }) => {
      aura.instances.find(PRODUCTION.id).memory = '2GB';
    },
  });
  await chooseOverwrite(PRODUCTION.alias, STAGING.alias);
  await chooseSnapshot();
  await journey.slack.as(PEOPLE.requester.id).submit();
  expect(JSON.stringify(journey.slack.as(PEOPLE.requester.id).modal()?.errors)).toContain(
    'The source has 4GB and this instance 2GB',
  );
  expect(cards(journey)).toEqual([]);
});

it('a source that somebody deletes before the start ends it with nothing changed', async () => {
  journey = await startJourney({ productionSettings: METHODS });
  await chooseOverwrite(PRODUCTION.alias, STAGING.alias);
  await chooseSnapshot();
  const card = await submit();
  journey.aura.instances.remove(STAGING.id);
  await approve(journey, card, PEOPLE.approver.id);
  await cardSays(card, 'no longer knows the instance that the data was to come from');
  expect(journey.aura.calls('overwrite')).toEqual([]);
});

it.each([
  ['a snapshot of it', false],
  ['it as it was', true],
])('a source that somebody deletes while %s is being copied changes nothing of what Aura does', async (_, isLive) => {
  journey = await startJourney({ productionSettings: METHODS, pace: { restoreMs: 4_000 } });
  await chooseOverwrite(PRODUCTION.alias, STAGING.alias, isLive);
  if (!isLive) await chooseSnapshot();
  const card = await submit();
  await approve(journey, card, PEOPLE.approver.id);
  await until('the copy', () => journey.aura.instances.find(PRODUCTION.id).status === 'overwriting');
  journey.aura.instances.remove(STAGING.id);
  await cardSays(card, 'Overwritten: everything in');
  expect(journey.aura.calls('overwrite').filter(({ applied }) => applied)).toHaveLength(1);
});

it('an overwrite whose answer is lost is looked for and not sent again', async () => {
  journey = await startJourney({ productionSettings: METHODS, pace: { restoreMs: 6_000 } });
  journey.aura.faults.add({ kind: 'reset', route: 'overwrite', when: 'after', times: 1 });
  await chooseOverwrite(PRODUCTION.alias, STAGING.alias);
  await chooseSnapshot();
  const card = await submit();
  await approve(journey, card, PEOPLE.approver.id);
  await cardSays(card, 'Overwritten: everything in');
  await cardSays(card, 'The answer to the call was lost');
  expect(journey.aura.calls('overwrite')).toHaveLength(1);
});

it('an overwrite that ends in "loading failed" is told with the way back', async () => {
  journey = await startJourney({ productionSettings: METHODS });
  journey.aura.faults.add({ kind: 'restore-ends', as: 'loading failed', times: 1 });
  await chooseOverwrite(PRODUCTION.alias, STAGING.alias);
  await chooseSnapshot();
  const card = await submit();
  await approve(journey, card, PEOPLE.approver.id);
  await cardSays(card, 'The instance is not usable as it is');
  await cardSays(card, 'restore the safety snapshot named on the card');
  expect(journey.aura.instances.find(STAGING.id).status).toBe('running');
});

it('a snapshot of the source that cannot be exported is refused in the form', async () => {
  journey = await startJourney({
    productionSettings: METHODS,
    prepare: ({ aura }) => {
      for (const snapshot of aura.instances.find(STAGING.id).snapshots) snapshot.exportable = false;
    },
  });
  await chooseOverwrite(PRODUCTION.alias, STAGING.alias);
  const rita = journey.slack.as(PEOPLE.requester.id);
  await until('the snapshots of the source', () => said().includes('Snapshot of'));
  const groups = await until('restore points', () => rita.suggestions(ACTION.chooseSnapshot, ''));
  const [first] = groups.flatMap(({ options }) => options as { value: string }[]);
  await rita.choose(ACTION.chooseSnapshot, first?.value ?? '');
  await rita.submit();
  expect(JSON.stringify(rita.modal()?.errors)).toContain('exportable');
  expect(cards(journey)).toEqual([]);
});

it('a source with a channel and a rule of its own is told, and must agree', async () => {
  const { approver, stakeholder } = PEOPLE;
  journey = await startJourney({
    productionSettings: { ...METHODS, notice_channels: [CHANNELS.orders.id], notice_lead: '0m' },
    stagingSettings: {
      notice_channels: [CHANNELS.status.id],
      approvals: [{ name: 'staging owner', users: [stakeholder.id] }],
    },
  });
  await chooseOverwrite(PRODUCTION.alias, STAGING.alias, true);
  const card = await submit();
  await cardSays(card, `staging owner (${STAGING.alias})`);
  await approve(journey, card, approver.id);
  await cardSays(card, `Still missing:* staging owner (${STAGING.alias})`);
  expect(journey.aura.calls('take-snapshot')).toEqual([]);
  await approve(journey, card, stakeholder.id);
  await cardSays(card, 'Overwritten: everything in');
  const source = await until('both notices', () => {
    const notices = noticesIn(journey, CHANNELS.status.id);
    return notices.length > 1 && notices;
  });
  for (const notice of source) expect(wordsOf(notice)).toContain(`the data of ${STAGING.alias}`);
  expect(noticesIn(journey, CHANNELS.orders.id)).toHaveLength(2);
});
