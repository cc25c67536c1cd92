import { afterEach, describe, expect, it } from 'vitest';
import { ACTION } from '../../messages/action-ids.ts';
import { CHANNELS, PEOPLE } from '../../playground/people.ts';
import { approve, cardAt, requestRestore, until, wordsOf } from '../../playground/story.ts';
import { PRODUCTION } from '../../playground/world.ts';
import { type Journey, startJourney } from '../support/journey.ts';
import { sightsOf } from './sights.ts';

let journey: Journey;
afterEach(() => journey.end());
const { titles, heard, cardSays, appliedRestores } = sightsOf(() => journey);

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
    for (const { id } of [PEOPLE.requester, PEOPLE.approver]) await heard(id, 'it has stalled');
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
