import type { Instant, RestoreId } from '../restore/names.ts';
import type { ExportedEntry } from './line.ts';

/** An entry as the audit stream holds it. */
export interface RecordedEntry {
  /** Milliseconds since 1970 when it was recorded, a hyphen and a counter; grows along the stream. */
  readonly position: string;
  readonly restore: RestoreId;
  readonly entry: ExportedEntry;
}

/** The audit stream beside the records: every entry of every history, in the order they were recorded. */
export interface AuditStream {
  /** Entries recorded from `fromMs` on and before `toMs`, oldest first; without `toMs` to the end, however it grows. */
  entries(fromMs?: number, toMs?: number): AsyncIterable<RecordedEntry>;
  /** Restores that ended at or after this moment. */
  endedSince(sinceMs: number): AsyncIterable<RestoreId>;
  /** Restores that have not ended. */
  open(): Promise<readonly RestoreId[]>;
  /**
   * Also whether a delegation is over, and nothing left to do for a shadow restore or an export; a refused request is over at once.
   * The record of the rules never ends.
   */
  hasEnded(id: RestoreId): Promise<boolean>;
  /** Takes entries out for good. May be repeated. */
  remove(positions: readonly string[]): Promise<void>;
  /** Entries of ended restores recorded before this moment may have been taken out. */
  archivedBefore(): Promise<Instant | undefined>;
  /** Moves that moment forward, never back. */
  noteArchivedBefore(at: Instant): Promise<void>;
}

/** When an entry was recorded, in milliseconds since 1970. */
export function recordedAtMs(position: string): number {
  return Number(position.split('-')[0]);
}
