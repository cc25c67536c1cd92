import type { Instant } from '../names.ts';
import type { PlannedInstance, RestorePoint } from '../plan.ts';
import type { Fingerprint } from '../validation.ts';
import type { UnknownBecause } from './amount.ts';
import type { KeptAround } from './kept-fingerprint.ts';

/** Where what a restore puts back can be counted, or was. */
export type Origin =
  | { readonly kind: 'snapshot'; readonly auraId: string; readonly snapshotId: string; readonly takenAt: Instant }
  | { readonly kind: 'live'; readonly alias: string; readonly auraId: string }
  /** A file that nobody recorded the snapshot of: nobody can look into it. */
  | { readonly kind: 'nowhere' };

/** What the source of an overwrite holds now. */
export type SourceLook =
  | { readonly kind: 'seen'; readonly fingerprint: Fingerprint }
  | { readonly kind: 'not-seen'; readonly because: UnknownBecause };

/** What is known of what a restore puts back: what was kept of its snapshot and those around it, or what its source holds. */
export interface SeenOfOrigin extends KeptAround {
  readonly source?: SourceLook;
}

/** Where to look for what a restore to this point puts back; `owner` is whose snapshot it is, or the source. */
export function originOf(point: RestorePoint, owner: Pick<PlannedInstance, 'alias' | 'auraId'>): Origin {
  const { auraId, alias } = owner;
  const { takenAt } = point;
  if ('snapshotId' in point) return { kind: 'snapshot', auraId, snapshotId: point.snapshotId, takenAt };
  if (!('file' in point)) return { kind: 'live', alias, auraId };
  const { exported } = point;
  return exported?.snapshotId === undefined
    ? { kind: 'nowhere' }
    : { kind: 'snapshot', auraId: exported.instance.auraId, snapshotId: exported.snapshotId, takenAt };
}
