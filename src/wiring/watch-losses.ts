import { createLossLooks } from '../graph/loss-looks.ts';
import { startRepeating } from '../queue/repeat.ts';
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
      leases,
      now: store.now,
      pauseMs: config.timing.fingerprintLookMs,
      log,
    }),
    createLookAtLosses({ store, coordinator, fingerprints, lookAtLive: looks.lookAtLive, leases, now: store.now, log }),
  ];
  for (const work of repeated) {
    const repeating = startRepeating(work, config.timing.sweepMs, (error) =>
      log.warn({ err: error }, 'losses could not be looked at; they are looked at again'),
    );
    closing.intake(() => repeating.stop());
  }
}
