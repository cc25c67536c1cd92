import { isUnderWay } from '../src/restore/due-step.ts';
import { ENGLISH_READER, type Reader } from '../src/restore/language.ts';
import type { Instant } from '../src/restore/names.ts';
import type { Restore } from '../src/restore/restore.ts';
import { isPerson } from '../src/restore/stakeholders.ts';
import { type Unreached, unreachedPlace } from '../src/restore/unreached.ts';
import { deedWords } from './goal-words.ts';
import { LIMIT } from './slack-limits.ts';
import { ahead, fitted, type Message, mention, quoted, section } from './slack-text.ts';
import { type Words, wordsFor } from './words/words.ts';

/** Which place, counted from 1, and when it is posted. */
interface AboutUnreached {
  readonly nth: number;
  readonly now: Instant;
}

/** In the thread of the card: which place could not be told, why, what to do, and whether the restore goes on. */
export function unreachedReply(
  restore: Restore,
  about: AboutUnreached,
  reader: Pick<Reader, 'language'> = ENGLISH_READER,
): Message {
  const words = wordsFor(reader);
  const which = words.direct.which({ id: restore.id, deed: deedWords(restore, words) });
  const said = unreachedWords(restore, about, words);
  return { text: fitted(`${which}: ${said}`, LIMIT.text), blocks: [section(`*${which}*\n${said}`)] };
}

/** The same for the requester. */
export function unreachedWords(restore: Restore, { nth, now }: AboutUnreached, words: Words): string {
  const unreached = unreachedPlace(restore, nth);
  const { unreached: say } = words;
  if (!unreached) return '';
  const { place, notice, why, mayHaveArrived } = unreached;
  const facts = { place: mention.place(place), why: whyWords(unreached, words), code: quoted(why, 100) };
  return [
    (mayHaveArrived ? say.maybe : say.not)[notice](facts),
    isPerson(place) ? say.tellPerson(facts.place) : say.next[nextFor(why)](facts.place),
    goesOnWords(restore, now, words),
  ].join(' ');
}

/** Slack's codes that people can do something about by themselves. */
const CODES = {
  is_archived: 'archived',
  channel_not_found: 'notFound',
  not_in_channel: 'notInside',
} as const;

type Code = keyof typeof CODES;

function isCode(why: string): why is Code {
  return why in CODES;
}

function whyWords({ why }: Unreached, { unreached }: Words): string {
  return isCode(why) ? unreached.why[CODES[why]] : unreached.why.other;
}

function nextFor(why: string): (typeof CODES)[Code] | 'other' {
  return isCode(why) ? CODES[why] : 'other';
}

function goesOnWords({ state }: Restore, now: Instant, words: Words): string {
  const { unreached } = words;
  if (state.status === 'approved') return unreached.startsAnyway(ahead(state.startAt, now, words));
  if (state.status === 'awaiting-approval') return unreached.waits;
  return isUnderWay(state.status) ? unreached.goesOn : unreached.isOver;
}
