import type { ClosedStart } from './closed-start.ts';
import type { DriftReason } from './failure.ts';
import type { Instant, PersonId } from './names.ts';
import type { Plan } from './plan.ts';

export interface Vote {
  readonly by: PersonId;
  /** Whose place it is, when the voter stands in for somebody by a delegation. */
  readonly standingInFor?: PersonId;
  readonly at: Instant;
  readonly kind: 'approve' | 'deny';
  readonly planHash: string;
  /** The data loss that a yes agreed to, at the start that was to be expected then; absent in votes of earlier releases. */
  readonly lossMinutes?: number;
  /** The reason of a no. */
  readonly why?: string;
  /** Names of the rules that named this person when they voted; the vote fills at most one of them. */
  readonly countsFor: readonly string[];
  /** Aliases of the schedules that they were known to be on when they voted. */
  readonly onCall?: readonly string[];
  /** What the yes depends on; it counts for nothing until the requester has accepted it. */
  readonly proviso?: Proviso;
}

/** At least one of condition and later start. */
export interface Proviso {
  /** In the voter's own words. */
  readonly condition?: string;
  /** No start before this moment. */
  readonly notBefore?: Instant;
  /** When the requester accepted it; absent: not yet. */
  readonly acceptedAt?: Instant;
}

/** A yes that fell because the requester did not accept what it depended on. */
export interface DeclinedProviso {
  readonly to: PersonId;
  readonly by: PersonId;
  readonly at: Instant;
  readonly proviso: Proviso;
}

/** Why people were asked again, and what fell by it. */
export interface AskedAnew {
  readonly at: Instant;
  /** The plan until then. */
  readonly before: Plan;
  /** What they had said of it. */
  readonly votes: readonly Vote[];
  readonly because:
    | { readonly kind: 'edited'; readonly by: PersonId }
    /** The requester accepted the later start that `of` asked for. */
    | { readonly kind: 'start-accepted'; readonly by: PersonId; readonly of: PersonId }
    | {
        readonly kind: 'drifted';
        readonly reason: DriftReason;
        readonly why: string;
        /** What closes the start; absent for every other reason. */
        readonly closed?: ClosedStart;
        /** It was seen while people still voted: no start had been agreed to. */
        readonly beforeAgreement?: boolean;
      }
    /** The answer to an objection. */
    | { readonly kind: 'put-off'; readonly by: PersonId; readonly why: string };
}

/** What was seen to be no longer as planned while nobody had voted, or when their votes lapsed by it. */
export interface KnownDrift {
  /** The round in which it is so. */
  readonly round: number;
  readonly at: Instant;
  readonly reason: DriftReason;
  readonly why: string;
  /** What closes the start; absent for every other reason. */
  readonly closed?: ClosedStart;
  /** When all was seen to be as planned again; absent: not yet. */
  readonly overAt?: Instant;
}

/** People who are asked since a change, and were not before it. Its card is edited, which notifies nobody. */
export interface NewlyAsked {
  readonly at: Instant;
  readonly users: readonly string[];
  readonly groups: readonly string[];
}

export interface Approval {
  /** Whose vote completed it. */
  readonly by: PersonId;
  readonly at: Instant;
  readonly planHash: string;
  /** The smallest data loss that any of those who agreed was shown, counted to the planned start. */
  readonly agreedLossMinutes: number;
  /** Everybody's, the completing one included. */
  readonly votes: readonly Vote[];
}
