import { UnreadableRecordError } from '../coordinator.ts';
import { createLossLooks } from '../graph/loss-looks.ts';
import { startRepeating } from '../queue/repeat.ts';
import type { Restore } from '../restore/restore.ts';
import { createFingerprintSnapshots } from '../steps/fingerprint-snapshots.ts';
import { createLookAtLosses } from '../steps/look-at-loss.ts';
import { createLeases } from '../store/leases.ts';
import type { SharedParts } from './shared-parts.ts';

/**
 * Starts what a loss receipt is made of: a fingerprint for each snapshot, and the looks at what open requests would lose.
 * Neither has anything to do where the bot cannot get into a database.
 */
export function watchLosses(parts: SharedParts): void {
  const { config, closing, redis, store, coordinator, aura, fingerprints, log } = parts;
  const watched = config.policy.instances.filter(({ alias }) => config.boltByAlias[alias] !== undefined);
  if (watched.length === 0) return;
  const looks = createLossLooks({ config, aura, log });
  const leases = createLeases(redis);
  const repeated = [
    createFingerprintSnapshots({
      instances: watched,
      aura,
      fingerprints,
      takeLightFingerprint: looks.takeLightFingerprint,
      latestRestores: () => latestRestores(parts),
      leases,
      now: store.now,
      pauseMs: config.timing.fingerprintLookMs,
      log,
    }),
    createLookAtLosses({ store, coordinator, fingerprints, ...looks, leases, now: store.now, log }),
  ];
  for (const work of repeated) {
    const repeating = startRepeating(work, config.timing.sweepMs, (error) =>
      log.warn({ err: error }, 'losses could not be looked at; they are looked at again'),
    );
    closing.intake(() => repeating.stop());
  }
}

/** Far more than can end while a snapshot is young enough to be counted. */
const ENDED_LATELY = 50;

async function latestRestores({ store, coordinator, log }: SharedParts): Promise<readonly Restore[]> {
  const ids = [...(await store.open()), ...(await store.ended(ENDED_LATELY))];
  const found = await Promise.all(
    ids.map((id) =>
      coordinator.find(id).catch((error: unknown) => {
        if (!(error instanceof UnreadableRecordError)) throw error;
        log.debug({ err: error, restoreId: id }, 'not known whether it put an instance back');
        return undefined;
      }),
    ),
  );
  return found.flatMap((loaded) => (loaded ? [loaded.restore] : []));
}
