import type { Reader } from '../../src/restore/language.ts';
import type { ShadowRestore } from '../../src/restore/shadow/shadow-restore.ts';
import { checkBlocks } from '../card-end.ts';
import { context, escaped, header, type Message, mention, past, section } from '../slack-text.ts';
import { spokenText } from '../spoken.ts';
import { validationOutcome } from '../status-words.ts';
import { type Words, wordsFor } from '../words/words.ts';
import { shadowButtons } from './found.ts';

/** How a shadow restore ended, for the thread of its first message. */
export function shadowEnded(record: ShadowRestore, channel: string, reader: Reader): Message {
  const words = wordsFor(reader);
  const { instance, terms, id, state } = record;
  const isRunning = state.status === 'running-again';
  const { endTitle, title: titleOf } = words.shadow;
  const title = state.status === 'under-way' ? titleOf : endTitle[state.status];
  const blocks = [
    header(title(instance.alias)),
    section(endWords(record, words)),
    ...(isRunning && channel === terms.auditChannel ? shadowButtons(record, words) : []),
    context(words.shadow.record(id)),
  ];
  return { text: spokenText(title(escaped(instance.alias)), blocks, words), blocks };
}

/** What the look at the data found, for the thread. */
export function shadowVerified(record: ShadowRestore, reader: Reader): Message {
  const words = wordsFor(reader);
  const { shadow } = words;
  const { instance, verification, id } = record;
  const outcome = verification?.outcome;
  const alias = escaped(instance.alias);
  const blocks =
    verification && outcome
      ? [
          section(
            shadow.verified({
              alias: `*${alias}*`,
              by: mention.person(verification.by),
              at: past(outcome.at),
              words: validationOutcome({ validation: outcome }, words),
            }),
          ),
          ...checkBlocks({ validation: outcome }, words),
          context(`${shadow.verifiedLimits} ${shadow.record(id)}`),
        ]
      : [context(shadow.record(id))];
  return { text: spokenText(shadow.verifiedTitle(alias), blocks, words), blocks };
}

function endWords({ state, instance }: ShadowRestore, { shadow }: Words): string {
  const alias = `*${escaped(instance.alias)}*`;
  switch (state.status) {
    case 'running-again':
      return shadow.runningAgain({ alias, at: past(state.at) });
    case 'failed':
      return shadow.failed({ alias, status: escaped(state.auraStatus), at: past(state.at) });
    case 'gone':
      return shadow.gone({ alias, at: past(state.at) });
    case 'under-way':
      return shadow.meanwhile;
    default:
      return state satisfies never;
  }
}
