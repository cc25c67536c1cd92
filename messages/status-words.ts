import type { FailureReason, InstanceCondition, Restore, RestoreState, Status } from '../src/restore/restore.ts';

/** What each status is called where people read. */
export const STATUS_WORDS: Readonly<Record<Status, string>> = {
  'awaiting-approval': 'Waiting for a second person',
  approved: 'Confirmed, waiting to start',
  'taking-baseline': 'Recording the data as it is now',
  'requesting-safety-snapshot': 'Asking Aura for the safety snapshot',
  'awaiting-safety-snapshot': 'Aura is taking the safety snapshot',
  'ready-to-restore': 'Last look before the restore',
  'restore-sent': 'Restore call sent, waiting for its answer',
  'start-unclear': 'A person must say whether the restore ran',
  restoring: 'Aura is restoring the instance',
  verifying: 'Restored, checking the data',
  completed: 'Restored',
  failed: 'Failed',
  denied: 'Denied',
  withdrawn: 'Withdrawn',
  cancelled: 'Cancelled',
  expired: 'Expired: nobody decided in time',
  lapsed: 'Lapsed: confirmed, but not started in time',
};

/** The way from confirmation to the end, in the order people follow it. */
const PHASES: readonly { readonly label: string; readonly statuses: readonly Status[] }[] = [
  { label: 'Confirmed', statuses: ['approved'] },
  { label: 'Baseline', statuses: ['taking-baseline'] },
  { label: 'Safety snapshot', statuses: ['requesting-safety-snapshot', 'awaiting-safety-snapshot'] },
  { label: 'Restore', statuses: ['ready-to-restore', 'restore-sent', 'start-unclear', 'restoring'] },
  { label: 'Checks', statuses: ['verifying'] },
  { label: 'Done', statuses: ['completed'] },
];

/** `✓ Confirmed · ✓ Baseline · ▶ Safety snapshot · Restore · Checks · Done (step 3 of 6)` */
export function progressLine(status: Status): string | undefined {
  const current = PHASES.findIndex(({ statuses }) => statuses.includes(status));
  if (current < 0) return undefined;
  const line = PHASES.map(({ label }, index) => {
    if (index < current || status === 'completed') return `✓ ${label}`;
    return index === current ? `▶ *${label}*` : label;
  });
  return `${line.join(' · ')}  (step ${current + 1} of ${PHASES.length})`;
}

export const CONDITION_WORDS: Readonly<Record<InstanceCondition, string>> = {
  unchanged: 'The instance is unchanged: no restore call changed anything.',
  restored: 'The instance was restored.',
  unknown: 'It is not known in what state the instance is. Look at it in the Aura console.',
  broken: 'The instance is not usable as it is. Look at it in the Aura console.',
};

/** What to do after each way of failing. */
export const NEXT_AFTER: Readonly<Record<FailureReason, string>> = {
  'instance-not-found': "Check the instance's Aura id in the bot's configuration, then ask again.",
  'instance-not-running': 'Resume or repair the instance in the Aura console, then ask again.',
  'instance-changed': 'Ask again: the new request shows the instance as it is now.',
  'snapshot-not-found': 'Ask again and choose another restore point; this one is past its retention.',
  'snapshot-not-usable': 'Ask again and choose another restore point.',
  'loss-grew': 'Ask again: a second person must agree to the data loss as it is now.',
  'outside-window': 'Ask again with a start inside the window.',
  'too-late': 'Ask again if it is still needed: a second person must confirm anew.',
  'aura-refused': "Ask the bot's operator to look at the log with the request id below.",
  'aura-credentials': "Ask the bot's operator to renew its Aura API credentials.",
  'safety-snapshot-failed':
    'Without a way back nothing is restored. Take a snapshot in the Aura console to see why it fails, then ask again.',
  'restore-refused': 'Look at the reason above, then ask again. The bot never repeats a restore call by itself.',
  'restore-failed':
    'Open the instance in the Aura console and restore the safety snapshot named below, or ask Neo4j support with the request id.',
  'instance-deleted': 'Find out in the Aura console who deleted the instance. Its snapshots may be gone with it.',
  'did-not-run': 'Ask again if the restore is still needed.',
  'step-gave-up': "Ask the bot's operator to look at the log.",
};

/** The restore's own status: separate from what the checks said. */
export function restoreOutcome(state: RestoreState): string {
  switch (state.status) {
    case 'completed':
      return 'completed';
    case 'failed':
      return `failed (${state.reason})`;
    default:
      return STATUS_WORDS[state.status].toLowerCase();
  }
}

export function validationOutcome({ validation }: Restore): string {
  switch (validation.status) {
    case 'not-started':
      return 'not started';
    case 'running':
      return 'running';
    case 'passed':
      return `passed. ${validation.words}`;
    case 'warned':
      return `passed with warnings. ${validation.words}`;
    case 'failed':
      return `FAILED. ${validation.words}`;
    case 'error':
      return `could not be completed. ${validation.words}`;
    case 'not-run':
      return `not run. ${validation.words}`;
    default:
      return validation satisfies never;
  }
}
