import type { Calendar } from '../restore/calendar.ts';
import type { WorkerEvent } from '../restore/event.ts';
import type { Instant } from '../restore/names.ts';
import type { Restore } from '../restore/restore.ts';
import type { StartWatch, StateOf, Status, Step } from '../restore/state.ts';

type Undated<E> = E extends unknown ? Omit<E, 'at'> : never;
/** What a step reports; the coordinator dates it. */
export type StepEvent = Undated<WorkerEvent>;

/** What one look at the outside world came to. */
export type StepOutcome =
  | { readonly kind: 'event'; readonly event: StepEvent }
  /** Nothing to report yet. `words` tell people what was seen; equal words are not repeated. */
  | {
      readonly kind: 'look-again';
      readonly afterMs: number;
      readonly words?: string;
      /** Aura gave no usable answer to this look. */
      readonly isUnanswered?: boolean;
      /** Of the start, to be put on record also when the words are no news. */
      readonly watch?: StartWatch;
      /** What is waited for stands on record already: then there is nothing to say and no time to wait. */
      readonly hasCome?: (restore: Restore) => boolean;
    }
  /** It is not time for a look: nothing was looked at, and there is nothing to say. */
  | { readonly kind: 'not-yet'; readonly afterMs: number };

export interface StepContext<S extends Status = Status> {
  readonly restore: Restore & { readonly state: StateOf<S> };
  /** The store's clock when the record was loaded. */
  readonly now: Instant;
  /** Saves an event before an effect. `false` means another run was first, and this one must do nothing. */
  readonly saveFirst: (event: StepEvent) => Promise<boolean>;
  /** Why nothing may begin now, in words, although it may later. Absent: nothing holds it up. */
  readonly heldUpBy?: string;
}

/** Looks at the outside world once. Throws only for what nobody foresaw; then it is simply called again. */
export type RunStep<S extends Status = Status> = (context: StepContext<S>) => Promise<StepOutcome>;

/** The state each step works in: a step without a runner, or a runner for the wrong state, does not compile. */
export interface Steps {
  readonly 'expire-request': RunStep<'awaiting-approval'>;
  readonly remind: RunStep<'awaiting-approval'>;
  readonly 'look-at-agreement': RunStep<'awaiting-approval'>;
  readonly preflight: RunStep<'approved'>;
  readonly 'take-baseline': RunStep<'taking-baseline'>;
  readonly 'request-safety-snapshot': RunStep<'requesting-safety-snapshot'>;
  readonly 'watch-safety-snapshot': RunStep<'awaiting-safety-snapshot'>;
  readonly 'send-restore': RunStep<'ready-to-restore'>;
  readonly 'watch-start': RunStep<'restore-sent' | 'start-unclear'>;
  readonly 'watch-restore': RunStep<'restoring'>;
  readonly verify: RunStep<'verifying'>;
}

/** When a restore may start, by the rules at this moment. Absent: at any time. */
export type CalendarOf = (restore: Restore) => Promise<Calendar | undefined> | Calendar | undefined;

/** How long each wait takes before the next look or the next word, all in milliseconds. */
export interface Timing {
  readonly pollMs: number;
  readonly snapshotPollMs: number;
  /** By how much a planned start may be missed before that is said, and waited for to be said. */
  readonly lateStartMs: number;
  /** How long to look for the start of a restore whose answer was lost before a person is asked. */
  readonly startWatchMs: number;
  /** How long Aura may go on reporting `running` after it accepted a restore. */
  readonly startLagMs: number;
  /** How long the restored database may refuse connections before the checks are given up. */
  readonly verifyConnectMs: number;
  /** How long each step may show nothing new before the card says that it is stalled. */
  readonly stallMs: Readonly<Record<Step, number>>;
}

export function report(event: StepEvent): StepOutcome {
  return { kind: 'event', event };
}

export function lookAgain(afterMs: number, words?: string): StepOutcome {
  return words === undefined ? { kind: 'look-again', afterMs } : { kind: 'look-again', afterMs, words };
}

/** What was agreed to is no longer so; nothing was sent, and people are asked anew. */
export function drifted(facts: Omit<Extract<StepEvent, { type: 'drifted' }>, 'type'>): StepOutcome {
  return report({ type: 'drifted', ...facts });
}

/** The step cannot go on; the restore ends, and the card says why and what state the instance is in. */
export function giveUp(facts: Omit<Extract<StepEvent, { type: 'step-failed' }>, 'type'>): StepOutcome {
  return report({ type: 'step-failed', ...facts });
}
