import type { ModalView } from '@slack/types';
import type { Instant, Restore } from '../src/restore/restore.ts';
import { FIELD, VIEW } from './action-ids.ts';
import { lossLines } from './card-request.ts';
import { context, environmentLabel, escaped, mention, moment, section } from './slack-text.ts';

/** The confirmation of the second person: what would be lost as of `now`, and two words only somebody who read it types. */
export function approvalForm(restore: Restore, now: Instant): ModalView {
  const { id, plan, planHash, request } = restore;
  const { alias, environment } = plan.instance;
  return {
    type: 'modal',
    callback_id: VIEW.approvalForm,
    private_metadata: JSON.stringify({ id, planHash }),
    title: { type: 'plain_text', text: `Confirm ${id}`.slice(0, 24) },
    submit: { type: 'plain_text', text: 'Restore' },
    close: { type: 'plain_text', text: 'Not now' },
    blocks: [
      section(
        `*${escaped(alias)}* · *${environmentLabel(environment)}*\nis put back to its snapshot of ${moment(plan.restorePoint.takenAt)}, as asked by ${mention.person(request.requestedBy)}.`,
      ),
      section(lossLines(restore, now).join('\n')),
      {
        type: 'input',
        block_id: FIELD.restoreWord,
        label: { type: 'plain_text', text: 'Type RESTORE' },
        element: { type: 'plain_text_input', action_id: 'word', max_length: 20 },
      },
      {
        type: 'input',
        block_id: FIELD.instanceName,
        label: { type: 'plain_text', text: 'Type the name of the instance that will be overwritten' },
        hint: { type: 'plain_text', text: 'It stands in bold at the top of this form.' },
        element: { type: 'plain_text_input', action_id: 'name', max_length: 100 },
      },
      context(
        `You confirm exactly the plan ${planHash.slice(0, 12)} on the card. The bot notifies the stakeholders and begins as soon as you do, or at the planned start.`,
      ),
    ],
  };
}
