import { afterEach, expect, it } from 'vitest';
import { ACTION, FIELD } from '../../messages/action-ids.ts';
import { APPROVERS_GROUP, CHANNELS, PEOPLE } from '../../playground/people.ts';
import {
  approve,
  cardAt,
  cards,
  confirm,
  noticesIn,
  requestRestore,
  restorePointOn,
  until,
  wordsOf,
} from '../../playground/story.ts';
import { PRODUCTION } from '../../playground/world.ts';
import { type Journey, startJourney } from '../support/journey.ts';

let journey: Journey;
afterEach(() => journey.end());

const { approver, secondApprover, stakeholder } = PEOPLE;
const TWO_RULES = {
  approvers: undefined,
  approvals: [
    { name: 'database owners', groups: [APPROVERS_GROUP], needed: 2 },
    { name: 'service owner', users: [stakeholder.id] },
  ],
};

const cardSays = (card: { channel: string; ts: string }, words: string) =>
  until(`the card to say "${words}"`, () => wordsOf(cardAt(journey, card)).includes(words));

it('a restore that needs three people begins with the third, and the card says who is missing until then', async () => {
  journey = await startJourney({ productionSettings: TWO_RULES });
  const card = await requestRestore(journey);
  await cardSays(card, '0 of 2 database owners; service owner');

  await approve(journey, card, approver.id);
  await cardSays(card, '1 of 2 database owners; service owner');
  const anton = journey.slack.as(approver.id);
  await anton.click(card, ACTION.takeBack);
  await cardSays(card, '0 of 2 database owners; service owner');

  await approve(journey, card, approver.id);
  await approve(journey, card, stakeholder.id);
  await cardSays(card, 'Still missing:* 1 of 2 database owners');
  expect(journey.aura.calls('take-snapshot')).toHaveLength(0);

  const ayumi = journey.slack.as(secondApprover.id);
  await ayumi.click(card, ACTION.approve);
  await until('the form', () => ayumi.modal());
  expect(JSON.stringify(ayumi.modal()?.view)).toContain('the last one needed');
  ayumi.closeModal();
  await approve(journey, card, secondApprover.id);
  await cardSays(card, 'Restored to');
  expect(journey.aura.calls('restore').filter(({ applied }) => applied)).toHaveLength(1);
});

it('somebody who left the group after agreeing does not count when the others agree', async () => {
  journey = await startJourney({ productionSettings: TWO_RULES });
  const card = await requestRestore(journey);
  await approve(journey, card, approver.id);
  await approve(journey, card, stakeholder.id);
  await cardSays(card, 'Still missing:* 1 of 2 database owners');
  const group = journey.slack.workspace.groups.find(({ id }) => id === APPROVERS_GROUP);
  journey.slack.workspace.groups.splice(0, 1, {
    ...(group ?? { id: APPROVERS_GROUP, handle: 'owners' }),
    users: [secondApprover.id],
  });
  await approve(journey, card, secondApprover.id);
  await cardSays(card, `agreed <@${secondApprover.id}>`);
  expect(wordsOf(cardAt(journey, card))).not.toContain(`agreed <@${approver.id}>`);
  expect(journey.aura.calls('take-snapshot')).toHaveLength(0);
});

it('a request that nobody could approve is refused with what is missing, and the form said whom it would ask', async () => {
  journey = await startJourney({
    productionSettings: {
      approvers: undefined,
      approvals: [{ name: 'database owners', groups: [APPROVERS_GROUP], needed: 2 }],
    },
    prepare: ({ slack }) => slack.setUser(secondApprover.id, { isDeleted: true }),
  });
  await expect(requestRestore(journey)).rejects.toThrow(' needs 2, and 1 can be found');
  const form = journey.slack.as(PEOPLE.requester.id).modal();
  expect(form?.errors).toHaveProperty([FIELD.instance]);
  expect(JSON.stringify(form?.view)).toContain('(1 person besides you)');
  expect(cards(journey)).toEqual([]);
});

it('the requester changes the request: the vote falls, its voter is told what is different, and is asked anew', async () => {
  journey = await startJourney();
  const { slack } = journey;
  const card = await requestRestore(journey);
  const anton = slack.as(approver.id);
  await anton.click(card, ACTION.approve);
  await until('the form', () => anton.modal());
  await confirm(journey, card, anton.id);
  const earlier = restorePointOn(journey, card);

  await anton.click(card, ACTION.edit);
  await until('the refusal', () =>
    slack.workspace.messages.some(({ text }) => text.includes('can withdraw this request')),
  );
  const rita = slack.as(PEOPLE.requester.id);
  await rita.click(card, ACTION.edit);
  await until('the form', () => rita.modal());
  const groups = await until('restore points', () => rita.suggestions(ACTION.chooseSnapshot, ''));
  const ids = JSON.stringify(groups).match(/(?<="value":")[^"]+/g) ?? [];
  await rita.choose(ACTION.chooseSnapshot, ids[2] ?? '');
  await rita.choose(`${FIELD.noticeChannels}_0`, '1');
  await rita.submit();
  expect(rita.modal()).toBeUndefined();
  await cardSays(card, 'changed the plan');
  expect(wordsOf(cardAt(journey, card))).toMatch(/Restore point:\* was .*is now/);

  await anton.submit();
  expect(JSON.stringify(anton.modal()?.errors)).toContain('not the one you were shown');
  anton.closeModal();
  await anton.click(card, ACTION.approve);
  await until('the form', () => anton.modal());
  await confirm(journey, card, anton.id);
  anton.type(FIELD.restorePointTyped, earlier);
  for (let times = 0; times < 3; times++) {
    await anton.submit();
    expect(JSON.stringify(anton.modal()?.errors)).toContain('before the request was changed');
  }
  anton.closeModal();
  await approve(journey, card, approver.id);
  await cardSays(card, 'Restored to');
  await until('both notices', () => noticesIn(journey, CHANNELS.orders.id).length >= 2);
  expect(noticesIn(journey, CHANNELS.orders.id)).toHaveLength(2);
  expect(slack.messages(CHANNELS.status.id)).toHaveLength(0);
});

it('whoever voted before a change is told side by side what is different', async () => {
  journey = await startJourney({ productionSettings: TWO_RULES });
  const { slack } = journey;
  const card = await requestRestore(journey);
  await approve(journey, card, approver.id);
  await cardSays(card, '1 of 2 database owners');
  const rita = slack.as(PEOPLE.requester.id);
  await rita.click(card, ACTION.edit);
  await until('the form', () => rita.modal());
  await rita.choose(`${FIELD.checks}_0`, '0');
  await rita.submit();
  await cardSays(card, '0 of 2 database owners');
  const told = await until('the direct message', () =>
    slack.messages(`D${approver.id.slice(1)}`).find(({ text }) => text.includes('votes so far no longer count')),
  );
  expect(told.text).toMatch(/\*Checks:\* was orders_exist, .*; is now orders_contain_products/);
});

it('an instance that is paused while people vote: the votes lapse, nobody hears of a start, and the restore goes on', async () => {
  journey = await startJourney({ productionSettings: TWO_RULES });
  const { aura, slack } = journey;
  const card = await requestRestore(journey);
  aura.instances.settle(PRODUCTION.id, 'paused');
  await approve(journey, card, approver.id);
  await cardSays(card, 'What was agreed to is no longer so');
  await until('the direct message', () =>
    slack.messages(`D${approver.id.slice(1)}`).find(({ text }) => text.includes('votes so far no longer count')),
  );
  expect(noticesIn(journey, CHANNELS.orders.id)).toEqual([]);

  aura.instances.settle(PRODUCTION.id, 'running');
  for (const person of [approver, stakeholder, secondApprover]) await approve(journey, card, person.id);
  await cardSays(card, 'Restored to');
  expect(noticesIn(journey, CHANNELS.orders.id).map(({ text }) => text.split(':')[0])).not.toContain(
    'MAINTENANCE PUT OFF',
  );
});

it('an instance that is paused when people have agreed: nothing begins, everybody is asked anew, and the restore goes on', async () => {
  journey = await startJourney();
  const { aura, slack } = journey;
  const card = await requestRestore(journey);
  aura.instances.settle(PRODUCTION.id, 'paused');
  await approve(journey, card, approver.id);
  await cardSays(card, 'What was agreed to is no longer so');
  expect(aura.calls('take-snapshot')).toHaveLength(0);
  for (const person of [approver, PEOPLE.requester])
    await until('the direct message', () =>
      slack.messages(`D${person.id.slice(1)}`).find(({ text }) => text.includes('votes so far no longer count')),
    );
  await until('the notice', () => noticesIn(journey, CHANNELS.orders.id).length === 2);

  aura.instances.settle(PRODUCTION.id, 'running');
  await approve(journey, card, secondApprover.id);
  await cardSays(card, 'Restored to');
  expect(aura.calls('restore').filter(({ applied }) => applied)).toHaveLength(1);
  await until('the last notice', () => noticesIn(journey, CHANNELS.orders.id).length === 4);
  expect(noticesIn(journey, CHANNELS.orders.id).map(({ text }) => text.split(':')[0])).toEqual([
    'PLANNED MAINTENANCE',
    'MAINTENANCE PUT OFF',
    'PLANNED MAINTENANCE',
    'MAINTENANCE COMPLETE',
  ]);
});

it('the approver of production knows the restore point from the card; three wrong answers close the form, not the request', async () => {
  journey = await startJourney();
  const { slack } = journey;
  const card = await requestRestore(journey);
  const anton = slack.as(approver.id);
  await anton.click(card, ACTION.approve);
  await until('the form', () => anton.modal());
  expect(JSON.stringify(anton.modal()?.view.blocks)).not.toContain(`snapshot of`);
  await confirm(journey, card, anton.id);
  for (const typed of ['2020-01-01 00:00', 'yesterday']) {
    anton.type(FIELD.restorePointTyped, typed);
    await anton.submit();
    expect(anton.modal()?.errors).toHaveProperty([FIELD.restorePointTyped]);
  }
  anton.type(FIELD.restorePointTyped, `${restorePointOn(journey, card)} UTC`);
  anton.type(FIELD.instanceName, 'orders-staging');
  await anton.submit();
  expect(anton.modal()?.errors).toHaveProperty([FIELD.instanceName]);
  anton.type(FIELD.instanceName, PRODUCTION.alias);
  await anton.submit();
  expect(JSON.stringify(anton.modal()?.errors)).toContain('after three wrong answers');
  await cardSays(card, 'a wrong answer');
  anton.closeModal();
  await anton.click(card, ACTION.approve);
  await until('the refusal', () =>
    slack.workspace.messages.some(({ onlyFor, text }) => onlyFor === anton.id && text.includes('three wrong answers')),
  );
  expect(anton.modal()).toBeUndefined();

  const ayumi = slack.as(secondApprover.id);
  await ayumi.click(card, ACTION.approve);
  await until('the form', () => ayumi.modal());
  ayumi.type(FIELD.restoreWord, 'RESTORE');
  ayumi.type(FIELD.instanceName, PRODUCTION.alias);
  ayumi.type(FIELD.restorePointTyped, restorePointOn(journey, card));
  await ayumi.submit();
  await cardSays(card, 'Restored to');
});
