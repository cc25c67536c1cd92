import type { Instant } from './names.ts';

/** A snapshot as Aura lists it, with only what the rules look at. */
export interface Snapshot {
  readonly snapshotId: string;
  readonly takenAt: Instant;
  readonly profile: string;
  /** Aura's word, open: a new one must not break the list. */
  readonly status: string;
  readonly exportable?: boolean;
}

export type Usability =
  | { readonly usable: true; readonly caution?: 'may-be-differential' }
  | { readonly usable: false; readonly why: UnusableBecause };

export type UnusableBecause = 'still-running' | 'failed' | 'cancelled' | 'unknown-status';

/**
 * Whether an instance can be put back to this snapshot. Aura's documents contradict each other on scheduled snapshots
 * that are not exportable: they are probably differential, and may be refused. They are offered with a caution.
 */
export function usability(snapshot: Snapshot): Usability {
  switch (snapshot.status.toLowerCase()) {
    case 'completed':
      return snapshot.exportable === false && snapshot.profile.toLowerCase() === 'scheduled'
        ? { usable: true, caution: 'may-be-differential' }
        : { usable: true };
    case 'pending':
    case 'inprogress':
      return { usable: false, why: 'still-running' };
    case 'failed':
      return { usable: false, why: 'failed' };
    case 'cancelled':
      return { usable: false, why: 'cancelled' };
    default:
      return { usable: false, why: 'unknown-status' };
  }
}
