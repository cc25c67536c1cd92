import { afterEach, describe, expect, it } from 'vitest';
import { ACTION, FIELD } from '../../messages/action-ids.ts';
import { CHANNELS, PEOPLE } from '../../playground/people.ts';
import { approve, cardAt, keyOf, requestRestore, until, wordsOf } from '../../playground/story.ts';
import { PRODUCTION } from '../../playground/world.ts';
import type { AnswerKind } from '../../src/restore/stakeholder-facts.ts';
import { type Journey, startJourney } from '../support/journey.ts';

let journey: Journey;
afterEach(() => journey.end());

const { orders, status } = CHANNELS;
const { approver, secondApprover, requester, stakeholder, guest } = PEOPLE;

const cardSays = (card: { channel: string; ts: string }, words: string) =>
  until(`the card to say "${words}"`, () => wordsOf(cardAt(journey, card)).includes(words));
const inChannel = (channel: string, key: string) =>
  journey.slack.messages(channel).filter((message) => keyOf(message) === key);

/** The head message of a place, which is there once. */
async function headIn(channel: string, place = channel) {
  const head = await until('the head message', () => inChannel(channel, `head:${place}`)[0]);
  expect(inChannel(channel, `head:${place}`)).toHaveLength(1);
  return head;
}

const headSays = (channel: string, words: string, place = channel) =>
  until(
    `the head message to say "${words}"`,
    () => inChannel(channel, `head:${place}`)[0]?.text.includes(words),
    30_000,
  );

const replySays = (channel: string, words: string) =>
  until(
    `the thread to say "${words}"`,
    () => journey.slack.messages(channel).some(({ threadTs, text }) => threadTs && text.includes(words)),
    20_000,
  );

const whispers = (person: string) =>
  journey.slack.workspace.messages
    .filter(({ onlyFor, channel }) => onlyFor === person || channel === `D${person.slice(1)}`)
    .map(({ text }) => text);
const heard = (person: string, words: string) =>
  until(`${person} to hear "${words}"`, () => whispers(person).some((text) => text.includes(words)));

async function object(person: string, channel: string, why: string, place = channel) {
  const head = await headIn(channel, place);
  const persona = journey.slack.as(person);
  await persona.click(head, ACTION.object);
  await until('the form', () => persona.modal());
  persona.type(FIELD.objection, why);
  await persona.submit();
  expect(persona.modal()).toBeUndefined();
}

async function answer(person: string, card: { channel: string; ts: string }, kind: AnswerKind, words: string) {
  const persona = journey.slack.as(person);
  await persona.click(card, ACTION.answer);
  await until('the form', () => persona.modal());
  await persona.choose('kind', kind);
  persona.type(FIELD.answerWords, words);
  await persona.submit();
  expect(persona.modal()).toBeUndefined();
}

/** Every status that the head message of a channel has shown, in order. */
function statusesShown(channel: string): readonly string[] {
  const head = inChannel(channel, `head:${channel}`)[0];
  const texts = journey.slack.calls
    .filter(({ args, error }) => !error && args.channel === channel)
    .filter(({ method, args }) =>
      method === 'chat.update'
        ? args.ts === head?.ts
        : method === 'chat.postMessage' && JSON.stringify(args.metadata).includes(`"head:${channel}"`),
    )
    .map(({ args }) => /^Database restore ([^:]+):/.exec(String(args.text))?.[1] ?? '');
  return texts.filter((text, index) => text !== texts[index - 1]);
}

describe('the head message', () => {
  it('of each of two channels goes from planned to done, with every notice once in its thread', async () => {
    journey = await startJourney({
      pace: { restoreMs: 1500, snapshotMs: 1500 },
      productionSettings: { notice_lead: '2s', stakeholders: { users: [stakeholder.id], groups: ['S0DBOWNERS'] } },
    });
    const card = await requestRestore(journey);
    await approve(journey, card);
    await headSays(orders.id, 'planned; starts');
    expect((await headIn(orders.id)).text).toContain('<!subteam^S0DBOWNERS>');
    await cardSays(card, 'Restored to');
    for (const channel of [orders.id, status.id]) {
      await headSays(channel, 'Database restore done');
      await until('the last notice', () => inChannel(channel, `outcome:${channel}`).length > 0);
      expect(statusesShown(channel)).toEqual(
        ['planned', 'started', 'done'].flatMap((one) => withVerifying(one, channel)),
      );
      const head = await headIn(channel);
      const replies = journey.slack.messages(channel).filter(({ ts }) => ts !== head.ts);
      expect(replies.every(({ threadTs }) => threadTs === head.ts)).toBe(true);
      const keys = replies.map(keyOf);
      expect(new Set(keys).size).toBe(keys.length);
      expect(keys).toEqual(
        [`planned:${channel}`, `started:${channel}`, `verifying:${channel}`, `outcome:${channel}`].filter(
          (key) => keys.includes(key) || !key.startsWith('verifying'),
        ),
      );
      expect(replies[0]?.text).toMatch(/^PLANNED MAINTENANCE: Database Restore Operation/);
      expect(replies.at(-1)).toMatchObject({ isAnnounced: true });
    }
    // A person is told as a channel is, without the mention of groups.
    const direct = `D${stakeholder.id.slice(1)}`;
    await headSays(direct, 'Database restore done', stakeholder.id);
    expect((await headIn(direct, stakeholder.id)).text).not.toContain('subteam');
    expect(JSON.stringify(await headIn(orders.id))).not.toContain(ACTION.object);
  });

  /** The data is verified quickly here, so that it is a matter of milliseconds whether a channel saw it. */
  function withVerifying(one: string, channel: string): readonly string[] {
    return one === 'done' && statusesShown(channel).includes('verifying') ? ['verifying', 'done'] : [one];
  }

  it('that somebody deleted is posted anew, and what follows stands in its thread', async () => {
    journey = await startJourney({ pace: { restoreMs: 2500 } });
    const card = await requestRestore(journey);
    await approve(journey, card);
    const first = await headIn(orders.id);
    await until('the start', () => journey.aura.calls('restore').length === 1);
    const { messages } = journey.slack.workspace;
    messages.splice(messages.indexOf(first), 1);
    await cardSays(card, 'Restored to');
    await headSays(orders.id, 'Database restore done');
    const outcome = await until('the outcome', () => inChannel(orders.id, `outcome:${orders.id}`)[0]);
    expect(outcome.threadTs).toBe((await headIn(orders.id)).ts);
    expect(outcome.threadTs).not.toBe(first.ts);
  });
});

describe('the lead', () => {
  it('is kept between the last notice and the start, and the card says the time', async () => {
    journey = await startJourney({ productionSettings: { notice_lead: '4s' } });
    const card = await requestRestore(journey);
    journey.slack.faults.add({ kind: 'slow', method: 'chat.postMessage', delayMs: 2_000, times: 1 });
    await approve(journey, card);
    await cardSays(card, 'Restored to');
    const posted = [orders.id, status.id].map(
      (channel) => Number(inChannel(channel, `planned:${channel}`)[0]?.ts) * 1000,
    );
    const [snapshot] = journey.aura.calls('take-snapshot');
    expect((snapshot?.at ?? 0) - Math.max(...posted)).toBeGreaterThanOrEqual(4_000);
  });
});

describe('stakeholders before the start', () => {
  const HOUR_BEFORE = { productionSettings: { notice_lead: '5s' } };

  it('acknowledge; an objection holds the start until an approver answers, who is told and tells the thread', async () => {
    journey = await startJourney(HOUR_BEFORE);
    const card = await requestRestore(journey);
    await approve(journey, card);
    const head = await headIn(orders.id);
    await journey.slack.as(secondApprover.id).click(head, ACTION.acknowledge);
    await cardSays(card, '*Acknowledged* by 1');
    await journey.slack.as(secondApprover.id).click(head, ACTION.acknowledge);
    await heard(secondApprover.id, 'acknowledged this already');
    await journey.slack.as(guest.id).click(head, ACTION.object);
    await heard(guest.id, 'guests cannot');

    await object(stakeholder.id, orders.id, 'The quarter is being closed <!channel>.');
    await cardSays(card, 'Held by an objection');
    await headSays(orders.id, 'held by an objection');
    await headSays(status.id, 'held by an objection');
    await replySays(orders.id, 'The quarter is being closed &lt;!channel&gt;.');
    for (const { id } of [requester, approver]) await heard(id, 'objects to it');
    await cardSays(card, 'Held by an objection: somebody who may must answer it first.');
    expect(journey.aura.calls('take-snapshot')).toHaveLength(0);

    await journey.slack.as(requester.id).click(card, ACTION.answer);
    const form = await until('the form', () => journey.slack.as(requester.id).modal());
    expect(JSON.stringify(form.view)).not.toContain('go-on');
    journey.slack.as(requester.id).closeModal();
    await journey.slack.as(stakeholder.id).click(card, ACTION.answer);
    await heard(stakeholder.id, 'only the requester and those who may decide');

    await answer(approver.id, card, 'go-on', 'The closing was moved to tomorrow.');
    await replySays(orders.id, 'The closing was moved to tomorrow.');
    await heard(stakeholder.id, 'The closing was moved to tomorrow.');
    await cardSays(card, 'Restored to');
    expect(journey.aura.calls('restore')).toHaveLength(1);
  });

  it('object, and the requester stops it: nothing is restored, and everybody hears so', async () => {
    journey = await startJourney(HOUR_BEFORE);
    const card = await requestRestore(journey);
    await approve(journey, card);
    await object(stakeholder.id, status.id, 'The import is still running.');
    await cardSays(card, 'Held by an objection');
    await answer(requester.id, card, 'stop', 'Then we wait for the import.');
    await cardSays(card, '*Stopped* by');
    for (const { id } of [orders, status]) await headSays(id, 'Database restore called off');
    await replySays(status.id, 'Then we wait for the import.');
    await heard(stakeholder.id, 'Then we wait for the import.');
    expect(journey.aura.calls('restore')).toHaveLength(0);
  });

  it('object, and it is put off: it starts only when people have agreed anew', async () => {
    journey = await startJourney(HOUR_BEFORE);
    const card = await requestRestore(journey);
    await approve(journey, card);
    await object(stakeholder.id, orders.id, 'Not before noon.');
    await cardSays(card, 'Held by an objection');
    await answer(requester.id, card, 'put-off', 'After noon, then.');
    await cardSays(card, 'put it off after an objection');
    await headSays(orders.id, 'Database restore put off');
    await heard(approver.id, 'votes so far no longer count');
    await approve(journey, card, approver.id, PRODUCTION.alias);
    await headSays(orders.id, 'planned; starts');
    await cardSays(card, 'Restored to');
    await headSays(orders.id, 'Database restore done');
    await headIn(orders.id);
    expect(journey.aura.calls('restore')).toHaveLength(1);
  });

  it('who are not named do not object where stakeholders are named', async () => {
    journey = await startJourney({
      productionSettings: { notice_lead: '5s', stakeholders: { users: [secondApprover.id] } },
    });
    const card = await requestRestore(journey);
    await approve(journey, card);
    const head = await headIn(orders.id);
    await journey.slack.as(stakeholder.id).click(head, ACTION.object);
    await heard(stakeholder.id, 'you are not among the stakeholders');
    await object(secondApprover.id, `D${secondApprover.id.slice(1)}`, 'Please wait.', secondApprover.id);
    await cardSays(card, 'Held by an objection');
    await replySays(`D${secondApprover.id.slice(1)}`, 'Please wait.');
  });
});
