import { ENGLISH_READER, type Reader } from '../src/restore/language.ts';
import { dataLossMinutes } from '../src/restore/loss.ts';
import type { Instant, RestoreId } from '../src/restore/names.ts';
import { type Snapshot, usability } from '../src/restore/snapshot.ts';
import { goalSaid, inWay } from './goal-words.ts';
import { meantWords } from './refusal.ts';
import { cardText } from './restore-card.ts';
import { type Listed, restoreLine, unreadableWords } from './restore-list.ts';
import { listLines, sections } from './shortened.ts';
import { LIMIT } from './slack-limits.ts';
import { duration, escaped, fitted, type Message, moment, quoted, utc } from './slack-text.ts';
import { type Words, wordsFor } from './words/words.ts';

/** One answer to a command, in the same words on screen and for a screen reader. */
function reply(lines: readonly string[], text = lines.join('\n')): Message {
  return { text: fitted(text, LIMIT.text), blocks: sections(lines) };
}

export function statusReply(listed: Listed, now: Instant, reader: Reader = ENGLISH_READER): Message {
  const { restore } = listed;
  const words = wordsFor(reader);
  const seen = restore.observation ? [words.basics.recorded(quoted(restore.observation.words, 300))] : [];
  const lines = [restoreLine(listed, now, words), ...seen];
  return reply(lines, [cardText(restore, now, words), ...lines].join('\n'));
}

const MOST_LISTED = 15;

export function listReply(
  restores: readonly Listed[],
  now: Instant,
  unreadable: readonly RestoreId[] = [],
  reader: Reader = ENGLISH_READER,
): Message {
  const words = wordsFor(reader);
  const gaps = unreadableWords(unreadable, words);
  if (restores.length === 0) return reply(gaps.length > 0 ? gaps : [words.replies.noneOpen]);
  const items = restores.map((listed) => restoreLine(listed, now, words));
  return reply(listLines({ items, most: MOST_LISTED, more: words.basics.andMore, after: gaps }));
}

export interface SnapshotsModel {
  readonly alias: string;
  readonly snapshots: readonly Snapshot[];
  readonly daysRead: number;
  readonly daysKept: number;
  readonly tier: string;
  readonly frequency: string;
  readonly now: Instant;
}

const MOST_SNAPSHOTS = 20;

export function snapshotsReply(model: SnapshotsModel, reader: Reader = ENGLISH_READER): Message {
  const { snapshots, now, daysRead, daysKept } = model;
  const words = wordsFor(reader);
  const say = words.replies.snapshots;
  const alias = escaped(model.alias);
  const about = say.about({ tier: escaped(model.tier), frequency: say.frequency(model.frequency) });
  if (snapshots.length === 0) return reply([say.none({ alias, days: daysKept, about })]);
  return reply(
    listLines({
      before: [say.title({ alias, daysRead, daysKept, about })],
      items: snapshots.map((snapshot) => snapshotLine(snapshot, now, words)),
      most: MOST_SNAPSHOTS,
      more: (count) => say.more({ count, alias }),
    }),
  );
}

function snapshotLine(snapshot: Snapshot, now: Instant, words: Words): string {
  const { form, replies } = words;
  const { takenAt, exportable, profile } = snapshot;
  const usable = usability(snapshot);
  const age = duration(dataLossMinutes(takenAt, now), words);
  const isExportable = exportable ? form.snapshot.exportable : form.snapshot.notExportable;
  const facts = [
    form.snapshot.old({ at: moment(takenAt), age }),
    [escaped(profile), ...(exportable === undefined ? [] : [isExportable])].join(', '),
    ...(usable.usable && usable.caution ? [replies.snapshots.mayBeDifferential] : []),
    ...(usable.usable ? [] : [replies.snapshots.cannotBeUsed(form.snapshot.unusable[usable.why])]),
  ];
  return `• ${facts.join(' · ')}`;
}

export function snapshotTakenReply(alias: string, snapshotId: string, reader: Reader = ENGLISH_READER): Message {
  const { replies } = wordsFor(reader);
  return reply([replies.snapshots.taken({ alias: escaped(alias), snapshot: `\`${escaped(snapshotId)}\`` })]);
}

/** Where Aura keeps one snapshot only, a snapshot on request would destroy what a restore could go back to. */
export function snapshotReplacesReply(alias: string, tier: string, reader: Reader = ENGLISH_READER): Message {
  const { replies } = wordsFor(reader);
  return reply([replies.snapshots.replaces({ alias: escaped(alias), tier: escaped(tier) })]);
}

export function stoppedReply({ restore }: Listed, reader: Reader = ENGLISH_READER): Message {
  const words = wordsFor(reader);
  return reply([inWay(words.replies.stopped, goalSaid(restore, words, { time: utc }), { id: restore.id })]);
}

export function helpReply(reader: Reader = ENGLISH_READER): Message {
  const { help } = wordsFor(reader).replies;
  return reply([help.what, ...help.commands.map(([usage, words]) => `• \`${escaped(usage)}\`: ${words}`)]);
}

export function unknownCommandReply(
  typed: string,
  nearest: readonly string[],
  reader: Reader = ENGLISH_READER,
): Message {
  const words = wordsFor(reader);
  const near = nearest.map((word) => `\`/restore ${escaped(word)}\``);
  return reply([
    words.replies.unknown({
      typed: quoted(typed, 60),
      meant: near.length > 0 ? meantWords(near, words) : '',
    }),
  ]);
}

/** Adds the way to a card to a sentence about its restore. */
export function withCard(text: string, link: string, reader: Reader): string {
  return `${text} ${wordsFor(reader).replies.itsCard(link)}`;
}
