import { afterEach, expect, it } from 'vitest';
import { ACTION } from '../../messages/action-ids.ts';
import { startPagerDuty } from '../../playground/on-call/pagerduty.ts';
import type { OnCallFault, OnCallStandIn } from '../../playground/on-call/stand-in.ts';
import { APPROVERS_GROUP, CHANNELS, PEOPLE } from '../../playground/people.ts';
import type { SimUser } from '../../playground/slack/workspace.ts';
import { approve, cardAt, requestRestore, until, wordsOf } from '../../playground/story.ts';
import { WEEKDAYS } from '../../src/restore/calendar-times.ts';
import { type Journey, startJourney } from '../support/journey.ts';

const TOKEN = 'pd-secret-token';
const LEADS = 'S0LEADS';
const LEAD = PEOPLE.stakeholder;
const NOOR = {
  id: 'U0NOOR',
  name: 'noor',
  realName: 'Noor Haddad',
  tz: 'America/Los_Angeles',
  email: 'noor@harbour-roasters.example',
} as const satisfies SimUser;

let journey: Journey;
let schedules: OnCallStandIn;
afterEach(async () => {
  await journey.end();
  await schedules.close();
});

type Card = Awaited<ReturnType<typeof requestRestore>>;
const direct = (person: string) => journey.slack.messages(`D${person.slice(1)}`);
const inThread = (card: Card, words: string) =>
  journey.slack
    .messages(CHANNELS.approvals.id)
    .filter(({ threadTs, text }) => threadTs === card.ts && text.includes(words));
const cardSays = (card: Card, words: string) =>
  until(`the card to say "${words}"`, () => wordsOf(cardAt(journey, card)).includes(words));

async function begin(fault?: OnCallFault): Promise<Card> {
  schedules = await startPagerDuty({
    token: TOKEN,
    shifts: [{ scheduleId: 'PDN1', scheduleName: 'Nights', email: NOOR.email }],
  });
  schedules.setFault(fault);
  journey = await startJourney({
    env: { PAGERDUTY_TOKEN: TOKEN, PAGERDUTY_API_URL: schedules.url },
    settings: { on_call: { schedules: { nights: { provider: 'pagerduty', id: 'PDN1' } } } },
    productionSettings: {
      approvers: { groups: [APPROVERS_GROUP], escalates_to: ['fallback', 'on_call'] },
      working_hours: { days: WEEKDAYS, from: '00:00', to: '24:00' },
      escalation: { fallback: { after: '1s', groups: [LEADS] }, on_call: { after: '3s', schedules: ['nights'] } },
    },
    prepare: ({ slack: { workspace } }) => {
      workspace.users.push(NOOR);
      workspace.groups.push({ id: LEADS, handle: 'leads', users: [LEAD.id, PEOPLE.requester.id] });
    },
  });
  return requestRestore(journey);
}

it('an unanswered request goes to the fallback group, then to whoever is on call, who agrees', async () => {
  const card = await begin();
  await until('the fallback to be told', () => direct(LEAD.id)[0]);
  await until('who is on call to be told', () => direct(NOOR.id)[0]);
  expect(direct(NOOR.id)[0]?.text).toContain('nobody has decided about it yet, so you are told. You may agree');
  await until('both replies', () => inThread(card, 'nobody has decided').length === 2);
  expect(inThread(card, `<@${LEAD.id}>: nobody has decided`)).toHaveLength(1);
  expect(inThread(card, `<@${NOOR.id}>: nobody has decided`)).toHaveLength(1);
  await cardSays(card, '*Escalated:* whoever is on call (nights). They may now agree');
  expect(wordsOf(cardAt(journey, card))).not.toContain('could not be found out');

  await approve(journey, card, NOOR.id);
  await cardSays(card, 'on call (nights, PagerDuty schedule PDN1, as of');
  await cardSays(card, 'Restored to');
  expect(direct(PEOPLE.requester.id).some(({ text }) => text.includes('so you are told'))).toBe(false);
});

it('with the schedule out of reach only the fallback group counts, and the card says so', async () => {
  const card = await begin({ kind: 'away', times: 9_999 });
  await until('the fallback to be told', () => direct(LEAD.id)[0]);
  await cardSays(card, '*It could not be found out who is on call* (nights): only the people and groups');
  expect(direct(NOOR.id)).toEqual([]);
  await journey.slack.as(NOOR.id).click(card, ACTION.approve);
  await cardSays(
    card,
    `approval refused, tried by <@${NOOR.id}>: not among those who are asked; PagerDuty did not answer (nights`,
  );
  expect(journey.slack.as(NOOR.id).modal()).toBeUndefined();
  expect(journey.aura.calls('take-snapshot')).toHaveLength(0);

  await approve(journey, card, LEAD.id);
  await cardSays(card, 'Restored to');
  expect(journey.aura.calls('restore').filter(({ applied }) => applied)).toHaveLength(1);
});
