import { canStillBeStopped } from './due-step.ts';
import { addMinutes } from './instant.ts';
import type { Instant } from './names.ts';
import type { LateStart, Restore } from './restore.ts';
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

/** A start that was said to be late, as it stands now: `at` is when it began, and before that when this was said. */
export interface LateNow extends LateStart {
  readonly stage: 'held-up' | 'starting' | 'begun';
}

/** What those can still be told whom the word of a late start did not reach yet: it may have begun meanwhile. */
export function lateNow(restore: Restore): LateNow | undefined {
  const { lateStart, state } = restore;
  if (!lateStart) return undefined;
  const begun = begunAt(restore);
  if (begun === undefined) return { ...lateStart, stage: lateStart.isHeldUp ? 'held-up' : 'starting' };
  return { ...lateStart, at: begun, stage: canStillBeStopped(state.status) ? 'starting' : 'begun' };
}

/** When the restore began, as far as the record proves it. */
export function begunAt({ state }: Pick<Restore, 'state'>): Instant | undefined {
  if ('intent' in state && state.intent) return state.intent.at;
  return 'preflight' in state ? state.preflight?.at : undefined;
}
