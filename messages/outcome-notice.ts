import { plannedKey } from '../src/restore/message-key.ts';
import type { InstanceCondition, Restore } from '../src/restore/restore.ts';
import { instanceContext, type Notice, noticeOf } from './notice.ts';
import { REASONS } from './reasons.ts';
import { moment, quoted } from './slack-text.ts';

/**
 * How a restore that stakeholders were told of came out. A completed one uses the operations guide's template; one that
 * did not happen has a notice of its own, in the same form, that says what became of the data. A channel that could not be
 * told of the start, when it is named, is told here what it was.
 */
export function outcomeNotice(restore: Restore, channel?: string): Notice {
  const { state, plan, terms } = restore;
  const unannounced = channel === undefined ? [] : unannouncedWords(restore, channel);
  const closing = [...unannounced, `Please verify your data and report any issues to ${terms.contact}`];
  const about = instanceContext(restore);
  if (state.status === 'completed') {
    return noticeOf(
      'MAINTENANCE COMPLETE: Database Restore Finished',
      {
        'Completion Time': moment(state.at),
        Status: serviceStatus(restore),
        'Data State': `Restored to ${moment(plan.restorePoint.takenAt)}`,
        'Action Required': terms.actionRequired,
      },
      closing,
      { contact: terms.contact },
      about,
    );
  }
  const condition = state.status === 'failed' ? state.condition : 'unchanged';
  return noticeOf(
    'MAINTENANCE ENDED: Database Restore Not Completed',
    {
      'End Time': moment(restore.since),
      Status: endWords(restore),
      'Data State': DATA_STATE[condition],
      'Action Required':
        condition === 'unchanged' ? 'None because of this maintenance' : `Wait for word from ${terms.contact}`,
    },
    [...unannounced, `Please contact ${terms.contact} with concerns`],
    { contact: terms.contact },
    about,
  );
}

function unannouncedWords({ state, plan, request, deliveries }: Restore, channel: string): readonly string[] {
  if (deliveries[plannedKey(channel)]?.status === 'posted') return [];
  const begunAt = 'intent' in state ? state.intent?.at : undefined;
  return [
    `The notice before this maintenance could not be posted here in time. It was a restore of the database to its state of ${moment(plan.restorePoint.takenAt)}${begunAt ? `, begun ${moment(begunAt)}` : ''}.`,
    `Reason: ${REASONS[request.reason.kind].label}. ${quoted(request.reason.text, 300)}`,
  ];
}

const DATA_STATE: Readonly<Record<InstanceCondition, string>> = {
  unchanged: 'Unchanged: nothing was rolled back',
  restored: 'Rolled back',
  unknown: 'Not known yet: the team is finding out',
  broken: 'The database is not available: the team is working on it',
};

function serviceStatus({ validation }: Restore): string {
  if (validation.status === 'failed' || validation.status === 'error') {
    const bad = validation.results.filter(({ status }) => status !== 'pass' && status !== 'warn').length;
    return `Service restored, but ${bad} of ${validation.results.length} data checks did not pass; the team is looking into it`;
  }
  return validation.status === 'not-run'
    ? 'Service restored; the data was not checked automatically'
    : 'Service restored';
}

function endWords({ state }: Restore): string {
  switch (state.status) {
    case 'cancelled':
      return 'Cancelled before the restore began';
    case 'lapsed':
      return 'Not started in time; the maintenance is off';
    case 'failed':
      return `The restore did not complete: ${quoted(state.why, 300)}`;
    default:
      return 'The maintenance is off';
  }
}
