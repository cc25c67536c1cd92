import { afterEach, expect, it } from 'vitest';
import { ACTION, COPIED, FIELD, NEED } from '../../messages/action-ids.ts';
import { CHANNELS, PEOPLE } from '../../playground/people.ts';
import { approve, cardAt, cards, requestRestore, until, wordsOf } from '../../playground/story.ts';
import { PRODUCTION, STAGING } from '../../playground/world.ts';
import { type Journey, startJourney } from '../support/journey.ts';

let journey: Journey;
afterEach(() => journey.end());

const rita = () => journey.slack.as(PEOPLE.requester.id);
const shown = () => JSON.stringify(rita().modal()?.view ?? {});
const says = (words: string) => until(`the advice to say "${words}"`, () => shown().includes(words));

it('advice follows what a person says must hold, and leads to the request', async () => {
  journey = await startJourney({ productionSettings: { methods: ['restore-snapshot', 'overwrite'] } });
  await rita().slash('/restore', `advise ${PRODUCTION.alias}`, CHANNELS.approvals.id);
  await says('Advice for orders-prod: Restore one of its snapshots');
  await says('Aura keeps a usable snapshot');

  await rita().choose(ACTION.adviceNeeds, NEED.keepsPresent);
  await says('None of the ways that fit is allowed');
  await rita().choose(ACTION.adviceNeeds, NEED.keepsPresent);
  await rita().choose(ACTION.adviceWhere, 'another-instance');
  await says('Advice for orders-prod: Overwrite it from another instance');
  await rita().choose(ACTION.adviceNeeds, NEED.keepsPresent);
  await says('Load it into another instance');
  await rita().choose(ACTION.adviceNeeds, NEED.keepsPresent);
  await says('Advice for orders-prod: Overwrite it from another instance');

  await rita().submit();
  await until('the request form', () => shown().includes(FIELD.source));
});

const PRICES = { as_of: '2026-11-01', currency: 'USD', per_hour: { 'business-critical': { '8GB': 1.6 } } };
const METHODS = {
  methods: ['restore-snapshot', 'new-instance', 'backup-file'],
  new_instance: { time_to_live: '2h', monthly_cap: 50 },
};

it('what it will take comes from earlier restores, and the request goes on with what was said to hold', async () => {
  journey = await startJourney({ settings: { prices: PRICES }, productionSettings: METHODS });
  const before = await requestRestore(journey);
  await approve(journey, before);
  await until('the end', () => wordsOf(cardAt(journey, before)).includes('*Restored to'));

  await rita().slash('/restore', `advise ${PRODUCTION.alias}`, CHANNELS.approvals.id);
  await says('Restore one of its snapshots');
  await says('by 1 earlier restore of this instance');
  await rita().choose(ACTION.adviceNeeds, NEED.keepsPresent);
  await says('the present state stays as it is');
  await rita().submit();
  await says(FIELD.newSize);
  await says('because the present state stays as it is');
  expect(shown(), 'what was advised needs no reason').not.toContain(FIELD.whyOther);

  await rita().choose(ACTION.chooseMethod, 'restore-snapshot');
  await says(`${FIELD.whyOther}:new-instance`);
  const groups = await rita().suggestions(ACTION.chooseSnapshot, '');
  const [point] = groups.flatMap(({ options }) => options as readonly { value: string }[]);
  await rita().choose(ACTION.chooseSnapshot, point?.value ?? '');
  await rita().choose(ACTION.chooseReason, 'failed-migration');
  await says('Keep in mind');
  rita().type(FIELD.reasonText, 'The migration lost half of the customers.');
  await rita().submit();
  expect(JSON.stringify(rita().modal()?.errors), 'without a reason it is not taken').toContain(FIELD.whyOther);
  rita().type(`${FIELD.whyOther}:new-instance`, 'The owners want it back in place.');
  for (let tries = 0; rita().modal() && tries < 5; tries++) await rita().submit();
  const card = await until('the card', () => cards(journey)[1]);
  expect(wordsOf(cardAt(journey, card))).toContain(
    '*Another way than advised (Make a new instance from a snapshot):* The owners want it back in place.',
  );
});

it('a day that Aura did not answer for may hold a snapshot: advice does not say that there is none', async () => {
  const date = new Date(Date.now() - 3 * 86_400_000).toISOString().slice(0, 10);
  journey = await startJourney({
    productionSettings: { methods: ['restore-snapshot', 'backup-file'] },
    prepare: ({ aura }) => {
      aura.instances.find(PRODUCTION.id).snapshots.splice(0);
      aura.faults.add({ kind: 'status', route: 'list-snapshots', status: 503, when: 'before', times: 1_000, date });
    },
  });
  await rita().slash('/restore', `advise ${PRODUCTION.alias}`, CHANNELS.approvals.id);
  await says('It did not answer for every day: there may be more');
  expect(shown()).toContain('Advice for orders-prod: Restore one of its snapshots');
  expect(shown()).not.toContain('keeps no usable snapshot');
});

it('where Aura keeps no snapshot the form advises a file', async () => {
  journey = await startJourney({
    settings: { prices: PRICES },
    productionSettings: METHODS,
    prepare: ({ aura }) => void aura.instances.find(PRODUCTION.id).snapshots.splice(0),
  });
  await rita().slash('/restore', PRODUCTION.alias, CHANNELS.approvals.id);
  await says('because Aura keeps no usable snapshot of that moment');
});

const card = () => until('the card', () => cards(journey)[0]);

it('what replaces the data of an instance of which Aura keeps a usable snapshot says why, and sees what the snapshot would take', async () => {
  journey = await startJourney({ productionSettings: { methods: ['restore-snapshot', 'overwrite'] } });
  await rita().slash('/restore', PRODUCTION.alias, CHANNELS.approvals.id);
  await says('*Advice:* Restore one of its snapshots');
  expect(shown(), 'what is advised needs no reason').not.toContain(FIELD.whyOther);
  await rita().choose(ACTION.chooseMethod, 'overwrite');
  await says(`${FIELD.whyOther}:restore-snapshot`);
  await says('*Expected time:* 5 min to 29 min, a rule of thumb');
  await rita().choose(ACTION.chooseSource, STAGING.alias);
  await rita().choose(ACTION.chooseCopied, COPIED.live);
  await rita().choose(ACTION.chooseReason, 'failed-migration');
  await says('Keep in mind');
  rita().type(FIELD.reasonText, 'The migration lost half of the customers.');
  await rita().submit();
  expect(JSON.stringify(rita().modal()?.errors)).toContain(FIELD.whyOther);
  rita().type(`${FIELD.whyOther}:restore-snapshot`, 'Only staging has the new model.');
  await rita().submit();
  expect(wordsOf(await card())).toContain(
    '*Another way than advised (Restore one of its snapshots):* Only staging has the new model.',
  );
});

it('a form that is sent before it could ask why is refused by what Aura keeps, and asks', async () => {
  journey = await startJourney({
    productionSettings: { methods: ['overwrite', 'restore-snapshot'] },
    // As many as the form is drawn before it is sent.
    prepare: ({ aura }) => aura.faults.add({ kind: 'slow', route: 'list-snapshots', delayMs: 60_000, times: 4 }),
  });
  await rita().slash('/restore', PRODUCTION.alias, CHANNELS.approvals.id);
  await says(FIELD.source);
  await rita().choose(ACTION.chooseSource, STAGING.alias);
  await rita().choose(ACTION.chooseCopied, COPIED.live);
  await rita().choose(ACTION.chooseReason, 'failed-migration');
  await says('Keep in mind');
  expect(shown()).not.toContain(FIELD.whyOther);
  rita().type(FIELD.reasonText, 'The migration lost half of the customers.');
  await rita().submit();
  expect(cards(journey)).toEqual([]);
  await says(`${FIELD.whyOther}:restore-snapshot`);
  rita().type(`${FIELD.whyOther}:restore-snapshot`, 'Only staging has the new model.');
  await rita().submit();
  expect(wordsOf(await card())).toContain('Only staging has the new model.');
});
