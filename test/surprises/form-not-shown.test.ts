import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ACTION } from '../../messages/action-ids.ts';
import { CHANNELS, PEOPLE } from '../../playground/people.ts';
import { cards, requestRestore } from '../../playground/story.ts';
import { PRODUCTION, STAGING } from '../../playground/world.ts';
import { type Site, startSite } from '../support/site.ts';
import { until } from '../support/until.ts';

const RITA = PEOPLE.requester.id;
const ANTON = PEOPLE.approver.id;
const NOT_OPENED = 'Slack did not show the form';

let site: Site;
beforeAll(async () => {
  site = await startSite();
  await site.start();
  await requestRestore(site);
});
afterAll(() => site.end());

/** What a person was told privately so far, in the channel or in a direct message. */
const told = (person: string) =>
  site.slack.workspace.messages
    .filter(({ onlyFor, channel }) => onlyFor === person || channel === `D${person.slice(1)}`)
    .map(({ text }) => text);

async function clickOnCard(person: string, action: string): Promise<void> {
  const [card] = cards(site);
  if (!card) throw new Error('there is no card');
  await site.slack.as(person).click(card, action);
}

const ask = (text: string) => async () => {
  await site.slack.as(RITA).slash('/restore', text, CHANNELS.approvals.id);
};

/** Whoever opens a form, and by what. */
const WAYS: readonly (readonly [what: string, person: string, act: () => Promise<void>])[] = [
  ['a click to approve', ANTON, () => clickOnCard(ANTON, ACTION.approve)],
  ['a click to change the request', RITA, () => clickOnCard(RITA, ACTION.edit)],
  ['/restore with an instance', RITA, ask(STAGING.alias)],
  ['/restore advise', RITA, ask(`advise ${PRODUCTION.alias}`)],
  ['/restore delegate', RITA, ask('delegate')],
];

describe.each(WAYS)('a form that %s leads to', (_, person, act) => {
  let heard: number;
  beforeEach(() => {
    heard = told(person).length;
  });
  afterEach(() => {
    site.slack.faults.clear();
    site.slack.as(person).closeModal();
  });

  it.each(['expired_trigger_id', 'invalid_arguments'])(
    'is told not to have been opened when Slack says %s',
    async (error) => {
      site.slack.faults.add({ kind: 'error', method: 'views.open', error, times: 1 });
      await act();
      await until('an answer', () => told(person).length > heard);
      expect(told(person).at(-1)).toContain(NOT_OPENED);
      expect(told(person).at(-1)).toContain('nothing was asked for and nothing decided');
      expect(site.slack.as(person).modal()).toBeUndefined();
    },
  );

  it('is opened once, with no word beside it, when Slack delivers the same twice', async () => {
    const opened = () => site.slack.calls.filter(({ method }) => method === 'views.open').length;
    const before = opened();
    site.slack.faults.add({ kind: 'redeliver', times: 1 });
    await act();
    await until('both to be answered', () => opened() === before + 2);
    await until('the form', () => site.slack.as(person).modal() !== undefined);
    expect(told(person).slice(heard)).toEqual([]);
  });
});

describe('/restore advise', () => {
  it('asks for the instance when none is named', async () => {
    const heard = told(RITA).length;
    await ask('advise')();
    await until('an answer', () => told(RITA).length > heard);
    expect(told(RITA).at(-1)).toMatch(/Say which instance is meant: put its name after the command, as in \S+\./);
  });
});

describe('a form that its person closes while it is being filled', () => {
  it.each([
    ['/restore with an instance', STAGING.alias],
    ['/restore advise', `advise ${PRODUCTION.alias}`],
  ])('leads to no word, after %s', async (_, text) => {
    const heard = told(RITA).length;
    const drawn = () => site.slack.calls.filter(({ method }) => method === 'views.update').length;
    const before = drawn();
    site.aura.faults.add({ kind: 'slow', route: 'get-instance', delayMs: 500, times: 1 });
    await ask(text)();
    await until('the form', () => site.slack.as(RITA).modal() !== undefined);
    site.slack.as(RITA).closeModal();
    await until('the form to be drawn', () => drawn() > before);
    await sleep(1_500);
    expect(told(RITA).slice(heard)).toEqual([]);
  });
});
