import { afterEach, describe, expect, it } from 'vitest';
import { ACTION, FIELD, OFFERED_START, OVERRIDE } from '../../messages/action-ids.ts';
import { CHANNELS, PEOPLE } from '../../playground/people.ts';
import { approve, cardAt, keyOf, requestRestore, until, wordsOf } from '../../playground/story.ts';
import { PRODUCTION } from '../../playground/world.ts';
import { type Journey, startJourney } from '../support/journey.ts';

let journey: Journey;
afterEach(() => journey.end());

const DAY_MS = 86_400_000;
const frozenUntil = new Date(Math.floor(Date.now() / DAY_MS + 2) * DAY_MS).toISOString();
const FREEZES = [{ name: 'Stocktaking', from: new Date(Date.now() - DAY_MS).toISOString(), to: frozenUntil }];

const rita = () => journey.slack.as(PEOPLE.requester.id);
const form = () => JSON.stringify(rita().modal()?.view ?? {});

async function submitFrozen() {
  await expect(requestRestore(journey)).rejects.toThrow(/form was not accepted/);
  return JSON.stringify(rita().modal()?.errors);
}

async function requestAfterFreeze() {
  await submitFrozen();
  await rita().choose(ACTION.chooseStart, `${OFFERED_START}${frozenUntil}`);
  await until('the start to be taken', () => !form().includes('Cannot start then'));
  await rita().submit();
  return cardOf('A second person must confirm');
}

async function cardOf(words: string) {
  const posted = () =>
    journey.slack.messages(CHANNELS.approvals.id).find((message) => wordsOf(message).includes(words));
  const { channel, ts } = await until(`a card with "${words}"`, posted);
  return { channel, ts };
}

describe('a restore that is asked for in a freeze', () => {
  it('is refused with the next possible start, which the form offers and takes', async () => {
    journey = await startJourney({ productionSettings: { freezes: FREEZES } });
    const errors = await submitFrozen();
    expect(errors).toContain('Stocktaking');
    expect(errors).toContain('Next possible start');
    expect(form()).not.toContain('with an override');
    await rita().choose(ACTION.chooseStart, `${OFFERED_START}${frozenUntil}`);
    await until('the start to be taken', () => !form().includes('Cannot start then'));
    await rita().submit();
    expect(rita().modal()).toBeUndefined();
    const card = await cardOf('A second person must confirm');
    expect(wordsOf(cardAt(journey, card))).toContain(`${frozenUntil.slice(0, 10)} 00:00 UTC`);
  });

  it('starts with an override, once somebody agreed who may agree to that', async () => {
    journey = await startJourney({
      productionSettings: { freezes: FREEZES, freeze_override: { approvers: { users: [PEOPLE.approver.id] } } },
    });
    expect(await submitFrozen()).toContain('with an override');
    await rita().choose(ACTION.chooseOverride, OVERRIDE.yes);
    await until('the question why', () => form().includes('Why can it not wait'));
    rita().type(FIELD.overrideReason, 'The shop is down.');
    await rita().submit();
    expect(rita().modal()).toBeUndefined();
    const card = await cardOf('Starts in a freeze, with an override');
    expect(wordsOf(cardAt(journey, card))).toContain('The shop is down.');
    await approve(journey, card, PEOPLE.approver.id, PRODUCTION.alias);
    await until('the first yes', () => wordsOf(cardAt(journey, card)).includes('Still missing:* approvers'));
    await approve(journey, card, PEOPLE.secondApprover.id, PRODUCTION.alias);
    await until('the restore', () => wordsOf(cardAt(journey, card)).includes('Restored to'));
  });

  it('is moved into the freeze by an edit, with the question why; every vote falls and the override is agreed to', async () => {
    journey = await startJourney({
      productionSettings: { freezes: FREEZES, freeze_override: { approvers: { users: [PEOPLE.stakeholder.id] } } },
    });
    const card = await requestAfterFreeze();
    await rita().click(card, ACTION.edit);
    await until('the form', () => form().includes('Change and ask anew'));
    expect(form()).not.toContain('with an override');
    await rita().choose(ACTION.chooseStart, 'when-confirmed');
    await until('the choice', () => form().includes('with an override'));
    await rita().submit();
    expect(JSON.stringify(rita().modal()?.errors)).toContain('Or ask for a start in the freeze');
    await rita().choose(ACTION.chooseOverride, OVERRIDE.yes);
    await until('the question why', () => form().includes('Why can it not wait'));
    expect(form()).toContain('overrides Stocktaking');
    rita().type(FIELD.overrideReason, 'The shop is down.');
    await rita().submit();
    expect(rita().modal()).toBeUndefined();
    await until('the change', () => wordsOf(cardAt(journey, card)).includes('changed the plan'));
    expect(wordsOf(cardAt(journey, card))).toMatch(
      /Freeze override:\* was none; is now .*Stocktaking.*The shop is down/,
    );
    const replies = () =>
      journey.slack.messages(card.channel).filter((message) => keyOf(message).startsWith('newly-asked:'));
    const [reply] = await until('those newly asked to hear of it', () =>
      replies().length > 0 ? replies() : undefined,
    );
    expect(reply).toMatchObject({ threadTs: card.ts });
    expect(reply?.text).toContain(`<@${PEOPLE.stakeholder.id}>: you are asked as well now`);
    expect(reply?.text).not.toContain(PEOPLE.approver.id);
    await approve(journey, card, PEOPLE.approver.id, PRODUCTION.alias);
    await until('the vote', () => wordsOf(cardAt(journey, card)).includes('Still missing:* freeze override'));
    await approve(journey, card, PEOPLE.stakeholder.id, PRODUCTION.alias);
    expect(replies()).toHaveLength(1);
    await until('the restore', () => wordsOf(cardAt(journey, card)).includes('Restored to'));
  });

  it('is not moved into a freeze by an edit where nobody could agree to that', async () => {
    journey = await startJourney({ productionSettings: { freezes: FREEZES } });
    const card = await requestAfterFreeze();
    await rita().click(card, ACTION.edit);
    await until('the form', () => form().includes('Change and ask anew'));
    await rita().choose(ACTION.chooseStart, 'when-confirmed');
    await until('what the calendar says', () => form().includes('Cannot start then'));
    expect(form()).not.toContain('with an override');
    await rita().submit();
    const errors = JSON.stringify(rita().modal()?.errors);
    expect(errors).toContain('Stocktaking');
    expect(errors).not.toContain('with an override');
  });

  it('is not moved into a freeze by an edit while too few are there who could agree to that, and hears who is missing', async () => {
    journey = await startJourney({
      productionSettings: {
        freezes: FREEZES,
        freeze_override: { approvers: { users: [PEOPLE.stakeholder.id] } },
      },
    });
    const card = await requestAfterFreeze();
    const { users } = journey.slack.workspace;
    const gone = users.findIndex(({ id }) => id === PEOPLE.stakeholder.id);
    users.splice(gone, 1, { ...PEOPLE.stakeholder, isDeleted: true });
    await rita().click(card, ACTION.edit);
    await until('the form', () => form().includes('Change and ask anew'));
    await rita().choose(ACTION.chooseStart, 'when-confirmed');
    await until('the choice', () => form().includes('with an override'));
    await rita().choose(ACTION.chooseOverride, OVERRIDE.yes);
    await until('the question why', () => form().includes('Why can it not wait'));
    rita().type(FIELD.overrideReason, 'The shop is down.');
    await rita().submit();
    expect(JSON.stringify(rita().modal()?.errors)).toContain('needs 1, and 0 can be found');
    expect(wordsOf(cardAt(journey, card))).not.toContain('changed the plan');
  });

  it('is not begun by approvers alone, who may not agree to the override', async () => {
    journey = await startJourney({
      productionSettings: { freezes: FREEZES, freeze_override: { approvers: { users: [PEOPLE.stakeholder.id] } } },
    });
    await submitFrozen();
    await rita().choose(ACTION.chooseOverride, OVERRIDE.yes);
    await until('the question why', () => form().includes('Why can it not wait'));
    rita().type(FIELD.overrideReason, 'The shop is down.');
    await rita().submit();
    const card = await cardOf('Starts in a freeze, with an override');
    for (const { id } of [PEOPLE.approver, PEOPLE.secondApprover]) await approve(journey, card, id, PRODUCTION.alias);
    await until('both votes', () => wordsOf(cardAt(journey, card)).includes(PEOPLE.secondApprover.id));
    expect(wordsOf(cardAt(journey, card))).toContain('Still missing:* freeze override');
    expect(journey.aura.calls('take-snapshot')).toEqual([]);
    await approve(journey, card, PEOPLE.stakeholder.id, PRODUCTION.alias);
    await until('the restore', () => wordsOf(cardAt(journey, card)).includes('Restored to'));
  });
});
