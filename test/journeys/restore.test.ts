import { afterEach, describe, expect, it } from 'vitest';
import { ACTION, SHORTCUT } from '../../messages/action-ids.ts';
import { CHANNELS, PEOPLE } from '../../playground/people.ts';
import { approve, cardAt, requestRestore, until, wordsOf } from '../../playground/story.ts';
import { PRODUCTION, STAGING } from '../../playground/world.ts';
import { type Journey, startJourney } from '../support/journey.ts';
import { sightsOf } from './sights.ts';

let journey: Journey;
afterEach(() => journey.end());
const { titles, heard, cardSays } = sightsOf(() => journey);

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
    await heard(PEOPLE.requester.id, 'did not get every agreement that it needed by');
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
