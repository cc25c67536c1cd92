import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { createLine } from './line.ts';
import { policyWithSource } from './restore/both-instances.ts';
import { type ClockDifference, type Clocks, setBackFrom } from './restore/clock-difference.ts';
import { type Draft, draftRefusal, newRestore } from './restore/draft.ts';
import { changeOf, type Edit, editRefusal } from './restore/edit.ts';
import type { Attempt, PersonEvent, RestoreEvent } from './restore/event.ts';
import { instantOf } from './restore/instant.ts';
import type { Instant, PersonId, RestoreId } from './restore/names.ts';
import { policyForNewInstance } from './restore/new-instance/policy.ts';
import { onCallWords } from './restore/on-call.ts';
import { isRepeated } from './restore/person-rules.ts';
import { tighterInstance } from './restore/policy/instance-rules.ts';
import { instanceOf } from './restore/policy/policy-change.ts';
import { tightenedTerms } from './restore/policy/tightening.ts';
import type { InstancePolicy, Policy } from './restore/policy.ts';
import type { ClocksRefusal, PersonRefusal, Refusal, RequestRefusal } from './restore/refusal.ts';
import type { Restore } from './restore/restore.ts';
import { transition } from './restore/transition.ts';

export interface Loaded {
  readonly restore: Restore;
  /** The store's clock at the moment of loading: the one clock that deadlines are judged by. */
  readonly now: Instant;
  /** When that was, by the clock of this process that nobody can set (`performance.now`). Absent: unknown. */
  readonly steadyMs?: number;
}

export type Saved =
  | { readonly kind: 'saved' }
  | { readonly kind: 'conflict' }
  /**
   * Another restore holds the instance, or is what this very form became; an empty id means nobody does although this one
   * should.
   */
  | { readonly kind: 'claimed'; readonly by: RestoreId };

/**
 * Where records live. Every call fails when the store cannot be reached; none waits for it to come back. One record that
 * cannot be read fails as `UnreadableRecordError`.
 */
export interface RestoreStore {
  load(id: RestoreId): Promise<Loaded | undefined>;
  /** Saves if the stored version is still `expectedVersion` (0: there is none yet); one atomic write. */
  save(expectedVersion: number, restore: Restore): Promise<Saved>;
  now(): Promise<Instant>;
  /** A fresh id. One that is never used is no harm. */
  nextId(): Promise<RestoreId>;
  /** The open restore that holds an instance. */
  holderOf(auraId: string): Promise<RestoreId | undefined>;
}

/**
 * Asks for what is owed to be done soon, given `before` only what is owed since that record. May be repeated at will and
 * never fails: the sweep finds what it missed.
 */
export interface Alarm {
  ring(restore: Restore, before?: Restore): void;
}

/** The rules in force. Every call fails when they cannot be read. */
export interface RulesInForce {
  now(): Promise<{ readonly policy: Policy; readonly hash: string }>;
  /** A policy that was in force once; undefined when nobody knows it any more. */
  policyOf(hash: string): Promise<Policy | undefined>;
}

type Undated<E> = E extends unknown ? Omit<E, 'at'> : never;
/** An event without its time: the coordinator dates it by the store's clock. */
export type NewEvent = Undated<RestoreEvent>;

export type Applied =
  | { readonly kind: 'changed'; readonly restore: Restore; readonly now: Instant }
  /** The same click or submission was delivered again and is on record already: as good as changed, for a person. */
  | { readonly kind: 'repeated'; readonly restore: Restore; readonly now: Instant }
  | { readonly kind: 'refused'; readonly refusal: Refusal; readonly restore: Restore; readonly now: Instant }
  | { readonly kind: 'unknown' };

export type Requested =
  | { readonly kind: 'requested'; readonly restore: Restore; readonly now: Instant }
  | { readonly kind: 'refused'; readonly refusal: PersonRefusal | RequestRefusal };

/** Who tried what, by which click or submission. */
export interface Tried {
  readonly by: PersonId;
  readonly attempt: Attempt;
  readonly interaction?: string;
}

/**
 * The store was lost while it saved: nobody knows whether the change is on record. Doing the same again is safe, and
 * the card shows what is true.
 */
export class SaveUnclearError extends Error {
  override readonly name = 'SaveUnclearError';
}

/** The record of a restore is there and cannot be read: written by a later release, or changed by hand. */
export class UnreadableRecordError extends Error {
  override readonly name = 'UnreadableRecordError';

  constructor(id: RestoreId, options: { readonly cause: unknown }) {
    const { cause } = options;
    super(
      `the record of restore ${id} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`,
      options,
    );
  }
}

/** The one door through which anything about a restore changes. */
export interface Coordinator {
  request(draft: Draft, policy: InstancePolicy): Promise<Requested>;
  /**
   * `seen`, what the caller found a moment ago, spares reading the record once more. Only a change counts that is saved
   * on top of it; in every other case the record is read and judged anew. Deadlines go on meanwhile.
   */
  apply(id: RestoreId, event: NewEvent, seen?: Loaded): Promise<Applied>;
  /** Changes the plan of an open request. Refused when the instance's policy does not offer what was chosen. */
  edit(id: RestoreId, edit: Edit, policy: InstancePolicy): Promise<Applied>;
  /** Applies what has become tighter in the rules to an open restore. May be repeated; a writer who was first is left to the next time. */
  tighten(id: RestoreId): Promise<void>;
  /** The rules of a restore's instance: those it was asked under, and in all that is tighter those in force. */
  rulesFor(restore: Restore): Promise<InstancePolicy | undefined>;
  /** Records that a person was refused before they got as far as an event. */
  recordRefusal(id: RestoreId, tried: Tried, refusal: Refusal): Promise<void>;
  find(id: RestoreId): Promise<Loaded | undefined>;
  /** Why nobody may decide at the moment, by the clocks as they were last seen. Answers at once. */
  clocksRefusal(): ClocksRefusal | undefined;
}

/** Counts what happens, for metrics. Never fails. */
export interface Witness {
  restoreChanged(event: string, status: string): void;
  attemptRefused(reason: string): void;
}

/** What may destroy data in the end, and is judged by the time. What only stops a restore is never held up by a clock. */
const NEEDS_RIGHT_CLOCKS: ReadonlySet<RestoreEvent['type']> = new Set([
  'approved',
  'proviso-accepted',
  'start-judged',
  'restore-intended',
]);

/** What is decided by the rules, so that those in force at that very moment must be known. */
const NEEDS_RULES: ReadonlySet<RestoreEvent['type']> = new Set([
  'approved',
  'denied',
  'edited',
  'preflight-passed',
  'restore-intended',
]);

/** More writers than this at once on one restore is a bug, not contention. */
const MOST_CONFLICTS = 500;
/** With writers of other processes, a writer that lost several races waits a little before the next. */
const PATIENT_CONFLICTS = 3;
const LONGEST_PAUSE_MS = 50;
/** How long to look for what became of a save whose answer was lost: within Slack's three seconds, with the save before it. */
const CERTAINTY_MS = 800;
/** What was found longer ago than this is not worth a try. */
const SEEN_COUNTS_MS = 5_000;
/** How many events may be saved by one write: enough for a crowd, small enough for one script. */
const MOST_TOGETHER = 100;

/**
 * Load, decide, save, ring. The decision is pure and is taken again when another writer was first; saving is one
 * compare-and-set; ringing is not waited for, so a click is answered as soon as its effect is on record. Those of one
 * process who lost a race for the same restore are saved together, or a crowd's people would not be answered in time.
 */
export function createCoordinator(parts: {
  readonly store: RestoreStore;
  readonly alarm: Alarm;
  readonly samePeople: Policy['samePeople'];
  /** Absent: what a request was asked under is all there is. */
  readonly rules?: RulesInForce;
  readonly log: Logger;
  readonly witness?: Witness;
  /** Absent: nothing is known about other clocks, and nothing is refused for them. */
  readonly clocks?: Clocks;
}): Coordinator {
  const { store, alarm, log } = parts;
  const applyInLine = createLine(applyTogether, MOST_TOGETHER);

  async function apply(id: RestoreId, event: NewEvent, seen?: Loaded): Promise<Applied> {
    const onSeen = await applyToSeen(id, event, seen);
    if (onSeen) return onSeen;
    const first = await applyOnce(id, [event]);
    const applied = first === 'conflict' ? await applyInLine(id, event) : first[0];
    if (!applied) throw new Error(`nothing became of ${event.type} for restore ${id}`);
    const attempt = applied.kind === 'refused' ? triedBy(event) : undefined;
    if (attempt && applied.kind === 'refused') await recordRefusal(id, attempt, applied.refusal);
    return applied;
  }

  /** Undefined when what was seen is of no use: then nothing was saved. */
  async function applyToSeen(id: RestoreId, event: NewEvent, seen?: Loaded): Promise<Applied | undefined> {
    const ageMs = performance.now() - (seen?.steadyMs ?? Number.NEGATIVE_INFINITY);
    if (!seen || seen.restore.id !== id || ageMs > SEEN_COUNTS_MS) return undefined;
    const now = instantOf(Date.parse(seen.now) + ageMs);
    const applied = await applyTo({ restore: seen.restore, now }, [event]);
    return applied === 'conflict' ? undefined : applied.find(({ kind }) => kind === 'changed');
  }

  async function applyOnce(id: RestoreId, events: readonly NewEvent[]): Promise<readonly Applied[] | 'conflict'> {
    const loaded = await store.load(id);
    return loaded ? applyTo(loaded, events) : events.map(() => ({ kind: 'unknown' }));
  }

  /** Applies these events one after another and saves them in one write. One answer for each, in order. */
  async function applyTo(
    { restore: before, now }: Loaded,
    events: readonly NewEvent[],
  ): Promise<readonly Applied[] | 'conflict'> {
    const { id } = before;
    const isDecision = events.length === 0 || events.some(({ type }) => NEEDS_RULES.has(type));
    const inForce = isDecision ? await parts.rules?.now() : undefined;
    let latest = inForce ? tightened(before, inForce, now) : before;
    const applied = events.map((event): Applied => {
      const outcome = transition(latest, { ...event, ...policyFact(event, latest, inForce?.hash), at: now });
      if (outcome.kind !== 'changed') return { ...outcome, restore: latest, now };
      const refusal = NEEDS_RIGHT_CLOCKS.has(event.type) ? (setBackRefusal(latest, now) ?? clocksRefusal()) : undefined;
      if (refusal) return { kind: 'refused', refusal, restore: latest, now };
      latest = outcome.restore;
      return { ...outcome, now };
    });
    if (latest === before) return applied;
    const saved = await saveForSure(before.version, latest);
    if (saved.kind === 'claimed')
      throw new Error(`restore ${id} does not hold its instance (${saved.by || 'nobody'} does)`);
    if (saved.kind === 'conflict') return 'conflict';
    for (const [index, one] of applied.entries()) {
      const event = events[index]?.type;
      if (one.kind !== 'changed' || event === undefined) continue;
      const { status } = one.restore.state;
      log.info({ restoreId: id, event, status }, 'restore changed');
      parts.witness?.restoreChanged(event, status);
    }
    alarm.ring(latest, before);
    return applied;
  }

  async function applyTogether(id: RestoreId, events: readonly NewEvent[]): Promise<readonly Applied[]> {
    for (let conflicts = 1; conflicts < MOST_CONFLICTS; conflicts++) {
      const applied = await applyOnce(id, events);
      if (applied !== 'conflict') return applied;
      if (conflicts >= PATIENT_CONFLICTS) await sleep(Math.random() * LONGEST_PAUSE_MS);
    }
    throw new Error(`restore ${id} could not be saved: too many writers at once`);
  }

  async function recordRefusal(id: RestoreId, tried: Tried, refusal: Refusal): Promise<void> {
    log.warn({ restoreId: id, by: tried.by, attempt: tried.attempt, reason: refusal.reason }, 'attempt refused');
    parts.witness?.attemptRefused(refusal.reason);
    const onCall = 'onCall' in refusal && refusal.onCall ? onCallWords(refusal.onCall) : '';
    await apply(id, { type: 'attempt-refused', ...tried, reason: refusal.reason, ...(onCall ? { onCall } : {}) });
  }

  /** A save whose answer was lost is looked for on record before anybody is told what became of it. */
  async function saveForSure(expectedVersion: number, restore: Restore): Promise<Saved> {
    try {
      return await store.save(expectedVersion, restore);
    } catch (error) {
      if (!(error instanceof SaveUnclearError)) throw error;
      const look = store.load(restore.id).catch(() => undefined);
      // A person waits: with a store that does not answer, not to know is an answer too.
      const loaded = await Promise.race([look, sleep(CERTAINTY_MS, undefined)]);
      if (loaded && isOnRecord(restore, loaded.restore)) return { kind: 'saved' };
      throw error;
    }
  }

  function setBackRefusal(restore: Restore, now: Instant): Refusal | undefined {
    const lastAt = setBackFrom(restore, now);
    return lastAt === undefined ? undefined : { reason: 'clock-set-back', lastAt };
  }

  async function rulesFor({ plan, terms }: Restore): Promise<InstancePolicy | undefined> {
    if (!parts.rules) return undefined;
    const [inForce, askedUnder] = await Promise.all([
      parts.rules.now(),
      terms.policyHash === undefined ? undefined : parts.rules.policyOf(terms.policyHash),
    ]);
    const { auraId } = plan.instance;
    const now = instanceOf(inForce.policy.instances, auraId);
    const then = askedUnder && instanceOf(askedUnder.instances, auraId);
    return now && then ? tighterInstance(then, now, await store.now()) : (now ?? then);
  }

  function clocksRefusal(): ClocksRefusal | undefined {
    const apart: ClockDifference | undefined = parts.clocks?.apart();
    return apart && { reason: 'clocks-apart', ...apart };
  }

  return {
    apply,
    clocksRefusal,
    recordRefusal,
    rulesFor,

    async tighten(id) {
      await applyOnce(id, []);
    },

    find: (id) => store.load(id),

    async edit(id, edit, offered) {
      const loaded = await store.load(id);
      if (!loaded) return { kind: 'unknown' };
      const { person, planHash, interaction } = edit;
      const act = interaction === undefined ? {} : { interaction };
      // Delivered again, it is judged by what came of it: by now the same choices may be too late.
      if (isRepeated(loaded.restore, { type: 'edited', ...act })) return { kind: 'repeated', ...loaded };
      const policy = (await rulesFor(loaded.restore)) ?? offered;
      const refusal = editRefusal(loaded.restore, edit, policy, loaded.now) ?? clocksRefusal();
      if (refusal) {
        await recordRefusal(id, { by: person.id, attempt: 'edit', ...act }, refusal);
        return { kind: 'refused', refusal, ...loaded };
      }
      return apply(id, { type: 'edited', person, planHash, change: changeOf(edit), ...act });
    },

    async request(draft, shown) {
      const now = await store.now();
      const inForce = await parts.rules?.now();
      const own = inForce ? instanceOf(inForce.policy.instances, shown.auraId) : shown;
      const { chosen } = draft;
      const source =
        chosen.method === 'overwrite' && inForce
          ? instanceOf(inForce.policy.instances, chosen.source.auraId)
          : undefined;
      const forNew = own && chosen.method === 'new-instance' ? policyForNewInstance(own) : own;
      const policy = forNew && source ? policyWithSource(forNew, source) : forNew;
      if (!policy) return { kind: 'refused', refusal: { reason: 'unknown-instance', typed: shown.alias, nearest: [] } };
      const links = inForce ? { ...inForce.policy, policyHash: inForce.hash } : { samePeople: parts.samePeople };
      const refusal = draftRefusal(draft, policy, now, links.samePeople) ?? clocksRefusal();
      if (refusal) return { kind: 'refused', refusal };
      const restore = newRestore(await store.nextId(), draft, policy, links, now);
      const saved = await saveForSure(0, restore);
      if (saved.kind === 'conflict') throw new Error(`restore ${restore.id} exists already`);
      if (saved.kind === 'claimed') {
        const holder = await store.load(saved.by);
        if (holder && isSameSubmission(holder.restore, restore)) return { kind: 'requested', ...holder };
        return { kind: 'refused', refusal: { reason: 'instance-claimed', by: saved.by } };
      }
      log.info({ restoreId: restore.id, instance: policy.alias }, 'restore requested');
      parts.witness?.restoreChanged('requested', restore.state.status);
      alarm.ring(restore);
      return { kind: 'requested', restore, now };
    },
  };
}

/** The record with all in its terms that is tighter in the rules in force. */
function tightened(restore: Restore, { policy, hash }: { policy: Policy; hash: string }, at: Instant): Restore {
  const terms = tightenedTerms(restore, policy);
  if (!terms) return restore;
  const outcome = transition(restore, { type: 'rules-tightened', at, terms, policyHash: hash });
  return outcome.kind === 'changed' ? outcome.restore : restore;
}

/** A decision says which policy was in force, unless the history says it already. */
function policyFact(event: NewEvent, { history }: Restore, hash: string | undefined): { policyHash?: string } {
  const known = history.findLast(({ facts }) => facts.policy !== undefined)?.facts.policy;
  return hash === undefined || hash === known || !('person' in event) ? {} : { policyHash: hash };
}

/** Whether the last entry of what was to be saved stands on record, in its place. */
function isOnRecord(saved: Restore, onRecord: Restore): boolean {
  const entry = saved.history.at(-1);
  return entry !== undefined && onRecord.history[entry.seq - 1]?.hash === entry.hash;
}

/** The same form, delivered again: its request is on record already. */
function isSameSubmission({ request: one }: Restore, { request: other }: Restore): boolean {
  return (
    one.interaction !== undefined && one.interaction === other.interaction && one.requestedBy === other.requestedBy
  );
}

/** Who tried what, for events that are people's decisions; undefined for workers' events. */
function triedBy(event: NewEvent): Tried | undefined {
  const attempts: Partial<Record<PersonEvent['type'], Attempt>> = {
    approved: 'approve',
    denied: 'deny',
    'vote-taken-back': 'take-back',
    'proviso-accepted': 'accept-proviso',
    'proviso-declined': 'decline-proviso',
    looking: 'look',
    edited: 'edit',
    acknowledged: 'acknowledge',
    objected: 'object',
    'objections-answered': 'answer',
    withdrawn: 'withdraw',
    nudged: 'nudge',
    cancelled: 'cancel',
    'start-judged': 'judge-start',
  };
  if (!('person' in event)) return undefined;
  const attempt = attempts[event.type];
  if (!attempt) return undefined;
  return { by: event.person.id, attempt, ...(event.interaction ? { interaction: event.interaction } : {}) };
}
