import { afterEach, describe, expect, it } from 'vitest';
import { ACTION, FIELD } from '../../messages/action-ids.ts';
import { CHANNELS, PEOPLE } from '../../playground/people.ts';
import { cardAt, confirm, requestRestore, until, wordsOf } from '../../playground/story.ts';
import { type Journey, startJourney } from '../support/journey.ts';
import { sightsOf } from './sights.ts';

let journey: Journey;
afterEach(() => journey.end());
const { titles, heard, cardSays, appliedRestores } = sightsOf(() => journey);

describe('the second person', () => {
  it('is never the requester, a guest, an outsider, a bot, or somebody who is not asked; each hears why and the history keeps it', async () => {
    journey = await startJourney();
    journey.slack.workspace.users.push(
      { id: 'U0OUT', name: 'out', realName: 'Out Sider', tz: 'UTC', teamId: 'T0OTHER' },
      { id: 'U0BOT', name: 'bot', realName: 'Some Bot', tz: 'UTC', isBot: true },
    );
    const card = await requestRestore(journey);
    for (const [person, words] of [
      [PEOPLE.requester.id, 'your own request'],
      [PEOPLE.guest.id, 'guests cannot'],
      ['U0OUT', 'only members of this workspace'],
      ['U0BOT', 'bots and apps cannot'],
      [PEOPLE.stakeholder.id, 'not among those who may decide'],
    ] as const) {
      await journey.slack.as(person).click(card, ACTION.approve);
      await heard(person, words);
      expect(journey.slack.as(person).modal()).toBeUndefined();
    }
    await cardSays(card, 'approval refused');
    expect(appliedRestores()).toBe(0);
  });

  it('is not the requester under another account of theirs', async () => {
    journey = await startJourney({ people: { same: [[PEOPLE.requester.id, PEOPLE.approver.id]] } });
    const card = await requestRestore(journey);
    await journey.slack.as(PEOPLE.approver.id).click(card, ACTION.approve);
    await heard(PEOPLE.approver.id, 'your own request');
  });

  it('is told at the field when a word is wrong, and nothing is decided', async () => {
    journey = await startJourney();
    const card = await requestRestore(journey);
    const anton = journey.slack.as(PEOPLE.approver.id);
    await anton.click(card, ACTION.approve);
    await until('the form', () => anton.modal());
    anton.type(FIELD.restoreWord, 'restore');
    anton.type(FIELD.instanceName, 'orders-staging');
    await anton.submit();
    expect(anton.modal()?.errors).toEqual({
      [FIELD.restoreWord]: expect.stringContaining('RESTORE'),
      [FIELD.instanceName]: expect.stringContaining('not the name'),
      [FIELD.restorePointTime]: expect.stringContaining('Choose the restore point'),
    });
    expect(wordsOf(cardAt(journey, card))).toContain('A second person must confirm');
  });

  it('who lost their account between the card and the confirmation cannot confirm', async () => {
    journey = await startJourney();
    const card = await requestRestore(journey);
    const anton = journey.slack.as(PEOPLE.approver.id);
    await anton.click(card, ACTION.approve);
    await until('the form', () => anton.modal());
    await confirm(journey, card, anton.id);
    journey.slack.setUser(PEOPLE.approver.id, { isDeleted: true });
    await anton.submit();
    expect(JSON.stringify(anton.modal()?.errors)).toContain('not active');
    expect(appliedRestores()).toBe(0);
  });

  it('is one of two who confirm at once: one decides, the other hears it was decided', async () => {
    journey = await startJourney();
    const card = await requestRestore(journey);
    const people = [journey.slack.as(PEOPLE.approver.id), journey.slack.as(PEOPLE.secondApprover.id)];
    for (const person of people) {
      await person.click(card, ACTION.approve);
      await until('the form', () => person.modal());
      await confirm(journey, card, person.id);
    }
    await Promise.all(people.map((person) => person.submit()));
    const stillOpen = people.filter((person) => person.modal());
    expect(stillOpen).toHaveLength(1);
    const errors = JSON.stringify(stillOpen[0]?.modal()?.errors);
    expect(errors).toMatch(/past that.* since \d+ \w+ \d\d:\d\d \(\d\d:\d\d UTC\)/);
    expect(errors).not.toMatch(/[<>|`]/);
    await cardSays(card, 'Restored to');
    expect(journey.aura.calls('restore')).toHaveLength(1);
  });

  it('denies with a reason, which the requester is told', async () => {
    journey = await startJourney();
    const card = await requestRestore(journey);
    const anton = journey.slack.as(PEOPLE.approver.id);
    await anton.click(card, ACTION.deny);
    await until('the form', () => anton.modal());
    anton.type(FIELD.denialReason, 'Wait for the import team <!channel>');
    await anton.submit();
    await cardSays(card, '*Denied* by');
    await heard(PEOPLE.requester.id, 'Wait for the import team &lt;!channel&gt;');
    expect(titles(CHANNELS.orders.id)).toEqual([]);
  });
});
