import { type Calendar, freezesAt, nextStarts } from './calendar.ts';
import type { ClosedStart } from './closed-start.ts';
import { isGone } from './known-drift.ts';
import type { Instant } from './names.ts';
import type { Restore } from './restore.ts';
import { closedRefusal } from './sending.ts';
import { executionExpiryOf, startTimeOf } from './start-time.ts';

/** The moment from which on a start that is possible now is not possible any more. */
export interface Closing {
  readonly at: Instant;
  /** The freezes that begin then; empty when a window closes. */
  readonly freezes: readonly string[];
}

/** The start that would come next is not possible, also where no look has noted that yet. */
export interface ClosedNow {
  readonly closed: ClosedStart;
  /** The same in the words of the record. */
  readonly why: string;
  /** People are asked, and may agree to a later start. */
  readonly isAsked: boolean;
}

/** What the calendar has against the start: that it is closed, else that it will be before the last moment for it. */
export type StartLimit = Closing | ClosedNow;

/** What the calendar has against the start at `now`; undefined where that is nothing. */
export function startLimitOf(restore: Restore, calendar: Calendar, now: Instant): StartLimit | undefined {
  const range = possibleStarts(restore, now);
  const found = range && closedRefusal(restore, calendar, range.first);
  if (!found) return closingOf(restore, calendar, now);
  return {
    closed: found.closed,
    why: found.why,
    isAsked: restore.state.status === 'awaiting-approval' && !isGone(restore),
  };
}

/**
 * When the calendar closes before the last moment at which the restore may still start: while people are asked, by an answer at the
 * last; and while the start is waited for. Undefined where it does not, and where it is closed already.
 */
export function closingOf(restore: Restore, calendar: Calendar, now: Instant): Closing | undefined {
  const range = possibleStarts(restore, now);
  if (!range) return undefined;
  const [open] = nextStarts(calendar, range.first, 1, restore.plan.freezeOverride?.freezes);
  const isOpen = open !== undefined && Date.parse(open.from) === Date.parse(range.first);
  if (!isOpen || open.to === undefined || open.to >= range.last) return undefined;
  const overridden = restore.plan.freezeOverride?.freezes ?? [];
  return { at: open.to, freezes: freezesAt(calendar, open.to).filter((name) => !overridden.includes(name)) };
}

function possibleStarts(
  restore: Restore,
  now: Instant,
): { readonly first: Instant; readonly last: Instant } | undefined {
  const { state } = restore;
  if (state.status === 'awaiting-approval')
    return { first: startTimeOf(restore, now), last: executionExpiryOf(restore, state.expiresAt) };
  if (state.status !== 'approved') return undefined;
  return { first: now < state.startAt ? state.startAt : now, last: state.lapsesAt };
}
