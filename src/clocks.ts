import { type ClockDifference, type Clocks, isTooFarApart, type OtherClock } from './restore/clock-difference.ts';

/** Tells what another clock showed in an answer to something that was asked at `askedAtMs` by ours; both in epoch milliseconds. */
export type SawClock = (clock: OtherClock, theirMs: number, askedAtMs: number) => void;

export interface SeenClocks extends Clocks {
  readonly saw: SawClock;
}

interface Sighting {
  readonly aheadMs: number;
  /** By our clock. */
  readonly askedAtMs: number;
  /** By the clock that nobody can set. */
  readonly steadyMs: number;
  /** Our clock less the steady one: changes when our clock is set. */
  readonly ourSettingMs: number;
}

/** An HTTP `Date` has no fractions of a second. */
const COARSENESS_MS: Readonly<Record<OtherClock, number>> = { redis: 1, aura: 1000 };
/** Our clock was set, or the machine slept, when it moved by more than this against the steady one. */
const SETTING_MOVED_MS = 2_000;

/**
 * Remembers how far other clocks were from ours when they were last seen. The time between question and answer counts in
 * favour of the clocks, so neither a slow answer nor a process that stood still looks like a wrong clock. A sighting older
 * than `lifetimeMs`, or from before our own clock was set, is forgotten: unknown is not wrong. Of two answers the one to the later
 * question counts, whichever came first.
 */
export function createClocks(parts: {
  readonly lifetimeMs: number;
  readonly now?: () => number;
  readonly steady?: () => number;
}): SeenClocks {
  const now = parts.now ?? (() => Date.now());
  const steady = parts.steady ?? (() => performance.now());
  const sightings = new Map<OtherClock, Sighting>();

  function isGood({ steadyMs, ourSettingMs }: Sighting): boolean {
    const movedMs = Math.abs(now() - steady() - ourSettingMs);
    return steady() - steadyMs <= parts.lifetimeMs && movedMs <= SETTING_MOVED_MS;
  }

  function known(): readonly ClockDifference[] {
    return [...sightings].flatMap(([clock, sighting]) =>
      isGood(sighting) ? [{ clock, aheadMs: sighting.aheadMs }] : [],
    );
  }

  return {
    saw(clock, theirMs, askedAtMs) {
      const before = sightings.get(clock);
      if (before && isGood(before) && askedAtMs < before.askedAtMs) return;
      const answeredAtMs = now();
      const leastMs = theirMs - answeredAtMs;
      const mostMs = theirMs + COARSENESS_MS[clock] - askedAtMs;
      const aheadMs = leastMs > 0 ? leastMs : Math.min(mostMs, 0);
      sightings.set(clock, { aheadMs, askedAtMs, steadyMs: steady(), ourSettingMs: answeredAtMs - steady() });
    },
    known,
    apart: () =>
      known()
        .filter(isTooFarApart)
        .sort((one, other) => Math.abs(other.aheadMs) - Math.abs(one.aheadMs))[0],
  };
}
