import type { Approval, Vote } from './agreement.ts';
import type { FailureReason, InstanceCondition } from './failure.ts';
import type { Instant, PersonId } from './names.ts';
import type { Baseline } from './validation.ts';

export interface Preflight {
  readonly at: Instant;
  readonly lossMinutes: number;
  readonly requestId?: string;
}

export interface SafetySnapshot {
  readonly snapshotId: string;
  readonly requestedAt: Instant;
  readonly completedAt: Instant;
}

/** Saved before the restore call is sent; whoever finds it later only looks. */
export interface Intent {
  readonly attemptId: string;
  readonly at: Instant;
  /** Aura's request id of the accepted call, when the answer arrived. */
  readonly requestId?: string;
}

/** Aura is looked at for the start of a restore, and since when without a longer break. */
export interface StartWatch {
  readonly since: Instant;
  /** The latest look that Aura answered, as far as it is on record. */
  readonly lookedAt: Instant;
  /** From the first to the last of the breaks in which nobody could look; absent: there was none. */
  readonly unwatched?: { readonly from: Instant; readonly until: Instant; readonly times: number };
}

interface Approved {
  readonly approval: Approval;
}

interface Preflighted extends Approved {
  readonly preflight: Preflight;
}

interface Baselined extends Preflighted {
  readonly baseline: Baseline;
}

interface Safeguarded extends Baselined {
  /** Absent only where nothing is overwritten: with a new instance. */
  readonly safetySnapshot?: SafetySnapshot;
}

interface Sent extends Safeguarded {
  readonly intent: Intent;
}

/** Everything that may exist when a restore ends early, as far as it got. */
export type Reached = Partial<Sent>;

/** Each status carries exactly the facts that exist in it. Where data is overwritten, the dangerous ones come only after a safety snapshot. */
export type RestoreState =
  | {
      readonly status: 'awaiting-approval';
      readonly expiresAt: Instant;
      /** Those that stand, in the order they were cast; one for each human. */
      readonly votes: readonly Vote[];
      /** Who said that they are reading it, so that not everybody does; anybody may still decide. */
      readonly looking?: { readonly by: PersonId; readonly until: Instant };
    }
  | ({ readonly status: 'approved'; readonly startAt: Instant; readonly lapsesAt: Instant } & Approved)
  | ({ readonly status: 'taking-baseline' } & Preflighted)
  | ({ readonly status: 'requesting-safety-snapshot'; readonly sentAt?: Instant } & Baselined)
  | ({
      readonly status: 'awaiting-safety-snapshot';
      readonly snapshotId: string;
      readonly requestedAt: Instant;
    } & Baselined)
  | ({ readonly status: 'ready-to-restore' } & Safeguarded)
  /** `watch`: absent before the first look, and in records of earlier releases. */
  | ({ readonly status: 'restore-sent'; readonly watch?: StartWatch } & Sent)
  | ({ readonly status: 'start-unclear'; readonly why: string } & Sent)
  | ({
      readonly status: 'restoring';
      readonly startedAt: Instant;
      /** When a read first showed that the instance had left `running`. */
      readonly leftRunningAt?: Instant;
      /** When it was first seen `running` again. */
      readonly runningSeenAt?: Instant;
    } & Sent)
  | ({ readonly status: 'verifying'; readonly restoredAt: Instant } & Sent)
  | ({ readonly status: 'completed'; readonly restoredAt: Instant; readonly at: Instant } & Sent)
  | ({
      readonly status: 'failed';
      readonly at: Instant;
      readonly during: Step;
      readonly reason: FailureReason;
      readonly why: string;
      readonly condition: InstanceCondition;
    } & Reached)
  /** A dry run came as far as its first call that changes something; `calls` are all those that a restore would have made. */
  | ({ readonly status: 'rehearsed'; readonly at: Instant; readonly calls: readonly string[] } & Baselined)
  | { readonly status: 'denied'; readonly by: PersonId; readonly at: Instant; readonly why: string }
  | { readonly status: 'withdrawn'; readonly by: PersonId; readonly at: Instant }
  | ({ readonly status: 'cancelled'; readonly by: PersonId; readonly at: Instant } & Reached)
  /** `expiresAt`: until when an answer was possible; absent in records of earlier releases. `at`: when the bot saw it. */
  | { readonly status: 'expired'; readonly at: Instant; readonly expiresAt?: Instant }
  /** `lapsesAt`: until when it could have started; absent in records of earlier releases. `at`: when the bot saw it. */
  | ({ readonly status: 'lapsed'; readonly at: Instant; readonly lapsesAt?: Instant } & Approved);

export type Status = RestoreState['status'];

export type StateOf<S extends Status> = Extract<RestoreState, { status: S }>;

export const STEPS = [
  'expire-request',
  'remind',
  'look-at-agreement',
  'preflight',
  'take-baseline',
  'request-safety-snapshot',
  'watch-safety-snapshot',
  'send-restore',
  'watch-start',
  'watch-restore',
  'verify',
] as const;

/** What a worker may owe a restore. */
export type Step = (typeof STEPS)[number];

const TERMINAL: ReadonlySet<Status> = new Set([
  'completed',
  'rehearsed',
  'failed',
  'denied',
  'withdrawn',
  'cancelled',
  'expired',
  'lapsed',
]);

/** True when nothing more will be done: the claim on the instance is released. */
export function hasEnded(status: Status): boolean {
  return TERMINAL.has(status);
}
