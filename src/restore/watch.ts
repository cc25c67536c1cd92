import type { Instant, Restore, StateOf } from './restore.ts';

/**
 * Aura may go on reporting `running` for a while after it accepted a restore: Neo4j's own uploader allows 90 seconds.
 * Until then a `running` counts as the end only if the instance was seen to have left it.
 */
const START_LAG_MS = 90_000;

/** Whether a `running` seen at `now` may be the end of the restore rather than its not having begun. */
export function runningMayBeTheEnd(state: StateOf<'restoring'>, now: Instant): boolean {
  return state.leftRunningAt !== undefined || Date.parse(now) - Date.parse(state.startedAt) >= START_LAG_MS;
}

/** How long to leave a long wait alone, in milliseconds: often at first, then less often, never more than four times the poll. */
export function nextLookMs(waitedMs: number, pollMs: number): number {
  return Math.min(Math.max(pollMs, waitedMs / 10), 4 * pollMs);
}

/** How long the current state has shown nothing new, in milliseconds. */
export function quietMs(restore: Pick<Restore, 'since' | 'observation'>, now: Instant): number {
  return Date.parse(now) - Date.parse(restore.observation?.at ?? restore.since);
}
