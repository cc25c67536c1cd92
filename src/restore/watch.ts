import type { Instant, Restore, StateOf } from './restore.ts';

/**
 * Whether a `running` seen at `now` may be the end of the restore rather than its not having begun. For `startLagMs`
 * after it accepted a restore Aura may go on reporting `running`; until then it counts as the end only if the instance
 * was seen to have left it.
 */
export function runningMayBeTheEnd(state: StateOf<'restoring'>, now: Instant, startLagMs: number): boolean {
  return state.leftRunningAt !== undefined || Date.parse(now) - Date.parse(state.startedAt) >= startLagMs;
}

/** How long to leave a long wait alone, in milliseconds: often at first, then less often, never more than four times the poll. */
export function nextLookMs(waitedMs: number, pollMs: number): number {
  return Math.min(Math.max(pollMs, waitedMs / 10), 4 * pollMs);
}

/** How long the current state has shown nothing new, in milliseconds. */
export function quietMs(restore: Pick<Restore, 'since' | 'observation'>, now: Instant): number {
  return Date.parse(now) - Date.parse(restore.observation?.at ?? restore.since);
}
