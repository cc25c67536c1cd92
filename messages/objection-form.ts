import type { ModalView } from '@slack/types';
import { ENGLISH_READER, type Reader } from '../src/restore/language.ts';
import { wouldHold } from '../src/restore/objection.ts';
import type { Restore } from '../src/restore/restore.ts';
import { FIELD, VIEW } from './action-ids.ts';
import { goalSaid, inWay } from './goal-words.ts';
import { escaped, mention, moment, section, truncate } from './slack-text.ts';
import { wordsFor } from './words/words.ts';

/** An objection needs a reason, because somebody must answer it. */
export function objectionForm(restore: Restore, place: string | undefined, reader: Reader = ENGLISH_READER): ModalView {
  const { id, plan, request, state } = restore;
  const words = wordsFor(reader);
  const say = words.stakeholders.objectionForm;
  const about = say.about({
    deed: inWay(words.goals.deed, goalSaid(restore, words, { target: `*${escaped(plan.instance.alias)}*` }), {}),
    requester: mention.person(request.requestedBy),
    startAt: state.status === 'approved' ? moment(state.startAt) : undefined,
    follows: wouldHold(restore) ? say.holds : say.holdsNothing,
  });
  return {
    type: 'modal',
    callback_id: VIEW.objectionForm,
    private_metadata: JSON.stringify({ id, ...(place === undefined ? {} : { place }) }),
    title: { type: 'plain_text', text: truncate(say.title(id), 24) },
    submit: { type: 'plain_text', text: say.submit },
    close: { type: 'plain_text', text: say.close },
    blocks: [
      section(about),
      {
        type: 'input',
        block_id: FIELD.objection,
        label: { type: 'plain_text', text: say.why },
        hint: { type: 'plain_text', text: say.whyHint },
        element: { type: 'plain_text_input', action_id: 'why', multiline: true, max_length: 1000 },
      },
    ],
  };
}
