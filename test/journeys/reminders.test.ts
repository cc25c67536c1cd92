import { afterEach, expect, it } from 'vitest';
import { ACTION, URGENT } from '../../messages/action-ids.ts';
import { APPROVERS_GROUP, CHANNELS, PEOPLE } from '../../playground/people.ts';
import type { SimMessage } from '../../playground/slack/workspace.ts';
import { approve, cardAt, requestRestore, until, wordsOf } from '../../playground/story.ts';
import { WEEKDAYS } from '../../src/restore/calendar-times.ts';
import type { Delivery } from '../../src/restore/restore.ts';
import { connectForClicks } from '../../src/store/redis.ts';
import { createRestoreStore } from '../../src/store/restore-store.ts';
import { type Journey, startJourney } from '../support/journey.ts';

let journey: Journey;
afterEach(() => journey.end());

const { requester, approver, secondApprover, stakeholder } = PEOPLE;
const ALWAYS = { days: WEEKDAYS, from: '00:00', to: '24:00' };
/** A day that is today nowhere on earth. */
const ANOTHER_DAY = { ...ALWAYS, days: [WEEKDAYS[(new Date().getUTCDay() + 3) % 7]] };

type Card = Awaited<ReturnType<typeof requestRestore>>;
const thread = (card: Card): readonly SimMessage[] =>
  journey.slack.messages(CHANNELS.approvals.id).filter(({ threadTs }) => threadTs === card.ts);
const direct = (person: string) => journey.slack.messages(`D${person.slice(1)}`);
const cardSays = (card: Card, words: string) =>
  until(`the card to say "${words}"`, () => wordsOf(cardAt(journey, card)).includes(words));
const privately = (person: string, words: string) =>
  until(`${person} to hear "${words}"`, () =>
    journey.slack.workspace.messages.find(({ onlyFor, text }) => onlyFor === person && text.includes(words)),
  );

it('those who do not answer are reminded in the thread, the fallback is told directly, and may then agree', async () => {
  journey = await startJourney({
    productionSettings: {
      approvers: { groups: [APPROVERS_GROUP], escalates_to: ['fallback'] },
      reminders: { after: ['1s', '3s'] },
      escalation: { fallback: { after: '5s', users: [stakeholder.id] } },
      working_hours: ALWAYS,
    },
  });
  const { slack } = journey;
  const card = await requestRestore(journey);
  // Slack takes the first reminder, and nobody hears that it did.
  slack.faults.add({ kind: 'lose-answer', method: 'chat.postMessage', times: 1 });
  expect(wordsOf(cardAt(journey, card))).toContain('reminded* after 1 s and 3 s');
  expect(wordsOf(cardAt(journey, card))).toContain('After 5 s also told');

  await until('both reminders', () => thread(card).filter(({ text }) => text.includes('still waits')).length === 2);
  for (const person of [approver, secondApprover]) expect(thread(card)[0]?.text).toContain(`<@${person.id}>`);
  const told = await until('the escalation', () => direct(stakeholder.id)[0]);
  expect(told.text).toContain('nobody has decided about it yet, so you are told');
  await cardSays(card, 'Escalated:*');
  await until('its reply', () => thread(card).some(({ text }) => text.includes(`<@${stakeholder.id}>`)));

  await approve(journey, card, stakeholder.id);
  await cardSays(card, 'Restored to');
  const keys = thread(card).map(({ metadata }) => JSON.stringify(metadata));
  expect(new Set(keys).size).toBe(keys.length);
  for (const reply of thread(card)) expect(wordsOf(reply)).not.toContain(requester.id);
  expect(direct(stakeholder.id)).toHaveLength(1);
});

it('the requester nudges those who are missing, not too often; nobody else can', async () => {
  journey = await startJourney({ productionSettings: { reminders: { after: ['1h'] }, working_hours: ALWAYS } });
  const { slack } = journey;
  const card = await requestRestore(journey);
  await slack.as(approver.id).click(card, ACTION.look);
  await cardSays(card, 'Looking:*');
  const rita = slack.as(requester.id);
  await rita.click(card, ACTION.nudge);
  const answer = await privately(requester.id, 'Nudged in the card');
  expect(answer.text).toContain(`<@${secondApprover.id}>`);
  expect(answer.text).not.toContain(approver.id);
  const reply = await until('the nudge', () => thread(card)[0]);
  expect(reply.text).toContain(`<@${secondApprover.id}>: the requester asks you to answer`);
  await cardSays(card, 'nudged by the requester');

  await rita.click(card, ACTION.nudge);
  await privately(requester.id, 'you did so a moment ago');
  await slack.as(approver.id).click(card, ACTION.nudge);
  await privately(approver.id, 'or nudge those who are asked');
  await cardSays(card, 'nudge refused');
  expect(thread(card)).toHaveLength(1);
});

it('whether enough people can approve is said not to be known while Slack does not say who they are, until a look finds it out', async () => {
  journey = await startJourney({ productionSettings: { reminders: { after: ['1h'] }, working_hours: ALWAYS } });
  const { slack } = journey;
  slack.faults.add({ kind: 'error', method: 'usergroups.users.list', error: 'fatal_error', times: 9_999 });
  const card = await requestRestore(journey);
  await cardSays(card, 'Whether enough people can approve this could not be checked');
  const told = () => direct(requester.id).filter(({ text }) => text.includes('enough people can approve it'));
  await until('the requester to be told', () => told().length === 1);
  expect(told()[0]?.text).toContain('Slack did not say in time');

  slack.faults.clear();
  await slack.as(requester.id).click(card, ACTION.nudge);
  await until('the requester to be told again', () => told().length === 2);
  expect(told()[1]?.text).toContain('enough can');
  await until('the line to be gone', () => !wordsOf(cardAt(journey, card)).includes('could not be checked'));
  await approve(journey, card, approver.id);
  await cardSays(card, 'Restored to');
  expect(told()).toHaveLength(2);
});

it('nobody is asked outside their working hours, which the form says beforehand, unless it is urgent', async () => {
  journey = await startJourney({
    productionSettings: { reminders: { after: ['1s', '3s'] }, request_expiry: '8s', working_hours: ANOTHER_DAY },
  });
  const { slack } = journey;
  const rita = slack.as(requester.id);
  let warned = false;
  const card = await requestRestore(journey, {
    beforeSubmit: async () => {
      warned = JSON.stringify(rita.modal()?.view).includes(
        'Nobody who is asked is at work before this request expires',
      );
    },
  });
  expect(warned).toBe(true);
  await rita.click(card, ACTION.nudge);
  await privately(requester.id, 'none of those who are missing is at work now');
  await cardSays(card, 'Expired');
  expect(thread(card)).toEqual([]);

  const urgent = await requestRestore(journey, {
    beforeSubmit: async () => {
      await rita.choose(ACTION.chooseUrgent, URGENT);
      await until('no warning', () => !JSON.stringify(rita.modal()?.view).includes('Nobody who is asked is at work'));
    },
  });
  expect(wordsOf(cardAt(journey, urgent))).toContain('people may be asked at any hour');
  await until('a reminder', () => thread(urgent).length > 0);
  await cardSays(urgent, 'Expired');
});

it('a reminder of which nobody knows whether Slack took it is not said twice where threads cannot be read', async () => {
  journey = await startJourney({ productionSettings: { reminders: { after: ['1h'] }, working_hours: ALWAYS } });
  const { slack, redis } = journey;
  const card = await requestRestore(journey);
  slack.faults.add({ kind: 'lose-answer', method: 'chat.postMessage', times: 1 });
  slack.faults.add({ kind: 'error', method: 'conversations.replies', error: 'not_allowed_token_type', times: 9 });
  await slack.as(requester.id).click(card, ACTION.nudge);
  const client = connectForClicks(redis.target);
  await client.connect();
  const store = createRestoreStore(client);
  let settled: Delivery | undefined;
  const look = async () => {
    settled = (await store.load('R-1'))?.restore.deliveries['reminder:0:1'];
  };
  await until('the record to say so', () => {
    void look();
    return settled;
  });
  client.disconnect();
  expect(settled).toMatchObject({ status: 'undeliverable', why: 'not_allowed_token_type' });
  expect(thread(card)).toHaveLength(1);
});
