import type { KnownBlock } from '@slack/types';
import { phaseDurations } from '../src/restore/history.ts';
import { unreachedChannels } from '../src/restore/owed-messages.ts';
import type { CheckResult, CheckStatus, Instant, Restore } from '../src/restore/restore.ts';
import { agreedBy } from './agreement.ts';
import { checklist } from './card-progress.ts';
import { downtimeWords } from './loss-words.ts';
import { context, elapsed, escaped, mention, moment, quoted, section } from './slack-text.ts';
import { CONDITION_WORDS, NEXT_AFTER, restoreOutcome, STATUS_WORDS, validationOutcome } from './status-words.ts';

/** Within this of a deadline the bot was there. */
const SEEN_AT_ONCE_MS = 60_000;

/** How a restore came out: what happened, what the instance is like now, what to do, and how to go back. */
export function endBlocks(restore: Restore): KnownBlock[] {
  const { state } = restore;
  const intentExists = 'intent' in state && state.intent !== undefined;
  return [
    section(whatHappened(restore).join('\n')),
    ...(intentExists ? [section(outcomeLines(restore).join('\n'))] : []),
    ...checkBlocks(restore),
    ...wayBack(restore),
    ...(intentExists ? [context(phaseLine(restore))] : []),
    ...('approval' in state && state.approval ? [context(checklist(restore).join('\n'))] : []),
  ];
}

function whatHappened(restore: Restore): string[] {
  const { state, plan } = restore;
  const point = moment(plan.restorePoint.takenAt);
  switch (state.status) {
    case 'completed':
      return [`*Restored to ${point}.* Everything written after that is gone. Finished ${moment(state.at)}.`];
    case 'failed':
      return [
        `*The restore to ${point} did not complete.* ${quoted(state.why, 800)}`,
        `*The instance:* ${CONDITION_WORDS[state.condition]}`,
        `*What to do:* ${NEXT_AFTER[state.reason]}`,
      ];
    case 'denied':
      return [
        `*Denied* by ${mention.person(state.by)}: ${quoted(state.why, 800)}`,
        `Nothing was done. The restore point would have been ${point}.`,
      ];
    case 'withdrawn':
      return [
        `*Withdrawn* by ${mention.person(state.by)}. Nothing was done. The restore point would have been ${point}.`,
      ];
    case 'cancelled':
      return [
        `*Stopped* by ${mention.person(state.by)} before the restore call. The instance was not rolled back to ${point}.`,
      ];
    case 'expired':
      return [
        `*Expired.* Nobody confirmed the restore to ${point} ${untilWords(state.expiresAt)}, and no answer is a no. Nothing was done. Ask again if it is still needed.${seenLate(state.expiresAt, state.at)}`,
      ];
    case 'lapsed':
      return [
        `*Lapsed.* The restore to ${point} was confirmed by ${agreedBy(state.approval.votes)} but could not start ${untilWords(state.lapsesAt)}. Nothing was done. Ask again if it is still needed.${seenLate(state.lapsesAt, state.at)}`,
      ];
    default:
      return [STATUS_WORDS[state.status]];
  }
}

function untilWords(deadline: Instant | undefined): string {
  return deadline ? `until ${moment(deadline)}` : 'in time';
}

/** A bot that was away at a deadline says when it came to see it. */
function seenLate(deadline: Instant | undefined, at: Instant): string {
  const isLate = deadline !== undefined && Date.parse(at) - Date.parse(deadline) > SEEN_AT_ONCE_MS;
  return isLate ? ` The bot was away then, and saw it ${moment(at)}.` : '';
}

function outcomeLines(restore: Restore): string[] {
  const { state } = restore;
  const requestId = 'intent' in state ? state.intent?.requestId : undefined;
  return [
    `*Restore:* ${restoreOutcome(state)}`,
    `*Data checks:* ${escaped(validationOutcome(restore))}`,
    ...unreachedChannels(restore).map(
      ({ channel, why }) => `*Not told:* ${mention.channel(channel)} (${quoted(why, 100)})`,
    ),
    ...(requestId ? [`*Aura request id:* \`${escaped(requestId)}\``] : []),
  ];
}

const MOST_CHECKS = 15;
const CHECK_MARKS: Readonly<Record<CheckStatus, string>> = {
  pass: '✓ passed',
  warn: '⚠ warning',
  fail: '✗ FAILED',
  error: '✗ could not run',
  'timed-out': '✗ timed out',
  'not-run': '– not run',
};
const WORST_FIRST: readonly CheckStatus[] = ['fail', 'error', 'timed-out', 'warn', 'not-run', 'pass'];

function checkBlocks({ validation }: Restore): KnownBlock[] {
  if (!('results' in validation) || validation.results.length === 0) return [];
  const sorted = [...validation.results].sort(
    (one, other) => WORST_FIRST.indexOf(one.status) - WORST_FIRST.indexOf(other.status),
  );
  const rest = sorted.length - MOST_CHECKS;
  const lines = sorted.slice(0, MOST_CHECKS).map(checkLine);
  return [section([...lines, ...(rest > 0 ? [`and ${rest} more`] : [])].join('\n'))];
}

function checkLine({ name, status, words, owner }: CheckResult): string {
  return `${CHECK_MARKS[status]}: *${quoted(name, 60)}* ${quoted(words, 120)}${owner ? ` (owner: ${quoted(owner, 40)})` : ''}`;
}

function wayBack({ state, plan }: Restore): KnownBlock[] {
  const safety = 'safetySnapshot' in state ? state.safetySnapshot : undefined;
  if (!safety) return [];
  const evidence = plan.keepsEvidence
    ? ' It is evidence of the state before: export it in the Aura console before it expires.'
    : '';
  return [
    section(
      `*The way back:* safety snapshot \`${escaped(safety.snapshotId)}\`, complete since ${moment(safety.completedAt)}. To go back, use \`/restore ${escaped(plan.instance.alias)}\` and choose it; a second person must confirm again.${evidence}`,
    ),
  ];
}

const PHASE_WORDS: Readonly<Record<string, string>> = {
  'awaiting-approval': 'waiting for a second person',
  approved: 'waiting for the start',
  'taking-baseline': 'recording the data',
  'requesting-safety-snapshot': 'asking for the safety snapshot',
  'awaiting-safety-snapshot': 'safety snapshot',
  'ready-to-restore': 'last look',
  'restore-sent': 'waiting for the answer',
  'start-unclear': 'waiting for a judgement',
  restoring: 'restore',
  verifying: 'checks',
};

function phaseLine(restore: Restore): string {
  const phases = phaseDurations(restore)
    .filter(({ durationMs }) => durationMs !== undefined)
    .map(({ status, durationMs }) => `${PHASE_WORDS[status] ?? status} ${elapsed(durationMs ?? 0)}`);
  return `Time taken: ${phases.join(' · ')}. Expected downtime was ${downtimeWords(restore.terms)}.`;
}
