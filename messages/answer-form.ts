import type { ModalView } from '@slack/types';
import { ENGLISH_READER, type Reader } from '../src/restore/language.ts';
import { answersOpenTo, unanswered } from '../src/restore/objection.ts';
import type { PersonFacts } from '../src/restore/person-facts.ts';
import type { Restore } from '../src/restore/restore.ts';
import { FIELD, VIEW } from './action-ids.ts';
import { goalSaid, inWay } from './goal-words.ts';
import { escaped, mention, option, past, quoted, section, truncate } from './slack-text.ts';
import { wordsFor } from './words/words.ts';

/** Answers every objection that has none yet; offers what this person may decide. */
export function answerForm(restore: Restore, person: PersonFacts, reader: Reader = ENGLISH_READER): ModalView {
  const { id, plan } = restore;
  const words = wordsFor(reader);
  const say = words.stakeholders.answerForm;
  const open = unanswered(restore);
  const lines = open.map(({ objection: { by, at, why } }) =>
    say.objection({ by: mention.person(by), at: past(at), why: quoted(why, 400) }),
  );
  const target = `*${escaped(plan.instance.alias)}*`;
  const deed = inWay(words.goals.deed, goalSaid(restore, words, { target }), {});
  return {
    type: 'modal',
    callback_id: VIEW.answerForm,
    private_metadata: JSON.stringify({ id, upTo: open.at(-1)?.number ?? 0 }),
    title: { type: 'plain_text', text: truncate(say.title(id), 24) },
    submit: { type: 'plain_text', text: say.submit },
    close: { type: 'plain_text', text: say.close },
    blocks: [
      section([say.about(deed), ...lines].join('\n')),
      {
        type: 'input',
        block_id: FIELD.answerKind,
        label: { type: 'plain_text', text: say.what },
        element: {
          type: 'radio_buttons',
          action_id: 'kind',
          options: answersOpenTo(restore, person).map((kind) => option(say.choices[kind], kind)),
        },
      },
      {
        type: 'input',
        block_id: FIELD.answerWords,
        label: { type: 'plain_text', text: say.words },
        hint: { type: 'plain_text', text: say.wordsHint },
        element: { type: 'plain_text_input', action_id: 'words', multiline: true, max_length: 1000 },
      },
    ],
  };
}
