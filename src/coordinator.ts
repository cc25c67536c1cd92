import type { Logger } from 'pino';
import type { Calendar } from './restore/calendar.ts';
import type { Clocks } from './restore/clock-difference.ts';
import type { Draft } from './restore/draft.ts';
import type { Edit } from './restore/edit.ts';
import type { Attempt, RestoreEvent } from './restore/event.ts';
import type { Forbidden } from './restore/forbidden.ts';
import type { Instant, PersonId, RestoreId } from './restore/names.ts';
import type { InstancePolicy, Policy } from './restore/policy.ts';
import type { ClocksRefusal, PersonRefusal, Refusal, RequestRefusal } from './restore/refusal.ts';
import type { RefusedRequest, RefusedRequestId, RequestRefused, TriedOn } from './restore/refused-request.ts';
import type { Restore } from './restore/restore.ts';
import type { PeopleRule } from './restore/terms.ts';

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
  /** What this person has asked for since then, earliest first. */
  requestedSince(person: PersonId, since: Instant): Promise<readonly RestoreId[]>;
  /** The open restore that holds an instance. */
  holderOf(auraId: string): Promise<RestoreId | undefined>;
}

/** Where refused requests live. Every call fails when the store cannot be reached. */
export interface RefusedRequestStore {
  load(id: RefusedRequestId): Promise<RefusedRequest | undefined>;
  /**
   * Saves record and audit entry in one write, once for each click, and not at all when what the form was sent with, its
   * `submission`, became a restore. Fails with `SaveUnclearError` when nobody knows whether it is saved.
   */
  save(
    refused: RefusedRequest,
    submission?: string,
  ): Promise<{ readonly kind: 'saved' | 'repeated' } | { readonly kind: 'accepted'; readonly as: RestoreId }>;
  /** The restore that a form became which was sent with this, within the hour. */
  becameOf(submission: string): Promise<RestoreId | undefined>;
  nextId(): Promise<RefusedRequestId>;
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
  /** The instance that it names all the same; undefined when that is not certain. */
  readonly auraId: string | undefined;

  constructor(id: RestoreId, options: { readonly cause: unknown; readonly auraId?: string | undefined }) {
    const { cause, auraId } = options;
    super(`the record of restore ${id} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
    this.auraId = auraId;
  }
}

/** What the rules of this moment say of the start of a restore. */
export interface StartRules {
  /** Absent: the instance has no rules any more, and those that the restore was asked under are not known. */
  readonly calendar?: Calendar;
  /** What of it they do not allow any more. Absent: they would take it as a request. */
  readonly forbidden?: Forbidden;
}

/** The one door through which anything about a restore changes; `coordinator/create-coordinator.ts` builds it. */
export interface Coordinator {
  /** A refusal is on record when it is answered. */
  request(draft: Draft, policy: InstancePolicy): Promise<Requested>;
  /**
   * Records that a person was refused before there was a restore. Fails when that could not be recorded: do not tell it then.
   * Answers the restore that the very form became when it was delivered before: it was not refused then, and nothing is recorded.
   */
  recordRefusedRequest(tried: TriedOn, refusal: RequestRefused): Promise<RestoreId | undefined>;
  /**
   * `seen`, what the caller found a moment ago, spares reading the record once more. Only a change counts that is saved
   * on top of it; in every other case the record is read and judged anew. Deadlines go on meanwhile.
   */
  apply(id: RestoreId, event: NewEvent, seen?: Loaded): Promise<Applied>;
  /** Changes the plan of an open request. Refused when the instance's policy does not offer what was chosen. */
  edit(id: RestoreId, edit: Edit, policy: InstancePolicy): Promise<Applied>;
  /** Applies what has become tighter in the rules to an open restore. May be repeated. */
  tighten(id: RestoreId): Promise<void>;
  /** The rules of a restore's instance: those it was asked under, and in all that is tighter those in force. */
  rulesFor(restore: Restore): Promise<InstancePolicy | undefined>;
  /** Who may ask for such a restore by the rules in force, where these say another thing than those that it was asked under. */
  requestersSince(restore: Restore): Promise<PeopleRule | undefined>;
  /** What the rules of a restore say of its start at this moment; undefined without any rules. */
  startRulesFor(restore: Restore): Promise<StartRules | undefined>;
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

/** What a coordinator stands on. */
export interface CoordinatorParts {
  readonly store: RestoreStore;
  readonly refusedRequests: RefusedRequestStore;
  readonly alarm: Alarm;
  readonly samePeople: Policy['samePeople'];
  /** Absent: what a request was asked under is all there is. */
  readonly rules?: RulesInForce;
  readonly log: Logger;
  readonly witness?: Witness;
  /** Absent: nothing is known about other clocks, and nothing is refused for them. */
  readonly clocks?: Clocks;
}
