import { dataLossMinutes } from '../src/restore/loss.ts';
import type { Instant, RestoreId } from '../src/restore/restore.ts';
import { type Snapshot, usability } from '../src/restore/snapshot.ts';
import { cardText } from './restore-card.ts';
import { type Listed, restoreLine, unreadableWords } from './restore-list.ts';
import { LIMIT } from './slack-limits.ts';
import { duration, escaped, fitted, type Message, moment, quoted, section, utc } from './slack-text.ts';
import { UNUSABLE_WORDS } from './snapshot-options.ts';

/** One answer to a command, in the same words on screen and for a screen reader. */
function reply(lines: readonly string[], text = lines.join('\n')): Message {
  return { text: fitted(text, LIMIT.text), blocks: [section(lines.join('\n'))] };
}

export function statusReply(listed: Listed, now: Instant): Message {
  const { restore } = listed;
  const words = restore.observation ? [quoted(restore.observation.words, 300)] : [];
  return reply([restoreLine(listed, now), ...words], cardText(restore, now));
}

const MOST_LISTED = 15;

export function listReply(restores: readonly Listed[], now: Instant, unreadable: readonly RestoreId[] = []): Message {
  const gaps = unreadableWords(unreadable);
  if (restores.length === 0) return reply(gaps.length > 0 ? gaps : ['No restore is open. `/restore` asks for one.']);
  const rest = restores.length - MOST_LISTED;
  const lines = restores.slice(0, MOST_LISTED).map((listed) => restoreLine(listed, now));
  const text = restores
    .slice(0, MOST_LISTED)
    .map(({ restore }) => cardText(restore, now))
    .join('\n');
  return reply([...lines, ...(rest > 0 ? [`and ${rest} more`] : []), ...gaps], [text, ...gaps].join('\n'));
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

export function snapshotsReply(model: SnapshotsModel): Message {
  const { alias, snapshots, now } = model;
  const about = `Tier: ${escaped(model.tier)}; scheduled snapshots: ${model.frequency}.`;
  if (snapshots.length === 0) {
    return reply([`*${escaped(alias)}* has no snapshots in the ${model.daysKept} days that were looked at. ${about}`]);
  }
  const rest = snapshots.length - MOST_SNAPSHOTS;
  return reply([
    `*Snapshots of ${escaped(alias)}*, newest first, ${model.daysRead} of ${model.daysKept} days read. ${about}`,
    ...snapshots.slice(0, MOST_SNAPSHOTS).map((snapshot) => snapshotLine(snapshot, now)),
    ...(rest > 0 ? [`and ${rest} older ones; the form of \`/restore ${escaped(alias)}\` finds them by date`] : []),
  ]);
}

function snapshotLine(snapshot: Snapshot, now: Instant): string {
  const usable = usability(snapshot);
  const age = duration(dataLossMinutes(snapshot.takenAt, now));
  const exportable = snapshot.exportable === undefined ? '' : snapshot.exportable ? ', exportable' : ', not exportable';
  const use = usable.usable
    ? usable.caution
      ? ' · may be differential'
      : ''
    : ` · cannot be used: ${UNUSABLE_WORDS[usable.why]}`;
  return `• ${moment(snapshot.takenAt)} · ${age} old · ${escaped(snapshot.profile)}${exportable}${use}`;
}

export function snapshotTakenReply(alias: string, snapshotId: string): Message {
  return reply([
    `Aura is taking a snapshot of *${escaped(alias)}* (\`${escaped(snapshotId)}\`). \`/restore snapshots ${escaped(alias)}\` shows when it is complete.`,
  ]);
}

export function stoppedReply({ restore }: Listed): Message {
  const { id, plan } = restore;
  return reply([
    `${id} is stopped. ${escaped(plan.instance.alias)} was not rolled back to ${utc(plan.restorePoint.takenAt)}.`,
  ]);
}

const COMMANDS: readonly (readonly [usage: string, words: string])[] = [
  ['/restore', 'open the form to ask for a restore'],
  ['/restore <instance>', 'the same, with the instance chosen'],
  ['/restore status [id]', 'where a restore stands; without id, yours'],
  ['/restore list', 'all open restores'],
  ['/restore cancel <id>', 'stop a restore before its restore call is sent'],
  ['/restore snapshots <instance>', 'the restore points Aura keeps'],
  ['/restore snapshot <instance>', 'take a snapshot now; needs no approval'],
  ['/restore help', 'this list'],
];

export function helpReply(): Message {
  return reply([
    'A restore puts an Aura instance back to a snapshot. Everything written after it is lost, so a second person must confirm.',
    ...COMMANDS.map(([usage, words]) => `• \`${escaped(usage)}\`: ${words}`),
  ]);
}

export function unknownCommandReply(typed: string, nearest: readonly string[]): Message {
  const meant =
    nearest.length > 0 ? ` Did you mean ${nearest.map((word) => `\`/restore ${escaped(word)}\``).join(' or ')}?` : '';
  return reply([
    `\`/restore\` knows no command or instance "${quoted(typed, 60)}".${meant} \`/restore help\` lists what there is.`,
  ]);
}
