import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACTION, FIELD, OVERRIDE, URGENT } from '../../messages/action-ids.ts';
import { QUICK } from '../../playground/aura/assumptions.ts';
import { createChanges } from '../../playground/changes.ts';
import { type PlaygroundClock, startPlaygroundClock } from '../../playground/clock/playground-clock.ts';
import { MORE_PEOPLE, STRICT, startDemoWorld } from '../../playground/demo-world.ts';
import { GUIDE } from '../../playground/guide.ts';
import { createSidePanel, type SidePanel } from '../../playground/page/side-panel.ts';
import { CHANNELS, PEOPLE } from '../../playground/people.ts';
import { type Records, readRecords } from '../../playground/records.ts';
import { type RestartableBot, startRestartableBot } from '../../playground/restartable-bot.ts';
import { approve, cardAt, confirm, requestRestore, until, wordsOf } from '../../playground/story.ts';
import { PRODUCTION, type World } from '../../playground/world.ts';
import { plannedNoticesAreSettled } from '../../src/restore/owed-messages.ts';
import type { Restore } from '../../src/restore/restore.ts';

const { requester, approver, secondApprover, stakeholder, guest } = PEOPLE;
const { onCall, release, support } = MORE_PEOPLE;
const DAY_S = 86_400;
const LONGEST_MS = 150_000;
/** A load that is shorter than the bot's looks are apart is not seen. */
const SEEN_MS = 3_000;
const PATIENTLY = { timeout: 30_000 };

let world: World;
let bot: RestartableBot;
let clock: PlaygroundClock;
let records: Records;
let panel: SidePanel;

type Card = { readonly channel: string; readonly ts: string };
const as = (person: { readonly id: string }) => world.slack.as(person.id);
const form = (person: { readonly id: string }) => JSON.stringify(as(person).modal()?.view ?? {});
const ask = (alias: string, beforeSubmit?: () => Promise<void>): Promise<Card> =>
  requestRestore(world, { alias, ...(beforeSubmit ? { beforeSubmit } : {}) });
const cardSays = (card: Card, words: string | RegExp) =>
  until(`the card to say "${words}"`, () => new RegExp(words).test(wordsOf(cardAt(world, card))), 40_000);
const heard = (person: { readonly id: string }, words: string) =>
  until(
    `${person.id} to hear "${words}"`,
    () =>
      world.slack.workspace.messages.some(
        ({ onlyFor, channel, text }) =>
          (onlyFor === person.id || channel === `D${person.id.slice(1)}`) && text.includes(words),
      ),
    30_000,
  );
const plannedIsTold = (restore: Restore) => restore.state.status !== 'approved' || plannedNoticesAreSettled(restore);

async function toTheNextMoment(): Promise<void> {
  // A start counts from the last notice: one that is still on its way would move it past the moment.
  for (let waits = 0; waits < 400 && !(await records.open()).every(plannedIsTold); waits++) await sleep(50);
  await expect.poll(async () => JSON.stringify((await panel.view()).clock.moves), PATIENTLY).toContain('next');
  await panel.act({ type: 'move-clock', id: 'next' });
}

/** The demo's own world, with the real bot and a clock that is moved as its buttons do. */
async function begin(): Promise<void> {
  clock = startPlaygroundClock();
  world = await startDemoWorld({ pace: { ...QUICK, restoreMs: SEEN_MS } });
  bot = await startRestartableBot(world, clock);
  records = readRecords(world);
  panel = createSidePanel(world, {
    time: { clock, records },
    hasGuide: true,
    changes: createChanges(world, bot.restart),
  });
}

async function end(): Promise<void> {
  records.close();
  clock.close();
  await bot.stop();
  await world.close();
}

describe('the scenes of the guide', () => {
  beforeAll(begin, 60_000);
  afterAll(end);

  it('are shown, each with its steps, and name people and instances that there are', async () => {
    const { guide, instances } = await panel.view();
    expect(guide).toEqual(GUIDE);
    const names = new Set(world.slack.workspace.users.map(({ realName }) => realName.split(' ')[0] ?? ''));
    for (const { steps } of guide) {
      expect(steps.length).toBeGreaterThan(2);
      for (const [, name = ''] of steps.join(' ').matchAll(/\b[Aa]s ([A-Z]\w+)/g)) expect(names).toContain(name);
    }
    expect(instances.map(({ alias }) => alias)).toEqual([PRODUCTION.alias, 'orders-staging', STRICT.alias]);
  });

  it(
    'two people must agree: on call by the schedule, and the service owner; then a quarter of an hour',
    async () => {
      const card = await ask(STRICT.alias);
      await approve(world, card, onCall.id, STRICT.alias);
      await cardSays(card, /on call \(databases, PagerDuty schedule PDEMO1/);
      await cardSays(card, /Still missing:\* service owner/);
      await as(support).click(card, ACTION.approve);
      await heard(support, 'not among those who may decide');
      await as(guest).click(card, ACTION.approve);
      await heard(guest, 'guests cannot');
      await approve(world, card, stakeholder.id, STRICT.alias);
      await cardSays(card, 'waiting to start');
      expect(world.aura.calls('take-snapshot')).toEqual([]);
      await toTheNextMoment();
      await cardSays(card, 'Restored to');
    },
    LONGEST_MS,
  );

  it(
    'an objection holds the start until it is answered',
    async () => {
      const card = await ask(STRICT.alias);
      await approve(world, card, secondApprover.id, STRICT.alias);
      await approve(world, card, stakeholder.id, STRICT.alias);
      const direct = `D${support.id.slice(1)}`;
      const head = await until('the direct message', () =>
        world.slack.messages(direct).findLast(({ blocks }) => JSON.stringify(blocks).includes(ACTION.object)),
      );
      await as(support).click({ channel: direct, ts: head.ts }, ACTION.object);
      await until('the form', () => as(support).modal());
      as(support).type(FIELD.objection, 'Customers are paying right now.');
      await as(support).submit();
      await toTheNextMoment();
      await cardSays(card, 'Held by an objection');
      await as(secondApprover).click(card, ACTION.answer);
      await until('the form', () => as(secondApprover).modal());
      await as(secondApprover).choose('kind', 'go-on');
      as(secondApprover).type(FIELD.answerWords, 'They are told to wait.');
      await as(secondApprover).submit();
      await cardSays(card, 'Restored to');
    },
    LONGEST_MS,
  );

  it(
    'nobody answers: the request expires at its moment',
    async () => {
      const card = await ask(PRODUCTION.alias);
      await panel.act({ type: 'move-clock', id: 'ten-minutes' });
      expect((await panel.view()).clock.moves?.map(({ label }) => label).join()).toContain('expires');
      await toTheNextMoment();
      await cardSays(card, 'did not get every agreement');
    },
    LONGEST_MS,
  );

  it(
    'a start in a freeze needs the release manager as well',
    async () => {
      const inTheFreeze = Math.ceil(Date.now() / 60_000) * 60 + 2 * DAY_S;
      const card = await ask(STRICT.alias, async () => {
        await as(requester).choose(ACTION.chooseStart, 'at');
        await until('the field', () => form(requester).includes(ACTION.chooseStartTime));
        await as(requester).choose(ACTION.chooseStartTime, inTheFreeze);
        await until('the freeze', () => form(requester).includes('Month-end closing'));
        await as(requester).choose(ACTION.chooseOverride, OVERRIDE.yes);
        await until('the question why', () => form(requester).includes(FIELD.overrideReason));
        as(requester).type(FIELD.overrideReason, 'Payments are wrong.');
      });
      await approve(world, card, secondApprover.id, STRICT.alias);
      await approve(world, card, stakeholder.id, STRICT.alias);
      await cardSays(card, /Still missing:\* freeze override/);
      await approve(world, card, release.id, STRICT.alias);
      await cardSays(card, 'waiting to start');
      await toTheNextMoment();
      await cardSays(card, 'Restored to');
      expect(Date.now()).toBeGreaterThan(inTheFreeze * 1000);
      expect(world.slack.messages(CHANNELS.status.id).length).toBeGreaterThan(0);
    },
    LONGEST_MS,
  );

  it(
    'somebody stands in for a day, and no longer',
    async () => {
      const ayumi = as(secondApprover);
      await ayumi.slash('/restore', 'delegate', CHANNELS.approvals.id);
      await until('the form', () => ayumi.modal());
      await ayumi.choose('person', support.id);
      const tomorrow = Math.floor(Date.now() / 60_000) * 60 + DAY_S;
      await ayumi.choose('time', tomorrow, FIELD.delegationEnd);
      await ayumi.submit();
      expect(ayumi.modal()?.errors).toBeUndefined();
      const card = await ask(PRODUCTION.alias);
      await approve(world, card, support.id);
      await cardSays(card, `<@${support.id}> for <@${secondApprover.id}>`);
      await cardSays(card, 'Restored to');
      await panel.act({ type: 'move-clock', id: 'a-day' });
      const next = await ask(PRODUCTION.alias);
      await as(support).click(next, ACTION.approve);
      await until('the refusal', () =>
        world.slack
          .messages(CHANNELS.approvals.id, support.id)
          .findLast(({ onlyFor, ts }) => onlyFor === support.id && ts > next.ts),
      );
      expect(as(support).modal()).toBeUndefined();
      await as(requester).click(next, ACTION.withdraw);
      await cardSays(next, 'Withdrawn');
    },
    LONGEST_MS,
  );
});

describe('the scenes of the guide about people who say more than yes or no', () => {
  beforeAll(begin, 60_000);
  afterAll(end);

  it(
    'a yes on a condition waits for the requester, and for nobody else',
    async () => {
      const card = await ask(PRODUCTION.alias);
      const ayumi = as(secondApprover);
      await ayumi.click(card, ACTION.approve);
      await until('the form', () => ayumi.modal());
      await confirm(world, card, secondApprover.id);
      ayumi.type(FIELD.condition, 'Checkout must be told first.');
      await ayumi.submit();
      await cardSays(card, 'Waits for');
      await heard(requester, 'It counts once you accept it');
      await ayumi.click(card, ACTION.acceptProviso);
      await heard(secondApprover, 'only');
      expect(world.aura.calls('take-snapshot')).toEqual([]);
      await as(requester).click(card, ACTION.acceptProviso);
      await cardSays(card, 'the requester accepted that');
      await cardSays(card, 'Restored to');
    },
    LONGEST_MS,
  );

  it(
    'a nudge reaches who is missing and not looking, and not again at once',
    async () => {
      const card = await ask(PRODUCTION.alias, async () => {
        await as(requester).choose(ACTION.chooseUrgent, URGENT);
      });
      await as(approver).click(card, ACTION.look);
      await cardSays(card, 'Looking:');
      await as(requester).click(card, ACTION.nudge);
      await heard(requester, `Nudged in the card's thread: <@${secondApprover.id}>`);
      await until('the nudge', () =>
        world.slack
          .messages(card.channel)
          .some(({ threadTs, text }) => threadTs === card.ts && text.includes('the requester asks you to answer')),
      );
      await as(requester).click(card, ACTION.nudge);
      await heard(requester, 'you did so a moment ago');
      await as(requester).click(card, ACTION.withdraw);
      await cardSays(card, 'Withdrawn');
    },
    LONGEST_MS,
  );

  it(
    'a looser rules file waits for those whom it binds, and then counts for new requests alone',
    async () => {
      expect(await panel.act({ type: 'change', id: 'looser-rules' })).toContain('names Sam Porter');
      const rules = await until('the card of the rules', () =>
        world.slack
          .messages(CHANNELS.approvals.id)
          .find(({ metadata }) => JSON.stringify(metadata ?? {}).includes('proposal-')),
      );
      await as(stakeholder).click(rules, ACTION.agreeToPolicy);
      await heard(stakeholder, 'only those whom the rule in force names');
      const open = await ask(PRODUCTION.alias);
      const isRefused = (times: number) =>
        until('Sam to be refused', () => {
          const said = world.slack.messages(open.channel, stakeholder.id);
          return (
            said.filter(({ onlyFor, text }) => onlyFor === stakeholder.id && text.includes('not among those'))
              .length === times
          );
        });
      await as(stakeholder).click(open, ACTION.approve);
      await isRefused(1);
      for (const person of [approver, secondApprover]) await as(person).click(rules, ACTION.agreeToPolicy);
      await cardSays(rules, 'agreed to, in force');
      await as(stakeholder).click(open, ACTION.approve);
      await isRefused(2);
      await as(requester).click(open, ACTION.withdraw);
      await cardSays(open, 'Withdrawn');
      const fresh = await ask(PRODUCTION.alias);
      await approve(world, fresh, stakeholder.id);
      await cardSays(fresh, 'Restored to');
    },
    LONGEST_MS,
  );

  it(
    'somebody who changes the language of Slack is answered in it from then on',
    async () => {
      expect(await panel.act({ type: 'change', id: 'language' })).toContain('in German now');
      await panel.act({ type: 'move-clock', id: 'ten-minutes' });
      const card = await ask(PRODUCTION.alias, async () => {
        await until('the German form', () => form(requester).includes('Freigabe anfragen'));
      });
      await cardSays(card, 'To confirm or deny:');
      await as(requester).click(card, ACTION.approve);
      await heard(requester, 'eigene');
      await as(requester).click(card, ACTION.withdraw);
      await cardSays(card, 'Withdrawn');
      expect(await panel.act({ type: 'change', id: 'language' })).toContain('in English now');
      await panel.act({ type: 'move-clock', id: 'ten-minutes' });
    },
    LONGEST_MS,
  );
});
