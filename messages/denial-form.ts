import type { ModalView } from '@slack/types';
import type { Restore } from '../src/restore/restore.ts';
import { FIELD, VIEW } from './action-ids.ts';
import { escaped, mention, moment, section } from './slack-text.ts';

/** A no needs a reason, so that the requester knows what to do instead. */
export function denialForm(restore: Restore): ModalView {
  const { id, plan, request, terms } = restore;
  const { denialsNeeded } = terms.approval;
  return {
    type: 'modal',
    callback_id: VIEW.denialForm,
    private_metadata: JSON.stringify({ id }),
    title: { type: 'plain_text', text: `Deny ${id}`.slice(0, 24) },
    submit: { type: 'plain_text', text: 'Deny' },
    close: { type: 'plain_text', text: 'Back' },
    blocks: [
      section(
        `The restore of *${escaped(plan.instance.alias)}* to ${moment(plan.restorePoint.takenAt)}, asked for by ${mention.person(request.requestedBy)}, will not happen${denialsNeeded > 1 ? ` when ${denialsNeeded} people have said no` : ''}.`,
      ),
      {
        type: 'input',
        block_id: FIELD.denialReason,
        label: { type: 'plain_text', text: 'Why not?' },
        hint: { type: 'plain_text', text: 'The requester sees this.' },
        element: { type: 'plain_text_input', action_id: 'why', multiline: true, max_length: 1000 },
      },
    ],
  };
}
