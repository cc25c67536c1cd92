/** A message that the record says somebody must get. It is posted once; its key says whether it was. */
export interface OwedMessage {
  readonly key: string;
  /** `planned` and `outcome` are the two notices to stakeholders, `late` comes between them when the start was missed and
   * `put-off` when it was put off, `anchor` is for auditors, `reminder` is a reply in the card's thread and `escalated` the same
   * for one person, `newly-asked` one for those whom a change asked besides, `unreached-reply` one of a place that got no notice,
   * `undone` a reply in the thread of the card of the restore that was undone; the others go to one person. */
  readonly kind:
    | ThreadKind
    | 'anchor'
    | 'reminder'
    | 'newly-asked'
    | 'unreached-reply'
    | 'escalated'
    | 'undone'
    | DirectKind;
  /** Slack channel id, or a person's id for a direct message. */
  readonly to: string;
  /** Which time of being asked anew, or which declined proviso, it tells of, counted from 1. */
  readonly round?: number;
  /** Which objection, promised word, change that told more groups, change that asked more people or place that was not reached it tells of, counted from 1. */
  readonly nth?: number;
  /** Which reminder of the round it is of, counted from 1. */
  readonly reminder?: number;
}

/** What is said in the thread of a head message: the notices, and replies. */
export type ThreadKind = 'planned' | 'late' | 'put-off' | 'outcome' | ReplyKind;

/**
 * Direct messages: whether enough people can approve, what is no longer as planned and that it is again, asked anew, confirmed, denied,
 * unanswered, a late start, a question only a person can answer, a file to be uploaded by hand, a restore that has stalled, an
 * objection, its answer, the end, a place that was not reached, and no card.
 */
export type DirectKind =
  | 'approvable'
  | 'drift-noted'
  | 'drift-over'
  | 'asked-anew'
  | 'proviso-asked'
  | 'proviso-declined'
  | 'confirmed'
  | 'denied'
  | 'unanswered'
  | 'starting-late'
  | 'judge-start'
  | 'upload-now'
  | 'stalled'
  | 'objected'
  | 'objection-settled'
  | 'ended'
  | 'unreached'
  | 'no-card';

/**
 * Replies in the thread of a head message besides the notices: the start was moved, groups that are told besides, the restore call was sent, the data is being
 * checked, a promised word, an objection, and its answer.
 */
export type ReplyKind =
  | 'start-moved'
  | 'file-awaited'
  | 'unclear'
  | 'started'
  | 'verifying'
  | 'update'
  | 'newly-told'
  | 'objection'
  | 'objection-answered';
