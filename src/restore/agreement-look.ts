import { noted, type Outcome, stale } from './change.ts';
import type { WorkerEvent } from './event.ts';
import { addMinutes } from './instant.ts';
import type { Instant } from './names.ts';
import type { Restore } from './restore.ts';
import { askedAt, roundOf } from './round.ts';

/** How long what people agree to may go without a look at the instance and the snapshot, while they vote and while a start is waited for. */
export const AGREEMENT_LOOK_MINUTES = 15;

/** The older a request, the less often it is looked at, for the history grows by each look: so many parts of its age go by. */
const AGE_PARTS = 6;
const AT_LEAST_EVERY_MINUTES = 60;

type Looked = Pick<Restore, 'state' | 'request' | 'askedAnew' | 'agreementLook'>;

/** When everything was seen last to be as the votes of this round say; undefined: not in this round. */
export function lastAgreementLook(restore: Pick<Restore, 'askedAnew' | 'agreementLook'>): Instant | undefined {
  return restore.agreementLook?.round === roundOf(restore) ? restore.agreementLook.at : undefined;
}

/** When it is to be seen next whether all is as the votes so far say: at the first one, then again and again; undefined without votes. */
export function agreementLookAt(restore: Looked): Instant | undefined {
  const { state } = restore;
  const first = state.status === 'awaiting-approval' ? state.votes[0] : undefined;
  if (!first) return undefined;
  const last = lastAgreementLook(restore);
  return last === undefined ? first.at : nextAfter(restore, last);
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
  const { status } = restore.state;
  const isWaiting = status === 'approved' || agreementLookAt(restore) !== undefined;
  if (!isWaiting || !isAgreementLookDue(restore, event.at)) return stale();
  return noted({ ...restore, agreementLook: { round: roundOf(restore), at: event.at } }, event);
}
