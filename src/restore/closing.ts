import { type Calendar, freezesAt, nextStarts } from './calendar.ts';
import type { Instant } from './names.ts';
import type { Restore } from './restore.ts';
import { executionExpiryOf, startTimeOf } from './start-time.ts';

/** The moment from which on a start that is possible now is not possible any more. */
export interface Closing {
  readonly at: Instant;
  /** The freezes that begin then; empty when a window closes. */
  readonly freezes: readonly string[];
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
