/** At most so much of the request limit goes into looking at instances on which nothing of ours runs. */
const SHARE_OF_LIMIT = 1 / 5;
/** An instance on which a shadow restore is under way is looked at so many times more often. */
const FOLLOWED = 4;
/** Before a first `running` counts as the end of a shadow restore, it is looked at once more after this part of the pace. */
const CONFIRMED = 20;
const MINUTE_MS = 60_000;

/** How often to look, by what the operator set and what Aura lets the credentials ask. */
export interface Pace {
  readonly lookEveryMs: number;
  readonly instances: number;
  readonly requestsPerMinute: number;
}

/**
 * How long to leave an instance alone, in milliseconds: what the operator set, or longer when there are so many instances
 * that this would take more than a fifth of the request limit. Shorter while a shadow restore is followed on it.
 */
export function nextShadowLookMs(pace: Pace, followed: 'no' | 'under-way' | 'running-seen' = 'no'): number {
  const leastMs = (pace.instances * MINUTE_MS) / (pace.requestsPerMinute * SHARE_OF_LIMIT);
  const usualMs = Math.max(pace.lookEveryMs, leastMs);
  switch (followed) {
    case 'no':
      return usualMs;
    case 'under-way':
      return pace.lookEveryMs / FOLLOWED;
    case 'running-seen':
      return pace.lookEveryMs / CONFIRMED;
    default:
      return followed satisfies never;
  }
}
