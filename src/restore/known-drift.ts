import type { KnownDrift, Vote } from './agreement.ts';
import { startRefusal } from './calendar.ts';
import { isSameClosing } from './closed-start.ts';
import type { WorkerEvent } from './event.ts';
import type { DriftReason } from './failure.ts';
import type { Instant } from './names.ts';
import { laterStart } from './proviso.ts';
import type { Refusal } from './refusal.ts';
import type { Restore } from './restore.ts';
import { roundOf } from './round.ts';
import { dependsStill } from './votes.ts';

type Drifted = Pick<Extract<WorkerEvent, { type: 'drifted' }>, 'at' | 'reason' | 'seen' | 'closed' | 'calendar'>;

/** No start of it is possible: only another restore point helps, or nothing where the instance itself or its way is gone. */
const GONE: ReadonlySet<DriftReason> = new Set([
  'instance-not-found',
  'snapshot-not-found',
  'snapshot-not-usable',
  'no-longer-allowed',
]);
/** What a new agreement does not mend: it is so until it is seen to be over. */
const LASTS: ReadonlySet<DriftReason> = new Set([...GONE, 'instance-not-running', 'outside-window']);

/** What was seen in this round to be no longer as planned, also when that is over. */
export function driftOf({ drift, ...restore }: Pick<Restore, 'drift' | 'askedAnew'>): KnownDrift | undefined {
  return drift?.round === roundOf(restore) ? drift : undefined;
}

/** What is no longer as planned, as it was seen last. */
export function knownDrift(restore: Pick<Restore, 'drift' | 'askedAnew'>): KnownDrift | undefined {
  const drift = driftOf(restore);
  return drift?.overAt === undefined ? drift : undefined;
}

/** Whether the restore point or the instance is known to be gone, so that nobody can agree to the plan as it is. */
export function isGone(restore: Pick<Restore, 'drift' | 'askedAnew'>): boolean {
  const drift = knownDrift(restore);
  return drift !== undefined && GONE.has(drift.reason);
}

/** Whether nobody can agree, by what was seen last, not even to a later start. */
export function cannotBeAgreedTo(restore: Pick<Restore, 'drift' | 'askedAnew'>): boolean {
  return isGone(restore) || knownDrift(restore)?.closed?.nextPossible.length === 0;
}

/** Whether it is for the calendar and the rules alone to say that it is over: Aura need not answer for that. */
export function isRulesAlone(drift: KnownDrift | undefined): boolean {
  return drift !== undefined && (drift.closed !== undefined || drift.reason === 'no-longer-allowed');
}

/** Why nobody may agree to a plan of which something is gone. Calendar and rules are read at each vote. */
export function goneRefusal(restore: Pick<Restore, 'drift' | 'askedAnew'>): Refusal | undefined {
  const drift = knownDrift(restore);
  if (!drift || !GONE.has(drift.reason) || drift.reason === 'no-longer-allowed') return undefined;
  const { at, why, reason } = drift;
  return { reason: 'plan-gone', what: reason === 'instance-not-found' ? 'instance' : 'restore-point', at, why };
}

/**
 * What a drift does: people are asked anew, when votes lapse by it or the plan can name the instance as it is now; else it is
 * noted, and what was noted already is no news. A closed start lapses no yes that waits for a later start which is possible.
 */
export function driftCourse(restore: Restore, drifted: Drifted): 'asks-anew' | 'noted' | 'known' {
  const { reason, seen, closed } = drifted;
  const { state } = restore;
  if (state.status !== 'awaiting-approval' || seen) return 'asks-anew';
  const known = knownDrift(restore);
  if (known?.reason === reason && isSameClosing(known.closed, closed)) return 'known';
  return state.votes.every((vote) => waitsForPossibleStart(vote, restore, drifted)) ? 'noted' : 'asks-anew';
}

function waitsForPossibleStart(vote: Vote, restore: Restore, { at, reason, calendar }: Drifted): boolean {
  if (reason !== 'outside-window' || !calendar || vote.kind !== 'approve' || !dependsStill(vote)) return false;
  const start = laterStart(restore, vote.proviso, at);
  return start !== undefined && startRefusal(calendar, start, restore.plan.freezeOverride?.freezes) === undefined;
}

/** What is still known in the round that a drift begins. */
export function driftInNextRound(
  restore: Restore,
  { at, reason, why, seen, closed }: Drifted & { readonly why: string },
): { readonly drift?: KnownDrift } {
  if (seen || !LASTS.has(reason)) return {};
  return { drift: { round: roundOf(restore) + 1, at, reason, why, ...(closed ? { closed } : {}) } };
}

/** What is known already and still so in a round that begins for another reason, about the same restore point and start. */
export function driftGoesOn(restore: Pick<Restore, 'drift' | 'askedAnew'>): { readonly drift?: KnownDrift } {
  const drift = knownDrift(restore);
  return drift && LASTS.has(drift.reason) ? { drift: { ...drift, round: roundOf(restore) + 1 } } : {};
}

/** All was seen to be as planned again. */
export function driftOver(restore: Restore, overAt: Instant): { readonly drift?: KnownDrift } {
  const drift = knownDrift(restore);
  return drift ? { drift: { ...drift, overAt } } : {};
}
