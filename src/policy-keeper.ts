import type { Logger } from 'pino';
import { keepRefused } from './coordinator/refused-requests.ts';
import type { RefusedRequestStore } from './coordinator.ts';
import type { Clocks } from './restore/clock-difference.ts';
import type { Instant } from './restore/names.ts';
import { hashPolicy } from './restore/policy/hash.ts';
import { afterAnswer, afterRefusedAnswer, type PolicyAnswer } from './restore/policy/policy-answer.ts';
import {
  afterAnnounced,
  afterExpiry,
  afterFile,
  firstPolicy,
  type PolicyOutcome,
  type PolicyRecord,
} from './restore/policy/policy-record.ts';
import type { PolicyRefusal } from './restore/policy/policy-refusal.ts';
import type { Policy } from './restore/policy.ts';
import type { Delivery } from './restore/restore.ts';

/** The record of the rules as it is stored. */
export interface StoredPolicy {
  readonly record: PolicyRecord;
  /** Tells it from every other that was ever saved: a failover may lose one, and another is saved under its version. */
  readonly mark: string;
}

/** Where the record of the rules lives. Every call fails when the store cannot be reached. */
export interface PolicyStore {
  /** The mark of what is stored; undefined when there is nothing. */
  mark(): Promise<string | undefined>;
  load(): Promise<StoredPolicy | undefined>;
  /**
   * Saves if what is stored is still `before` (undefined: there is nothing yet); one atomic write. Fails with
   * `SaveUnclearError` when nobody knows whether it is saved.
   */
  save(before: StoredPolicy | undefined, record: PolicyRecord): Promise<StoredPolicy | 'conflict'>;
  /** A policy that was in force once. */
  policyOf(hash: string): Promise<Policy | undefined>;
  /** The number of the next record, from 1. One that is never used is no harm. */
  nextNumber(): Promise<number>;
  /** Keeps the text of calendar files by their hash, so that rules in force outlive the files. May be repeated. */
  keepCalendars(texts: Readonly<Record<string, string>>): Promise<void>;
}

/** The rules in force, with their hash. */
export interface InForce {
  readonly policy: Policy;
  readonly hash: string;
}

export type Answered =
  | Exclude<PolicyOutcome, { kind: 'changed' }>
  | { readonly kind: 'changed'; readonly record: PolicyRecord };

/** The one door to the rules: what they are, and how they change. What a file says is in force only by way of the record. */
export interface PolicyKeeper {
  /** Gives this process's file to the record: tighter rules hold at once, looser ones are proposed. To be called first, once. */
  begin(): Promise<void>;
  /** The rules as this process saw them last; at most as old as the last `refresh`. */
  latest(): Policy;
  /** The rules at this moment. */
  now(): Promise<InForce>;
  /** The record at this moment; begun anew, and said so, when it is gone. */
  record(): Promise<PolicyRecord>;
  /** A policy that was in force once; undefined when it is not known any more. */
  policyOf(hash: string): Promise<Policy | undefined>;
  answer(answer: Omit<PolicyAnswer, 'at'>): Promise<Answered>;
  /** Ends what waited for answers too long, and answers the record as it is then. May be repeated at will. */
  expire(): Promise<PolicyRecord>;
  announced(key: string, delivery: Delivery): Promise<void>;
}

/** More writers than this at once is a bug, not contention. */
const MOST_CONFLICTS = 100;
const MOST_PAST_POLICIES = 50;

export function createPolicyKeeper(parts: {
  readonly store: PolicyStore;
  readonly refusedRequests: Pick<RefusedRequestStore, 'nextId' | 'save'>;
  readonly now: () => Promise<Instant>;
  readonly file: Policy;
  readonly calendarTexts: Readonly<Record<string, string>>;
  /** Absent: nothing is known about other clocks. */
  readonly clocks?: Clocks;
  readonly log: Logger;
}): PolicyKeeper {
  const { store, file, log } = parts;
  let seen: (StoredPolicy & { readonly hash: string }) | undefined;
  const past = new Map<string, Policy>();

  function remember(stored: StoredPolicy): StoredPolicy {
    seen = { ...stored, hash: hashPolicy(stored.record.inForce) };
    return stored;
  }

  async function current(): Promise<StoredPolicy | undefined> {
    if (seen && (await store.mark()) === seen.mark) return seen;
    const stored = await store.load();
    return stored && remember(stored);
  }

  /** What this process saw last holds before the file: people may never have agreed to the file. */
  async function beginAnew(): Promise<StoredPolicy> {
    const known = seen?.record.inForce;
    await store.keepCalendars(parts.calendarTexts);
    const number = await store.nextNumber();
    const hadEarlier = number > 1 || known !== undefined;
    const first = firstPolicy(`P-${number}`, known ?? file, { at: await parts.now(), hadEarlier });
    const saved = await store.save(undefined, first);
    if (saved === 'conflict') return stored();
    log.warn({ policy: hashPolicy(first.inForce), hadEarlier }, 'there was no record of the rules; it was begun');
    remember(saved);
    await takeFile();
    return stored();
  }

  async function takeFile(): Promise<void> {
    const outcome = await change((before, at) => afterFile(before, file, at));
    if (outcome.kind !== 'changed') return;
    const { atOnce, waiting } = outcome.record.history.at(-1)?.facts ?? {};
    log.warn({ atOnce, waiting }, 'the configuration file differs from the rules in force');
  }

  async function stored(): Promise<StoredPolicy> {
    return (await current()) ?? beginAnew();
  }

  const record = async () => (await stored()).record;

  /** Decides on the latest record and saves, as often as others were first. */
  async function change(decide: (record: PolicyRecord, at: Instant) => PolicyOutcome): Promise<PolicyOutcome> {
    for (let conflicts = 0; conflicts < MOST_CONFLICTS; conflicts++) {
      const before = await stored();
      const outcome = decide(before.record, await parts.now());
      if (outcome.kind !== 'changed') return outcome;
      const saved = await store.save(before, outcome.record);
      if (saved === 'conflict') continue;
      remember(saved);
      return outcome;
    }
    throw new Error('the rules could not be saved: too many writers at once');
  }

  /** The history has no room for more refusals of the kind. */
  async function keepApart(answer: Omit<PolicyAnswer, 'at'>, refusal: PolicyRefusal): Promise<void> {
    const { person, kind, interaction } = answer;
    const { id, inForce } = await record();
    const tried = { by: person.id, attempt: kind, about: id, ...(interaction === undefined ? {} : { interaction }) };
    const facts = { at: await parts.now(), policyHash: hashPolicy(inForce) };
    await keepRefused(parts.refusedRequests, tried, refusal, facts);
  }

  return {
    async begin() {
      await store.keepCalendars(parts.calendarTexts);
      await takeFile();
    },

    latest: () => seen?.record.inForce ?? file,

    async now() {
      const { inForce } = await record();
      return { policy: inForce, hash: seen?.hash ?? hashPolicy(inForce) };
    },

    record,

    async policyOf(hash) {
      const known = past.get(hash) ?? (await store.policyOf(hash));
      if (known && past.size < MOST_PAST_POLICIES) past.set(hash, known);
      return known;
    },

    async answer(answer) {
      const apart = parts.clocks?.apart();
      const outcome: PolicyOutcome = apart
        ? { kind: 'refused', refusal: { reason: 'clocks-apart', ...apart } }
        : await change((before, at) => afterAnswer(before, { ...answer, at }));
      if (outcome.kind === 'refused') {
        const { reason } = outcome.refusal;
        log.warn({ by: answer.person.id, attempt: answer.kind, reason }, 'answer to a looser rule refused');
        const kept = await change((before, at) => afterRefusedAnswer(before, { ...answer, at }, outcome.refusal));
        if (kept.kind === 'refused') await keepApart(answer, outcome.refusal);
      }
      return outcome;
    },

    async expire() {
      const { proposals } = await record();
      // While clocks are apart nobody can answer, and by which of them its time is over is not known.
      if (proposals.some(({ state }) => state.status === 'open') && !parts.clocks?.apart()) await change(afterExpiry);
      return record();
    },

    async announced(key, delivery) {
      await change((before) => afterAnnounced(before, key, delivery));
    },
  };
}
