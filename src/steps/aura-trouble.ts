import { AuraAnswerError, AuraBudgetError, AuraRefusedError, AuraUnreachableError } from '../aura/errors.ts';
import type { FailureReason, InstanceCondition } from '../restore/failure.ts';
import type { Step } from '../restore/state.ts';
import { giveUp, lookAgain, type StepOutcome } from './step.ts';

/** How long after Aura did not answer to look again. The client has retried before it gave up. */
const AFTER_TROUBLE_MS = 5_000;

/**
 * What a failed *read* of Aura means for a step that has not destroyed anything yet: a definite no ends the restore
 * with the instance unchanged, everything else is looked at again. Rethrows what is not Aura's.
 */
export function readingFailed(error: unknown, step: Step): StepOutcome {
  if (error instanceof AuraRefusedError) {
    const reason = reasonOf(error);
    if (reason) {
      return giveUp({
        step,
        reason,
        why: error.forPeople,
        condition: 'unchanged',
        ...(error.requestId ? { requestId: error.requestId } : {}),
      });
    }
  }
  return keepLooking(error);
}

/** For a step that watches something already begun: no trouble with Aura ends it, it only delays what is known. */
export function keepLooking(error: unknown): StepOutcome {
  if (!isAuraTrouble(error)) throw error;
  if (error instanceof AuraBudgetError && error.afterMs !== undefined)
    return { kind: 'not-yet', afterMs: error.afterMs };
  const isUnanswered = error instanceof AuraUnreachableError || error instanceof AuraAnswerError;
  return {
    ...lookAgain(AFTER_TROUBLE_MS, `${error.forPeople} Still trying.`),
    ...(isUnanswered ? { isUnanswered } : {}),
  };
}

/** Instance gone while it was watched: somebody deleted it. */
export function isInstanceGone(error: unknown): boolean {
  return error instanceof AuraRefusedError && error.meaning === 'not-found-instance';
}

export function instanceDeleted(
  step: Step,
  condition: InstanceCondition,
  which: 'instance' | 'new instance' = 'instance',
): StepOutcome {
  return giveUp({
    step,
    reason: 'instance-deleted',
    why: `Aura no longer knows the ${which}: somebody deleted it.`,
    condition,
  });
}

type AuraTrouble = AuraRefusedError | AuraUnreachableError | AuraAnswerError | AuraBudgetError;

export function isAuraTrouble(error: unknown): error is AuraTrouble {
  return (
    error instanceof AuraRefusedError ||
    error instanceof AuraUnreachableError ||
    error instanceof AuraAnswerError ||
    error instanceof AuraBudgetError
  );
}

function reasonOf(error: AuraRefusedError): FailureReason | undefined {
  switch (error.meaning) {
    case 'not-found-instance':
      return 'instance-not-found';
    case 'not-found-snapshot':
      return 'snapshot-not-found';
    case 'credentials':
    case 'permission':
      return 'aura-credentials';
    case 'busy-retry-later':
    case 'rate-limited':
      return undefined;
    default:
      return 'aura-refused';
  }
}
