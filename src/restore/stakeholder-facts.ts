import type { Instant, PersonId } from './names.ts';

/** A stakeholder has read what is planned. */
export interface Acknowledgement {
  readonly by: PersonId;
  readonly at: Instant;
}

/** A stakeholder says why the restore should not start. */
export interface Objection {
  readonly by: PersonId;
  readonly at: Instant;
  readonly why: string;
  /** Where it was raised: a channel that got the notices, or the objector themselves. Absent: elsewhere. */
  readonly place?: string;
  /** True when the start waits for its answer: it came before the start, and the terms say so. */
  readonly holds: boolean;
  /** When it began to hold the start by rules that became tighter. Absent: it held it from the beginning, or does not. */
  readonly heldSince?: Instant;
  readonly answer?: ObjectionAnswer;
}

/** What becomes of a restore that was objected to: it goes on all the same, is put off, or ends. */
export const ANSWERS = ['go-on', 'put-off', 'stop'] as const;

export type AnswerKind = (typeof ANSWERS)[number];

export interface ObjectionAnswer {
  readonly by: PersonId;
  readonly at: Instant;
  readonly kind: AnswerKind;
  readonly words: string;
}

/** A word to stakeholders that was promised for a moment and fell due, news or not. */
export interface PromisedUpdate {
  readonly promisedFor: Instant;
  /** When the bot saw that it was due. */
  readonly at: Instant;
}

/** A start that was moved, because the last notice before it came later than it should. */
export interface MovedStart {
  readonly at: Instant;
  readonly from: Instant;
  readonly to: Instant;
}

/** User groups that are told since the rules became tighter, and were not before. Nobody can write to a group. */
export interface NewlyTold {
  readonly at: Instant;
  readonly groups: readonly string[];
}
