import type { HomeView, KnownBlock } from '@slack/types';
import type { Delegation } from '../src/restore/delegation.ts';
import type { ExportTask } from '../src/restore/exports/export-task.ts';
import { ENGLISH_READER, type Reader } from '../src/restore/language.ts';
import type { Instant, PersonId, RestoreId } from '../src/restore/names.ts';
import { ACTION } from './action-ids.ts';
import { delegationBlock } from './delegation-block.ts';
import { overdueOnHome } from './exports/list.ts';
import { type Listed, restoreLine, unreadableWords } from './restore-list.ts';
import { context, divider, header, past, section } from './slack-text.ts';
import { type Words, wordsFor } from './words/words.ts';

export interface HomeModel {
  /** Whose home it is. */
  readonly person: PersonId;
  readonly now: Instant;
  readonly waitingForMe: readonly Listed[];
  readonly mine: readonly Listed[];
  readonly underWay: readonly Listed[];
  readonly endedLately: readonly Listed[];
  /** In force or to come, the person being one of the two; undefined while nobody can look them up. */
  readonly places: readonly Delegation[] | undefined;
  /** Those that are due; only overdue ones are shown. */
  readonly exports?: readonly ExportTask[];
  readonly unreadable?: readonly RestoreId[];
}

const MOST_EACH = 10;

/** The home while nothing can be looked up. */
export function homeTrouble(text: string, reader: Reader = ENGLISH_READER): HomeView {
  return { type: 'home', blocks: [section(text), context(wordsFor(reader).home.refresh)] };
}

/** What a person finds in the bot's home: what waits for them first. */
export function homeView(model: HomeModel, reader: Reader = ENGLISH_READER): HomeView {
  const words = wordsFor(reader);
  const { home } = words;
  const group = (title: string, restores: readonly Listed[], none: string) =>
    groupBlocks({ title, restores, none, now: model.now }, words);
  return {
    type: 'home',
    blocks: [
      {
        type: 'actions',
        elements: [
          {
            type: 'button',
            action_id: ACTION.openForm,
            text: { type: 'plain_text', text: home.request },
            style: 'primary',
          },
        ],
      },
      ...group(home.waiting, model.waitingForMe, home.waitingNone),
      ...group(home.mine, model.mine, home.mineNone),
      ...placeBlocks(model, words),
      ...group(home.underWay, model.underWay, home.underWayNone),
      ...overdueOnHome(model.exports ?? [], model.now, words),
      ...group(home.ended, model.endedLately, home.endedNone),
      ...unreadableWords(model.unreadable ?? [], words).map(section),
      divider(),
      context(home.asOf(past(model.now))),
    ],
  };
}

/** Places that were handed over by this person or to them, each with the way to end it; nothing when there are none. */
function placeBlocks({ places, person, now }: HomeModel, words: Words): KnownBlock[] {
  if (places === undefined) return [header(words.home.places), section(words.home.placesUnknown)];
  if (places.length === 0) return [];
  const rest = places.length - MOST_EACH;
  return [
    header(words.home.places),
    ...places.slice(0, MOST_EACH).map((one) => delegationBlock(one, { person, now }, words)),
    ...(rest > 0 ? [context(words.home.morePlaces(rest))] : []),
  ];
}

function groupBlocks(
  group: { readonly title: string; readonly restores: readonly Listed[]; readonly none: string; readonly now: Instant },
  words: Words,
): KnownBlock[] {
  const { title, restores, none, now } = group;
  if (restores.length === 0) return [header(title), section(none)];
  const rest = restores.length - MOST_EACH;
  return [
    header(title),
    ...restores.slice(0, MOST_EACH).map((listed) => section(restoreLine(listed, now, words))),
    ...(rest > 0 ? [context(words.home.more(rest))] : []),
  ];
}
