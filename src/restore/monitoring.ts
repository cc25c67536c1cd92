import { noted, type Outcome, stale } from './change.ts';
import type { WorkerEvent } from './event.ts';
import { addMinutes } from './instant.ts';
import type { MonitoringCall } from './monitoring-call.ts';
import type { Instant } from './names.ts';
import type { Restore } from './restore.ts';
import type { Status } from './state.ts';

/** How long a restore waits for monitoring that does not answer. Alerts that nobody silenced cost less than a late restore. */
const SILENCE_WITHIN_SECONDS = 30;
/** How long it is tried to end a silence before that is left to people. */
const RESUME_WITHIN_MINUTES = 24 * 60;
/** When a call for silence that nobody answered has arrived, or is given up by its caller with time to spare. */
const SILENCE_ARRIVES_WITHIN_SECONDS = 20;

/** From just before the restore call until the data was checked. */
const MAY_BE_SILENT: ReadonlySet<Status> = new Set([
  'ready-to-restore',
  'restore-sent',
  'start-unclear',
  'restoring',
  'verifying',
]);

/** A person may think for days about a file that nobody saw loaded: the database has most likely been running all along. */
function isSilent({ plan, state }: Restore): boolean {
  if (plan.method === 'backup-file' && state.status === 'start-unclear') return false;
  return MAY_BE_SILENT.has(state.status);
}

/** What is to be done about monitoring before the restore call is sent, where there is monitoring to silence. */
export function silenceStep(restore: Restore, now: Instant): 'begin' | 'repeat' | 'give-up' | 'none' {
  const { monitoring, plan } = restore;
  if (plan.method === 'new-instance') return 'none';
  if (monitoring?.act !== 'silence') return 'begin';
  if (monitoring.answer) return 'none';
  return now < addMinutes(monitoring.calledAt, SILENCE_WITHIN_SECONDS / 60) ? 'repeat' : 'give-up';
}

/**
 * True when a silence that may have begun, or may begin yet, was not ended, although the restore is over or was put off, or nobody
 * saw its file loaded.
 */
export function owesResume(restore: Restore): boolean {
  const { monitoring } = restore;
  if (!monitoring || isSilent(restore)) return false;
  return monitoring.act === 'silence' || monitoring.answer === undefined || hasToResumeAgain(monitoring);
}

/** What is to be done at `now` to end a silence: `wait` while a call for silence that was overtaken may be on its way. */
export function resumeStep(restore: Restore, now: Instant): 'begin' | 'repeat' | 'wait' | 'none' {
  const { monitoring } = restore;
  if (!monitoring || !owesResume(restore)) return 'none';
  if (monitoring.act === 'silence') return 'begin';
  if (!monitoring.answer) return 'repeat';
  return now < addMinutes(monitoring.calledAt, SILENCE_ARRIVES_WITHIN_SECONDS / 60) ? 'wait' : 'begin';
}

/** A call that was given up may have been sent a moment before. */
function mayBeOnItsWay({ answer }: MonitoringCall, now: Instant): boolean {
  if (!answer) return true;
  return answer.kind === 'given-up' && now < addMinutes(answer.at, SILENCE_ARRIVES_WITHIN_SECONDS / 60);
}

function hasToResumeAgain({ answer, silenceMayFollow }: MonitoringCall): boolean {
  return answer?.kind === 'done' && silenceMayFollow === true;
}

/** True when it was tried so long that people must do it. */
export function resumeIsHopeless({ monitoring }: Restore, now: Instant): boolean {
  return monitoring?.act === 'resume' && now >= addMinutes(monitoring.calledAt, RESUME_WITHIN_MINUTES);
}

/** A call is about to be made. */
export function afterMonitoringCalled(
  restore: Restore,
  event: Extract<WorkerEvent, { type: 'monitoring-called' }>,
): Outcome {
  const { monitoring, state } = restore;
  const { act, at } = event;
  const fits =
    act === 'silence'
      ? state.status === 'ready-to-restore' && silenceStep(restore, at) === 'begin'
      : resumeStep(restore, at) === 'begin';
  if (!fits) return stale();
  const reference = act === 'resume' && monitoring?.reference ? { reference: monitoring.reference } : {};
  const overtakes = act === 'resume' && monitoring?.act === 'silence' && mayBeOnItsWay(monitoring, at);
  const call = { act, calledAt: at, ...reference, ...(overtakes ? { silenceMayFollow: true as const } : {}) };
  return noted({ ...restore, monitoring: call }, event);
}

/**
 * A call was answered, or given up. A silence that is answered after its end was asked for began after it, for all one knows:
 * its end is owed again.
 */
export function afterMonitoringAnswered(
  restore: Restore,
  event: Extract<WorkerEvent, { type: 'monitoring-answered' }>,
): Outcome {
  const { monitoring } = restore;
  const { act, calledAt, answer, at } = event;
  const isOvertaken = act === 'silence' && monitoring?.act === 'resume' && !isSilent(restore);
  if (!isOvertaken && (monitoring?.calledAt !== calledAt || monitoring.act !== act || monitoring.answer))
    return stale();
  const answered =
    answer.kind === 'done'
      ? { answer: { kind: answer.kind, at }, ...(answer.reference ? { reference: answer.reference } : {}) }
      : { answer: { ...answer, at } };
  const { reference } = monitoring;
  const call = isOvertaken ? { act, calledAt, ...(reference ? { reference } : {}) } : monitoring;
  return noted({ ...restore, monitoring: { ...call, ...answered } }, event);
}
