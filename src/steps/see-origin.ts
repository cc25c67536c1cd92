import type { Instant } from '../restore/names.ts';
import type { Fingerprints } from '../restore/receipt/kept-fingerprint.ts';
import type { Origin, SeenOfOrigin, SourceLook } from '../restore/receipt/origin.ts';

/** Counts the source of an overwrite as it is now: read-only, from the count store alone. Never rejects. */
export type LookAtSource = (source: {
  readonly alias: string;
  readonly auraId: string;
  readonly lookedAt: Instant;
}) => Promise<SourceLook>;

/** Looks for what a restore puts back, where it can be counted or was. Rejects when what was kept cannot be read. */
export async function seeOrigin(
  origin: Origin,
  lookedAt: Instant,
  parts: { readonly fingerprints: Pick<Fingerprints, 'around'>; readonly lookAtSource: LookAtSource },
): Promise<SeenOfOrigin> {
  switch (origin.kind) {
    case 'snapshot':
      return parts.fingerprints.around(origin.auraId, origin.snapshotId, origin.takenAt);
    case 'live':
      return { source: await parts.lookAtSource({ alias: origin.alias, auraId: origin.auraId, lookedAt }) };
    case 'nowhere':
      return {};
    default:
      return origin satisfies never;
  }
}
