import type { FailureReason, InstanceCondition } from '../../../src/restore/failure.ts';
import type { Status } from '../../../src/restore/state.ts';

/** What each status is called where people read. */
const names: Readonly<Record<Status, string>> = {
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
  rehearsed: 'Dry run complete, nothing changed',
  failed: 'Failed',
  denied: 'Denied',
  withdrawn: 'Withdrawn',
  cancelled: 'Cancelled',
  expired: 'Expired: not decided in time',
  lapsed: 'Lapsed: confirmed, but not started in time',
};

const conditions: Readonly<Record<InstanceCondition, string>> = {
  unchanged: 'The instance is unchanged: no restore call changed anything.',
  restored: 'The instance was restored.',
  unknown: 'It is not known in what state the instance is. Look at it in the Aura console.',
  broken: 'The instance is not usable as it is. Look at it in the Aura console.',
};

/** What to do after each way of failing. */
const nextAfter: Readonly<Record<FailureReason, string>> = {
  'instance-not-found': "Check the instance's Aura id in the bot's configuration, then ask again.",
  'instance-not-running': 'Resume or repair the instance in the Aura console, then ask again.',
  'restored-elsewhere': 'Look at what the database holds now, then ask again if the restore is still needed.',
  'rules-tightened': 'Ask again: the form shows what the tighter rules allow, and whom they ask to agree.',
  'instance-changed': 'Ask again: the new request shows the instance as it is now.',
  'snapshot-not-found': 'Ask again and choose another restore point; this one is past its retention.',
  'snapshot-not-usable': 'Ask again and choose another restore point.',
  'not-as-agreed':
    "Ask the bot's operator who changed the record in Redis, then ask again if the restore is still needed.",
  'loss-grew': 'Ask again: a second person must agree to the data loss as it is now.',
  'outside-window': 'Ask again with a start inside the window.',
  'too-late': 'Ask again if it is still needed: a second person must confirm anew.',
  'aura-refused': "Ask the bot's operator to look at the log with the request id on the card.",
  'aura-credentials': "Ask the bot's operator to renew its Aura API credentials.",
  'safety-snapshot-failed':
    'Without a way back nothing is restored. Take a snapshot in the Aura console to see why it fails, then ask again.',
  'restore-refused': 'Look at the reason, then ask again. The bot never repeats a restore call by itself.',
  'restore-failed':
    'Open the instance in the Aura console and restore the safety snapshot named on the card, or ask Neo4j support with the request id.',
  'file-not-usable': 'Look at the file, then ask again with the right one.',
  'instance-deleted': 'Find out in the Aura console who deleted the instance. Its snapshots may be gone with it.',
  'did-not-run': 'Ask again if the restore is still needed.',
  'step-gave-up': "Ask the bot's operator to look at the log.",
};

/** The way from confirmation to the end. */
const phases = {
  confirmed: 'Confirmed',
  baseline: 'Baseline',
  safetySnapshot: 'Safety snapshot',
  restore: 'Restore',
  checks: 'Checks',
  done: 'Done',
};

export const status = {
  names,
  conditions,
  nextAfter,
  phases,
  step: (facts: { number: number; of: number }) => `(step ${facts.number} of ${facts.of})`,
  /** The same as the names of the statuses, in the middle of a sentence. */
  inSentence: (name: string) => name.toLowerCase(),
  completed: 'completed',
  failedBecause: (reason: string) => `failed (\`${reason}\`)`,
  /** What became of the data checks, without and with what was found. */
  checks: {
    'not-started': 'not started',
    running: 'running',
    passed: 'passed',
    warned: 'passed with warnings',
    failed: 'FAILED',
    error: 'could not be completed',
    'not-run': 'not run',
  },
};
