import { describe, expect, it } from 'vitest';
import { entryLine } from '../../messages/card-history.ts';
import { outcomeNotice } from '../../messages/outcome-notice.ts';
import { restoreCard } from '../../messages/restore-card.ts';
import type { RestoreEvent } from '../../src/restore/event.ts';
import { addMinutes } from '../../src/restore/instant.ts';
import type { Restore } from '../../src/restore/restore.ts';
import { exampleEvent } from '../support/example-events.ts';
import { followedBy, makeRestore } from '../support/make-restore.ts';
import { APPROVER } from '../support/people.ts';

const unclear = makeRestore('start-unclear');
const at = addMinutes(unclear.since, 1);
const judged = (ran: boolean): Restore => {
  const event: RestoreEvent = { type: 'start-judged', at, person: APPROVER, ran };
  return followedBy(unclear, event);
};
const ended = (restore: Restore) => followedBy(restore, exampleEvent('verification-finished', restore));
const written = (message: unknown) => JSON.stringify(message);
const SAID = `That it ran was said by <@${APPROVER.id}>`;

describe('a restore of which a person said that it ran', () => {
  it('says so while the data is checked, at its end, and in each channel', () => {
    expect(written(restoreCard(judged(true), at))).toContain(SAID);
    const over = ended(judged(true));
    expect(written(restoreCard(over, over.since))).toContain(SAID);
    expect(written(restoreCard(over, over.since))).toContain('The bot did not see it in Aura.');
    expect(written(outcomeNotice(over, 'C0ORDERS', { language: 'en' }))).toContain(SAID);
    expect(written(outcomeNotice(over, 'C0ORDERS', { language: 'de' }))).toContain(
      'Der Bot hat es in Aura nicht gesehen.',
    );
  });

  it('is told apart in the history from one of which a person said that it did not', () => {
    const lineOf = (restore: Restore) => {
      const entry = restore.history.find(({ event }) => event === 'start-judged');
      return entry ? entryLine(entry) : '';
    };
    expect(lineOf(judged(true))).toContain('judged: it ran');
    expect(lineOf(judged(false))).toContain('judged: it did not run');
    expect(written(restoreCard(judged(false), at))).not.toContain(SAID);
  });
});

it('a restore that was seen to run says nothing of that', () => {
  const seen = makeRestore('completed');
  expect(written(restoreCard(seen, seen.since))).not.toContain('was said by');
});

it('what a failure left is not written in the history as the condition of a yes', () => {
  const failed = makeRestore('failed').history.find(({ event }) => event === 'step-failed');
  expect(failed?.facts.condition).toBeDefined();
  expect(failed && entryLine(failed)).not.toContain('condition');
});
