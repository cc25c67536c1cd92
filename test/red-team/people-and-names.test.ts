import { afterEach, describe, expect, it } from 'vitest';
import { ACTION, FIELD } from '../../messages/action-ids.ts';
import { APPROVERS_GROUP, CHANNELS, PEOPLE } from '../../playground/people.ts';
import { approve, cardAt, confirm, requestRestore, until, wordsOf } from '../../playground/story.ts';
import { STAGING } from '../../playground/world.ts';
import { lookAlikes } from '../../src/config/look-alikes.ts';
import { type Journey, startJourney } from '../support/journey.ts';

const { requester, approver, secondApprover, stakeholder } = PEOPLE;
const BOTH_RULES = {
  approvers: undefined,
  approvals: [
    { name: 'database owners', groups: [APPROVERS_GROUP] },
    { name: 'service owner', users: [stakeholder.id, approver.id] },
  ],
};

let journey: Journey;
afterEach(() => journey?.end());

const cardSays = (card: { channel: string; ts: string }, words: string) =>
  until(`the card to say "${words}"`, () => wordsOf(cardAt(journey, card)).includes(words));
const nothingSent = () =>
  expect(journey.aura.calls('restore').length + journey.aura.calls('take-snapshot').length).toBe(0);

describe('whoever holds the session of one account', () => {
  it('of the requester gets no restore, whatever they click', async () => {
    journey = await startJourney();
    const card = await requestRestore(journey, { alias: STAGING.alias });
    const thief = journey.slack.as(requester.id);
    await thief.click(card, ACTION.approve);
    await cardSays(card, 'approval refused, tried by <@U0RITA>');
    expect(thief.modal()).toBeUndefined();
    nothingSent();
  });

  it('of an approver gets no restore by asking for one: their own yes does not count', async () => {
    journey = await startJourney();
    const card = await requestRestore(journey, { alias: STAGING.alias, by: approver.id });
    await journey.slack.as(approver.id).click(card, ACTION.approve);
    await cardSays(card, `approval refused, tried by <@${approver.id}>`);
    nothingSent();
  });

  it('of somebody who is named in both rules fills one of them, however often they agree', async () => {
    journey = await startJourney({ productionSettings: BOTH_RULES });
    const card = await requestRestore(journey);
    await approve(journey, card, approver.id);
    await cardSays(card, 'Still missing');
    const again = journey.slack.as(approver.id);
    await again.click(card, ACTION.approve);
    if (again.modal()) {
      await confirm(journey, card, approver.id);
      await again.submit();
    }
    expect(wordsOf(cardAt(journey, card))).toContain('Still missing');
    nothingSent();
    await approve(journey, card, secondApprover.id);
    await cardSays(card, 'Restored to');
  });
});

describe('somebody who is deactivated between their yes and the last one', () => {
  it('does not count, and somebody else must agree', async () => {
    journey = await startJourney({ productionSettings: BOTH_RULES });
    const card = await requestRestore(journey);
    await approve(journey, card, secondApprover.id);
    await cardSays(card, 'Still missing');
    journey.slack.setUser(secondApprover.id, { isDeleted: true });
    await approve(journey, card, stakeholder.id);
    await cardSays(card, 'Still missing');
    nothingSent();
    await approve(journey, card, approver.id);
    await cardSays(card, 'Restored to');
    expect(journey.aura.calls('restore').filter(({ applied }) => applied)).toHaveLength(1);
  });
});

describe('a name that is not what it looks like', () => {
  const types = async (name: string) => {
    const card = await requestRestore(journey, { alias: STAGING.alias });
    const anton = journey.slack.as(approver.id);
    await anton.click(card, ACTION.approve);
    await until('the form', () => anton.modal());
    anton.type(FIELD.restoreWord, 'RESTORE');
    anton.type(FIELD.instanceName, name);
    return anton.submit();
  };

  it.each([
    ['a letter of another script', 'оrders-staging'],
    ['a character without width', 'orders\u200b-staging'],
    ['another kind of dash', 'orders‑staging'],
    ['marks of direction', '\u202egnigats-sredro'],
  ])('does not confirm: %s', async (_, name) => {
    journey = await startJourney();
    const { answer } = await types(name);
    expect(JSON.stringify(answer)).toContain('This is not the name of the instance');
    nothingSent();
  });

  it('a renamed channel stays the channel: cards and notices go where they went', async () => {
    journey = await startJourney();
    const card = await requestRestore(journey, { alias: STAGING.alias });
    const { channels } = journey.slack.workspace;
    const renamed = channels.find(({ id }) => id === CHANNELS.approvals.id);
    const other = channels.find(({ id }) => id === CHANNELS.status.id);
    if (!renamed || !other) throw new Error('the channels should be there');
    Object.assign(renamed, { name: 'anything' });
    Object.assign(other, { name: CHANNELS.approvals.name });
    await approve(journey, card, approver.id, STAGING.alias);
    await cardSays(card, 'Restored to');
    expect(journey.slack.messages(CHANNELS.status.id)).toEqual([]);
  });
});

describe('names that look like each other', () => {
  it.each([
    ['a zero for an o', ['orders', '0rders']],
    ['a one for an l', ['billing', 'bi1ling']],
    ['rn for m', ['customer', 'custorner']],
    ['another dash', ['orders-prod', 'orders_prod']],
  ])('are refused in the configuration: %s', (_, [one = '', other = '']) => {
    expect(lookAlikes([one, other])).toEqual([
      { where: `instances.${other}`, what: expect.stringContaining(`looks like ${one}`) },
    ]);
  });

  it('are not seen where there are none', () => {
    expect(lookAlikes(['orders-prod', 'orders-staging', 'orders-dev'])).toEqual([]);
  });
});

describe('hostile text in every field', () => {
  const HOSTILE = `<!channel> <!here> <@U0SAM> <#C0STATUS> <https://evil.example|Approve> *bold* \u202egnp.exe\u2066\u200b\u0000 & "${'x'.repeat(10_000)}`;

  it('is shown and not obeyed, from the request to the denial, and breaks no limit of Slack', async () => {
    journey = await startJourney({
      prepare: ({ aura }) => {
        aura.instances.find(STAGING.id).name = HOSTILE.slice(0, 200);
      },
    });
    const text = HOSTILE.slice(0, 2_900);
    const card = await requestRestore(journey, { alias: STAGING.alias, text });
    const anton = journey.slack.as(approver.id);
    await anton.slash('/restore', HOSTILE.slice(0, 4_000), CHANNELS.approvals.id);
    await anton.click(card, ACTION.deny);
    await until('the form', () => anton.modal());
    anton.type(FIELD.denialReason, text);
    await anton.submit();
    await cardSays(card, 'Denied');
    await until('the requester to hear', () =>
      journey.slack.calls.some(({ args }) => JSON.stringify(args.metadata ?? {}).includes(`"denied:${requester.id}"`)),
    );
    const said = journey.slack.calls.filter(({ method }) => method.startsWith('chat.') || method.startsWith('views.'));
    expect(said.filter(({ error }) => error)).toEqual([]);
    const mrkdwn = said.flatMap(({ args }) => [String(args.text ?? ''), ...mrkdwnIn(args)]);
    for (const words of mrkdwn) {
      expect(words).not.toMatch(/<!(channel|here|everyone)/);
      expect(words).not.toContain('<https://evil');
      expect(words).not.toMatch(/(?!\n)(?:\p{Cc}|\p{Cf})/u);
    }
  });
});

/** All text of a call's blocks that Slack reads as markup. */
function mrkdwnIn(args: unknown): readonly string[] {
  if (typeof args === 'string' && /^[[{]/.test(args)) return mrkdwnIn(JSON.parse(args));
  if (typeof args !== 'object' || args === null) return [];
  const own = 'type' in args && args.type === 'mrkdwn' && 'text' in args ? [String(args.text)] : [];
  return [...own, ...Object.values(args).flatMap(mrkdwnIn)];
}
