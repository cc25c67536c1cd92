import type { Instant, PersonId, RestoreId } from './names.ts';
import type { Method } from './plan.ts';

export const REASON_KINDS = [
  'accidental-deletion',
  'corrupted-data',
  'failed-migration',
  'security-incident',
  'rollback-test',
  'undo',
] as const;

export type ReasonKind = (typeof REASON_KINDS)[number];

export interface Reason {
  readonly kind: ReasonKind;
  readonly text: string;
}

export interface Request {
  readonly requestedBy: PersonId;
  readonly requestedAt: Instant;
  /** Who held the place of somebody who is asked, as far as was known then; decisions look again. */
  readonly delegates?: readonly Delegate[];
  /** Who was on the schedules that its rules name; absent: they name none, or nobody looked. */
  readonly onCall?: readonly OnCallThen[];
  readonly reason: Reason;
  /** The restore that this one undoes, by going back to its safety snapshot. */
  readonly undoes?: RestoreId;
  /** The method is another one than was advised. */
  readonly otherThanAdvised?: { readonly advised: Method; readonly why: string };
  readonly ticket?: string;
  readonly expectedImpact?: string;
  /** People may be asked outside their working hours. */
  readonly urgent?: true;
  /** Names the one submission of the form. Slack may deliver it more than once; it counts once. */
  readonly interaction?: string;
}

/** Somebody who holds an approver's place until a moment. */
export interface Delegate {
  readonly to: PersonId;
  readonly from: PersonId;
  readonly until: Instant;
}

/** Who was on a schedule when a restore was asked for, for telling people: decisions look again. */
export interface OnCallThen {
  readonly alias: string;
  /** Absent: nobody could find out. */
  readonly people?: readonly PersonId[];
}
