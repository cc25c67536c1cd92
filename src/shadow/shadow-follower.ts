import type { Logger } from 'pino';
import type { Instant } from '../restore/names.ts';
import { isToBeVerified } from '../restore/shadow/course.ts';
import type { ShadowId, ShadowRestore, ShadowVerification } from '../restore/shadow/shadow-restore.ts';
import type { ShadowKeeper } from './shadow-keeper.ts';
import type { InstanceLooks } from './shadow-watcher.ts';

type Outcome = Omit<NonNullable<ShadowVerification['outcome']>, 'at'>;

/** One look at the data of a database that somebody put back outside the bot. Never throws; ends by its own deadline. */
export type LookAtShadowedData = (
  record: ShadowRestore,
) => Promise<
  { readonly kind: 'not-yet'; readonly words: string } | { readonly kind: 'verified'; readonly outcome: Outcome }
>;

/** Longer than one look at the data may take; who is killed meanwhile keeps others from it for no longer. */
const LEASE_MS = 120_000;

/**
 * Does what active shadow restores wait for: looks at the data that somebody asked about, and says what is owed. May be
 * repeated at will, and by any number of workers.
 */
export function createShadowFollower(parts: {
  readonly active: () => Promise<readonly ShadowId[]>;
  readonly shadows: Pick<ShadowKeeper, 'find' | 'verified'>;
  readonly lookAtData: LookAtShadowedData;
  readonly looks: Pick<InstanceLooks, 'take' | 'release'>;
  readonly postMessages: (id: ShadowId) => Promise<void>;
  readonly now: () => Promise<Instant>;
  /** How long a database may refuse connections before its data counts as not to be looked at. */
  readonly verifyConnectMs: number;
  readonly log: Logger;
}): () => Promise<void> {
  const { shadows, looks, log } = parts;

  async function verify(record: ShadowRestore, asked: ShadowVerification): Promise<void> {
    const what = `data:${record.id}`;
    if (!(await looks.take(what, LEASE_MS))) return;
    try {
      const look = await parts.lookAtData(record);
      const at = await parts.now();
      if (look.kind === 'verified') return await shadows.verified(record.id, asked, { ...look.outcome, at });
      if (Date.parse(at) - waitsSinceMs(record, asked) < parts.verifyConnectMs) return;
      const words = `The database did not answer: ${look.words}`;
      const results = [{ name: 'connectivity', severity: 'error', status: 'error', words: look.words }] as const;
      await shadows.verified(record.id, asked, { status: 'error', at, words, results });
    } finally {
      await looks.release(what);
    }
  }

  return async function followShadows() {
    for (const id of await parts.active()) {
      try {
        const record = await shadows.find(id);
        if (record?.verification && isToBeVerified(record)) await verify(record, record.verification);
        await parts.postMessages(id);
      } catch (error) {
        log.warn({ err: error, shadowRestore: id }, 'shadow restore could not be followed; it is tried again');
      }
    }
  };
}

/** It is waited for from the moment on at which it was asked for and the database was running. */
function waitsSinceMs({ state }: ShadowRestore, { askedAt }: ShadowVerification): number {
  const runningMs = 'at' in state ? Date.parse(state.at) : 0;
  return Math.max(Date.parse(askedAt), runningMs);
}
