import { afterEach, expect, it } from 'vitest';
import { ACTION, FIELD } from '../../messages/action-ids.ts';
import { APPROVERS_GROUP, PEOPLE } from '../../playground/people.ts';
import { approve, cardAt, confirm, requestRestore, until, wordsOf } from '../../playground/story.ts';
import { type Journey, startJourney } from '../support/journey.ts';

let journey: Journey;
afterEach(() => journey.end());

const { approver, secondApprover, requester } = PEOPLE;
const TWO_OWNERS = {
  approvers: undefined,
  approvals: [{ name: 'database owners', groups: [APPROVERS_GROUP], needed: 2 }],
};

const cardSays = (card: { channel: string; ts: string }, words: string) =>
  until(`the card to say "${words}"`, () => wordsOf(cardAt(journey, card)).includes(words));

const told = (who: string, words: string) =>
  until(`${who} to be told "${words}"`, () =>
    journey.slack.messages(`D${who.slice(1)}`).some(({ text }) => text.includes(words)),
  );

const heard = (who: string, words: string) =>
  until(`${who} to hear "${words}"`, () =>
    journey.slack.workspace.messages.some(({ onlyFor, text }) => onlyFor === who && text.includes(words)),
  );

async function agree(
  card: { channel: string; ts: string },
  by: string,
  asks: { readonly condition?: string; readonly notBefore?: number },
) {
  const persona = journey.slack.as(by);
  await persona.click(card, ACTION.approve);
  await until('the form', () => persona.modal());
  await confirm(journey, card, by);
  if (asks.condition) persona.type(FIELD.condition, asks.condition);
  if (asks.notBefore) await persona.choose('not_before', asks.notBefore);
  await persona.submit();
  return persona;
}

it('a yes on a condition begins nothing until the requester accepts it, and nobody else can', async () => {
  journey = await startJourney();
  const card = await requestRestore(journey);
  const anton = await agree(card, approver.id, { condition: 'Tell the <!channel> first.' });
  expect(anton.modal()).toBeUndefined();
  await cardSays(card, 'Waits for');
  await told(requester.id, 'It counts once you accept it on the card');
  expect(wordsOf(cardAt(journey, card))).not.toContain('<!channel>');

  await anton.click(card, ACTION.acceptProviso);
  await heard(approver.id, 'only');
  expect(journey.aura.calls('take-snapshot')).toHaveLength(0);
  await journey.slack.as(requester.id).click(card, ACTION.acceptProviso);
  await cardSays(card, 'the requester accepted that');
  await cardSays(card, 'Restored to');
});

it('a later start that is accepted becomes the plan: who asked for it agrees, the other vote falls and its giver is told', async () => {
  journey = await startJourney({ productionSettings: TWO_OWNERS });
  const card = await requestRestore(journey);
  await approve(journey, card, secondApprover.id);
  await cardSays(card, '1 of 2 database owners');
  const seconds = Math.floor(Date.now() / 1000) + 20;
  await agree(card, approver.id, { notBefore: seconds });
  await cardSays(card, 'moves the planned start');
  await journey.slack.as(requester.id).click(card, ACTION.acceptProviso);
  await cardSays(card, 'accepted the later start');
  await told(secondApprover.id, 'accepted the later start');
  await approve(journey, card, secondApprover.id);
  await cardSays(card, 'Confirmed by');
  expect(journey.aura.calls('take-snapshot')).toHaveLength(0);
  await cardSays(card, 'Restored to');
  const [first] = journey.aura.calls('take-snapshot');
  expect(first?.at).toBeGreaterThanOrEqual(seconds * 1000);
});

it('a condition that is declined lets the yes fall and tells its giver, and one in a freeze is refused in the form', async () => {
  const from = new Date(Date.now() + 3_600_000).toISOString();
  const to = new Date(Date.now() + 7_200_000).toISOString();
  journey = await startJourney({ productionSettings: { freezes: [{ name: 'Move', from, to }] } });
  const card = await requestRestore(journey);
  const anton = await agree(card, approver.id, { notBefore: Math.floor(Date.now() / 1000) + 5_400 });
  expect(JSON.stringify(anton.modal()?.errors)).toContain('frozen');
  await cardSays(card, 'a start was not allowed then');
  anton.closeModal();
  await agree(card, approver.id, { condition: 'Give everybody a day off.' });
  await cardSays(card, 'Waits for');
  await journey.slack.as(requester.id).click(card, ACTION.declineProviso);
  await told(approver.id, 'did not accept what your agreement depended on');
  await until('the buttons to go', () => !wordsOf(cardAt(journey, card)).includes(ACTION.acceptProviso));
  await approve(journey, card, approver.id);
  await cardSays(card, 'Restored to');
});
