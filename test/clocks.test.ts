import { describe, expect, it } from 'vitest';
import { createClocks } from '../src/clocks.ts';
import { clockDifferenceWords } from '../src/restore/clock-difference.ts';

const NOON = Date.parse('2026-11-21T12:00:00.000Z');
const LIFETIME_MS = 900_000;

/** Clocks of a bot whose own clock and steady clock the test moves. */
function clocksAt() {
  const our = { nowMs: NOON, steadyMs: 5_000 };
  const clocks = createClocks({ lifetimeMs: LIFETIME_MS, now: () => our.nowMs, steady: () => our.steadyMs });
  const pass = (ms: number) => {
    our.nowMs += ms;
    our.steadyMs += ms;
  };
  return { our, clocks, pass };
}

describe('another clock', () => {
  it.each([
    [30_000, undefined],
    [30_001, 30_001],
    [-31_000, -31_000],
  ])('of Redis that is %i ms ahead is reported as %s', (aheadMs, reported) => {
    const { our, clocks } = clocksAt();
    clocks.saw('redis', our.nowMs + aheadMs, our.nowMs);
    // One that is behind showed at least the millisecond before the next.
    const seen = clocks.apart()?.aheadMs;
    expect(seen === undefined ? undefined : Math.abs(seen - (reported ?? 0)) <= 1).toBe(
      reported === undefined ? undefined : true,
    );
  });

  it('is given the time that the answer took, so a process that stood still for minutes finds nothing wrong', () => {
    const { our, clocks, pass } = clocksAt();
    const askedAtMs = our.nowMs;
    const theirMs = askedAtMs + 1;
    pass(300_000);
    clocks.saw('redis', theirMs, askedAtMs);
    expect(clocks.known()).toEqual([{ clock: 'redis', aheadMs: 0 }]);
  });

  it('of Aura is given the fractions of a second that its `Date` leaves out', () => {
    const { our, clocks } = clocksAt();
    clocks.saw('aura', our.nowMs - 30_900, our.nowMs);
    expect(clocks.apart()).toBeUndefined();
    clocks.saw('aura', our.nowMs - 31_100, our.nowMs);
    expect(clocks.apart()).toEqual({ clock: 'aura', aheadMs: -30_100 });
  });

  it('is what the answer to the latest question says, also when an earlier one is answered after it', () => {
    const { our, clocks, pass } = clocksAt();
    const early = our.nowMs;
    pass(100);
    clocks.saw('aura', our.nowMs + 600_000, our.nowMs);
    pass(100);
    clocks.saw('aura', our.nowMs, early);
    expect(clocks.apart()?.clock).toBe('aura');
    clocks.saw('aura', our.nowMs, our.nowMs);
    expect(clocks.apart()).toBeUndefined();
  });

  it('is seen anew after our own clock was set back, though the question seems an earlier one', () => {
    const { our, clocks } = clocksAt();
    clocks.saw('aura', our.nowMs, our.nowMs);
    our.nowMs -= 3_600_000;
    clocks.saw('aura', our.nowMs + 600_000, our.nowMs);
    expect(clocks.apart()?.clock).toBe('aura');
  });

  it('is unknown, and holds nothing up, until it was seen and when it was not seen for long', () => {
    const { our, clocks, pass } = clocksAt();
    expect(clocks.apart()).toBeUndefined();
    clocks.saw('aura', our.nowMs + 3_600_000, our.nowMs);
    pass(LIFETIME_MS);
    expect(clocks.apart()?.clock).toBe('aura');
    pass(1);
    expect(clocks.apart()).toBeUndefined();
  });

  it('is unknown again when our own clock is set, until it is seen once more', () => {
    const { our, clocks } = clocksAt();
    clocks.saw('redis', our.nowMs + 60_000, our.nowMs);
    our.nowMs += 60_000;
    expect(clocks.apart()).toBeUndefined();
    clocks.saw('redis', our.nowMs, our.nowMs);
    expect(clocks.known()).toEqual([{ clock: 'redis', aheadMs: 0 }]);
  });

  it('that is farther off is named before one that is less so', () => {
    const { our, clocks } = clocksAt();
    clocks.saw('redis', our.nowMs + 40_000, our.nowMs);
    clocks.saw('aura', our.nowMs + 90_000, our.nowMs);
    expect(clocks.apart()?.clock).toBe('aura');
  });
});

it.each([
  [{ clock: 'redis', aheadMs: 31_000 }, "the bot's clock is 31 seconds behind Redis'"],
  [{ clock: 'aura', aheadMs: -95_400 }, "the bot's clock is 95 seconds ahead of Aura's"],
  [{ clock: 'aura', aheadMs: 300_000 }, "the bot's clock is 5 minutes behind Aura's"],
  [{ clock: 'redis', aheadMs: -7_200_000 }, "the bot's clock is 2 hours ahead of Redis'"],
] as const)('the difference %o is told as "%s"', (difference, words) => {
  expect(clockDifferenceWords(difference)).toBe(words);
});
