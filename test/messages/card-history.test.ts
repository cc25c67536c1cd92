import { describe, expect, it } from 'vitest';
import { historyBlock } from '../../messages/card-history.ts';
import { LIMIT } from '../../messages/slack-limits.ts';
import { allWords, ENGLISH } from '../../messages/words/words.ts';
import { addMinutes } from '../../src/restore/instant.ts';
import type { HistoryEntry, Restore } from '../../src/restore/restore.ts';
import { mrkdwnIn } from '../support/longest.ts';
import { makeRestore } from '../support/make-restore.ts';

const AWAY = 'PagerDuty did not answer (no answer in time); only the people and groups count. '.repeat(3);
const START = '2026-11-21T22:50:00.000Z';

/** As many refused attempts, so many minutes after each other. */
function attempts(count: number, minutes: number): Restore {
  const history = Array.from({ length: count }, (_, index): HistoryEntry => {
    const at = addMinutes(START, index * minutes);
    const facts = { attempt: 'approve', reason: 'not-an-approver', onCall: AWAY };
    return { seq: index + 1, at, event: 'attempt-refused', by: `U0A${index}`, facts, previous: '', hash: '' };
  });
  return { ...makeRestore('awaiting-approval'), history };
}

const linesOf = (restore: Restore, words = ENGLISH) =>
  mrkdwnIn([historyBlock(restore, words)])
    .join('\n')
    .split('\n');

describe('the history on the card', () => {
  it.each(allWords())('keeps its newest entries where not all fit, and counts the others in its title: %#', (words) => {
    const lines = linesOf(attempts(14, 1), words);
    expect(lines.join('\n').length).toBeLessThanOrEqual(LIMIT.context);
    expect(lines.at(-1)).toContain('<@U0A13>');
    expect(lines.length).toBeLessThan(11);
    expect(lines[0]).toBe(words.history.title(14 - (lines.length - 1)));
  });

  it('shows ten where they fit', () => {
    const { history, ...restore } = attempts(12, 1);
    const short = history.map((entry) => ({ ...entry, facts: { attempt: 'approve', reason: 'own-request' } }));
    const lines = linesOf({ ...restore, history: short });
    expect(lines).toHaveLength(11);
    expect(lines[0]).toBe('*History* (2 earlier entries not shown)');
    expect(lines[1]).toContain('<@U0A2>');
  });

  it('names the day of the first that it shows, and of each of another day than the one before', () => {
    const { history, ...restore } = attempts(4, 30);
    const short = history.map((entry) => ({ ...entry, facts: { attempt: 'approve', reason: 'own-request' } }));
    const times = linesOf({ ...restore, history: short }).map((line) => line.split(' UTC')[0]);
    expect(times.slice(1)).toEqual(['2026-11-21 22:50:00', '23:20:00', '23:50:00', '2026-11-22 00:20:00']);
  });
});
