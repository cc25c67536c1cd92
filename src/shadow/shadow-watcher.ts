import type { Logger } from 'pino';
import type { AuraClient } from '../aura/client.ts';
import { AuraRefusedError } from '../aura/errors.ts';
import type { Instant, RestoreId } from '../restore/names.ts';
import type { InstancePolicy, Policy } from '../restore/policy.ts';
import type { Restore } from '../restore/restore.ts';
import { nextShadowLookMs, type Pace } from '../restore/shadow/pace.ts';
import type { ShadowId } from '../restore/shadow/shadow-restore.ts';
import {
  type InstanceLook,
  isOnAura,
  type LastSeen,
  needsExplaining,
  verdictOnLook,
} from '../restore/shadow/verdict.ts';
import type { ShadowKeeper } from './shadow-keeper.ts';

/** What is kept of instances between looks, for all workers. */
export interface InstanceLooks {
  seen(): Promise<ReadonlyMap<string, LastSeen>>;
  note(auraId: string, seen: LastSeen): Promise<void>;
  /** True for one worker at a time, for at most `leaseMs`. */
  take(what: string, leaseMs: number): Promise<boolean>;
  release(what: string): Promise<void>;
}

/** Our own restores, as far as they explain what an instance does. */
export interface OwnRuns {
  /** The open restore that holds an instance. */
  holderOf(auraId: string): Promise<RestoreId | undefined>;
  /** Restores that ended, latest first. */
  ended(limit: number): Promise<readonly RestoreId[]>;
  load(id: RestoreId): Promise<{ readonly restore: Restore } | undefined>;
  now(): Promise<Instant>;
}

/** As long as most looks take. Two at once do no harm: what they see is compared before it is recorded. */
const LEASE_MS = 10_000;
/** So many of the restores that ended last are asked whether they explain what an instance does. */
const ENDED_ASKED = 100;

/**
 * Looks at each configured instance whose time has come: late, with the lowest priority there is, one request each, and by
 * one worker at a time. What a run of ours does not explain becomes a shadow restore, which is then followed to its end.
 * May be repeated at will.
 */
export function createShadowWatcher(parts: {
  readonly aura: Pick<AuraClient, 'getInstance'>;
  readonly policy: () => Policy;
  readonly looks: InstanceLooks;
  readonly runs: OwnRuns;
  readonly shadows: Pick<ShadowKeeper, 'open' | 'follow'>;
  readonly openOn: (auraId: string) => Promise<ShadowId | undefined>;
  readonly pace: Omit<Pace, 'instances'>;
  readonly random?: () => number;
  readonly log: Logger;
}): () => Promise<void> {
  const { aura, looks, runs, shadows, log } = parts;
  const random = parts.random ?? Math.random;
  const paceOf = (instances: number): Pace => ({ ...parts.pace, instances });
  /** Of instances that nobody has looked at yet: a start is no reason to ask for all of them at once. */
  const firstAtMs = new Map<string, number>();

  async function restoreOf(id: RestoreId | undefined): Promise<Restore | undefined> {
    return id === undefined ? undefined : (await runs.load(id).catch(() => undefined))?.restore;
  }

  /** The restores of an instance that may explain what it does now. */
  async function ownRuns(auraId: string): Promise<readonly Restore[]> {
    const holder = await restoreOf(await runs.holderOf(auraId));
    const ended = await Promise.all((await runs.ended(ENDED_ASKED)).map(restoreOf));
    return [holder, ...ended].filter((restore) => restore?.plan.instance.auraId === auraId).filter(isThere);
  }

  /** Without a look there is nothing to keep for the others but when to look. */
  async function leave(auraId: string, seen: LastSeen | undefined, nextAtMs: number): Promise<void> {
    if (seen) await looks.note(auraId, { ...seen, nextAtMs });
    else firstAtMs.set(auraId, nextAtMs);
  }

  async function ask(auraId: string): Promise<InstanceLook | 'gone'> {
    const askedAt = await runs.now();
    try {
      const { status } = await aura.getInstance(auraId, 'inventory');
      return { status, askedAt, answeredAt: await runs.now() };
    } catch (error) {
      if (error instanceof AuraRefusedError && error.meaning === 'not-found-instance') return 'gone';
      throw error;
    }
  }

  async function lookAt(policy: InstancePolicy, seen: LastSeen | undefined, pace: Pace): Promise<void> {
    const { auraId } = policy;
    const nowMs = Date.parse(await runs.now());
    const nextAtMs = nowMs + nextShadowLookMs(pace);
    const open = await parts.openOn(auraId);
    const holder = open === undefined ? await restoreOf(await runs.holderOf(auraId)) : undefined;
    if (holder && isOnAura(holder)) {
      // Its own looks see all that there is to see.
      await leave(auraId, seen, nextAtMs);
      return;
    }
    const look = await ask(auraId);
    if (open !== undefined) {
      const record = await shadows.follow(open, look);
      const isRunningSeen = record?.state.status === 'under-way' && record.state.runningSeenAt !== undefined;
      const followed = record?.state.status !== 'under-way' ? 'no' : isRunningSeen ? 'running-seen' : 'under-way';
      const next = nowMs + nextShadowLookMs(pace, followed);
      if (look !== 'gone') await looks.note(auraId, noted(look, next, open));
      return;
    }
    if (look === 'gone') {
      await looks.note(auraId, { status: 'gone', at: seen?.at ?? new Date(nowMs).toISOString(), nextAtMs });
      return;
    }
    const verdict = verdictOnLook(look, seen, needsExplaining(look.status) ? await ownRuns(auraId) : []);
    if (verdict.kind !== 'shadow') {
      await looks.note(auraId, noted(look, nextAtMs, verdict.kind === 'explained' ? verdict.by : undefined));
      return;
    }
    const { kind: _, ...facts } = verdict;
    const soonMs = nowMs + nextShadowLookMs(pace, 'under-way');
    await shadows.open(policy, { status: look.status, at: look.answeredAt, ...facts }, { seen, nextAtMs: soonMs });
  }

  function nextOf(auraId: string, seen: LastSeen | undefined, pace: Pace, nowMs: number): number {
    if (seen) return seen.nextAtMs;
    const first = firstAtMs.get(auraId) ?? nowMs + nextShadowLookMs(pace) * (1 + random() / 2);
    firstAtMs.set(auraId, first);
    return first;
  }

  return async function watchForShadows() {
    const { instances } = parts.policy();
    const pace = paceOf(instances.length);
    const [seenOf, now] = await Promise.all([looks.seen(), runs.now()]);
    for (const policy of instances) {
      const seen = seenOf.get(policy.auraId);
      if (nextOf(policy.auraId, seen, pace, Date.parse(now)) > Date.parse(now)) continue;
      if (!(await looks.take(policy.auraId, LEASE_MS))) continue;
      try {
        await lookAt(policy, seen, pace);
      } catch (error) {
        log.info({ err: error, instance: policy.alias }, 'no look for restores behind our back; it is looked at later');
        await leave(policy.auraId, seen, Date.parse(now) + nextShadowLookMs(pace) * (0.5 + random() / 2));
      } finally {
        await looks.release(policy.auraId);
      }
    }
  };
}

function isThere<T>(found: T | undefined): found is T {
  return found !== undefined;
}

function noted({ status, answeredAt }: InstanceLook, nextAtMs: number, explainedBy: string | undefined): LastSeen {
  const seen = { status, at: answeredAt, nextAtMs };
  return explainedBy === undefined || !needsExplaining(status) ? seen : { ...seen, explainedBy };
}
