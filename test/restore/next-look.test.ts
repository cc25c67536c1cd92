import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextLookMs, stretchOf } from '../../src/restore/next-look.ts';

const MINUTE = 60_000;
const POLL_MS = 15_000;
const anyMs = fc.integer({ min: 0, max: 86_400_000 });
const anyPollMs = fc.integer({ min: 20, max: 600_000 });
const anyStretch = fc.double({ min: 1, max: 4, noNaN: true });

describe('the stretch', () => {
  it.each([
    ['is none while nobody waits for a look', 0, 1],
    ['is none when the line ended a while ago', -60_000, 1],
    ['is twice with half a poll of line', 7_500, 2],
    ['is four times at the most', 3_600_000, 4],
  ])('%s', (_, lineMs, stretch) => {
    expect(stretchOf(lineMs, POLL_MS)).toBe(stretch);
  });
});

describe('the next look at a restore of which nothing is known', () => {
  it.each([
    [0, 15_000],
    [150_000, 15_000],
    [300_000, 30_000],
    [600_000, 60_000],
    [86_400_000, 60_000],
  ])('after %i ms of waiting comes in %i ms, and later when requests are scarce', (waitedMs, lookMs) => {
    expect(nextLookMs({ waitedMs, pollMs: POLL_MS, stretch: 1 })).toBe(lookMs);
    expect(nextLookMs({ waitedMs, pollMs: POLL_MS, stretch: 2.5 })).toBe(2.5 * lookMs);
  });
});

describe('the next look at a restore with an expected end', () => {
  const expected = { fromMs: 8 * MINUTE, toMs: 12 * MINUTE };
  const inSeconds = (minutes: number, stretch: number) =>
    Math.round(nextLookMs({ waitedMs: minutes * MINUTE, pollMs: POLL_MS, stretch, expected }) / 1000);

  it.each([
    ['just begun comes after three minutes: a restore can fail early', 0, 180, 539],
    ['is left until the end has become likely enough', 6, 114, 180],
    ['before the usual time comes sooner', 8, 27, 71],
    ['around the usual time comes soonest', 10, 5, 18],
    ['after it too', 12, 5, 10],
    ['long after it comes less often', 14, 40, 40],
    ['very long after it with four times the poll', 60, 60, 60],
  ])('%s', (_, minutes, seconds, whenScarce) => {
    expect([inSeconds(minutes, 1), inSeconds(minutes, 4)]).toEqual([seconds, whenScarce]);
  });

  it('is never further away than three minutes while requests suffice and twelve when they are scarce', () => {
    const farAway = { waitedMs: 0, pollMs: POLL_MS, expected: { fromMs: 300 * MINUTE, toMs: 310 * MINUTE } };
    expect(nextLookMs({ ...farAway, stretch: 1 })).toBe(3 * MINUTE);
    expect(nextLookMs({ ...farAway, stretch: 4 })).toBe(12 * MINUTE);
  });

  it('is between a third of the poll and twelve polls away, those stretched, whatever is expected', () => {
    fc.assert(
      fc.property(anyMs, anyPollMs, anyStretch, anyMs, anyMs, (waitedMs, pollMs, stretch, fromMs, lastsMs) => {
        const lookMs = nextLookMs({ waitedMs, pollMs, stretch, expected: { fromMs, toMs: fromMs + lastsMs } });
        expect(lookMs).toBeGreaterThanOrEqual(Math.floor(pollMs / 3));
        expect(lookMs).toBeLessThanOrEqual(Math.ceil(12 * pollMs * stretch));
      }),
    );
  });

  it('comes no sooner when requests are scarcer', () => {
    fc.assert(
      fc.property(anyMs, anyPollMs, anyStretch, anyStretch, (waitedMs, pollMs, one, other) => {
        const looks = [Math.min(one, other), Math.max(one, other)].map((stretch) =>
          nextLookMs({ waitedMs, pollMs, stretch, expected }),
        );
        expect(looks[1]).toBeGreaterThanOrEqual(looks[0] ?? 0);
      }),
    );
  });

  it('finds an end in the expected time within half a minute, with few looks', () => {
    fc.assert(
      fc.property(fc.integer({ min: expected.fromMs, max: expected.toMs }), (endMs) => {
        let [waitedMs, looks] = [0, 0];
        while (waitedMs < endMs) {
          waitedMs += nextLookMs({ waitedMs, pollMs: POLL_MS, stretch: 1, expected });
          looks++;
        }
        expect(waitedMs - endMs).toBeLessThanOrEqual(40_000);
        expect(looks).toBeLessThanOrEqual(40);
      }),
    );
  });
});
