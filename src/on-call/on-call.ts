import type { Instant, PersonId } from '../restore/names.ts';
import type { OnCallSource, OnCallTrouble } from '../restore/on-call.ts';

/** Who is on call, as far as anybody knows. */
export interface OnCall {
  /**
   * Who is on the schedule with this alias at this moment, which must be about now. Never throws, never guesses, and
   * answers within the deadline of a click: what cannot be known by then is `unknown`. May be asked at will: answers are
   * kept for a short while, and their age is stated.
   */
  whoIsOn(alias: string, at: Instant): Promise<OnCallAnswer>;
}

export type OnCallAnswer =
  | {
      readonly kind: 'known';
      readonly people: readonly PersonId[];
      /** So many people on call have no Slack account that is known to be theirs. */
      readonly unmatched: number;
      readonly asOf: Instant;
      readonly source: OnCallSource;
    }
  | { readonly kind: 'unknown'; readonly why: OnCallTrouble; readonly source?: OnCallSource };

/** One service that keeps on-call schedules: what the adapters serve. */
export interface OnCallService {
  readonly name: OnCallSource['provider'];
  /** Who is on the schedule at that moment. Only reads. Rejects with `OnCallError`. */
  shiftAt(schedule: string, at: Instant, signal: AbortSignal): Promise<Shift>;
}

export interface Shift {
  /** E-mail addresses, in small letters. */
  readonly emails: readonly string[];
  /** When somebody's shift ends, if the service says: from then on this answer is wrong. */
  readonly endsAt?: Instant;
}

/** A service did not say who is on call. The message never holds a key, an address or an answer's text. */
export class OnCallError extends Error {
  override readonly name = 'OnCallError';
  readonly why: OnCallTrouble;
  /** How long the service wants to be left alone. */
  readonly waitMs: number | undefined;

  constructor(why: OnCallTrouble, options: { readonly waitMs?: number; readonly cause?: unknown } = {}) {
    super(`who is on call is unknown: ${why}`, { cause: options.cause });
    this.why = why;
    this.waitMs = options.waitMs;
  }
}
