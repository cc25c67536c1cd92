import type { ActionsBlock, Button, KnownBlock } from '@slack/types';
import type { StartLimit } from '../src/restore/closing.ts';
import { isUnderWay } from '../src/restore/due-step.ts';
import { cannotBeAgreedTo } from '../src/restore/known-drift.ts';
import { ENGLISH_READER, type Reader } from '../src/restore/language.ts';
import { dataLossMinutes } from '../src/restore/loss.ts';
import type { Instant } from '../src/restore/names.ts';
import { isHeld, unanswered } from '../src/restore/objection.ts';
import type { Restore } from '../src/restore/restore.ts';
import { hasEnded } from '../src/restore/state.ts';
import { undoOffer } from '../src/restore/undo.ts';
import { ACTION } from './action-ids.ts';
import { stillMissing } from './agreement.ts';
import { endBlocks } from './card-end.ts';
import { historyBlock } from './card-history.ts';
import { progressBlocks } from './card-progress.ts';
import { requestBlocks } from './card-request.ts';
import { stakeholderLines } from './card-stakeholders.ts';
import { deedWords, goalSaid, inWay } from './goal-words.ts';
import { failureWords } from './new-instance-words.ts';
import { policyWords } from './policy/policy-words.ts';
import { sections } from './shortened.ts';
import { LIMIT } from './slack-limits.ts';
import { context, duration, environmentLabel, escaped, header, type Message, mention, truncate } from './slack-text.ts';
import { spokenText } from './spoken.ts';
import { statusName } from './status-words.ts';
import { type Words, wordsFor } from './words/words.ts';

/**
 * The one message that follows a restore, drawn from its record as of `now`, for posting and for every edit. Every
 * button it shows is one the rules accept in this state. `closing`: that the calendar closes the start, or when, if it does.
 */
export function restoreCard(
  restore: Restore,
  now: Instant,
  reader: Reader = ENGLISH_READER,
  closing?: StartLimit,
): Message {
  const { id, plan, state, request } = restore;
  const words = wordsFor(reader);
  const { alias, environment, name, auraId } = plan.instance;
  const target = `${escaped(name)} (${escaped(auraId)})`;
  const about = inWay(words.card.about, goalSaid(restore, words, { target }), {
    person: mention.person(request.requestedBy),
  });
  const blocks: KnownBlock[] = [
    header(`${id} · ${alias} · ${environmentLabel(environment, words)}`),
    context(`${about}${policyWords(restore, words)}`),
  ];
  if (state.status === 'awaiting-approval') blocks.push(...requestBlocks(restore, now, words, closing));
  else if (isUnderWay(state.status)) blocks.push(...progressBlocks(restore, now, words, closing));
  else blocks.push(...endBlocks(restore, now, words));
  const stakeholders = stakeholderLines(restore, now, words);
  blocks.push(...sections(stakeholders));
  const buttons = buttonsFor(restore, now, words);
  if (buttons) blocks.push(buttons);
  blocks.push(historyBlock(restore, words));
  const shown = blocks.slice(0, LIMIT.blocks);
  return { text: spokenText(cardText(restore, now, words), shown, words), blocks: shown };
}

/** The card in a sentence or two, for notifications. */
export function cardText(restore: Restore, now: Instant, words: Words): string {
  const { id, plan, state, request } = restore;
  const { card } = words;
  const { alias, environment } = plan.instance;
  const target = `${escaped(alias)} (${card.environments[environment]})`;
  const named = card.what({ id, deed: deedWords(restore, words, target) });
  const what = plan.dryRun ? words.dryRun.which(named) : named;
  switch (state.status) {
    case 'awaiting-approval': {
      return inWay(card.waiting, goalSaid(restore, words), {
        what,
        person: mention.person(request.requestedBy),
        missing: stillMissing(restore, words),
        loss: duration(dataLossMinutes(plan.restorePoint.takenAt, now), words),
      });
    }
    case 'failed':
      return card.failed({
        what,
        why: failureWords({ reason: state.reason, why: escaped(state.why.slice(0, 300)) }, restore, words),
      });
    case 'completed':
      return card.completed({ what, checks: card.checks[restore.validation.status] });
    default: {
      const said = card.other({ what, status: statusName(restore, words) });
      const isWaiting = isHeld(restore) && !hasEnded(state.status);
      return isWaiting ? `${said} ${words.stakeholders.card.heldShort}` : said;
    }
  }
}

function buttonsFor(restore: Restore, now: Instant, words: Words): ActionsBlock | undefined {
  const { id, state, plan } = restore;
  const { buttons } = words.card;
  const { alias } = plan.instance;
  const button = (actionId: string, label: string, style?: 'danger'): Button => ({
    type: 'button',
    action_id: actionId,
    text: { type: 'plain_text', text: label },
    accessibility_label: truncate(words.basics.button({ label, id, alias }), LIMIT.accessibilityLabel),
    value: id,
    ...(style ? { style } : {}),
  });
  if (hasEnded(state.status)) {
    const isPossible = undoOffer(restore, now)?.kind === 'possible';
    return isPossible ? actions(button(ACTION.undo, words.undo.button)) : undefined;
  }
  const answer = unanswered(restore).length > 0 ? [button(ACTION.answer, words.stakeholders.card.answer)] : [];
  switch (state.status) {
    case 'awaiting-approval':
      return actions(
        ...answer,
        ...(cannotBeAgreedTo(restore) ? [] : [button(ACTION.approve, buttons.approve, 'danger')]),
        button(ACTION.deny, buttons.deny),
        button(ACTION.look, buttons.look),
        ...(restore.terms.previews ? [button(ACTION.preview, words.newInstance.previewButton)] : []),
        ...(state.votes.length > 0 ? [button(ACTION.takeBack, buttons.takeBack)] : []),
        button(ACTION.nudge, buttons.nudge),
        button(ACTION.edit, buttons.edit),
        button(ACTION.withdraw, buttons.withdraw),
      );
    case 'approved':
    case 'taking-baseline':
    case 'requesting-safety-snapshot':
    case 'awaiting-safety-snapshot':
    case 'ready-to-restore':
      return actions(...answer, button(ACTION.cancel, buttons.stop));
    case 'restore-sent':
      return plan.method === 'backup-file'
        ? actions(
            button(ACTION.judgeRan, words.files.buttons.loaded),
            button(ACTION.judgeDidNotRun, words.files.buttons.notUploaded),
          )
        : undefined;
    case 'start-unclear':
      if (plan.method === 'backup-file')
        return actions(
          button(ACTION.judgeRan, words.files.buttons.loaded),
          button(ACTION.judgeDidNotRun, words.files.buttons.wasNotUploaded),
        );
      return actions(button(ACTION.judgeRan, buttons.itRan), button(ACTION.judgeDidNotRun, buttons.itDidNotRun));
    default:
      return undefined;
  }
}

function actions(...elements: Button[]): ActionsBlock {
  return { type: 'actions', block_id: 'rb_card_actions', elements };
}
