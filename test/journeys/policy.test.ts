import { readFileSync, writeFileSync } from 'node:fs';
import { pino } from 'pino';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { parse, stringify } from 'yaml';
import { ACTION } from '../../messages/action-ids.ts';
import { APPROVERS_GROUP, CHANNELS, PEOPLE } from '../../playground/people.ts';
import { approve, cardAt, requestRestore, until, wordsOf } from '../../playground/story.ts';
import { PRODUCTION } from '../../playground/world.ts';
import { type Bot, startBot } from '../../src/bot.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { readCheck } from '../../src/graph/check-definition.ts';
import { KEY } from '../../src/store/keys.ts';
import { connectForClicks } from '../../src/store/redis.ts';
import { type Journey, startJourney } from '../support/journey.ts';

let journey: Journey;
let bots: Bot[] = [];
afterEach(async () => {
  await Promise.all(bots.map((bot) => bot.stop()));
  bots = [];
  await journey.end();
});

const { approver, secondApprover, stakeholder, requester } = PEOPLE;
const SAM_TOO = { approvers: { groups: [APPROVERS_GROUP], users: [stakeholder.id] } };

/** Changes the settings of the production instance in the file, and starts the bot with it. */
async function restartWith(settings: Readonly<Record<string, unknown>>): Promise<void> {
  await Promise.all(bots.map((bot) => bot.stop()));
  bots = [];
  const file = journey.env.CONFIG_FILE ?? '';
  const written = parse(readFileSync(file, 'utf8'));
  Object.assign(written.instances[PRODUCTION.alias], settings);
  writeFileSync(file, stringify(written));
  const log = pino({ level: process.env.TEST_LOG ?? 'silent' });
  bots = [await startBot(loadConfig(journey.env, readCheck), journey.redis.target, { log })];
}

async function startStory(productionSettings: Readonly<Record<string, unknown>> = {}): Promise<void> {
  journey = await startJourney({ productionSettings });
  await journey.bot.stop();
  await restartWith({});
}

const proposals = () =>
  journey.slack
    .messages(CHANNELS.approvals.id)
    .filter(({ metadata }) => JSON.stringify(metadata ?? {}).includes('proposal-'));
const proposal = (number = 1) => until('the card of the looser rule', () => proposals()[number - 1]);
const said = (words: string) =>
  until(`the audit channel to say "${words}"`, () =>
    journey.slack.messages(CHANNELS.audit.id).find((message) => wordsOf(message).includes(words)),
  );
const whispered = (person: string, words: string) =>
  until(`"${words}"`, () =>
    journey.slack.workspace.messages.some(({ onlyFor, text }) => onlyFor === person && text.includes(words)),
  );
const says = (card: { channel: string; ts: string }, words: string) =>
  until(`the card to say "${words}"`, () => wordsOf(cardAt(journey, card)).includes(words));

/** Minutes until the request on a card expires. */
function minutesToAnswer(card: { channel: string; ts: string }): number {
  const [, unix] = /Answer until:\* <!date\^(\d+)/.exec(wordsOf(cardAt(journey, card))) ?? [];
  return (Number(unix) * 1000 - Date.now()) / 60_000;
}

describe('a file that loosens a rule', () => {
  it('changes nothing until two people who are bound by the rule have agreed, and then only for new requests', async () => {
    await startStory();
    await said('No policy was recorded before');
    const open = await requestRestore(journey);
    await restartWith(SAM_TOO);
    await said('waiting until those who are bound');
    const card = await proposal();
    expect(wordsOf(card)).toContain(`<@${stakeholder.id}>`);
    expect(wordsOf(card)).toContain('at least 2 different people');

    const sam = journey.slack.as(stakeholder.id);
    await sam.click(open, ACTION.approve);
    await whispered(sam.id, 'not among those who may decide');
    await sam.click(card, ACTION.agreeToPolicy);
    await whispered(sam.id, 'only those whom the rule in force names');

    const anton = journey.slack.as(approver.id);
    await anton.click(card, ACTION.agreeToPolicy);
    await says(card, '1 of 1');
    await anton.click(card, ACTION.agreeToPolicy);
    await whispered(anton.id, 'one person is one answer');
    expect(wordsOf(cardAt(journey, card))).toContain('waits for agreement');

    await journey.slack.as(secondApprover.id).click(card, ACTION.agreeToPolicy);
    await says(card, 'agreed to, in force');
    expect(wordsOf(cardAt(journey, card))).not.toContain(ACTION.agreeToPolicy);
    await said('A looser rule is in force');

    await sam.click(open, ACTION.approve);
    await until(
      'the second refusal',
      () =>
        journey.slack.workspace.messages.filter(
          ({ onlyFor, text }) => onlyFor === sam.id && text.includes('not among those who may decide'),
        ).length === 2,
    );
    await journey.slack.as(requester.id).click(open, ACTION.withdraw);
    await says(open, 'Withdrawn');
    const fresh = await requestRestore(journey);
    await approve(journey, fresh, sam.id);
    await says(fresh, 'Restored to');
  });

  it('sends no anchor to the audit channel that it names, as long as that is not agreed to', async () => {
    await startStory();
    await restartWith({ audit_channel: CHANNELS.orders.id });
    const anton = journey.slack.as(approver.id);
    await anton.slash('/restore', 'delegate', CHANNELS.approvals.id);
    await until('the form', () => anton.modal());
    await anton.choose('person', stakeholder.id);
    await anton.submit();
    const redis = connectForClicks(journey.redis.target);
    await redis.connect();
    onTestFinished(() => redis.disconnect());
    await redis.hset(KEY.auditDaily, 'day', '2026-01-01');
    const anchoredIn = (channel: string) =>
      journey.slack.messages(channel).filter(({ text }) => text.includes('D-1 (delegation)'));
    await until('the anchor', async () => {
      const { day, through } = await redis.hgetall(KEY.auditDaily);
      return day !== '2026-01-01' && through === undefined;
    });
    expect(anchoredIn(CHANNELS.audit.id)).toHaveLength(1);
    expect(anchoredIn(CHANNELS.orders.id)).toEqual([]);
  });

  it('is in force no more than the file before it when somebody refuses, also after a restart', async () => {
    await startStory();
    await restartWith({ request_expiry: '3h' });
    const card = await proposal();
    await journey.slack.as(approver.id).click(card, ACTION.refusePolicy);
    await says(card, 'refused');
    await restartWith({});
    const open = await requestRestore(journey);
    expect(minutesToAnswer(open)).toBeLessThanOrEqual(60);
    expect(proposals()).toHaveLength(1);
    expect(wordsOf(cardAt(journey, card))).not.toContain(ACTION.agreeToPolicy);
  });

  it('that is changed again asks anew, and answers to the earlier one count no longer', async () => {
    await startStory();
    await restartWith({ request_expiry: '3h' });
    const first = await proposal();
    await journey.slack.as(approver.id).click(first, ACTION.agreeToPolicy);
    await says(first, '1 of 1');
    await restartWith({ request_expiry: '4h' });
    const second = await proposal(2);
    await says(first, 'replaced by another file');
    expect(wordsOf(second)).toContain('then 4 h');
    expect(wordsOf(cardAt(journey, first))).not.toContain(ACTION.agreeToPolicy);
    expect(wordsOf(cardAt(journey, second))).toContain('*Answers so far:* none');
  });
});

describe('a file that tightens a rule', () => {
  it('is in force at once, also for a request that is open', async () => {
    await startStory();
    const open = await requestRestore(journey);
    await restartWith({ approvers: undefined, approvals: [{ name: 'owners', groups: [APPROVERS_GROUP], needed: 2 }] });
    await said('In force at once');
    await says(open, 'rules became tighter');
    await approve(journey, open, approver.id);
    await says(open, 'Still missing');
    expect(journey.aura.calls('take-snapshot')).toHaveLength(0);
    await approve(journey, open, secondApprover.id);
    await says(open, 'Restored to');
    expect(proposals()).toEqual([]);
  });
});
