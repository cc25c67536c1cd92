import { FIELD } from '../messages/action-ids.ts';
import { confirmationWords, wrongAnswerWords } from '../messages/approval-form.ts';
import {
  ANSWER_OF_EARLIER_PLAN,
  asksForTime,
  isRestorePointTime,
  sourceAskedFor,
  WRONG_ANSWER,
  wasRestorePointTime,
} from '../src/restore/confirmation.ts';
import type { Reader } from '../src/restore/language.ts';
import type { Instant } from '../src/restore/names.ts';
import type { Restore } from '../src/restore/restore.ts';
import type { FormValues } from './slack-input.ts';

/** What a form cannot be accepted with. */
export interface WrongAnswers {
  /** By block id. */
  readonly errors: Record<string, string>;
  /** How the attempt stands in the history; absent: not at all. */
  readonly attempt?: typeof WRONG_ANSWER | typeof ANSWER_OF_EARLIER_PLAN;
}

/**
 * What is wrong with the answers of the confirmation, by block id: the word that the form asks for, in any of the bot's
 * languages, the instance's name in any case, and for production the restore point's time, chosen or typed, or the name of the instance
 * whose data is copied as it is. Undefined when all are right.
 */
export function wrongAnswers(values: FormValues, restore: Restore, reader: Reader): WrongAnswers | undefined {
  const say = wrongAnswerWords(reader);
  const errors: Record<string, string> = {};
  if (!confirmationWords().includes(values.text(FIELD.restoreWord) ?? '')) {
    errors[FIELD.restoreWord] = say.word;
  }
  if (values.text(FIELD.instanceName)?.toLowerCase() !== restore.plan.instance.alias.toLowerCase()) {
    errors[FIELD.instanceName] = say.name;
  }
  const time = asksForTime(restore) ? wrongTime(values, restore, reader) : undefined;
  Object.assign(errors, time?.errors);
  const source = sourceAskedFor(restore);
  if (source !== undefined) Object.assign(errors, wrongSource(values, source, reader));
  const wrong = Object.keys(errors).length;
  if (wrong === 0) return undefined;
  return { errors, attempt: time?.isOfEarlierPlan && wrong === 1 ? ANSWER_OF_EARLIER_PLAN : WRONG_ANSWER };
}

function wrongSource(values: FormValues, source: string, reader: Reader): Record<string, string> {
  if (values.text(FIELD.sourceName)?.toLowerCase() === source.toLowerCase()) return {};
  const say = wrongAnswerWords(reader);
  // A form that was opened before there was this question has no place for it.
  return values.has(FIELD.sourceName) ? { [FIELD.sourceName]: say.source } : { [FIELD.restoreWord]: say.noSource };
}

interface WrongTime {
  readonly errors: Record<string, string>;
  /** It was right until the request was changed. */
  readonly isOfEarlierPlan: boolean;
}

function wrongTime(values: FormValues, restore: Restore, reader: Reader): WrongTime | undefined {
  const say = wrongAnswerWords(reader);
  const wrong = (field: string, answer: Instant | undefined, words: string): WrongTime => {
    const isOfEarlierPlan = answer !== undefined && wasRestorePointTime(restore, answer);
    return { errors: { [field]: isOfEarlierPlan ? say.earlierTime : words }, isOfEarlierPlan };
  };
  const chosen = values.choice(FIELD.restorePointTime);
  const typed = values.text(FIELD.restorePointTyped);
  if (typed !== undefined && !isRight(restore, instantIn(typed))) {
    return wrong(FIELD.restorePointTyped, instantIn(typed), say.typedTime);
  }
  if (chosen !== undefined && !isRight(restore, instantIn(chosen))) {
    return wrong(FIELD.restorePointTime, instantIn(chosen), say.chosenTime);
  }
  if (chosen !== undefined || typed !== undefined) return undefined;
  // A form that was opened before there was this question has no place for it.
  const field = values.has(FIELD.restorePointTime) ? FIELD.restorePointTime : FIELD.restoreWord;
  return wrong(field, undefined, say.noTime);
}

function isRight(restore: Restore, answer: Instant | undefined): boolean {
  return answer !== undefined && isRestorePointTime(restore, answer);
}

/** `2026-11-21 03:04`, with seconds, `T`, `Z` or `UTC` or without: always UTC. */
function instantIn(text: string): Instant | undefined {
  const [, day, time] =
    /^(\d{4}-\d{2}-\d{2})[T\s]+(\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?\s*(?:Z|UTC)?$/i.exec(text.trim()) ?? [];
  const at = Date.parse(`${day}T${time}:00.000Z`);
  return Number.isNaN(at) ? undefined : new Date(at).toISOString();
}
