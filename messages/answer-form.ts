import type { ModalView } from '@slack/types';
import { ENGLISH_READER, type Reader } from '../src/restore/language.ts';
import { answersOpenTo, unanswered } from '../src/restore/objection.ts';
import type { PersonFacts } from '../src/restore/person-facts.ts';
import type { Restore } from '../src/restore/restore.ts';
import { FIELD, VIEW } from './action-ids.ts';
import { goalSaid, inWay } from './goal-words.ts';
import { sections } from './shortened.ts';
import { escaped, mention, option, past, quoted, truncate } from './slack-text.ts';
import { wordsFor } from './words/words.ts';

/** A form holds 100 blocks, and one objection may need one of its own. */
const MOST_ANSWERED = 40;

/** Answers the objections that it shows: all without an answer, the oldest where there are too many. Offers what this person may decide. */
export function answerForm(restore: Restore, person: PersonFacts, reader: Reader = ENGLISH_READER): ModalView {
  const { id, plan } = restore;
  const words = wordsFor(reader);
  const say = words.stakeholders.answerForm;
  const open = unanswered(restore);
  const shown = open.slice(0, MOST_ANSWERED);
  const lines = shown.map(({ objection: { by, at, why } }) =>
    say.objection({ by: mention.person(by), at: past(at), why: quoted(why, 400) }),
  );
  const left = open.length - shown.length;
  const target = `*${escaped(plan.instance.alias)}*`;
  const deed = inWay(words.goals.deed, goalSaid(restore, words, { target }), {});
  return {
    type: 'modal',
    callback_id: VIEW.answerForm,
    private_metadata: JSON.stringify({ id, upTo: shown.at(-1)?.number ?? 0 }),
    title: { type: 'plain_text', text: truncate(say.title(id), 24) },
    submit: { type: 'plain_text', text: say.submit },
    close: { type: 'plain_text', text: say.close },
    blocks: [
      ...sections([say.about(deed), ...lines, ...(left > 0 ? [say.stayOpen(left)] : [])]),
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
