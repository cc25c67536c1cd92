import type { Instant } from './names.ts';
import type { Restore } from './restore.ts';
import type { StateOf } from './state.ts';

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

/** What took from `fromMs` until it was first seen to be over, when it was last seen not to be; all in epoch ms. */
export function tookFrom({
  fromMs,
  notEndedAtMs,
  seenAtMs,
}: {
  readonly fromMs: number;
  readonly notEndedAtMs: number;
  readonly seenAtMs: number;
}): Took {
  const unsureMs = Math.max(0, seenAtMs - notEndedAtMs) / 2;
  return { ms: Math.max(0, seenAtMs - unsureMs - fromMs), unsureMs };
}

/** When a restore is expected to end, in milliseconds after its start. */
export interface ExpectedEnd {
  readonly fromMs: number;
  readonly toMs: number;
}

/** How much the restores of an instance differ at least, as a share (standard deviation) of their length. */
const LEAST_SPREAD = 0.06;
/** So many standard deviations to each side of the usual time the end is expected. */
export const EXPECTED_DEVIATIONS = 1.5;

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
    fromMs: Math.max(0, usual - EXPECTED_DEVIATIONS * spread),
    toMs: usual + EXPECTED_DEVIATIONS * spread,
  };
}

/** How long the current state has shown nothing new, in milliseconds. */
export function quietMs(restore: Pick<Restore, 'since' | 'observation'>, now: Instant): number {
  return Date.parse(now) - Date.parse(restore.observation?.at ?? restore.since);
}
