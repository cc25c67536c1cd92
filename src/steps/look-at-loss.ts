import type { Logger } from 'pino';
import { type Coordinator, type Loaded, UnreadableRecordError } from '../coordinator.ts';
import type { Instant, RestoreId } from '../restore/names.ts';
import { snapshotsOwner } from '../restore/plan.ts';
import { receiptOf } from '../restore/receipt/compare.ts';
import type { Fingerprints } from '../restore/receipt/kept-fingerprint.ts';
import { isNewsOfPreview, nextLossLookAt } from '../restore/receipt/next-loss-look.ts';
import { originOf } from '../restore/receipt/origin.ts';
import type { LiveLook } from '../restore/receipt/receipt.ts';
import { type LookAtSource, seeOrigin } from './see-origin.ts';

/** Looks at the live data of an instance, read-only and within its budget of time and rows. Never rejects. */
export type LookAtLive = (
  alias: string,
  look: {
    readonly auraId: string;
    readonly restorePointAt: Instant;
    readonly lookedAt: Instant;
    /** Whether the checks of restored data are asked as well. */
    readonly asksChecks?: boolean;
  },
) => Promise<LiveLook>;

/**
 * What one process of all does at a time. None of it is the truth about anything: a lease that is lost with its process ends by
 * itself.
 */
export interface Leases {
  /** True for one of all that ask, until `forMs` have passed or it was set anew. */
  take(name: string, forMs: number): Promise<boolean>;
  /** Gives it back: it may be taken again so long from now. */
  again(name: string, afterMs: number): Promise<void>;
}

/** Longer than any look: then whoever looked is gone. */
const LOOK_TAKES_MS = 90_000;

/** Which requests are open, and whether they have changed. */
export interface OpenRestores {
  open(): Promise<readonly RestoreId[]>;
  /** The version of each record; undefined where there is none. */
  versions(ids: readonly RestoreId[]): Promise<readonly (number | undefined)[]>;
}

/** When a record of this version is due. */
interface Remembered {
  readonly version: number | undefined;
  readonly dueAtMs: number;
}

/**
 * Looks at what each open request would lose, when that is due, and puts it on record. Looking is nobody's decision: what fails
 * leaves the record as it is, and is tried again. A record that has not changed is not read again before it is due.
 */
export function createLookAtLosses(parts: {
  readonly store: OpenRestores;
  readonly coordinator: Pick<Coordinator, 'find' | 'apply'>;
  readonly fingerprints: Pick<Fingerprints, 'around'>;
  readonly lookAtLive: LookAtLive;
  readonly lookAtSource: LookAtSource;
  readonly leases: Leases;
  readonly now: () => Promise<Instant>;
  readonly log: Logger;
}): () => Promise<void> {
  const { store, coordinator, leases, log } = parts;
  let remembered: ReadonlyMap<RestoreId, Remembered> = new Map();

  async function look({ restore, now }: Loaded): Promise<void> {
    const { id, plan } = restore;
    const { instance, restorePoint } = plan;
    const origin = originOf(restorePoint, snapshotsOwner(plan));
    const [live, seen] = await Promise.all([
      parts.lookAtLive(instance.alias, {
        auraId: instance.auraId,
        restorePointAt: restorePoint.takenAt,
        lookedAt: now,
        asksChecks: isNewsOfPreview(restore),
      }),
      seeOrigin(origin, now, parts),
    ]);
    await coordinator.apply(id, { type: 'loss-looked', receipt: receiptOf(restorePoint, seen, live) });
  }

  /** When it is due by its record, in epoch milliseconds; never, when nobody decides about it. */
  async function lookIfDue(id: RestoreId): Promise<number> {
    const loaded = await coordinator.find(id);
    const dueAtMs = (loaded && nextLossLookAt(loaded.restore)) ?? Number.POSITIVE_INFINITY;
    if (!loaded || dueAtMs > Date.parse(loaded.now)) return dueAtMs;
    const lease = `loss:${id}`;
    if (!(await leases.take(lease, LOOK_TAKES_MS))) return dueAtMs;
    await look(loaded).finally(() => leases.again(lease, 0));
    return dueAtMs;
  }

  return async function lookAtLosses() {
    const ids = await store.open();
    if (ids.length === 0) return;
    const versions = await store.versions(ids);
    const nowMs = Date.parse(await parts.now());
    const kept = new Map<RestoreId, Remembered>();
    for (const [index, id] of ids.entries()) {
      const version = versions[index];
      const one = remembered.get(id);
      if (one && one.version === version && one.dueAtMs > nowMs) {
        kept.set(id, one);
        continue;
      }
      const dueAtMs = await lookIfDue(id).catch((error: unknown) => {
        if (!(error instanceof UnreadableRecordError))
          log.warn({ err: error, restoreId: id }, 'loss was not looked at');
        return 0;
      });
      kept.set(id, { version, dueAtMs });
    }
    remembered = kept;
  };
}
