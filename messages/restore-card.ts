import type { ActionsBlock, Button, KnownBlock } from '@slack/types';
import { isUnderWay } from '../src/restore/due-step.ts';
import { dataLossMinutes } from '../src/restore/loss.ts';
import { hasEnded, type Instant, type Restore } from '../src/restore/restore.ts';
import { ACTION } from './action-ids.ts';
import { stillMissing } from './agreement.ts';
import { endBlocks } from './card-end.ts';
import { historyBlock } from './card-history.ts';
import { progressBlocks } from './card-progress.ts';
import { requestBlocks } from './card-request.ts';
import { LIMIT } from './slack-limits.ts';
import { context, duration, environmentLabel, escaped, header, type Message, mention, utc } from './slack-text.ts';
import { STATUS_WORDS } from './status-words.ts';

/**
 * The one message that follows a restore, drawn from its record as of `now`, for posting and for every edit. Every
 * button it shows is one the rules accept in this state.
 */
export function restoreCard(restore: Restore, now: Instant): Message {
  const { id, plan, state, request } = restore;
  const { alias, environment, name } = plan.instance;
  const blocks: KnownBlock[] = [
    header(`${id} · ${alias} · ${environmentLabel(environment)}`),
    context(
      `Restore of ${escaped(name)} (${escaped(plan.instance.auraId)}), asked for by ${mention.person(request.requestedBy)}`,
    ),
  ];
  if (state.status === 'awaiting-approval') blocks.push(...requestBlocks(restore, now));
  else if (isUnderWay(state.status)) blocks.push(...progressBlocks(restore, now));
  else blocks.push(...endBlocks(restore));
  const buttons = buttonsFor(restore);
  if (buttons) blocks.push(buttons);
  blocks.push(historyBlock(restore));
  return { text: cardText(restore, now), blocks: blocks.slice(0, LIMIT.blocks) };
}

/** The card in one plain sentence or two, for notifications and screen readers. */
export function cardText(restore: Restore, now: Instant): string {
  const { id, plan, state, request } = restore;
  const what = `${id}: restore of ${escaped(plan.instance.alias)} (${plan.instance.environment}) to its snapshot of ${utc(plan.restorePoint.takenAt)}`;
  const loss = duration(dataLossMinutes(plan.restorePoint.takenAt, now));
  switch (state.status) {
    case 'awaiting-approval':
      return `${what}, asked for by ${mention.person(request.requestedBy)}. ${askedFor(restore)} It would lose ${loss} of data.`;
    case 'failed':
      return `${what} failed: ${escaped(state.why.slice(0, 300))}`;
    case 'completed':
      return `${what} is complete. Checks: ${restore.validation.status}.`;
    default:
      return `${what}. ${STATUS_WORDS[state.status]}.`;
  }
}

function askedFor(restore: Restore): string {
  const missing = stillMissing(restore);
  return missing ? `Still missing: ${missing}.` : 'A second person must confirm.';
}

function buttonsFor({ id, state }: Restore): ActionsBlock | undefined {
  if (hasEnded(state.status)) return undefined;
  switch (state.status) {
    case 'awaiting-approval':
      return actions(
        button(ACTION.approve, 'Approve…', id, 'danger'),
        button(ACTION.deny, 'Deny…', id),
        button(ACTION.look, 'I am looking', id),
        ...(state.votes.length > 0 ? [button(ACTION.takeBack, 'Take my vote back', id)] : []),
        button(ACTION.edit, 'Edit…', id),
        button(ACTION.withdraw, 'Withdraw', id),
      );
    case 'approved':
    case 'taking-baseline':
    case 'requesting-safety-snapshot':
    case 'awaiting-safety-snapshot':
    case 'ready-to-restore':
      return actions(button(ACTION.cancel, 'Stop before the restore', id));
    case 'start-unclear':
      return actions(
        button(ACTION.judgeRan, 'It ran: check the data', id),
        button(ACTION.judgeDidNotRun, 'It did not run: close', id),
      );
    default:
      return undefined;
  }
}

function actions(...elements: Button[]): ActionsBlock {
  return { type: 'actions', block_id: 'rb_card_actions', elements };
}

function button(actionId: string, label: string, id: string, style?: 'danger'): Button {
  return {
    type: 'button',
    action_id: actionId,
    text: { type: 'plain_text', text: label },
    value: id,
    ...(style ? { style } : {}),
  };
}
