import type { Instant, Restore, StateOf } from './restore.ts';

/**
 * Whether a `running` seen at `now` may be the end of the restore rather than its not having begun. For `startLagMs`
 * after it accepted a restore Aura may go on reporting `running`; until then it counts as the end only if the instance
 * was seen to have left it.
 */
export function runningMayBeTheEnd(state: StateOf<'restoring'>, now: Instant, startLagMs: number): boolean {
  return state.leftRunningAt !== undefined || Date.parse(now) - Date.parse(state.startedAt) >= startLagMs;
}

/** How long an earlier restore took, as far as its looks could tell: `ms`, give or take `unsureMs`. */
export interface Took {
  readonly ms: number;
  readonly unsureMs: number;
}

/** When a restore is expected to end, in milliseconds after its start. */
export interface ExpectedEnd {
  readonly fromMs: number;
  readonly toMs: number;
}

/** How much the restores of an instance differ at least, as a share (standard deviation) of their length. */
const LEAST_SPREAD = 0.06;
/** So many standard deviations to each side are watched closely. */
const WATCHED_DEVIATIONS = 1.5;

/**
 * When a restore may be expected to end by what earlier ones took; undefined when there is nothing to go by. One whose
 * end was seen late counts for less than one whose end was seen closely.
 */
export function expectedEnd(earlier: readonly Took[]): ExpectedEnd | undefined {
  if (earlier.length === 0) return undefined;
  const meanMs = earlier.reduce((sum, { ms }) => sum + ms, 0) / earlier.length;
  const own = (LEAST_SPREAD * meanMs) ** 2;
  const weighed = earlier.map(({ ms, unsureMs }) => {
    const unsure = unsureMs ** 2 / 3;
    return { ms, unsure, weight: 1 / Math.max(1, own + unsure) };
  });
  const weights = weighed.reduce((sum, { weight }) => sum + weight, 0);
  const average = (of: (one: (typeof weighed)[number]) => number) =>
    weighed.reduce((sum, one) => sum + one.weight * of(one), 0) / weights;
  const usual = average(({ ms }) => ms);
  // How far apart they were, less what is due to their being seen late.
  const apart = average(({ ms, unsure }) => (ms - usual) ** 2 - unsure);
  const spread = Math.sqrt(Math.max(own, apart) + 1 / weights);
  return {
    fromMs: Math.max(0, usual - WATCHED_DEVIATIONS * spread),
    toMs: usual + WATCHED_DEVIATIONS * spread,
  };
}

/** The share of what is left of the expected time after which to look next: the chance of an end is the same each time. */
const LOOK_SHARE = 0.15;
const CLOSEST_POLLS = 1 / 3;
const WIDEST_POLLS = 4;
/** However sure the end is, a restore that fails before must not go unseen for longer: three minutes with the usual poll. */
const LONGEST_SILENCE_POLLS = 12;

/**
 * How long to leave a restore alone that has lasted `waitedMs`, in milliseconds. With nothing to go by: often at first,
 * then less often, never more than four times the poll. With an expected end: not before it may come, then the closer
 * the more of that time is over, and often again when it has passed.
 */
export function nextLookMs(waitedMs: number, pollMs: number, expected?: ExpectedEnd): number {
  const [closest, widest] = [CLOSEST_POLLS * pollMs, WIDEST_POLLS * pollMs];
  if (!expected) return Math.min(Math.max(pollMs, waitedMs / 10), widest);
  const { fromMs, toMs } = expected;
  if (waitedMs >= toMs) return Math.min(Math.max(pollMs, (waitedMs - toMs) / 3), widest);
  const begins = Math.max(fromMs, waitedMs);
  const next = begins - waitedMs + LOOK_SHARE * (toMs - begins);
  return Math.min(Math.max(next, closest), LONGEST_SILENCE_POLLS * pollMs);
}

/** How long the current state has shown nothing new, in milliseconds. */
export function quietMs(restore: Pick<Restore, 'since' | 'observation'>, now: Instant): number {
  return Date.parse(now) - Date.parse(restore.observation?.at ?? restore.since);
}
