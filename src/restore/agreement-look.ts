import { noted, type Outcome, stale } from './change.ts';
import type { ClosedStart } from './closed-start.ts';
import type { WorkerEvent } from './event.ts';
import { addMinutes } from './instant.ts';
import { driftOf, driftOver, isRulesAlone, knownDrift } from './known-drift.ts';
import type { Instant } from './names.ts';
import type { Restore } from './restore.ts';
import { askedAt, roundOf } from './round.ts';

/** How long the instance and the snapshot may go without a look, while people are asked and while a start is waited for. */
export const AGREEMENT_LOOK_MINUTES = 15;

/** The older a request, the less often it is looked at, for the history grows by each look: so many parts of its age go by. */
const AGE_PARTS = 6;
const AT_LEAST_EVERY_MINUTES = 60;

type Looked = Pick<Restore, 'state' | 'request' | 'terms' | 'askedAnew' | 'agreementLook' | 'drift'>;

/** When everything was seen last to be as the plan of this round says; undefined: not in this round. */
export function lastAgreementLook(restore: Pick<Restore, 'askedAnew' | 'agreementLook'>): Instant | undefined {
  return restore.agreementLook?.round === roundOf(restore) ? restore.agreementLook.at : undefined;
}

/** When it was looked last, whatever was seen. */
function lastLook(restore: Pick<Restore, 'askedAnew' | 'agreementLook' | 'drift'>): Instant | undefined {
  return [lastAgreementLook(restore), driftOf(restore)?.at]
    .flatMap((at) => at ?? [])
    .sort()
    .at(-1);
}

/**
 * When it is to be seen next whether all is as planned: some time after people were asked, at the first vote, and again and again;
 * and when a start is possible again that the calendar closed; undefined where nobody is asked.
 */
export function agreementLookAt(restore: Looked): Instant | undefined {
  const { state } = restore;
  if (state.status !== 'awaiting-approval') return undefined;
  const [first] = state.votes;
  const last = lastLook(restore);
  if (first && (last === undefined || last < first.at)) return first.at;
  const next = last === undefined ? addMinutes(askedAt(restore), AGREEMENT_LOOK_MINUTES) : nextAfter(restore, last);
  const opensAt = openAgainAt(restore);
  return opensAt !== undefined && opensAt < next ? opensAt : next;
}

/** When a vote would lead to a possible start again, as was seen last or just now; the notice lead comes between the two. */
export function openAgainAt(
  restore: Pick<Looked, 'terms' | 'drift' | 'askedAnew'>,
  closed: ClosedStart | undefined = knownDrift(restore)?.closed,
): Instant | undefined {
  const [next] = closed?.nextPossible ?? [];
  return next === undefined ? undefined : addMinutes(next, -restore.terms.noticeLeadMinutes);
}

/** Whether a start that waits for people is to be looked at at `now`: its agreement has not been since so long. */
export function isAgreementLookDue(restore: Looked, now: Instant): boolean {
  const last = lastAgreementLook(restore);
  return last === undefined || now >= nextAfter(restore, last);
}

function nextAfter(restore: Pick<Restore, 'request' | 'askedAnew'>, last: Instant): Instant {
  const ageMinutes = (Date.parse(last) - Date.parse(askedAt(restore))) / 60_000;
  return addMinutes(last, Math.min(AT_LEAST_EVERY_MINUTES, Math.max(AGREEMENT_LOOK_MINUTES, ageMinutes / AGE_PARTS)));
}

/** All was as people agree to: the next look is due only after a while. Of two workers who looked the first counts. */
export function afterAgreementLook(
  restore: Restore,
  event: Extract<WorkerEvent, { type: 'agreement-looked' }>,
): Outcome {
  const { at } = event;
  const isDue =
    restore.state.status === 'approved'
      ? isAgreementLookDue(restore, at)
      : (agreementLookAt(restore) ?? addMinutes(at, 1)) <= at;
  if (!isDue) return stale();
  if (event.isRulesOnly) {
    return isRulesAlone(knownDrift(restore)) ? noted({ ...restore, ...driftOver(restore, at) }, event) : stale();
  }
  return noted({ ...restore, agreementLook: { round: roundOf(restore), at }, ...driftOver(restore, at) }, event);
}
