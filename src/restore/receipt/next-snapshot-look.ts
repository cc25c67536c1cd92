import type { Instant } from '../names.ts';
import type { Snapshot } from '../snapshot.ts';

/** Numbers taken later than this after a snapshot say more about the next one. */
const TAKEN_WITHIN_MINUTES = 30;
/** With nothing to go by, so many times the usual pause is waited. */
const BLIND_PAUSES = 15;
/** Nobody plans further ahead, because people take snapshots too: an hour with the usual pause. */
const LONGEST_PAUSES = 60;
/** A snapshot that is late is waited for ever longer, by this part of its lateness. */
const LATE_PARTS = 4;

/** The snapshots of a list that are complete and so young that the live database still resembles them, latest first. */
export function worthFingerprint(listed: readonly Snapshot[], now: Instant): readonly Snapshot[] {
  const earliest = Date.parse(now) - TAKEN_WITHIN_MINUTES * 60_000;
  return listed
    .filter(({ status, takenAt }) => status.toLowerCase() === 'completed' && Date.parse(takenAt) >= earliest)
    .sort((one, other) => (one.takenAt < other.takenAt ? 1 : -1));
}

/** The day, in UTC, whose list is to be read: the one that ended since the last look once more, then today. */
export function dayToList(lastLookAt: Instant | undefined, now: Instant): string {
  const today = now.slice(0, 10);
  return lastLookAt === undefined || lastLookAt.slice(0, 10) === today ? today : yesterdayOf(now);
}

function yesterdayOf(now: Instant): string {
  return new Date(Date.parse(now) - 86_400_000).toISOString().slice(0, 10);
}

/**
 * How long to leave an instance's list of snapshots alone, in milliseconds. While one is being taken: a pause. Else until the
 * next is expected by the usual distance of the latest, and then by and by; with nothing to go by a quarter of an hour with the
 * usual pause of a minute. `times` are those of the latest snapshots that are known, in any order.
 */
export function untilNextSnapshotLookMs(seen: {
  readonly listed: readonly Snapshot[];
  readonly times: readonly Instant[];
  readonly now: Instant;
  readonly pauseMs: number;
}): number {
  const { listed, now, pauseMs } = seen;
  if (listed.some(isBeingTaken)) return pauseMs;
  const blindMs = BLIND_PAUSES * pauseMs;
  const times = [...new Set([...listed.filter(isScheduled).map(({ takenAt }) => takenAt), ...seen.times])]
    .map((at) => Date.parse(at))
    .sort((one, other) => one - other);
  const last = times.at(-1);
  const usual = median(times.slice(1).map((at, index) => at - (times[index] ?? at)));
  if (last === undefined || usual === undefined) return blindMs;
  const aheadMs = last + usual - Date.parse(now);
  if (aheadMs > 0) return Math.min(aheadMs + pauseMs, LONGEST_PAUSES * pauseMs);
  return Math.min(Math.max(pauseMs, -aheadMs / LATE_PARTS), blindMs);
}

function isBeingTaken({ status }: Snapshot): boolean {
  return status.toLowerCase() === 'pending' || status.toLowerCase() === 'inprogress';
}

function isScheduled({ profile }: Snapshot): boolean {
  return profile.toLowerCase() === 'scheduled';
}

function median(distances: readonly number[]): number | undefined {
  const sorted = distances.filter((one) => one > 0).sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)];
}
