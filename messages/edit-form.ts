import type { Checkboxes, KnownBlock, ModalView, MrkdwnElement, Option, PlainTextElement } from '@slack/types';
import { ENGLISH_READER, type Reader } from '../src/restore/language.ts';
import type { Instant } from '../src/restore/names.ts';
import { type Plan, snapshotsOwner } from '../src/restore/plan.ts';
import type { InstancePolicy } from '../src/restore/policy.ts';
import type { Restore } from '../src/restore/restore.ts';
import { FIELD, VIEW } from './action-ids.ts';
import type { RestoreFormModel } from './form-model.ts';
import { plannedStartBlocks } from './form-start.ts';
import { snapshotInput } from './restore-form.ts';
import { context, escaped, mention, section, truncate } from './slack-text.ts';
import { type Words, wordsFor } from './words/words.ts';

/** What an edit may choose from. */
export interface EditOffer extends Pick<Plan, 'checks' | 'noticeChannels'> {
  /** The rules that a start is judged by; absent: the form does not say whether it is possible. */
  readonly policy?: InstancePolicy;
  /** What was chosen so far; absent: as the plan is. */
  readonly chosen?: Pick<RestoreFormModel, 'start' | 'wantsOverride'>;
}

/**
 * What the requester may change of an open request, as it is now. What is offered beside that comes from the policy. Drawn
 * again with each choice of a start, because a start in a freeze has its own questions.
 */
export function editForm(
  { id, plan, planHash, state, terms, request }: Restore,
  { policy, chosen, ...offered }: EditOffer,
  now: Instant,
  reader: Reader = ENGLISH_READER,
): ModalView {
  const words = wordsFor(reader);
  const { edit } = words;
  const votes = state.status === 'awaiting-approval' ? state.votes.length : 0;
  return {
    type: 'modal',
    callback_id: VIEW.editForm,
    private_metadata: JSON.stringify({ id, planHash }),
    title: { type: 'plain_text', text: truncate(edit.title(id), 24) },
    submit: { type: 'plain_text', text: edit.submit },
    close: { type: 'plain_text', text: edit.close },
    blocks: [
      section(`*${escaped(plan.instance.alias)}*\n${edit.asksAnew(votes)}`),
      ...('snapshotId' in plan.restorePoint
        ? [
            snapshotInput(
              { alias: snapshotsOwner(plan).alias },
              { now, snapshot: { ...plan.restorePoint, status: 'Completed' }, isRedrawn: false },
              reader,
            ),
          ]
        : []),
      ...plannedStartBlocks(
        {
          now,
          policy,
          start: chosen?.start ?? plan.start,
          isUrgent: request.urgent ?? false,
          wantsOverride: chosen?.wantsOverride ?? plan.freezeOverride !== undefined,
          memory: plan.instance.memory,
          override: plan.freezeOverride,
        },
        terms.noticeLeadMinutes,
        reader,
      ),
      ...choices(
        { blockId: FIELD.checks, label: edit.checks, offered: offered.checks, chosen: plan.checks },
        words,
        (name) => ({
          type: 'plain_text',
          text: truncate(name, 75),
        }),
      ),
      ...choices(
        {
          blockId: FIELD.noticeChannels,
          label: edit.channels,
          offered: offered.noticeChannels,
          chosen: plan.noticeChannels,
        },
        words,
        (channel) => ({
          type: 'mrkdwn',
          text: mention.channel(channel),
        }),
      ),
      context(edit.whatStays),
    ],
  };
}

/** Slack shows no more than ten boxes in one block. */
const BOXES = 10;

/** The values of boxes: an index into what is offered, because Slack allows a value 75 characters. */
function choices(
  field: {
    readonly blockId: string;
    readonly label: string;
    readonly offered: readonly string[];
    readonly chosen: readonly string[];
  },
  { edit }: Words,
  textOf: (name: string) => PlainTextElement | MrkdwnElement,
): KnownBlock[] {
  const { blockId, label, offered, chosen } = field;
  const options = offered.map((name, index) => boxOf(textOf(name), String(index)));
  const blocks: KnownBlock[] = [];
  for (let begin = 0; begin < options.length; begin += BOXES) {
    const own = options.slice(begin, begin + BOXES);
    const initial = own.filter(({ value }) => chosen.includes(offered[Number(value)] ?? ''));
    const element: Checkboxes = {
      type: 'checkboxes',
      action_id: `${blockId}_${begin}`,
      options: own,
      ...(initial.length > 0 ? { initial_options: initial } : {}),
    };
    blocks.push({
      type: 'input',
      block_id: `${blockId}:${begin}`,
      optional: true,
      label: { type: 'plain_text', text: begin === 0 ? label : edit.more(label) },
      element,
    });
  }
  return blocks;
}

function boxOf(text: PlainTextElement | MrkdwnElement, value: string): Option {
  return text.type === 'mrkdwn' ? { text, value } : { text, value };
}
