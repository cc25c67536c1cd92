import type { Instant } from '../names.ts';
import type { Fingerprint } from '../validation.ts';
import type { AccessSeen } from './access.ts';

/**
 * Where the numbers of a restore point come from: from the live database soon after the snapshot was taken (`on-the-way`), or
 * from an instance that was made of the snapshot (`preview`), which is the snapshot itself.
 */
export const FINGERPRINT_SOURCES = ['on-the-way', 'preview'] as const;
export type FingerprintSource = (typeof FINGERPRINT_SOURCES)[number];

/** What was seen of a database that belongs to one of its snapshots. */
export interface KeptFingerprint {
  readonly snapshotId: string;
  readonly snapshotAt: Instant;
  readonly source: FingerprintSource;
  /** With the moment when it was taken itself. */
  readonly fingerprint: Fingerprint;
  readonly access: AccessSeen;
}

/** What is kept of a restore point and of the snapshots on both sides of it. */
export interface KeptAround {
  readonly own?: KeptFingerprint;
  /** The latest before the restore point. */
  readonly before?: KeptFingerprint;
  /** The first after it. */
  readonly after?: KeptFingerprint;
}

/** Where fingerprints are kept, by instance and snapshot. What cannot be read or kept costs a receipt its numbers, and nothing else. */
export interface Fingerprints {
  /**
   * Keeps one. Of several of one snapshot taken on the way the first counts, which was the closest; one of a preview counts
   * more than any. The oldest snapshots' are forgotten beyond the number that is kept.
   */
  keep(auraId: string, kept: KeptFingerprint): Promise<void>;
  around(auraId: string, snapshotId: string, snapshotAt: Instant): Promise<KeptAround>;
  /** The ids of those of these snapshots that have one. */
  known(auraId: string, snapshotIds: readonly string[]): Promise<ReadonlySet<string>>;
  /** When the latest snapshots with one were taken, newest first. */
  latestTimes(auraId: string): Promise<readonly Instant[]>;
}

/** By how many minutes the numbers are younger than the snapshot; negative: older. */
export function gapMinutes({ snapshotAt, fingerprint }: Pick<KeptFingerprint, 'snapshotAt' | 'fingerprint'>): number {
  return (Date.parse(fingerprint.takenAt) - Date.parse(snapshotAt)) / 60_000;
}
