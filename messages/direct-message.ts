import type { DirectKind } from '../src/restore/owed-messages.ts';
import type { Restore } from '../src/restore/restore.ts';
import { escaped, type Message, mention, moment, quoted, section, utc } from './slack-text.ts';
import { CONDITION_WORDS, NEXT_AFTER, STATUS_WORDS, validationOutcome } from './status-words.ts';

/** What one person is told privately about a restore of theirs, with the way to its card. */
export function directMessage(kind: DirectKind, restore: Restore, cardLink: string | undefined): Message {
  const { id, plan } = restore;
  const which = `${id}, restore of ${escaped(plan.instance.alias)} to its snapshot of ${utc(plan.restorePoint.takenAt)}`;
  const text = `${which}: ${words(kind, restore)}`;
  const link = cardLink ? `\n<${cardLink}|Open the card>` : '';
  return { text, blocks: [section(`*${which}*\n${words(kind, restore)}${link}`)] };
}

function words(kind: DirectKind, restore: Restore): string {
  const { state } = restore;
  switch (kind) {
    case 'confirmed':
      return 'approval' in state && state.approval
        ? `confirmed by ${mention.person(state.approval.by)}.${state.status === 'approved' ? ` It starts ${moment(state.startAt)}.` : ''} The card follows every step.`
        : 'confirmed. The card follows every step.';
    case 'denied':
      return state.status === 'denied'
        ? `denied by ${mention.person(state.by)}: ${quoted(state.why, 800)} Nothing was done.`
        : 'denied. Nothing was done.';
    case 'unanswered':
      return 'nobody confirmed it in time, so nothing was done. If it is still needed, ask again and tell an approver directly.';
    case 'judge-start':
      return 'the restore call was sent once and its answer was lost; Aura shows no sign of a restore. Look at the instance in the Aura console, then say on the card whether it ran. The call will not be sent again.';
    case 'ended':
      return endWords(restore);
    default:
      return kind satisfies never;
  }
}

function endWords(restore: Restore): string {
  const { state } = restore;
  switch (state.status) {
    case 'completed':
      return `the restore is complete. Data checks: ${escaped(validationOutcome(restore))}`;
    case 'failed':
      return `it failed. ${quoted(state.why, 500)} ${CONDITION_WORDS[state.condition]} ${NEXT_AFTER[state.reason]}`;
    case 'cancelled':
      return `stopped by ${mention.person(state.by)} before the restore call.`;
    default:
      return STATUS_WORDS[state.status].toLowerCase();
  }
}
