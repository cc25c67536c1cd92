import type { KnownBlock, ModalView } from '@slack/types';
import { type Advice, adviseMethod, type Case, DATA_PLACES } from '../src/restore/advice.ts';
import type { EarlierRestores } from '../src/restore/estimate.ts';
import { ENGLISH_READER, type Reader } from '../src/restore/language.ts';
import type { Instant } from '../src/restore/names.ts';
import type { InstancePolicy } from '../src/restore/policy.ts';
import { ACTION, FIELD, NEED, VIEW } from './action-ids.ts';
import { adviceTimeWords } from './loss-words.ts';
import { listed } from './people.ts';
import { context, divider, escaped, momentIn, option, quoted, section, truncate } from './slack-text.ts';
import { type Words, wordsFor } from './words/words.ts';

export interface AdviceFormModel {
  readonly policy: InstancePolicy;
  /** What Aura says of the instance; absent while it is asked, or when it gave no answer. */
  readonly look?: {
    readonly status: string;
    readonly memory?: string | undefined;
    readonly usable: number;
    readonly newest?: Instant | undefined;
    readonly daysRead: number;
    readonly daysKept: number;
  };
  /** Absent while Aura is asked. */
  readonly case?: Case;
  /** How long earlier restores by the advised method took; absent when nobody knows. */
  readonly earlier?: EarlierRestores;
}

/** What must hold, and which method that asks for; drawn again with each answer. */
export function adviceForm(model: AdviceFormModel, reader: Reader = ENGLISH_READER): ModalView {
  const words = wordsFor(reader);
  const { advice } = words;
  return {
    type: 'modal',
    callback_id: VIEW.adviceForm,
    private_metadata: model.policy.alias,
    title: { type: 'plain_text', text: truncate(advice.title, 24) },
    submit: { type: 'plain_text', text: advice.ask },
    close: { type: 'plain_text', text: advice.close },
    blocks: [...questions(words), divider(), ...answerBlocks(model, reader, words)],
  };
}

function questions({ advice }: Words): KnownBlock[] {
  return [
    {
      type: 'input',
      block_id: FIELD.adviceWhere,
      dispatch_action: true,
      optional: true,
      label: { type: 'plain_text', text: advice.where },
      element: {
        type: 'radio_buttons',
        action_id: ACTION.adviceWhere,
        options: DATA_PLACES.map((place) => option(advice.places[place], place)),
      },
    },
    {
      type: 'input',
      block_id: FIELD.adviceAt,
      dispatch_action: true,
      optional: true,
      label: { type: 'plain_text', text: advice.at },
      hint: { type: 'plain_text', text: advice.atHint },
      element: { type: 'datetimepicker', action_id: ACTION.adviceAt },
    },
    {
      type: 'input',
      block_id: FIELD.adviceNeeds,
      dispatch_action: true,
      optional: true,
      label: { type: 'plain_text', text: advice.needs },
      element: {
        type: 'checkboxes',
        action_id: ACTION.adviceNeeds,
        options: [
          option(advice.keepsPresent, NEED.keepsPresent),
          option(advice.isForCompliance, NEED.compliance),
          option(advice.isAutomated, NEED.automated),
        ],
      },
    },
    {
      type: 'input',
      block_id: FIELD.adviceSize,
      dispatch_action: true,
      optional: true,
      label: { type: 'plain_text', text: advice.fileSize },
      element: {
        type: 'plain_text_input',
        action_id: ACTION.adviceSize,
        max_length: 10,
        dispatch_action_config: { trigger_actions_on: ['on_character_entered'] },
      },
    },
  ];
}

function answerBlocks(
  { policy, look, case: one, earlier }: AdviceFormModel,
  { zone }: Reader,
  words: Words,
): KnownBlock[] {
  const { advice } = words;
  if (!one) return [context(advice.looking)];
  const { method, reasons, forbidden } = adviseMethod(one);
  const known = look
    ? [
        context(
          advice.snapshots({
            status: quoted(look.status, 40),
            count: look.usable,
            newest: look.newest && momentIn(look.newest, zone, words),
            isWhole: look.daysRead >= look.daysKept,
          }),
        ),
      ]
    : [];
  const notAllowed = listed(
    forbidden.map((name) => words.methods.names[name]),
    words,
  );
  if (!method) {
    const say = forbidden.length > 0 ? advice.none(notAllowed) : advice.nothingKeeps(escaped(policy.alias));
    return [...known, section(say)];
  }
  const lines = [
    advice.advised({ method: words.methods.names[method], alias: escaped(policy.alias) }),
    advice.because(whyWords(reasons, words)),
    advice.limit(advice.limits[method]),
    advice.takes(adviceTimeWords(method, { policy, memory: look?.memory, earlier }, words)),
    ...(forbidden.length > 0 ? [advice.forbidden(notAllowed)] : []),
  ];
  return [...known, section(lines.join('\n'))];
}

/** Reasons as one sentence's part. */
export function whyWords(reasons: Advice['reasons'], words: Words): string {
  return listed(
    reasons.map((reason) => words.advice.reasons[reason]),
    words,
  );
}
