import type { Checkboxes, KnownBlock, ModalView, MrkdwnElement, Option, PlainTextElement } from '@slack/types';
import type { Instant, Plan, Restore } from '../src/restore/restore.ts';
import { FIELD, VIEW } from './action-ids.ts';
import { plannedStartInputs } from './form-start.ts';
import { snapshotInput } from './restore-form.ts';
import { context, escaped, mention, section, truncate } from './slack-text.ts';

/** What the requester may change of an open request, as it is now. What is offered beside that comes from the policy. */
export function editForm(
  { id, plan, planHash, state }: Restore,
  offered: Pick<Plan, 'checks' | 'noticeChannels'>,
  view: { readonly now: Instant; readonly zone?: string | undefined },
): ModalView {
  const votes = state.status === 'awaiting-approval' ? state.votes.length : 0;
  return {
    type: 'modal',
    callback_id: VIEW.editForm,
    private_metadata: JSON.stringify({ id, planHash }),
    title: { type: 'plain_text', text: truncate(`Change ${id}`, 24) },
    submit: { type: 'plain_text', text: 'Change and ask anew' },
    close: { type: 'plain_text', text: 'Leave as it is' },
    blocks: [
      section(
        `*${escaped(plan.instance.alias)}*\nA change asks everybody anew: ${votes === 1 ? 'the one vote so far falls' : `the ${votes} votes so far fall`}, and whoever voted is told what is different.`,
      ),
      snapshotInput(plan.instance.alias, {
        ...view,
        snapshot: { ...plan.restorePoint, status: 'Completed' },
        isRedrawn: false,
      }),
      ...plannedStartInputs(plan.start),
      ...choices(FIELD.checks, 'Checks afterwards', offered.checks, plan.checks, (name) => ({
        type: 'plain_text',
        text: truncate(name, 75),
      })),
      ...choices(
        FIELD.noticeChannels,
        'Channels that are told',
        offered.noticeChannels,
        plan.noticeChannels,
        (channel) => ({
          type: 'mrkdwn',
          text: mention.channel(channel),
        }),
      ),
      context('The reason and the instance stay. To change those, withdraw the request and ask again.'),
    ],
  };
}

/** Slack shows no more than ten boxes in one block. */
const BOXES = 10;

/** The values of boxes: an index into what is offered, because Slack allows a value 75 characters. */
function choices(
  blockId: string,
  label: string,
  offered: readonly string[],
  chosen: readonly string[],
  textOf: (name: string) => PlainTextElement | MrkdwnElement,
): KnownBlock[] {
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
      label: { type: 'plain_text', text: begin === 0 ? label : `${label}, more` },
      element,
    });
  }
  return blocks;
}

function boxOf(text: PlainTextElement | MrkdwnElement, value: string): Option {
  return text.type === 'mrkdwn' ? { text, value } : { text, value };
}
