import { EXPECTED_DEVIATIONS, type ExpectedEnd } from './watch.ts';

/** A restore is looked at when the chance that it ended since the last look has come to this, while requests suffice. */
const LOOK_CHANCE = 0.05;
const CLOSEST_POLLS = 1 / 3;
const WIDEST_POLLS = 4;
/** However sure the end is, a restore that fails before must not go unseen for longer: three minutes with the usual poll. */
const LONGEST_SILENCE_POLLS = 12;

/** A line of looks this long doubles the time between looks: some seconds with the usual poll, so the line stays short. */
const DOUBLING_POLLS = 1 / 2;
/** Bounds how long a failure can go unseen for the sake of ends: twelve minutes with the usual poll. */
const MOST_STRETCH = 4;

/**
 * How many times longer than usual restores are left alone because requests are scarce, from 1 to 4. `lineMs` is how long
 * a look that is asked for now would wait for its turn.
 */
export function stretchOf(lineMs: number, pollMs: number): number {
  return Math.min(1 + Math.max(0, lineMs) / (DOUBLING_POLLS * pollMs), MOST_STRETCH);
}

/**
 * How long to leave a restore alone that had lasted `waitedMs` when it was last seen not to have ended, in milliseconds.
 * With nothing to go by: often at first, then less often, never more than four times the poll. With an expected end:
 * until the chance that it ended meanwhile is worth a look; so seldom before, often around that time, and less often
 * again long after it. All of it times `stretch`, by which a look is spent where it most likely finds an end.
 */
export function nextLookMs(watched: {
  readonly waitedMs: number;
  readonly pollMs: number;
  readonly stretch: number;
  readonly expected?: ExpectedEnd | undefined;
}): number {
  const { waitedMs, pollMs, stretch, expected } = watched;
  const widest = WIDEST_POLLS * pollMs;
  if (!expected) return stretch * Math.min(Math.max(pollMs, waitedMs / 10), widest);
  const overdue = Math.min(Math.max(0, waitedMs - expected.toMs) / 3, widest);
  const likely = untilChanceMs(waitedMs, stretch * LOOK_CHANCE, expected);
  return Math.min(Math.max(likely, overdue, CLOSEST_POLLS * pollMs), stretch * LONGEST_SILENCE_POLLS * pollMs);
}

/** A logistic distribution's standard deviation, in its own scale. */
const LOGISTIC_DEVIATION = Math.PI / Math.sqrt(3);

/** After how long the chance of an end since `waitedMs` comes to `chance`, when ends are spread as a logistic distribution. */
function untilChanceMs(waitedMs: number, chance: number, { fromMs, toMs }: ExpectedEnd): number {
  const usualMs = (fromMs + toMs) / 2;
  const scaleMs = Math.max(1, (toMs - fromMs) / 2 / EXPECTED_DEVIATIONS / LOGISTIC_DEVIATION);
  return scaleMs * (Math.log1p(chance * Math.exp((usualMs - waitedMs) / scaleMs)) - Math.log1p(-chance));
}
