import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { appendEntry, firstBrokenEntry, phaseDurations } from '../../src/restore/history.ts';
import { entryOf } from '../../src/restore/history-entry.ts';
import { sha256OfCanonicalJson } from '../../src/restore/plan.ts';
import type { HistoryEntry } from '../../src/restore/restore.ts';
import { EVENT_TYPES, exampleEvent } from '../support/example-events.ts';
import { makeRestore, STATUSES } from '../support/make-restore.ts';
import { APPROVER, REQUESTER } from '../support/people.ts';

const { history } = makeRestore('completed');

describe('the chain of a history', () => {
  it.each(STATUSES)('holds for a restore that is %s', (status) => {
    expect(firstBrokenEntry(makeRestore(status).history)).toBeUndefined();
  });

  it('holds for a history that has not begun', () => {
    expect(firstBrokenEntry([])).toBeUndefined();
  });

  it('is found broken at the first entry in which any one field was changed', () => {
    const fields = ['seq', 'at', 'event', 'by', 'entered', 'facts', 'previous', 'hash'] as const;
    fc.assert(
      fc.property(fc.nat(history.length - 1), fc.constantFrom(...fields), fc.string(), (index, field, change) => {
        const forged = history.map((entry, at) => (at === index ? forge(entry, field, change) : entry));
        expect(firstBrokenEntry(forged)).toBe(forged[index]?.seq);
      }),
      { numRuns: 300 },
    );
  });

  it('is found broken when a forger also recomputes the hash of the entry they changed', () => {
    const [first = fail(), second = fail(), ...rest] = history;
    const forged = appendEntry([first], { ...entryWithoutLinks(second), by: 'U0EVE' });
    expect(firstBrokenEntry([...forged, ...rest])).toBe(3);
  });

  it('is found broken when the last entry was renumbered, hash and all', () => {
    const { hash: _, ...last } = history.at(-1) ?? fail();
    const renumbered = { ...last, seq: last.seq + 1 };
    const forged = [...history.slice(0, -1), { ...renumbered, hash: sha256OfCanonicalJson(renumbered) }];
    expect(firstBrokenEntry(forged)).toBe(renumbered.seq);
  });

  it('is found broken where an entry was dropped, inserted, doubled or moved', () => {
    const [first = fail(), second = fail(), third = fail(), ...rest] = history;
    expect(firstBrokenEntry([second, third, ...rest])).toBe(2);
    expect(firstBrokenEntry([first, third, ...rest])).toBe(3);
    expect(firstBrokenEntry([first, first, second, third, ...rest])).toBe(1);
    expect(firstBrokenEntry([first, third, second, ...rest])).toBe(3);
  });

  it('cannot tell that its end was cut off: the version of the record does', () => {
    const restore = makeRestore('completed');
    expect(firstBrokenEntry(restore.history.slice(0, -1))).toBeUndefined();
    expect(restore.version).toBe(restore.history.length);
  });

  it('holds after storage, whatever order a program wrote the fields in', () => {
    const stored = history.map((entry) => Object.fromEntries(Object.entries(entry).reverse()));
    expect(firstBrokenEntry(JSON.parse(JSON.stringify(stored)))).toBeUndefined();
  });
});

describe('an entry', () => {
  it.each(EVENT_TYPES)('of %s says who and when, and holds only small facts', (type) => {
    const restore = makeRestore('restoring');
    const event = exampleEvent(type, restore);
    const entry = entryOf(event);
    expect(entry).toMatchObject({ at: event.at, event: type });
    expect(JSON.stringify(entry).length).toBeLessThan(300);
    for (const fact of Object.values(entry.facts)) expect(['string', 'number', 'boolean']).toContain(typeof fact);
  });

  it('names the person who acted, and nobody when the bot did', () => {
    const restore = makeRestore('awaiting-approval');
    expect(entryOf(exampleEvent('approved', restore)).by).toBe(APPROVER.id);
    expect(entryOf(exampleEvent('withdrawn', restore)).by).toBe(REQUESTER.id);
    expect(entryOf(exampleEvent('attempt-refused', restore)).by).toBe(REQUESTER.id);
    expect(entryOf(exampleEvent('request-expired', restore))).not.toHaveProperty('by');
  });

  it('of an approval binds it to the plan', () => {
    const restore = makeRestore('approved');
    expect(restore.history.at(-1)?.facts).toEqual({ countsFor: 'approvers', planHash: restore.planHash });
  });

  it('keeps the request ids Aura support asks for', () => {
    const ids = history.map(({ facts }) => facts.requestId).filter(Boolean);
    expect(ids).toEqual(['aura-read-1', 'aura-snapshot-1', 'aura-restore-1']);
  });
});

describe('how long each phase lasted', () => {
  it('is told in order, with the last one open', () => {
    const phases = phaseDurations(makeRestore('taking-baseline'));
    expect(phases.map(({ status, durationMs }) => [status, durationMs])).toEqual([
      ['awaiting-approval', 60_000],
      ['approved', 60_000],
      ['taking-baseline', undefined],
    ]);
  });

  it('is not cut up by entries that changed no status', () => {
    const restoring = phaseDurations(makeRestore('verifying')).find(({ status }) => status === 'restoring');
    expect(restoring?.durationMs).toBe(3 * 60_000);
  });
});

function fail(): never {
  throw new Error('a finished restore has a history');
}

function entryWithoutLinks(entry: HistoryEntry): Omit<HistoryEntry, 'seq' | 'previous' | 'hash'> {
  const { seq: _, previous: __, hash: ___, ...kept } = entry;
  return kept;
}

/** The entry with one field changed, whatever it holds. */
function forge(entry: HistoryEntry, field: keyof HistoryEntry, change: string): HistoryEntry {
  switch (field) {
    case 'seq':
      return { ...entry, seq: entry.seq + 1 + change.length };
    case 'facts':
      return { ...entry, facts: { ...entry.facts, forged: change } };
    case 'entered':
      return { ...entry, entered: entry.entered === 'lapsed' ? 'expired' : 'lapsed' };
    default:
      return { ...entry, [field]: `${entry[field] ?? ''}!${change}` };
  }
}
