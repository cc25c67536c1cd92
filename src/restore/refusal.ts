import type { Vote } from './agreement.ts';
import type { ShortRule } from './approvable.ts';
import type { FileObstacle } from './backup-file.ts';
import type { Closed } from './calendar.ts';
import type { ClockDifference } from './clock-difference.ts';
import type { ClosedStart } from './closed-start.ts';
import type { NoLongerAllowed } from './forbidden.ts';
import type { Instant, PersonId, RestoreId } from './names.ts';
import type { NewInstanceProblem } from './new-instance/rules.ts';
import type { OnCallLook } from './on-call.ts';
import type { Method } from './plan.ts';
import type { UnusableBecause } from './snapshot.ts';
import type { Status } from './state.ts';

/**
 * Why something a person tried changed nothing. People cause these every day, so they are values and not errors.
 * `reason` is a code that tests, metrics and the history rely on; the words are in `messages/refusal.ts`.
 */
export type Refusal = PersonRefusal | RequestRefusal | MomentRefusal | DelegationRefusal;

/** The person may not do this. */
export type PersonRefusal =
  | { readonly reason: 'identity-unreadable' }
  | { readonly reason: 'not-a-person' }
  | { readonly reason: 'deactivated' }
  | { readonly reason: 'guest' }
  | { readonly reason: 'outsider' }
  | { readonly reason: 'own-request'; readonly requestedBy: PersonId }
  | { readonly reason: 'not-an-approver'; readonly onCall?: readonly OnCallLook[] }
  | { readonly reason: 'not-the-requester'; readonly requestedBy: PersonId }
  | { readonly reason: 'not-involved' }
  | { readonly reason: 'not-a-stakeholder' }
  /** Who objects does not decide that it goes on all the same. */
  | { readonly reason: 'own-objection' }
  | { readonly reason: 'not-a-requester'; readonly alias: string; readonly onCall?: readonly OnCallLook[] }
  /** They asked for it, and by rules that were changed since they could not. */
  | { readonly reason: 'no-longer-a-requester'; readonly alias: string; readonly onCall?: readonly OnCallLook[] };

/** A place cannot be handed over, or back. */
export type DelegationRefusal =
  | { readonly reason: 'no-place-to-delegate' }
  | { readonly reason: 'delegate-is-same-person' }
  /** A guest, a bot, an outsider, somebody deactivated or somebody who could not be read. */
  | { readonly reason: 'delegate-not-able'; readonly delegate: PersonId }
  | { readonly reason: 'delegation-in-the-past' }
  | { readonly reason: 'delegation-ends-too-soon' }
  | { readonly reason: 'delegation-too-long'; readonly days: number }
  | { readonly reason: 'not-your-delegation' }
  | { readonly reason: 'delegation-over' };

/** The moment has passed or has not come. */
export type MomentRefusal =
  | { readonly reason: 'already-past'; readonly status: Status; readonly by?: PersonId; readonly at: Instant }
  | { readonly reason: 'request-expired'; readonly expiresAt: Instant }
  | { readonly reason: 'plan-changed' }
  /** The restore point was seen to be gone or unusable, so that another one can be chosen, or the instance is gone. */
  | {
      readonly reason: 'plan-gone';
      readonly what: 'restore-point' | 'instance';
      readonly at: Instant;
      readonly why: string;
    }
  /** The start that it would lead to is not possible. `words`: why, in English. */
  | ({ readonly reason: 'start-closed'; readonly words: string } & ClosedStart)
  | NoLongerAllowed
  /** `by` and `standingInFor` are there when the vote on this place is another person's. */
  | {
      readonly reason: 'already-voted';
      readonly kind: Vote['kind'];
      readonly at: Instant;
      readonly by?: PersonId;
      readonly standingInFor?: PersonId;
    }
  /** They do not stand in for this person, or not any more. */
  | { readonly reason: 'not-your-place'; readonly of: PersonId }
  | { readonly reason: 'no-vote' }
  /** The yes that depended on something is gone, or counts already, or its giver may not agree any more. */
  | { readonly reason: 'proviso-gone' }
  | { readonly reason: 'already-acknowledged'; readonly at: Instant }
  | { readonly reason: 'already-objected'; readonly at: Instant }
  | { readonly reason: 'no-objection' }
  | { readonly reason: 'another-looks'; readonly by: PersonId; readonly until: Instant }
  | { readonly reason: 'wrong-answer' }
  /** It was the right one until the request was changed. */
  | { readonly reason: 'answer-of-earlier-plan' }
  | { readonly reason: 'form-closed'; readonly until: Instant }
  | { readonly reason: 'nothing-changed' }
  /** A request that undoes a restore was edited to another restore point. */
  | { readonly reason: 'undo-goes-elsewhere'; readonly undoes: RestoreId }
  | { readonly reason: 'nudged-lately'; readonly until: Instant }
  | { readonly reason: 'nudged-enough'; readonly most: number }
  /** Nobody who is missing may be asked at this hour; `from` is when somebody next may. */
  | { readonly reason: 'nobody-to-nudge'; readonly from?: Instant }
  | { readonly reason: 'not-offered'; readonly what: 'check' | 'channel' }
  | { readonly reason: 'others-unreadable' }
  | { readonly reason: 'too-late-to-stop'; readonly status: Status }
  /** Aura kept the safety snapshot, complete at `completedAt`, until `until`. */
  | {
      readonly reason: 'too-late-to-undo';
      readonly id: RestoreId;
      readonly alias: string;
      readonly completedAt: Instant;
      readonly until: Instant;
    }
  | { readonly reason: 'not-waiting-for-judgement'; readonly status: Status }
  | ClocksRefusal
  | { readonly reason: 'clock-set-back'; readonly lastAt: Instant }
  /** A worker's event for a state that has moved on: not a person's doing, and not told to anybody. */
  | { readonly reason: 'stale' };

/** Clocks disagree too far for anybody to decide by them; an operator must set them right. */
export interface ClocksRefusal extends ClockDifference {
  readonly reason: 'clocks-apart';
}

/** The request cannot be accepted. */
export type RequestRefusal =
  | ClocksRefusal
  | { readonly reason: 'unknown-instance'; readonly typed: string; readonly nearest: readonly string[] }
  | { readonly reason: 'instance-claimed'; readonly by: RestoreId }
  /** It took so long that its sender has asked for the same with another form meanwhile. */
  | { readonly reason: 'asked-again'; readonly with: RestoreId }
  | { readonly reason: 'snapshot-not-usable'; readonly why: UnusableBecause }
  /** Aura would refuse to copy from it. */
  | { readonly reason: 'snapshot-not-exportable' }
  | { readonly reason: 'method-not-allowed'; readonly method: Method; readonly allowed: readonly Method[] }
  /** The safety snapshot would take the place of the one to go back to, or Aura overwrites no instance of this tier. */
  | { readonly reason: 'not-on-this-tier'; readonly method: 'restore-snapshot' | 'overwrite'; readonly tier: string }
  | { readonly reason: 'file-not-usable'; readonly why: FileObstacle }
  | { readonly reason: 'new-instance-not-possible'; readonly problem: NewInstanceProblem }
  | { readonly reason: 'source-is-target' }
  | { readonly reason: 'target-too-small'; readonly source: string; readonly target: string }
  /** It takes another method than was advised by what was seen, and does not say why. */
  | { readonly reason: 'other-way-unexplained'; readonly advised: Method }
  | { readonly reason: 'start-in-the-past' }
  | { readonly reason: 'start-too-soon'; readonly earliest: Instant }
  | {
      readonly reason: 'start-not-allowed';
      readonly words: string;
      /** What the words say, for other languages than the record's. */
      readonly closed?: Closed;
      readonly nextPossible: readonly Instant[];
      /** The freezes that an override would lift so that the start is allowed. Absent: none would, or nobody may ask for one. */
      readonly overridable?: readonly string[];
    }
  | { readonly reason: 'override-not-possible'; readonly alias: string }
  | { readonly reason: 'field-missing'; readonly field: 'reason' | 'ticket' | 'expected-impact' | 'override-reason' }
  | { readonly reason: 'test-on-production' }
  /** Its reason is an undo, and what was chosen undoes no restore. */
  | { readonly reason: 'undoes-nothing' }
  | { readonly reason: 'cannot-be-approved'; readonly short: readonly ShortRule[] };
