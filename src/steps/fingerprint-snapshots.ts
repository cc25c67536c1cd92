import type { Logger } from 'pino';
import type { AuraClient } from '../aura/client.ts';
import type { Instant } from '../restore/names.ts';
import type { Fingerprints, KeptFingerprint } from '../restore/receipt/kept-fingerprint.ts';
import { dayToList, untilNextSnapshotLookMs, worthFingerprint } from '../restore/receipt/next-snapshot-look.ts';
import { wasPutBackSince } from '../restore/receipt/put-back.ts';
import type { Restore } from '../restore/restore.ts';
import type { Snapshot } from '../restore/snapshot.ts';
import { isAuraTrouble } from './aura-trouble.ts';
import type { Leases } from './look-at-loss.ts';

/** Takes the counts and who may do what, from metadata alone. Undefined when the database does not give them; never rejects. */
export type TakeLightFingerprint = (
  alias: string,
  auraId: string,
  takenAt: Instant,
) => Promise<Pick<KeptFingerprint, 'fingerprint' | 'access'> | undefined>;

/** An instance whose data the bot can get into. */
export interface Watched {
  readonly alias: string;
  readonly auraId: string;
}

/** The lease of looking at an instance's snapshots. Given back by whoever knows that there will be one. */
export function snapshotLease(auraId: string): string {
  return `snapshots:${auraId}`;
}

/** Longer than any look: then whoever looked is gone. */
const LOOK_TAKES_MS = 90_000;

/**
 * Sees that snapshots were completed, and keeps what the live database holds then: one read of Aura's list for a look, by one
 * process of all, in the last class of the request budget. What fails costs a later receipt its numbers, and nothing else.
 */
export function createFingerprintSnapshots(parts: {
  readonly instances: readonly Watched[];
  readonly aura: Pick<AuraClient, 'listSnapshots'>;
  readonly fingerprints: Fingerprints;
  readonly takeLightFingerprint: TakeLightFingerprint;
  /** Restores of which one may have put an instance back lately: those that are open or ended last. */
  readonly latestRestores: () => Promise<readonly Restore[]>;
  readonly leases: Leases;
  readonly now: () => Promise<Instant>;
  /** Between two looks while a snapshot is being taken; all other waits follow from it. */
  readonly pauseMs: number;
  readonly log: Logger;
}): () => Promise<void> {
  const { aura, fingerprints, leases, pauseMs, log } = parts;
  /** When each instance's list was last read by this process. */
  const lastLooks = new Map<string, Instant>();

  /** False when the database did not give its numbers, so that they are still wanted. */
  async function keepLatest({ alias, auraId }: Watched, listed: readonly Snapshot[], now: Instant): Promise<boolean> {
    const worth = worthFingerprint(listed, now);
    const have = await fingerprints.known(
      auraId,
      worth.map(({ snapshotId }) => snapshotId),
    );
    // Only the latest: what came since one before it belongs to that one's loss.
    const [latest] = worth;
    if (!latest || have.has(latest.snapshotId)) return true;
    const { snapshotId, takenAt: snapshotAt } = latest;
    const taken = await parts.takeLightFingerprint(alias, auraId, now);
    // Looked at after the count, so that a restore which began meanwhile is seen.
    const restores = await parts.latestRestores();
    if (restores.some((restore) => wasPutBackSince(restore, { auraId, at: snapshotAt }))) return true;
    if (!taken) return false;
    await fingerprints.keep(auraId, { snapshotId, snapshotAt, source: 'on-the-way', ...taken });
    log.info({ instance: alias, snapshotId }, 'fingerprint kept for a snapshot');
    return true;
  }

  async function look(one: Watched): Promise<number> {
    const { auraId } = one;
    const now = await parts.now();
    const day = dayToList(lastLooks.get(auraId), now);
    const listed = await aura.listSnapshots(auraId, day, 'inventory');
    lastLooks.set(auraId, now);
    const isKept = await keepLatest(one, listed, now);
    if (day !== now.slice(0, 10)) return 0;
    if (!isKept) return pauseMs;
    return untilNextSnapshotLookMs({ listed, times: await fingerprints.latestTimes(auraId), now, pauseMs });
  }

  return async function fingerprintSnapshots() {
    for (const one of parts.instances) {
      const name = snapshotLease(one.auraId);
      if (!(await leases.take(name, LOOK_TAKES_MS))) continue;
      const afterMs = await look(one).catch((error: unknown) => {
        if (!isAuraTrouble(error)) throw error;
        log.debug({ err: error, instance: one.alias }, 'snapshots are looked at later');
        return pauseMs;
      });
      await leases.again(name, afterMs);
    }
  };
}
