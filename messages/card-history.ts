import type { KnownBlock } from '@slack/types';
import type { HistoryEntry, Restore } from '../src/restore/restore.ts';
import { context, mention, quoted } from './slack-text.ts';

const MOST_ENTRIES = 10;
/** Words about on-call schedules are longer than a reason. */
const MOST_ON_CALL = 250;
/** Each look at Aura that saw something new is in the history; on the card they would drown the rest. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  'step-observed',
  'message-settled',
  'running-seen',
  'safety-snapshot-intended',
]);

const EVENT_WORDS: Readonly<Record<string, string>> = {
  requested: 'asked for',
  approved: 'confirmed',
  'vote-taken-back': 'vote taken back',
  looking: 'being read',
  edited: 'plan changed',
  drifted: 'agreement lapsed',
  'request-expired': 'expired',
  'approval-lapsed': 'lapsed',
  'start-judged': 'start judged',
  'preflight-passed': 'preflight passed',
  'baseline-settled': 'data as it was recorded',
  'safety-snapshot-requested': 'safety snapshot asked for',
  'safety-snapshot-completed': 'safety snapshot complete',
  'restore-intended': 'restore call about to be sent, once',
  'start-late': 'starts late',
  'restore-answered': 'Aura took the restore call',
  'restore-accepted': 'Aura accepted the restore',
  'start-seen': 'instance seen to have left running',
  'start-not-seen': 'no start seen',
  'running-lost': 'instance left running again',
  'restore-finished': 'instance seen running again, twice',
  'verification-finished': 'data checked',
  'step-failed': 'failed',
  'stall-noticed': 'stalled',
};

/** A vote that did not decide yet. */
const VOTE_WORDS: Readonly<Record<string, string>> = { approved: 'agreed to', denied: 'no said' };

const ATTEMPT_WORDS: Readonly<Record<string, string>> = {
  'open-approval': 'approval',
  approve: 'approval',
  deny: 'denial',
  'take-back': 'taking a vote back',
  look: 'reading',
  edit: 'change of the plan',
  withdraw: 'withdrawal',
  cancel: 'stop',
  'judge-start': 'judgement',
};

/** The latest of what happened, oldest first, refused attempts included. */
export function historyBlock({ history }: Restore): KnownBlock {
  const entries = history.filter(({ event }) => !LEFT_OUT.has(event));
  const shown = entries.slice(-MOST_ENTRIES).map(entryLine);
  const earlier = entries.length - shown.length;
  return context([`*History*${earlier > 0 ? ` (${earlier} earlier entries not shown)` : ''}`, ...shown].join('\n'));
}

/** `03:04:05 UTC approval refused by @rita: own-request` */
export function entryLine({ at, event, by, facts, entered }: HistoryEntry): string {
  const said = (event === 'drifted' ? facts.why : facts.reason) ?? facts.why ?? facts.words ?? facts.validation;
  const { attempt, onCall } = facts;
  const looks = onCall === undefined ? '' : `; ${quoted(String(onCall), MOST_ON_CALL)}`;
  const what =
    attempt === undefined
      ? ((entered ? undefined : VOTE_WORDS[event]) ?? EVENT_WORDS[event] ?? event)
      : `${ATTEMPT_WORDS[String(attempt)] ?? attempt} refused, tried`;
  return `${at.slice(11, 19)} UTC ${what}${by ? ` by ${mention.person(by)}` : ''}${said === undefined ? '' : `: ${quoted(String(said), 100)}`}${looks}`;
}
