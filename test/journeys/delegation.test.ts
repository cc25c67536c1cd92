import { afterEach, expect, it } from 'vitest';
import { ACTION, FIELD } from '../../messages/action-ids.ts';
import { APPROVERS_GROUP, CHANNELS, PEOPLE } from '../../playground/people.ts';
import { approve, cardAt, requestRestore, until, wordsOf } from '../../playground/story.ts';
import { connectForClicks } from '../../src/store/redis.ts';
import { createRefusedRequestStore } from '../../src/store/refused-request-store.ts';
import { type Journey, startJourney } from '../support/journey.ts';

let journey: Journey;
afterEach(() => journey.end());

const { approver, requester, stakeholder, guest } = PEOPLE;
const TWO_OWNERS = {
  approvers: undefined,
  approvals: [{ name: 'database owners', groups: [APPROVERS_GROUP], needed: 2 }],
};

const cardSays = (card: { channel: string; ts: string }, words: string) =>
  until(`the card to say "${words}"`, () => wordsOf(cardAt(journey, card)).includes(words));

async function openForm(by: string, typed = '') {
  const persona = journey.slack.as(by);
  await persona.slash('/restore', `delegate ${typed}`.trim(), CHANNELS.approvals.id);
  await until('the form', () => persona.modal());
  return persona;
}

async function delegate(by: string, to: string) {
  const persona = await openForm(by);
  await persona.choose('person', to);
  await persona.submit();
  return persona;
}

it('somebody who stands in agrees for the other, the card says so, and both together are one vote', async () => {
  journey = await startJourney({ productionSettings: TWO_OWNERS });
  const anton = await delegate(approver.id, stakeholder.id);
  expect(anton.modal()).toBeUndefined();
  const card = await requestRestore(journey);
  await cardSays(card, `<@${stakeholder.id}> for <@${approver.id}> until`);

  await approve(journey, card, stakeholder.id);
  await cardSays(card, `agreed <@${stakeholder.id}> for <@${approver.id}>`);
  await anton.click(card, ACTION.approve);
  await until('the refusal', () =>
    journey.slack.workspace.messages.some(({ text }) => text.includes('one place is one vote')),
  );
  await approve(journey, card, PEOPLE.secondApprover.id);
  await cardSays(card, 'Restored to');
  expect(wordsOf(cardAt(journey, card))).toContain(`<@${stakeholder.id}> for <@${approver.id}>`);
});

it('a form that its sender sends again, for Slack gave up on it, hands the place over once', async () => {
  journey = await startJourney();
  const anton = await openForm(approver.id);
  await anton.choose('person', stakeholder.id);
  const standing = anton.modal();
  if (!standing) throw new Error('there is no form');
  await anton.submit();
  journey.slack.workspace.modals.set(anton.id, [standing]);
  await anton.submit();
  expect(anton.modal()).toBeUndefined();
  const again = await openForm(approver.id);
  const listed = JSON.stringify(again.modal()?.view).split(`<@${stakeholder.id}> stands in for you`).length - 1;
  expect(listed).toBe(1);
});

it('who gave the place and left the group takes the other’s right with them, and so does taking it back', async () => {
  journey = await startJourney();
  await delegate(approver.id, stakeholder.id);
  const card = await requestRestore(journey);
  const sam = journey.slack.as(stakeholder.id);
  await sam.click(card, ACTION.approve);
  await until('the form', () => sam.modal());
  sam.closeModal();

  const group = journey.slack.workspace.groups[0] ?? { id: APPROVERS_GROUP, handle: 'owners', users: [] };
  journey.slack.workspace.groups.splice(0, 1, { ...group, users: group.users.filter((id) => id !== approver.id) });
  await sam.click(card, ACTION.approve);
  const refusals = () =>
    journey.slack.workspace.messages.filter(
      ({ text, onlyFor }) => onlyFor === sam.id && text.includes('not among those who may decide'),
    );
  await until('the refusal', () => refusals().length === 1);
  expect(sam.modal()).toBeUndefined();

  journey.slack.workspace.groups.splice(0, 1, group);
  await sam.click(card, ACTION.approve);
  await until('the form', () => sam.modal());
  sam.closeModal();
  const anton = await openForm(approver.id);
  await anton.click({ modal: true }, ACTION.endDelegation);
  await until('the list without it', () => !JSON.stringify(anton.modal()?.view).includes('stands in for you'));
  await sam.click(card, ACTION.approve);
  await until('the second refusal', () => refusals().length === 2);
});

it('the requester cannot decide with a place that was handed to them, and a guest gets none', async () => {
  journey = await startJourney({
    productionSettings: { approvers: { users: [approver.id, PEOPLE.secondApprover.id] } },
  });
  await delegate(approver.id, requester.id);
  const card = await requestRestore(journey);
  await journey.slack.as(requester.id).click(card, ACTION.approve);
  await until('the refusal', () =>
    journey.slack.workspace.messages.some(({ text }) => text.includes('this is your own request')),
  );
  const anton = await delegate(approver.id, guest.id);
  expect(anton.modal()?.errors).toHaveProperty([FIELD.delegate]);
});

it('who may not hand a place over, or end what is not theirs, is on record with what they tried before they hear it', async () => {
  journey = await startJourney();
  const redis = connectForClicks(journey.redis.target);
  await redis.connect();
  const { load } = createRefusedRequestStore(redis);
  try {
    const gus = await delegate(guest.id, stakeholder.id);
    expect(gus.modal()?.errors).toHaveProperty([FIELD.delegate]);
    expect((await load('N-1'))?.history).toMatchObject([
      { by: guest.id, facts: { attempt: 'delegate', reason: 'guest', interaction: expect.any(String) } },
    ]);

    const anton = await delegate(approver.id, stakeholder.id);
    await openForm(approver.id);
    // Forged: the button of somebody else's place, in a form of their own.
    const forged = await openForm(guest.id);
    const view = anton.modal();
    if (!view) throw new Error('there is no form');
    journey.slack.workspace.modals.set(forged.id, [view]);
    await forged.click({ modal: true }, ACTION.endDelegation);
    const ended = await until('the record', () => load('N-2'));
    expect(ended.history).toMatchObject([{ by: guest.id, facts: { attempt: 'end-delegation', about: 'D-1' } }]);
  } finally {
    redis.disconnect();
  }
});

it('where it is forbidden nobody hands a place over, and what is typed stands in the form where it is allowed', async () => {
  journey = await startJourney({ settings: { environments: { production: { delegation: 'forbidden' } } } });
  const anton = await openForm(approver.id, `<@${stakeholder.id}|sam> until 2099-12-01 08:00`);
  expect(JSON.stringify(anton.modal()?.view)).toContain(`"initial_user":"${stakeholder.id}"`);
  expect(JSON.stringify(anton.modal()?.view)).toContain(
    `"initial_date_time":${Date.parse('2099-12-01T08:00Z') / 1000}`,
  );
  anton.closeModal();
  // The staging instance allows it, so the place there can be handed over; production does not count it.
  await delegate(approver.id, stakeholder.id);
  const card = await requestRestore(journey);
  await journey.slack.as(stakeholder.id).click(card, ACTION.approve);
  await until('the refusal', () =>
    journey.slack.workspace.messages.some(({ text }) => text.includes('not among those who may decide')),
  );
});

it('who holds a place is told once, both hear that it ended early, and the card of an open request says who stands in now', async () => {
  journey = await startJourney();
  const card = await requestRestore(journey);
  await delegate(approver.id, stakeholder.id);
  await cardSays(card, `<@${stakeholder.id}> for <@${approver.id}> until`);
  const told = (words: string) => journey.slack.workspace.messages.filter(({ text }) => text.includes(words));
  await until('the word to the holder', () => told(`<@${approver.id}> has handed their place to you`).length > 0);

  const anton = await openForm(approver.id);
  await anton.click({ modal: true }, ACTION.endDelegation);
  await until('the word to the owner', () => told('does not stand in for you any more').length > 0);
  await until('the word to the holder', () => told('You do not stand in for').length > 0);
  await until(
    'the card without it',
    () => !wordsOf(cardAt(journey, card)).includes(`<@${stakeholder.id}> for <@${approver.id}>`),
    20_000,
  );
  expect(told('has handed their place to you')).toHaveLength(1);
});

it('the home of each lists the place that was handed over, and either ends it there', async () => {
  journey = await startJourney();
  await delegate(approver.id, stakeholder.id);
  const homeOf = async (by: string) => {
    const persona = journey.slack.as(by);
    await persona.openHome();
    await until('the home page', () => journey.slack.workspace.homes.get(by));
    return persona;
  };
  const says = (by: string, words: string) =>
    JSON.stringify(journey.slack.workspace.homes.get(by)?.view.blocks).includes(words);
  await homeOf(approver.id);
  await until('the place given', () => says(approver.id, `<@${stakeholder.id}> stands in for you`));
  const sam = await homeOf(stakeholder.id);
  await until('the place held', () => says(stakeholder.id, `You stand in for <@${approver.id}>`));
  await sam.click({ home: true }, ACTION.endDelegation);
  await until('the home without it', () => !says(stakeholder.id, 'Places handed over'));
});
