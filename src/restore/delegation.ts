import { appendEntry } from './history.ts';
import { addMinutes } from './instant.ts';
import type { Instant, PersonId } from './names.ts';
import { areSamePerson, standingRefusal } from './person.ts';
import type { PersonFacts } from './person-facts.ts';
import type { DelegationRefusal, PersonRefusal } from './refusal.ts';
import type { Delivery, HistoryEntry } from './restore.ts';

/** Speakable id of a delegation: `D-7`. */
export type DelegationId = string;

/** The record of one delegation: an approver's place, handed to another person for a time. Saved whole, by compare-and-set. */
export interface Delegation {
  readonly schemaVersion: 1;
  readonly id: DelegationId;
  readonly version: number;
  /** Whose place it is. */
  readonly from: PersonId;
  /** Who holds it. */
  readonly to: PersonId;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  /** Present when it was taken back or handed back before its end. */
  readonly revoked?: { readonly by: PersonId; readonly at: Instant };
  /** What became of each word of `delegation-words.ts`, by its key; absent: of none. */
  readonly deliveries?: Readonly<Record<string, Delivery>>;
  readonly history: readonly HistoryEntry[];
}

/** What somebody filled in to hand their place over. */
export interface DelegationDraft {
  readonly delegator: PersonFacts;
  readonly delegate: PersonFacts;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  /** Names the one submission of the form. */
  readonly interaction?: string;
}

/** A place handed over for good would be a second way to appoint approvers. */
const LONGEST_DAYS = 60;
/** A form takes a while to fill in; a start chosen "now" is not in the past yet. */
const START_GRACE_MINUTES = 10;

/** Why this place cannot be handed over so; undefined when it can. `isApprover`: the delegator may decide about some instance that allows it. */
export function delegationRefusal(
  draft: DelegationDraft,
  around: {
    readonly isApprover: boolean;
    readonly samePeople: readonly (readonly PersonId[])[];
    readonly now: Instant;
  },
): PersonRefusal | DelegationRefusal | undefined {
  const { delegator, delegate, startsAt, endsAt } = draft;
  const standing = standingRefusal(delegator);
  if (standing) return standing;
  if (!around.isApprover) return { reason: 'no-place-to-delegate' };
  if (areSamePerson(delegator.id, delegate.id, around.samePeople)) return { reason: 'delegate-is-same-person' };
  if (standingRefusal(delegate)) return { reason: 'delegate-not-able', delegate: delegate.id };
  if (startsAt < addMinutes(around.now, -START_GRACE_MINUTES)) return { reason: 'delegation-in-the-past' };
  if (endsAt <= startsAt || endsAt <= around.now) return { reason: 'delegation-ends-too-soon' };
  if (endsAt > addMinutes(startsAt, LONGEST_DAYS * 1440)) return { reason: 'delegation-too-long', days: LONGEST_DAYS };
  return undefined;
}

/** The first record of a delegation that may be made: ask `delegationRefusal` first. */
export function newDelegation(id: DelegationId, draft: DelegationDraft, now: Instant): Delegation {
  const { delegator, delegate, startsAt, endsAt, interaction } = draft;
  return {
    schemaVersion: 1,
    id,
    version: 1,
    from: delegator.id,
    to: delegate.id,
    startsAt,
    endsAt,
    history: appendEntry([], {
      at: now,
      event: 'delegated',
      by: delegator.id,
      facts: { restore: id, to: delegate.id, startsAt, endsAt, ...(interaction ? { interaction } : {}) },
    }),
  };
}

/** The delegation, ended before its time by either of the two; as it is when this person ended it already; the reason why not otherwise. */
export function revoked(
  delegation: Delegation,
  person: PersonFacts,
  around: { readonly samePeople: readonly (readonly PersonId[])[]; readonly now: Instant },
): { readonly delegation: Delegation } | { readonly refusal: PersonRefusal | DelegationRefusal } {
  const standing = standingRefusal(person);
  if (standing) return { refusal: standing };
  const { from, to, history, version } = delegation;
  const isOne = [from, to].some((id) => areSamePerson(id, person.id, around.samePeople));
  if (!isOne) return { refusal: { reason: 'not-your-delegation' } };
  if (delegation.revoked?.by === person.id) return { delegation };
  if (delegation.revoked || delegation.endsAt <= around.now) return { refusal: { reason: 'delegation-over' } };
  const at = around.now;
  return {
    delegation: {
      ...delegation,
      version: version + 1,
      revoked: { by: person.id, at },
      history: appendEntry(history, { at, event: 'delegation-revoked', by: person.id, facts: { from, to } }),
    },
  };
}

/** Whether the place is the other person's at this moment. */
export function isInForce({ startsAt, endsAt, revoked: ended }: Delegation, at: Instant): boolean {
  return ended === undefined && startsAt <= at && at < endsAt;
}
