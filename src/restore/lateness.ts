import { addMinutes } from './instant.ts';
import type { Instant } from './names.ts';
import type { Restore } from './restore.ts';
import { startTimeOf } from './start-time.ts';

/** Nobody calls a start late that came within this time. */
const UNNOTICED_MINUTES = 1;

/** A restore that began later than planned, by too little for a start that was said to be late. */
export interface LateBeginning {
  readonly plannedAt: Instant;
  readonly begunAt: Instant;
  /** What was seen last to hold it up; absent when nothing was. */
  readonly heldUpBy?: string;
}

/** Whether a restore began later than planned without its being said before; see `LateStart` for what is. */
export function lateBeginning(restore: Restore): LateBeginning | undefined {
  const { state, lateStart, movedStart, history } = restore;
  if (lateStart || !('preflight' in state) || !state.preflight || !state.approval) return undefined;
  const plannedAt = movedStart?.to ?? startTimeOf(restore, state.approval.at);
  const begunAt = state.preflight.at;
  if (begunAt <= addMinutes(plannedAt, UNNOTICED_MINUTES)) return undefined;
  const seen = history.findLast(({ event, at }) => event === 'step-observed' && at >= plannedAt && at <= begunAt);
  const words = seen?.facts.words;
  return { plannedAt, begunAt, ...(words === undefined ? {} : { heldUpBy: String(words) }) };
}
