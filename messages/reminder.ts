import { rulesFor } from '../src/restore/escalation.ts';
import { ENGLISH_READER, type Reader } from '../src/restore/language.ts';
import type { Instant } from '../src/restore/names.ts';
import { isEscalation, type OwedReminder, remindersOwed } from '../src/restore/owed-reminders.ts';
import type { Restore } from '../src/restore/restore.ts';
import { remindedNow } from '../src/restore/round.ts';
import type { Stage } from '../src/restore/terms.ts';
import { stillMissing } from './agreement.ts';
import { deedWords } from './goal-words.ts';
import { listed, ruleName } from './people.ts';
import { LIMIT } from './slack-limits.ts';
import { ahead, environmentLabel, escaped, fitted, type Message, mention, section } from './slack-text.ts';
import { type Words, wordsFor } from './words/words.ts';

/** Of more than these a message would have no room. */
const MOST_MENTIONED = 60;

/** Which reminder, counted from 1, and when it is posted. */
interface AboutReminder {
  readonly reminder: number;
  readonly now: Instant;
}

/** The reply in the card's thread that asks those who have not answered once more. It mentions them and nobody else. */
export function reminderReply(restore: Restore, about: AboutReminder, reader: Reader = ENGLISH_READER): Message {
  const words = wordsFor(reader);
  const owed = owedOf(restore, about.reminder);
  return said(restore, owed ? replyLines(restore, owed, { now: about.now, words }) : [words.asking.answered], words);
}

/**
 * The reply in the card's thread for those whom a change of plan or rules asks besides: which change, counted from 1. It mentions
 * them and nobody else.
 */
export function newlyAskedReply(
  restore: Restore,
  { nth, now }: { readonly nth: number; readonly now: Instant },
  reader: Reader = ENGLISH_READER,
): Message {
  const words = wordsFor(reader);
  const { users = [], groups = [] } = restore.newlyAsked?.[nth - 1] ?? {};
  const people = [...users.map(mention.person), ...groups.map(mention.group)].slice(0, MOST_MENTIONED).join(', ');
  const missing = stillMissing(restore, words);
  const ask = words.asking.newlyAsked(people);
  const lines = [missing ? `${ask} ${words.asking.stillMissing(missing)}` : ask, ...untilLines(restore, now, words)];
  return said(restore, lines, words);
}

/** What somebody whom a request escalates to is told directly: they may never have seen its card. */
export function escalationMessage(
  restore: Restore,
  about: AboutReminder & { readonly cardLink?: string | undefined },
  reader: Reader = ENGLISH_READER,
): Message {
  const words = wordsFor(reader);
  const owed = owedOf(restore, about.reminder);
  const stage = owed && stageOf(owed);
  const lines = stage
    ? [words.asking.escalatedToYou(roleWords(restore, stage, words)), ...untilLines(restore, about.now, words)]
    : [words.asking.answered];
  const link = about.cardLink ? [`<${about.cardLink}|${words.direct.openCard}>`] : [];
  return said(restore, [...lines, ...link], words);
}

/** For the requester alone: whom their latest nudge reaches. */
export function nudgedReply(restore: Restore, reader: Reader = ENGLISH_READER): { readonly text: string } {
  const words = wordsFor(reader);
  const nudge = remindedNow(restore)?.sent.findLast(({ kind }) => kind === 'nudge');
  return {
    text: words.asking.nudged({
      people: listed((nudge?.to ?? []).map(mention.person), words),
      id: restore.id,
      deed: deedWords(restore, words),
    }),
  };
}

function replyLines(
  restore: Restore,
  owed: OwedReminder,
  { now, words }: { readonly now: Instant; readonly words: Words },
): readonly string[] {
  const { asking } = words;
  const people = owed.to.map(mention.person).join(', ');
  const stage = stageOf(owed);
  const missing = stillMissing(restore, words);
  const ask = stage
    ? asking.escalation({ people, role: roleWords(restore, stage, words) })
    : asking[owed.reminder.kind === 'nudge' ? 'nudge' : 'reminder'](people);
  return [missing ? `${ask} ${asking.stillMissing(missing)}` : ask, ...untilLines(restore, now, words)];
}

/** What the people of a stage may do once they were told. */
function roleWords(restore: Restore, stage: Stage, words: Words): string {
  const { asking } = words;
  const rules = rulesFor(stage, restore).map((rule) => ruleName(rule, words));
  return rules.length > 0 ? asking.youMay(rules) : asking.youAreTold;
}

function untilLines({ state }: Restore, now: Instant, words: Words): readonly string[] {
  return state.status === 'awaiting-approval' ? [words.asking.until(ahead(state.expiresAt, now, words))] : [];
}

function said(restore: Restore, lines: readonly string[], words: Words): Message {
  const { alias, environment } = restore.plan.instance;
  const target = `${escaped(alias)} (${environmentLabel(environment, words)})`;
  const which = words.direct.which({ id: restore.id, deed: deedWords(restore, words, target) });
  return {
    text: fitted(`${which}: ${lines.join('\n')}`, LIMIT.text),
    blocks: [section([`*${which}*`, ...lines].join('\n'))],
  };
}

function owedOf(restore: Restore, number: number): OwedReminder | undefined {
  return remindersOwed(restore).find((one) => one.number === number);
}

function stageOf({ reminder }: OwedReminder): Stage | undefined {
  return isEscalation(reminder) ? reminder.kind : undefined;
}
