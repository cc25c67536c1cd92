import type { Closed } from './calendar.ts';
import type { Instant } from './names.ts';

/** A start that is not possible: what closes its moment, and when one is. */
export interface ClosedStart {
  readonly startAt: Instant;
  readonly closed: Closed;
  /** Soonest first, perhaps none. */
  readonly nextPossible: readonly Instant[];
  /** An override of the freezes would make it possible, and somebody is named who could agree to one. */
  readonly mayOverride?: true;
}

/**
 * Whether two looks at the same plan found the same: what closes it, when it is possible, and whether an override would help. The
 * moment they judged goes on as time passes, and the windows are told by when they open.
 */
export function isSameClosing(one: ClosedStart | undefined, other: ClosedStart | undefined): boolean {
  return JSON.stringify(factsOf(one)) === JSON.stringify(factsOf(other));
}

function factsOf(closing: ClosedStart | undefined): readonly unknown[] | undefined {
  if (!closing) return undefined;
  const { closed, nextPossible, mayOverride = false } = closing;
  return [closed.by, 'names' in closed ? closed.names : [], nextPossible, mayOverride];
}
