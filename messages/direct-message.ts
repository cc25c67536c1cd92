import { dataLossMinutes } from '../src/restore/loss.ts';
import { CARD_KEY, type DirectKind } from '../src/restore/owed-messages.ts';
import type { Restore } from '../src/restore/restore.ts';
import { agreedBy } from './agreement.ts';
import { latenessWords } from './late-notice.ts';
import { askedAnewWords } from './plan-change.ts';
import { LIMIT } from './slack-limits.ts';
import { duration, escaped, fitted, type Message, mention, moment, quoted, section, utc } from './slack-text.ts';
import { CONDITION_WORDS, NEXT_AFTER, STATUS_WORDS, validationOutcome } from './status-words.ts';

/** What one person is told privately about a restore of theirs, with the way to its card. */
export function directMessage(kind: DirectKind, restore: Restore, cardLink: string | undefined, round = 1): Message {
  const { id, plan } = restore;
  const which = `${id}, restore of ${escaped(plan.instance.alias)} to its snapshot of ${utc(plan.restorePoint.takenAt)}`;
  const said = words(kind, restore, round);
  const text = fitted(`${which}: ${said}`, LIMIT.text);
  const link = cardLink ? `\n<${cardLink}|Open the card>` : '';
  return { text, blocks: [section(`*${which}*\n${said}${link}`)] };
}

function words(kind: DirectKind, restore: Restore, round: number): string {
  const { state } = restore;
  switch (kind) {
    case 'asked-anew':
      return askedAnewWords(restore, round);
    case 'confirmed':
      return 'approval' in state && state.approval
        ? `confirmed by ${agreedBy(state.approval.votes)}.${state.status === 'approved' ? ` It starts ${moment(state.startAt)}.` : ''} The card follows every step.`
        : 'confirmed. The card follows every step.';
    case 'denied':
      return state.status === 'denied'
        ? `denied by ${mention.person(state.by)}: ${quoted(state.why, 800)} Nothing was done.`
        : 'denied. Nothing was done.';
    case 'unanswered':
      return `nobody confirmed it${untilWords(state)}, so nothing was done. If it is still needed, ask again and tell an approver directly.`;
    case 'starting-late':
      return lateWords(restore);
    case 'no-card':
      return noCardWords(restore);
    case 'judge-start':
      return 'the restore call was sent once and its answer was lost; Aura shows no sign of a restore. Look at the instance in the Aura console, then say on the card whether it ran. The call will not be sent again.';
    case 'ended':
      return endWords(restore);
    default:
      return kind satisfies never;
  }
}

function untilWords(state: Restore['state']): string {
  return state.status === 'expired' && state.expiresAt ? ` until ${moment(state.expiresAt)}` : ' in time';
}

function lateWords({ lateStart, plan }: Restore): string {
  if (!lateStart) return 'it starts late.';
  return `it starts late, ${latenessWords(lateStart)} after its planned start ${moment(lateStart.plannedAt)}. ${quoted(lateStart.why, 300)} Everything was checked again: it would lose ${duration(dataLossMinutes(plan.restorePoint.takenAt, lateStart.at))} of data. It starts now; the card can still stop it.`;
}

function noCardWords({ id, terms, deliveries }: Restore): string {
  const card = deliveries[CARD_KEY];
  const why = card?.status === 'undeliverable' ? ` (${quoted(card.why, 100)})` : '';
  return `its card could not be posted in ${mention.channel(terms.approvalsChannel)}${why}, so nobody sees it there. Ask the bot's operator to invite the bot to that channel, or to correct it; the card then appears by itself. \`/restore status ${id}\` shows where it stands.`;
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
    case 'lapsed':
      return `it was confirmed but could not start${state.lapsesAt ? ` until ${moment(state.lapsesAt)}` : ' in time'}, so nothing was done. Ask again if it is still needed.`;
    default:
      return STATUS_WORDS[state.status].toLowerCase();
  }
}
