import type { ModalView } from '@slack/types';
import { ENGLISH_READER, type Reader } from '../src/restore/language.ts';
import type { Restore } from '../src/restore/restore.ts';
import { FIELD, VIEW } from './action-ids.ts';
import { goalSaid, inWay } from './goal-words.ts';
import { escaped, mention, section, truncate } from './slack-text.ts';
import { wordsFor } from './words/words.ts';

/** A no needs a reason, so that the requester knows what to do instead. */
export function denialForm(restore: Restore, reader: Reader = ENGLISH_READER): ModalView {
  const { id, plan, request, terms } = restore;
  const words = wordsFor(reader);
  const { denial } = words;
  const target = `*${escaped(plan.instance.alias)}*`;
  return {
    type: 'modal',
    callback_id: VIEW.denialForm,
    private_metadata: JSON.stringify({ id }),
    title: { type: 'plain_text', text: truncate(denial.title(id), 24) },
    submit: { type: 'plain_text', text: denial.submit },
    close: { type: 'plain_text', text: denial.close },
    blocks: [
      section(
        denial.whatHappens({
          deed: inWay(words.goals.deed, goalSaid(restore, words, { target }), {}),
          requester: mention.person(request.requestedBy),
          denialsNeeded: terms.approval.denialsNeeded,
        }),
      ),
      {
        type: 'input',
        block_id: FIELD.denialReason,
        label: { type: 'plain_text', text: denial.why },
        hint: { type: 'plain_text', text: denial.whyHint },
        element: { type: 'plain_text_input', action_id: 'why', multiline: true, max_length: 1000 },
      },
    ],
  };
}
