import { afterEach, describe, expect, it } from 'vitest';
import { ACTION, FIELD, SHORTCUT } from '../../messages/action-ids.ts';
import { CHANNELS, PEOPLE } from '../../playground/people.ts';
import { approve, cardAt, confirm, noticesIn, requestRestore, until, wordsOf } from '../../playground/story.ts';
import { PRODUCTION, STAGING } from '../../playground/world.ts';
import { type Journey, startJourney } from '../support/journey.ts';

let journey: Journey;
afterEach(() => journey.end());

const titles = (channel: string) => noticesIn(journey, channel).map(({ text }) => text.split('\n')[0]);
const whispers = (person: string) =>
  journey.slack.workspace.messages
    .filter(({ onlyFor, channel }) => onlyFor === person || channel === `D${person.slice(1)}`)
    .map(({ text }) => text);
const heard = (person: string, words: string) =>
  until(`${person} to hear "${words}"`, () => whispers(person).some((text) => text.includes(words)));
const cardSays = (card: { channel: string; ts: string }, words: string) =>
  until(`the card to say "${words}"`, () => wordsOf(cardAt(journey, card)).includes(words));
const appliedRestores = () => journey.aura.calls('restore').filter(({ applied }) => applied).length;

describe.each(['socket', 'http'] as const)('a restore over %s', (transport) => {
  it('is asked for by one person, confirmed by another, announced, carried out once and announced as finished', async () => {
    journey = await startJourney({ transport });
    const card = await requestRestore(journey);
    expect(wordsOf(cardAt(journey, card))).toContain('Data loss');
    await approve(journey, card);
    await cardSays(card, 'Restored to');
    await until(
      'both notices',
      () => titles(CHANNELS.orders.id).length === 2 && titles(CHANNELS.status.id).length === 2,
    );
    for (const channel of [CHANNELS.orders.id, CHANNELS.status.id]) {
      expect(titles(channel)).toEqual([
        'PLANNED MAINTENANCE: Database Restore Operation',
        'MAINTENANCE COMPLETE: Database Restore Finished',
      ]);
    }
    expect(journey.aura.calls('restore')).toHaveLength(1);
    expect(journey.aura.calls('take-snapshot')).toHaveLength(1);
    const [restored] = journey.aura.instances
      .find(PRODUCTION.id)
      .snapshots.filter(({ profile }) => profile === 'Scheduled');
    expect(journey.aura.instances.find(PRODUCTION.id).dataVersion).toBe(restored?.dataVersion);
    expect(journey.slack.calls.filter(({ error }) => error)).toEqual([]);
    // The card is one message, edited: nobody gets a message per poll.
    expect(journey.slack.messages(CHANNELS.approvals.id).filter(({ onlyFor }) => !onlyFor)).toHaveLength(1);
    expect(wordsOf(cardAt(journey, card))).toContain('not run');
  });
});

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
    expect(JSON.stringify(stillOpen[0]?.modal()?.errors)).toContain('past that');
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

describe('a request', () => {
  it('expires without an answer, and an old button then does nothing', async () => {
    journey = await startJourney({ productionSettings: { request_expiry: '8s' } });
    const card = await requestRestore(journey);
    const { blocks } = cardAt(journey, card);
    await cardSays(card, '*Expired.*');
    expect(JSON.stringify(blocks)).toContain(ACTION.approve);
    await journey.slack
      .as(PEOPLE.approver.id)
      .click(card, ACTION.approve, { stale: { type: 'button', action_id: ACTION.approve, value: 'R-1' } });
    await heard(PEOPLE.approver.id, 'expired');
    await heard(PEOPLE.requester.id, 'nobody confirmed it until');
  });

  it('is withdrawn by its requester and by nobody else', async () => {
    journey = await startJourney();
    const card = await requestRestore(journey);
    await journey.slack.as(PEOPLE.approver.id).click(card, ACTION.withdraw);
    await heard(PEOPLE.approver.id, 'can withdraw this request');
    await journey.slack.as(PEOPLE.requester.id).click(card, ACTION.withdraw);
    await cardSays(card, '*Withdrawn* by');
  });

  it('for an instance with an open restore is linked to that one', async () => {
    journey = await startJourney();
    await requestRestore(journey);
    await expect(requestRestore(journey, { by: PEOPLE.secondApprover.id })).rejects.toThrow(
      /open restore of this instance already, R-1/,
    );
  });

  it('for a rollback test of production is refused at its field', async () => {
    journey = await startJourney();
    await expect(requestRestore(journey, { reason: 'rollback-test' })).rejects.toThrow(/belongs on a test instance/);
    await requestRestore(journey, { reason: 'rollback-test', alias: STAGING.alias });
  });

  it('opens the same form from the shortcut and from home', async () => {
    journey = await startJourney();
    const rita = journey.slack.as(PEOPLE.requester.id);
    await rita.shortcut(SHORTCUT);
    await until('the form', () => JSON.stringify(rita.modal()?.view ?? {}).includes('Which instance?'));
    rita.closeModal();
    await rita.openHome();
    await until('the home page', () => journey.slack.workspace.homes.get(PEOPLE.requester.id));
    await rita.click({ home: true }, ACTION.openForm);
    await until('the form', () => JSON.stringify(rita.modal()?.view ?? {}).includes('Which instance?'));
  });
});

describe('when something goes wrong', () => {
  it('a restore call whose answer is lost is sent once, and what Aura shows decides', async () => {
    journey = await startJourney({ pace: { restoreMs: 4000 } });
    journey.aura.faults.add({ kind: 'reset', route: 'restore', when: 'after', times: 1 });
    const card = await requestRestore(journey);
    await approve(journey, card);
    await cardSays(card, 'Restored to');
    expect(journey.aura.calls('restore')).toHaveLength(1);
  });

  it('a restore call that shows no effect is put to a person and never sent again', async () => {
    journey = await startJourney();
    journey.aura.faults.add({ kind: 'reset', route: 'restore', when: 'before', times: 1 });
    const card = await requestRestore(journey);
    await approve(journey, card);
    await cardSays(card, 'say what happened');
    await heard(PEOPLE.approver.id, 'its answer was lost');
    await journey.slack.as(PEOPLE.stakeholder.id).click(card, ACTION.judgeDidNotRun);
    await heard(PEOPLE.stakeholder.id, 'only the requester and those who may decide');
    await journey.slack.as(PEOPLE.requester.id).click(card, ACTION.judgeDidNotRun);
    await cardSays(card, 'did not complete');
    await until('the notice', () =>
      titles(CHANNELS.orders.id).includes('MAINTENANCE ENDED: Database Restore Not Completed'),
    );
    expect(journey.aura.calls('restore')).toHaveLength(1);
  });

  it('a failing safety snapshot means no restore', async () => {
    journey = await startJourney();
    journey.aura.faults.add({ kind: 'snapshot-ends', as: 'Failed', times: 1 });
    const card = await requestRestore(journey);
    await approve(journey, card);
    await cardSays(card, 'Without a way back nothing is restored');
    expect(journey.aura.calls('restore')).toHaveLength(0);
    await until('the outcome', () => titles(CHANNELS.orders.id).length === 2);
  });

  it('a refusal by Aura ends it with the instance unchanged', async () => {
    journey = await startJourney();
    journey.aura.faults.add({ kind: 'busy', route: 'restore', times: 1 });
    const card = await requestRestore(journey);
    await approve(journey, card);
    await cardSays(card, 'Aura refused the restore');
    expect(wordsOf(cardAt(journey, card))).toContain('The instance is unchanged');
    expect(journey.aura.calls('restore')).toHaveLength(1);
    expect(appliedRestores()).toBe(0);
  });

  it('a restore that ends in "loading failed" says what state the instance is in', async () => {
    journey = await startJourney();
    journey.aura.faults.add({ kind: 'restore-ends', as: 'loading failed', times: 1 });
    const card = await requestRestore(journey);
    await approve(journey, card);
    await cardSays(card, 'not usable as it is');
  });

  it('an instance that somebody deletes meanwhile is said to be gone', async () => {
    journey = await startJourney({ pace: { restoreMs: 5000 } });
    const card = await requestRestore(journey);
    await approve(journey, card);
    await cardSays(card, 'Aura is restoring');
    journey.aura.instances.remove(PRODUCTION.id);
    await cardSays(card, 'somebody deleted it');
  });

  it('a second person who restores in the console does not make the bot restore too', async () => {
    journey = await startJourney({ pace: { restoreMs: 3000 } });
    const card = await requestRestore(journey);
    const instance = journey.aura.instances.find(PRODUCTION.id);
    const [newest] = instance.snapshots;
    if (newest) journey.aura.instances.restore(instance, newest);
    await approve(journey, card);
    await cardSays(card, 'somebody else restores it or loads other data into it');
    await until('the other restore to end', () => instance.status === 'running');
    expect(journey.aura.calls('restore')).toHaveLength(0);
    await approve(journey, card);
    await cardSays(card, 'Restored to');
    expect(journey.aura.calls('restore')).toHaveLength(1);
  });

  it('a slow restore with a status nobody knows goes on, is said to be stalled, and ends well', async () => {
    journey = await startJourney({ pace: { restoreMs: 6000 }, timing: { stall: { restore: '1s' } } });
    const card = await requestRestore(journey);
    await approve(journey, card);
    await cardSays(card, 'Aura is restoring');
    journey.aura.faults.add({ kind: 'show-status', status: 'foo', times: 2 });
    await cardSays(card, '\\"foo\\"');
    await cardSays(card, '*Stalled:*');
    await cardSays(card, 'Restored to');
  });

  it('a stop before the restore call is obeyed, and one after it is refused', async () => {
    journey = await startJourney({ pace: { snapshotMs: 3000 } });
    const card = await requestRestore(journey);
    await approve(journey, card);
    await cardSays(card, 'Aura is taking the safety snapshot');
    await journey.slack.as(PEOPLE.requester.id).slash('/restore', 'cancel R-1', CHANNELS.approvals.id);
    await cardSays(card, '*Stopped* by');
    expect(journey.aura.calls('restore')).toHaveLength(0);
  });

  it('a lost answer to a notice does not make the bot say it twice', async () => {
    journey = await startJourney();
    const card = await requestRestore(journey);
    // The head message's, and then that of the notice in its thread.
    journey.slack.faults.add({ kind: 'lose-answer', method: 'chat.postMessage', times: 2 });
    await approve(journey, card);
    await cardSays(card, 'Restored to');
    await until('all notices', () => titles(CHANNELS.orders.id).length >= 2 && titles(CHANNELS.status.id).length >= 2);
    expect(titles(CHANNELS.orders.id)).toHaveLength(2);
    expect(titles(CHANNELS.status.id)).toHaveLength(2);
  });

  it('a lost answer to a notice where the bot may not read threads is said as not known, and nothing is said twice', async () => {
    journey = await startJourney();
    const card = await requestRestore(journey);
    journey.slack.faults.add({
      kind: 'error',
      method: 'conversations.replies',
      error: 'not_allowed_token_type',
      times: 99,
    });
    journey.slack.faults.add({ kind: 'lose-answer', method: 'chat.postMessage', times: 2 });
    await approve(journey, card);
    await cardSays(card, 'Restored to');
    await cardSays(card, 'Not known whether told:');
    await until('all notices', () => titles(CHANNELS.orders.id).length >= 2 && titles(CHANNELS.status.id).length >= 2);
    expect(titles(CHANNELS.orders.id)).toHaveLength(2);
    expect(titles(CHANNELS.status.id)).toHaveLength(2);
    expect(JSON.stringify(cardAt(journey, card))).not.toContain('Not told:');
  });

  it('a channel that is gone does not stop the restore, and the card names the gap', async () => {
    journey = await startJourney();
    const card = await requestRestore(journey);
    journey.slack.faults.add({
      kind: 'error',
      method: 'chat.postMessage',
      error: 'channel_not_found',
      channel: CHANNELS.status.id,
      times: 99,
    });
    await approve(journey, card);
    await cardSays(card, 'Restored to');
    await cardSays(card, 'channel_not_found');
    await until('the other channel', () => titles(CHANNELS.orders.id).length === 2);
    const gap = `<#${CHANNELS.status.id}> could not be told of this restore`;
    const told = (channel: string) => journey.slack.messages(channel).filter(({ text }) => text.includes(gap));
    const direct = `D${PEOPLE.requester.id.slice(1)}`;
    await until('those who can mend it to be told', () => [direct, card.channel].every((to) => told(to).length > 0));
    expect(told(card.channel).map(({ threadTs }) => threadTs)).toEqual([card.ts]);
    expect(told(direct)).toHaveLength(1);
  });

  it('Redis away at a click: the person is told that nothing was recorded', async () => {
    journey = await startJourney();
    const card = await requestRestore(journey);
    await journey.redis.stop();
    await journey.slack.as(PEOPLE.approver.id).click(card, ACTION.approve);
    await heard(PEOPLE.approver.id, 'Nothing was recorded');
  });
});

describe('a command', () => {
  it('answers privately: status, list, snapshots, snapshot, help, and the nearest to a mistyped word', async () => {
    journey = await startJourney();
    const rita = journey.slack.as(PEOPLE.requester.id);
    await requestRestore(journey);
    for (const [text, words] of [
      ['status 1', 'must confirm'],
      ['list', 'R-1'],
      ['snapshots orders-prod', 'not exportable'],
      ['snapshot orders-staging', 'is taking a snapshot'],
      ['help', '/restore cancel'],
      ['statsu', '/restore status'],
      ['snapshots orders-pord', 'orders-prod'],
      ['cancel 99', 'does not know this restore'],
    ] as const) {
      await rita.slash('/restore', text, CHANNELS.approvals.id);
      await heard(PEOPLE.requester.id, words);
    }
  });
});
