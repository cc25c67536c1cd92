import { type Clocks, mostAheadMs } from './clock-difference.ts';
import type { Instant } from './names.ts';
import type { Snapshot } from './snapshot.ts';

/** What Aura's list says about a safety snapshot that was asked for without an answer. */
export type FoundSafetySnapshot =
  | { readonly kind: 'taken'; readonly snapshotId: string }
  /** There is one that may be ours, or somebody else's from before the asking: it would lack what was written between. */
  | { readonly kind: 'in-doubt' }
  | { readonly kind: 'not-seen' };

/** A snapshot that was begun so long before the asking is certainly not ours. */
const DOUBTFUL_MS = 60_000;

/**
 * Looks for it among the instance's snapshots. Only one that was certainly begun after `sentAt` may be taken for it, whoever
 * made that one: it holds all that ours would have held.
 */
export function findSafetySnapshot(
  listed: readonly Snapshot[],
  asked: { readonly sentAt: Instant; readonly restorePointId: string | undefined; readonly clocks: Clocks | undefined },
): FoundSafetySnapshot {
  const sentMs = Date.parse(asked.sentAt);
  const surelyFromMs = sentMs + mostAheadMs(asked.clocks?.known() ?? []);
  const likely = listed.filter(
    ({ snapshotId, profile, takenAt }) =>
      snapshotId !== asked.restorePointId &&
      profile.toLowerCase() === 'adhoc' &&
      Date.parse(takenAt) >= sentMs - DOUBTFUL_MS,
  );
  const taken = likely.find(({ takenAt }) => Date.parse(takenAt) >= surelyFromMs);
  if (taken) return { kind: 'taken', snapshotId: taken.snapshotId };
  return likely.length > 0 ? { kind: 'in-doubt' } : { kind: 'not-seen' };
}

/** The day before is looked at too, as long as a snapshot of it could be the one. */
export function daysOfSafetySnapshot(sentAt: Instant, now: Instant): readonly string[] {
  const earliest = new Date(Date.parse(sentAt) - DOUBTFUL_MS).toISOString();
  return [...new Set([earliest.slice(0, 10), now.slice(0, 10)])];
}
