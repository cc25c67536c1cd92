import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMinutes, instantOf } from '../../src/restore/instant.ts';
import { expectedEnd, nextLookMs, quietMs, runningMayBeTheEnd, type Took } from '../../src/restore/watch.ts';
import { afterEvents, inStatus, makeRestore } from '../support/make-restore.ts';

const restoring = makeRestore('restoring');
const afterMs = (ms: number) => instantOf(Date.parse(restoring.state.startedAt) + ms);

describe('a running that follows an accepted restore', () => {
  it('is not taken for the end in the first 90 seconds: Aura may only be slow to begin', () => {
    expect(runningMayBeTheEnd(restoring.state, afterMs(0), 90_000)).toBe(false);
    expect(runningMayBeTheEnd(restoring.state, afterMs(89_999), 90_000)).toBe(false);
  });

  it('may be the end after 90 seconds, because a short restore can be missed', () => {
    expect(runningMayBeTheEnd(restoring.state, afterMs(90_000), 90_000)).toBe(true);
  });

  it('may be the end at once when the instance was seen to leave it', () => {
    const left = inStatus(afterEvents(restoring, ['start-seen']), 'restoring');
    expect(runningMayBeTheEnd(left.state, left.since, 90_000)).toBe(true);
  });
});

describe('the next look', () => {
  it.each([
    [0, 15_000],
    [150_000, 15_000],
    [300_000, 30_000],
    [600_000, 60_000],
    [86_400_000, 60_000],
  ])('after %i ms of waiting comes in %i ms', (waitedMs, expected) => {
    expect(nextLookMs(waitedMs, 15_000)).toBe(expected);
  });
});

const MINUTE = 60_000;
const took = (minutes: number, unsureMinutes = 0): Took => ({ ms: minutes * MINUTE, unsureMs: unsureMinutes * MINUTE });
const inMinutes = (earlier: readonly Took[]) => {
  const end = expectedEnd(earlier);
  return end && [end.fromMs / MINUTE, end.toMs / MINUTE].map((minutes) => Math.round(minutes * 10) / 10);
};

describe('the expected end', () => {
  it.each<readonly [string, readonly Took[], readonly number[] | undefined]>([
    ['is unknown when nothing is', [], undefined],
    ['is around the one there was', [took(10)], [8.7, 11.3]],
    ['is closer when several agree', [took(10), took(10), took(10), took(10)], [9, 11]],
    ['is wider when they differ', [took(6), took(14)], [4, 16]],
    ['goes by those seen closely more than by those seen late', [took(10), took(14, 6)], [8.6, 11.7]],
  ])('%s', (_, earlier, expected) => {
    expect(inMinutes(earlier)).toEqual(expected);
  });

  const anyTook = fc.record({
    ms: fc.integer({ min: 0, max: 86_400_000 }),
    unsureMs: fc.integer({ min: 0, max: 3_600_000 }),
  });

  it('begins no earlier than the start, and neither before the shortest nor after the longest of them all', () => {
    fc.assert(
      fc.property(fc.array(anyTook, { minLength: 1, maxLength: 20 }), (earlier) => {
        const end = expectedEnd(earlier);
        const all = earlier.map(({ ms }) => ms);
        expect(end?.fromMs).toBeGreaterThanOrEqual(0);
        expect(end?.fromMs).toBeLessThanOrEqual(Math.max(...all));
        expect(end?.toMs).toBeGreaterThanOrEqual(Math.min(...all));
      }),
    );
  });
});

describe('the next look at a restore with an expected end', () => {
  const expected = { fromMs: 8 * MINUTE, toMs: 12 * MINUTE };

  it.each([
    ['just begun comes after three minutes: a restore can fail early', 0, 3 * MINUTE],
    ['just before that time too', 7 * MINUTE, 1.6 * MINUTE],
    ['in that time comes after as large a part of the rest', 10 * MINUTE, 0.3 * MINUTE],
    ['and so on, but not closer than a third of the poll', 11.9 * MINUTE, 5_000],
    ['just after it comes with the poll', 12 * MINUTE, 15_000],
    ['long after it comes less often', 14 * MINUTE, 40_000],
    ['very long after it with four times the poll', 60 * MINUTE, 60_000],
  ])('%s', (_, waitedMs, lookMs) => {
    expect(nextLookMs(waitedMs, 15_000, expected)).toBe(lookMs);
  });

  it('is never further away than three minutes, however sure the end is, because a restore can fail', () => {
    expect(nextLookMs(0, 15_000, { fromMs: 300 * MINUTE, toMs: 310 * MINUTE })).toBe(3 * MINUTE);
  });

  it('is between a third of the poll and twelve polls away, whatever is expected', () => {
    const anyMs = fc.integer({ min: 0, max: 86_400_000 });
    fc.assert(
      fc.property(anyMs, fc.integer({ min: 20, max: 600_000 }), anyMs, anyMs, (waitedMs, pollMs, fromMs, lastsMs) => {
        const lookMs = nextLookMs(waitedMs, pollMs, { fromMs, toMs: fromMs + lastsMs });
        expect(lookMs).toBeGreaterThanOrEqual(Math.floor(pollMs / 3));
        expect(lookMs).toBeLessThanOrEqual(12 * pollMs);
      }),
    );
  });

  it('finds an end in that time within a sixth of it, with few looks', () => {
    const end = fc.integer({ min: expected.fromMs, max: expected.toMs });
    fc.assert(
      fc.property(end, (endMs) => {
        let [waitedMs, looks] = [0, 0];
        while (waitedMs < endMs) {
          waitedMs += nextLookMs(waitedMs, 15_000, expected);
          looks++;
        }
        expect(waitedMs - endMs).toBeLessThanOrEqual((expected.toMs - expected.fromMs) / 6);
        expect(looks).toBeLessThanOrEqual(22);
      }),
    );
  });
});

describe('quiet', () => {
  it('lasts since the state was entered', () => {
    expect(quietMs(restoring, addMinutes(restoring.since, 7))).toBe(7 * 60_000);
  });

  it('begins anew with every new sight', () => {
    const observed = afterEvents(restoring, ['step-observed']);
    expect(quietMs(observed, addMinutes(restoring.since, 7))).toBe(6 * 60_000);
  });
});
