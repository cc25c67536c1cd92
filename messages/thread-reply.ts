import { ENGLISH_READER, type Reader } from '../src/restore/language.ts';
import type { Instant } from '../src/restore/names.ts';
import type { ReplyKind } from '../src/restore/owed-message.ts';
import { nextUpdateAt, promisedTo } from '../src/restore/promised-update.ts';
import type { Restore } from '../src/restore/restore.ts';
import { beganAt, isFromFile, statusSince } from '../src/restore/stakeholder-status.ts';
import { isLateNews } from '../src/restore/start-time.ts';
import { goalSaid, inWay } from './goal-words.ts';
import { aboutWords } from './head-message.ts';
import { durationRange } from './loss-words.ts';
import { listed } from './people.ts';
import { ahead, context, type Message, mention, moment, past, quoted, section } from './slack-text.ts';
import { spokenText } from './spoken.ts';
import { statusName } from './status-words.ts';
import { type Words, wordsFor } from './words/words.ts';

/** What a reply tells, besides the record. */
export interface ReplyFacts {
  /** Where it is said. */
  readonly place: string;
  readonly now: Instant;
  /** Which objection, counted from 1. */
  readonly nth?: number | undefined;
}

/** A text holds 3000 characters. */
const MOST_MENTIONED = 50;

/** One more line of what happened, in the thread of a head message. */
export function threadReply(
  kind: ReplyKind,
  restore: Restore,
  facts: ReplyFacts,
  reader: Reader = ENGLISH_READER,
): Message {
  const words = wordsFor(reader);
  const said = saidOf(kind, restore, facts, words);
  const blocks = [section(said), context(aboutWords(restore, words))];
  return { text: spokenText(said, blocks.slice(1), words), blocks };
}

function saidOf(kind: ReplyKind, restore: Restore, facts: ReplyFacts, words: Words): string {
  const { state, terms, movedStart, since } = restore;
  const goal = goalSaid(restore, words);
  const { reply } = words.stakeholders;
  const { now } = facts;
  const next = nextSentence(restore, now, words);
  const time = durationRange(terms.estimate, words);
  switch (kind) {
    case 'start-moved':
      return reply.startMoved({
        from: moment(movedStart?.from ?? since),
        to: ahead(movedStart?.to ?? since, now, words),
      });
    case 'file-awaited':
      return [
        reply.fileAwaited({ at: past(statusSince(restore)), time, next }),
        inWay(words.stakeholders.head.lossToCome, goal, {}),
      ].join('\n');
    case 'unclear':
      return unclearWords(restore, next, words);
    case 'started':
      return inWay(reply.started, goal, { at: past(beganAt(restore) ?? since), time, next });
    case 'verifying':
      return inWay(reply.verifying, goal, { at: past('restoredAt' in state ? state.restoredAt : since), next });
    case 'update':
      return updateWords(restore, facts, words);
    case 'newly-told':
      return newlyToldWords(restore, facts.nth, words);
    case 'objection':
      return objectionWords(restore, facts.nth, words);
    case 'objection-answered':
      return answerWords(restore, facts.nth, words);
    default:
      return kind satisfies never;
  }
}

function unclearWords(restore: Restore, next: string, words: Words): string {
  const { unclear, fileUnclear } = words.stakeholders.reply;
  const facts = { at: past(statusSince(restore)), next };
  return isFromFile(restore) ? fileUnclear(facts) : inWay(unclear, goalSaid(restore, words), facts);
}

function newlyToldWords({ newlyTold = [], terms }: Restore, nth: number | undefined, words: Words): string {
  const { reply } = words.stakeholders;
  const groups = newlyTold[(nth ?? 1) - 1]?.groups ?? [];
  const follows = terms.objections === 'hold' ? reply.objectionHolds : reply.objectionIsTold;
  return reply.newlyTold({ groups: listed(groups.slice(0, MOST_MENTIONED).map(mention.group), words), follows });
}

/** Kept also when nothing has changed; one that comes late says so. */
function updateWords(restore: Restore, { place, now }: ReplyFacts, words: Words): string {
  const { since, observation } = restore;
  const { reply } = words.stakeholders;
  const promised = promisedTo(place, restore);
  const seen = observation ? reply.seen({ at: past(observation.at), words: quoted(observation.words, 300) }) : '';
  const status = statusName(restore, words);
  const still = reply.still({ status, since: past(since), seen, next: nextSentence(restore, now, words) });
  return promised && isLateNews(promised, now) ? `${reply.late(past(promised))}\n${still}` : still;
}

function nextSentence(restore: Restore, now: Instant, words: Words): string {
  const { reply } = words.stakeholders;
  const next = nextUpdateAt(restore);
  return next ? reply.next(ahead(next, now, words)) : '';
}

function objectionWords({ objections = [], terms }: Restore, nth: number | undefined, words: Words): string {
  const objection = objections[(nth ?? 1) - 1];
  if (!objection) return '';
  const { reply } = words.stakeholders;
  const { by, at, why, holds } = objection;
  const unheld = terms.objections === 'hold' ? reply.tooLateToHold : reply.isTold;
  const follows = holds ? reply.isHeld : unheld;
  return reply.objection({ by: mention.person(by), at: past(at), why: quoted(why, 800), follows });
}

function answerWords({ objections = [] }: Restore, nth: number | undefined, words: Words): string {
  const { by: objector = '', answer } = objections[(nth ?? 1) - 1] ?? {};
  if (!answer) return '';
  const { by, kind } = answer;
  return words.stakeholders.reply.answer({
    by: mention.person(by),
    objector: mention.person(objector),
    kind,
    words: quoted(answer.words, 800),
  });
}
