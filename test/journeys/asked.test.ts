import { afterEach, expect, it } from 'vitest';
import { ACTION, FIELD, OVERRIDE } from '../../messages/action-ids.ts';
import { startPagerDuty } from '../../playground/on-call/pagerduty.ts';
import type { OnCallFault, OnCallStandIn } from '../../playground/on-call/stand-in.ts';
import { APPROVERS_GROUP, CHANNELS, PEOPLE } from '../../playground/people.ts';
import type { SimUser } from '../../playground/slack/workspace.ts';
import { cardAt, requestRestore, until, wordsOf } from '../../playground/story.ts';
import { type Journey, startJourney } from '../support/journey.ts';

const { requester, approver, secondApprover, stakeholder, guest } = PEOPLE;
const TOKEN = 'pd-secret-token';
const member = (id: string, facts: Partial<SimUser> = {}): SimUser => ({
  id,
  name: id.toLowerCase(),
  realName: id,
  tz: 'Europe/Berlin',
  ...facts,
});
const ON_CALL = member('U0NOOR', { email: 'noor@harbour-roasters.example' });
const SECOND_ACCOUNT = member('U0ANTON2');
const OWN_ACCOUNT = member('U0RITA2');
const LEFT = member('U0LEFT', { isDeleted: true });
const STANDS_IN = member('U0OTTO');
const FALLBACK = member('U0FALL');
const OWNER = member('U0OWNER');
const RELEASE = member('U0PRIYA');
const MORE = [ON_CALL, SECOND_ACCOUNT, OWN_ACCOUNT, LEFT, STANDS_IN, FALLBACK, OWNER, RELEASE];
const TOLD_GROUP = 'S0SHOP';

let journey: Journey;
let schedules: OnCallStandIn;
afterEach(async () => {
  await journey.end();
  await schedules.close();
});

async function begin(settings: Readonly<Record<string, unknown>> = {}, fault?: OnCallFault): Promise<void> {
  schedules = await startPagerDuty({
    token: TOKEN,
    shifts: [{ scheduleId: 'PDB1', scheduleName: 'Databases', email: ON_CALL.email ?? '' }],
  });
  schedules.setFault(fault);
  journey = await startJourney({
    env: { PAGERDUTY_TOKEN: TOKEN, PAGERDUTY_API_URL: schedules.url },
    people: {
      same: [
        [approver.id, SECOND_ACCOUNT.id],
        [requester.id, OWN_ACCOUNT.id],
      ],
    },
    settings: { on_call: { schedules: { primary: { provider: 'pagerduty', id: 'PDB1' } } } },
    productionSettings: {
      approvers: undefined,
      approvals: [
        { name: 'database owners', groups: [APPROVERS_GROUP], on_call: ['primary'], escalates_to: ['fallback'] },
        { name: 'service owner', users: [stakeholder.id, LEFT.id] },
      ],
      stakeholders: { users: [OWNER.id], groups: [TOLD_GROUP] },
      request_expiry: '4h',
      reminders: { after: ['1h'] },
      escalation: { fallback: { after: '2h', users: [FALLBACK.id] } },
      ...settings,
    },
    prepare: ({ slack: { workspace } }) => {
      workspace.users.push(...MORE);
      const owners = [approver.id, SECOND_ACCOUNT.id, secondApprover.id, requester.id, OWN_ACCOUNT.id, LEFT.id];
      workspace.groups.splice(0, 1, { id: APPROVERS_GROUP, handle: 'database-owners', users: [...owners, guest.id] });
      workspace.groups.push({ id: TOLD_GROUP, handle: 'shop', users: [OWNER.id, PEOPLE.stakeholder.id] });
    },
  });
  const ayumi = journey.slack.as(secondApprover.id);
  await ayumi.slash('/restore', 'delegate', CHANNELS.approvals.id);
  await until('the form', () => ayumi.modal());
  await ayumi.choose('person', STANDS_IN.id);
  await ayumi.submit();
  await until('the word to who stands in', () => journey.slack.messages(`D${STANDS_IN.id.slice(1)}`).length > 0);
}

/** What the form says once it says this. Whoever sees that it could not be found out in time chooses something again. */
async function formSaying(words: string): Promise<string> {
  const rita = journey.slack.as(requester.id);
  const said = () => {
    const form = JSON.stringify(rita.modal()?.view ?? {});
    return form.includes(words) && form;
  };
  for (let tries = 0; tries < 5; tries++) {
    const found = await until(words, said, 5_000).catch(() => undefined);
    if (found) return found;
    await rita.choose(ACTION.chooseReason, 'corrupted-data');
  }
  throw new Error(`the form never said ${words}`);
}

/** The humans whom Slack notifies of a message: each account that it mentions, by name or by group, and that is not closed. */
function rungBy(said: string): readonly string[] {
  const { users, groups } = journey.slack.workspace;
  const ids = [
    ...[...said.matchAll(/<@(\w+)>/g)].map(([, id = '']) => id),
    ...[...said.matchAll(/<!subteam\^(\w+)>/g)].flatMap(
      ([, group = '']) => groups.find(({ id }) => id === group)?.users ?? [],
    ),
  ];
  const human = new Map([
    [SECOND_ACCOUNT.id, approver.id],
    [OWN_ACCOUNT.id, requester.id],
  ]);
  const active = ids.filter((id) => users.find((user) => user.id === id)?.isDeleted !== true);
  return [...new Set(active.map((id) => human.get(id) ?? id))].filter((id) => id !== requester.id).sort();
}

/** Everybody whom the bot's posts have notified by now, each as it was posted: an edit notifies nobody. */
function notified(since: number): readonly string[] {
  const posts = journey.slack.calls.slice(since).filter(({ method, error }) => method === 'chat.postMessage' && !error);
  const isTo = (channel: unknown) => (/^D/.test(String(channel)) ? [`U${String(channel).slice(1)}`] : []);
  return [...new Set(posts.flatMap(({ args }) => [...isTo(args.channel), ...rungBy(JSON.stringify(args))]))].sort();
}

it('the form says whom it asks and how many are notified, and exactly those are: groups, on call, stand-ins, one human once', async () => {
  await begin();
  const before = journey.slack.calls.length;
  let form = '';
  const card = await requestRestore(journey, {
    beforeSubmit: async () => {
      form = await formSaying('Notified when you send it');
    },
  });
  expect(form).toContain(
    `*Must agree as database owners:* 1 of <!subteam^${APPROVERS_GROUP}>, whoever is on call (primary): <@${ON_CALL.id}> at `,
  );
  expect(form).toMatch(/\(4 people besides you\)[^)]*\*Must agree as service owner:\* 1 of /);
  expect(form).toContain(`<@${stakeholder.id}>, <@${LEFT.id}> (1 person besides you)`);
  expect(form).toContain('*Notified when you send it:* 6 people besides you. 1 of them cannot decide');

  await until('the edited card', () => cardAt(journey, card).isEdited);
  const asked = [approver.id, secondApprover.id, ON_CALL.id, STANDS_IN.id, stakeholder.id, guest.id].sort();
  expect(notified(before)).toEqual(asked);
  // The card that stands names also who is told later; that edit notified nobody.
  for (const { id } of [OWNER, FALLBACK]) expect(wordsOf(cardAt(journey, card))).toContain(`<@${id}>`);
});

it('with the schedule away and an override wanted, the form says at least how many, and asks the override’s approvers too', async () => {
  await begin(
    {
      freezes: [{ name: 'Month-end', from: '2020-01-01T00:00:00Z', to: '2099-01-01T00:00:00Z' }],
      freeze_override: { approvers: { users: [RELEASE.id] } },
    },
    { kind: 'away', times: 999 },
  );
  const before = journey.slack.calls.length;
  const rita = journey.slack.as(requester.id);
  let form = '';
  const card = await requestRestore(journey, {
    beforeSubmit: async () => {
      await rita.choose(ACTION.chooseOverride, OVERRIDE.yes);
      await formSaying(`freeze override:* 1 of <@${RELEASE.id}>`);
      form = await formSaying('Notified when you send it');
      rita.type(FIELD.overrideReason, 'Orders are wrong.');
    },
  });
  expect(form).toContain('whoever is on call (primary), who could not be found out (at least 3 people besides you)');
  expect(form).toContain('*Notified when you send it:* at least 6 people besides you');
  await until('the card', () => cardAt(journey, card).isEdited);
  expect(wordsOf(cardAt(journey, card))).toContain('whoever is on call (primary), who could not be found out');
  const asked = [approver.id, secondApprover.id, STANDS_IN.id, stakeholder.id, guest.id, RELEASE.id].sort();
  expect(notified(before)).toEqual(asked);
});
