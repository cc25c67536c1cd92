import { AGREEMENT_LOOK_MINUTES, agreementLookAt } from './agreement-look.ts';
import { peopleLookAt } from './approvability-look.ts';
import { addMinutes } from './instant.ts';
import type { Instant } from './names.ts';
import type { Restore } from './restore.ts';
import type { RestoreState, Step } from './state.ts';

export interface DueStep {
  readonly step: Step;
  readonly at: Instant;
}

/** The run that sent the restore call usually has its answer within this time; only then is there something to watch. */
const ANSWER_ARRIVES_WITHIN_MS = 2_000;

/**
 * The step a worker owes this restore and when, or undefined while only people can move it or it has ended.
 * Derived from the record alone, so that a sweep after any crash finds what is owed.
 */
export function dueStep(restore: Restore): DueStep | undefined {
  const { state, since } = restore;
  switch (state.status) {
    case 'awaiting-approval':
      return dueWhileAsked(restore, state.expiresAt);
    case 'approved':
      return { step: 'preflight', at: firstLookAt(since, state.startAt) };
    case 'taking-baseline':
      return { step: 'take-baseline', at: since };
    case 'requesting-safety-snapshot':
      return { step: 'request-safety-snapshot', at: since };
    case 'awaiting-safety-snapshot':
      return { step: 'watch-safety-snapshot', at: since };
    case 'ready-to-restore':
      return { step: 'send-restore', at: since };
    case 'restore-sent':
      return { step: 'watch-start', at: new Date(Date.parse(since) + ANSWER_ARRIVES_WITHIN_MS).toISOString() };
    case 'start-unclear':
      return { step: 'watch-start', at: since };
    case 'restoring':
      return { step: 'watch-restore', at: since };
    case 'verifying':
      return { step: 'verify', at: since };
    case 'completed':
    case 'rehearsed':
    case 'failed':
    case 'denied':
    case 'withdrawn':
    case 'cancelled':
    case 'expired':
    case 'lapsed':
      return undefined;
    default:
      return state satisfies never;
  }
}

/** The first of what is due while people decide; at the same time the look at what they vote about goes before the reminder. */
function dueWhileAsked(restore: Restore, expiresAt: Instant): DueStep {
  const remindAt = peopleLookAt(restore) ?? expiresAt;
  const lookAt = agreementLookAt(restore) ?? expiresAt;
  const at = remindAt < lookAt ? remindAt : lookAt;
  if (at >= expiresAt) return { step: 'expire-request', at: expiresAt };
  return { step: remindAt < lookAt ? 'remind' : 'look-at-agreement', at };
}

/** True from the moment a person confirmed until the restore ended. */
export function isUnderWay(status: RestoreState['status']): boolean {
  switch (status) {
    case 'approved':
    case 'taking-baseline':
    case 'requesting-safety-snapshot':
    case 'awaiting-safety-snapshot':
    case 'ready-to-restore':
    case 'restore-sent':
    case 'start-unclear':
    case 'restoring':
    case 'verifying':
      return true;
    default:
      return false;
  }
}

/** True while nothing destructive was sent, so that a person may still stop the restore. */
export function canStillBeStopped(status: RestoreState['status']): boolean {
  switch (status) {
    case 'awaiting-approval':
    case 'approved':
    case 'taking-baseline':
    case 'requesting-safety-snapshot':
    case 'awaiting-safety-snapshot':
    case 'ready-to-restore':
      return true;
    default:
      return false;
  }
}

/** A start that is far away is not the first time that anybody looks whether things are still as agreed to. */
function firstLookAt(since: Instant, startAt: Instant): Instant {
  const first = addMinutes(since, AGREEMENT_LOOK_MINUTES);
  return first < startAt ? first : startAt;
}
