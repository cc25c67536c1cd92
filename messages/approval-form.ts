import type { KnownBlock, ModalView } from '@slack/types';
import type { StartLimit } from '../src/restore/closing.ts';
import { asksForTime, offeredTimes, sourceAskedFor } from '../src/restore/confirmation.ts';
import { ENGLISH_READER, type Reader } from '../src/restore/language.ts';
import type { Instant } from '../src/restore/names.ts';
import type { Place } from '../src/restore/person.ts';
import type { PersonFacts } from '../src/restore/person-facts.ts';
import { LONGEST_CONDITION } from '../src/restore/proviso.ts';
import type { Restore } from '../src/restore/restore.ts';
import { roundOf } from '../src/restore/round.ts';
import { FIELD, OWN_PLACE, VIEW } from './action-ids.ts';
import { effectOfYes, placesLeft } from './agreement.ts';
import { clocksLine } from './asking-again.ts';
import { lossLines, overrideLines } from './card-request.ts';
import { closingLines } from './closing-words.ts';
import { fileLines } from './file-words.ts';
import { goalSaid, inWay } from './goal-words.ts';
import { receiptBlock } from './loss-receipt.ts';
import {
  coming,
  context,
  environmentLabel,
  escaped,
  legible,
  mention,
  option,
  section,
  truncate,
  utc,
} from './slack-text.ts';
import { allWords, type Words, wordsFor } from './words/words.ts';

/**
 * The confirmation of a second person: what would be lost as of `now`, two words only somebody who read it types, and what
 * this person's agreement does. `closing`: that the calendar closes the start, or when, if it does.
 */
export function approvalForm(
  restore: Restore,
  now: Instant,
  voter: PersonFacts,
  reader: Reader = ENGLISH_READER,
  closing?: StartLimit,
): ModalView {
  const words = wordsFor(reader);
  const { approval } = words;
  const { id, plan, planHash, state, terms } = restore;
  const { alias, environment } = plan.instance;
  const isNew = plan.method === 'new-instance';
  const isTimeAsked = asksForTime(restore);
  const goal = goalSaid(restore, words, isTimeAsked ? { time: () => undefined } : {});
  const places = placesLeft(restore, voter);
  const isClosed = closing !== undefined && 'closed' in closing;
  const effects = places.map((place) => ({
    place,
    ...(isClosed
      ? { isDecisive: false, words: words.proviso.onlyLater }
      : effectOfYes(restore, voter, now, { place, words })),
  }));
  return {
    type: 'modal',
    callback_id: VIEW.approvalForm,
    private_metadata: JSON.stringify({ id, planHash, round: roundOf(restore) }),
    title: { type: 'plain_text', text: truncate(approval.title(id), 24) },
    submit: {
      type: 'plain_text',
      text: effects.some(({ isDecisive }) => isDecisive) ? submitWords(plan, words) : approval.agree,
    },
    close: { type: 'plain_text', text: approval.close },
    blocks: [
      section(
        `*${escaped(alias)}* · *${environmentLabel(environment, words)}*\n${inWay(approval.whatHappens, goal, { requester: mention.person(restore.request.requestedBy) })}`,
      ),
      ...(plan.dryRun ? [section(words.dryRun.card)] : []),
      ...fileSections(restore, words),
      section(
        [
          ...lossLines(restore, now, { isTimeAsked, words }),
          ...overrideLines(restore, words),
          ...closingLines(closing, now, words),
        ].join('\n'),
      ),
      receiptBlock(restore, words),
      {
        type: 'input',
        block_id: FIELD.restoreWord,
        label: { type: 'plain_text', text: approval.typeWord(approval.word) },
        element: { type: 'plain_text_input', action_id: 'word', max_length: 20 },
      },
      {
        type: 'input',
        block_id: FIELD.instanceName,
        label: { type: 'plain_text', text: isNew ? words.newInstance.typeName : approval.typeName },
        hint: { type: 'plain_text', text: approval.nameHint },
        element: { type: 'plain_text_input', action_id: 'name', max_length: 100 },
      },
      ...(isTimeAsked ? timeInputs(offeredTimes(restore, voter.id), words) : []),
      ...(sourceAskedFor(restore) === undefined ? [] : [sourceInput(words)]),
      ...placeBlocks(effects, words),
      ...provisoInputs(words),
      ...(state.status === 'awaiting-approval'
        ? [context(clocksLine(coming(state.expiresAt, now, words), terms, words))]
        : []),
      context(approval.exactly(planHash.slice(0, 12))),
    ],
  };
}

/** What the last agreement sets off. */
function submitWords({ method, dryRun }: Restore['plan'], words: Words): string {
  if (dryRun) return words.dryRun.submit;
  return method === 'new-instance' ? words.newInstance.submit : words.approval.restore;
}

/** The file, as whoever agrees to it must know it. */
function fileSections(restore: Restore, words: Words): KnownBlock[] {
  const lines = fileLines(restore, words);
  return lines.length > 0 ? [section(lines.join('\n'))] : [];
}

/** What the agreement may depend on. */
function provisoInputs({ proviso }: Words): KnownBlock[] {
  return [
    {
      type: 'input',
      block_id: FIELD.condition,
      optional: true,
      label: { type: 'plain_text', text: proviso.onCondition },
      hint: { type: 'plain_text', text: proviso.onConditionHint },
      element: { type: 'plain_text_input', action_id: 'condition', max_length: LONGEST_CONDITION, multiline: true },
    },
    {
      type: 'input',
      block_id: FIELD.notBefore,
      optional: true,
      label: { type: 'plain_text', text: proviso.onStart },
      hint: { type: 'plain_text', text: proviso.onStartHint },
      element: { type: 'datetimepicker', action_id: 'not_before' },
    },
  ];
}

/** What the agreement does; and with which place, when there is a choice. */
function placeBlocks(
  effects: readonly { readonly place: Place; readonly words: string }[],
  { delegation }: Words,
): KnownBlock[] {
  const [first, ...others] = effects;
  if (!first) return [];
  const wordsOf = ({ place, words }: typeof first) =>
    place.standsInFor ? `${delegation.for(mention.person(place.standsInFor.delegator.id))} ${words}` : words;
  if (others.length === 0) return [section(wordsOf(first))];
  const choices = effects.slice(0, MOST_PLACES).map(({ place }, index) => {
    const rules = place.countsFor.join(', ');
    const whose = place.standsInFor ? delegation.forLine(index + 1) : delegation.inOwnRight;
    return option(legible(`${whose}: ${rules}`), place.standsInFor?.delegator.id ?? OWN_PLACE);
  });
  return [
    section(
      effects
        .slice(0, MOST_PLACES)
        .map((one, index) => `${index + 1}. ${wordsOf(one)}`)
        .join('\n'),
    ),
    {
      type: 'input',
      block_id: FIELD.place,
      label: { type: 'plain_text', text: delegation.iAgree },
      hint: { type: 'plain_text', text: delegation.oneVote },
      element: {
        type: 'radio_buttons',
        action_id: 'place',
        options: choices,
        ...(choices[0] ? { initial_option: choices[0] } : {}),
      },
    },
  ];
}

/** Slack shows no more than ten radio buttons. */
const MOST_PLACES = 10;

/** The restore point's time, to be known from the card: chosen among three, or typed by whoever prefers that. */
function timeInputs(times: readonly Instant[], { approval }: Words): KnownBlock[] {
  return [
    {
      type: 'input',
      block_id: FIELD.restorePointTime,
      optional: true,
      label: { type: 'plain_text', text: approval.whichTime },
      hint: { type: 'plain_text', text: approval.whichTimeHint },
      element: {
        type: 'radio_buttons',
        action_id: 'time',
        options: times.map((time) => option(utc(time), time)),
      },
    },
    {
      type: 'input',
      block_id: FIELD.restorePointTyped,
      optional: true,
      label: { type: 'plain_text', text: approval.orType },
      hint: { type: 'plain_text', text: approval.orTypeHint },
      element: { type: 'plain_text_input', action_id: 'typed', max_length: 30 },
    },
  ];
}

/** The name of the instance whose data is copied, where no time of that data is known: to be typed by everybody. */
function sourceInput({ approval }: Words): KnownBlock {
  return {
    type: 'input',
    block_id: FIELD.sourceName,
    label: { type: 'plain_text', text: approval.typeSource },
    hint: { type: 'plain_text', text: approval.sourceHint },
    element: { type: 'plain_text_input', action_id: 'source', max_length: 100 },
  };
}

/** What may be typed to confirm, in whatever language the form was read. */
export function confirmationWords(): readonly string[] {
  return allWords().map(({ approval }) => approval.word);
}

/** What to say at an answer that is wrong. */
export function wrongAnswerWords(
  reader: Reader,
): Readonly<
  Record<'word' | 'name' | 'source' | 'noSource' | 'typedTime' | 'chosenTime' | 'earlierTime' | 'noTime', string>
> {
  const { wrong, word } = wordsFor(reader).approval;
  return { ...wrong, word: wrong.word(word) };
}
