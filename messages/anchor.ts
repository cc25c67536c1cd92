import { type ChainHead, digestOf } from '../src/restore/history.ts';
import { LIMIT } from './slack-limits.ts';
import type { Message } from './slack-text.ts';

const KEEP = 'Keep this message: it shows later whether the record was changed.';

/** Room for the digits of the number of heads. */
const LONGEST_COUNT = 5;

/** Says where the history of a restore that ended stands, in words that `audit:verify --anchors` reads. */
export function restoreAnchor(head: ChainHead): Message {
  return plain([`Audit anchor for ${headWords(head)}. ${KEEP}`]);
}

/** Says where the histories stand that changed since the anchor before, in as many messages as Slack's limits need. */
export function dailyAnchors(day: string, heads: readonly ChainHead[]): readonly Message[] {
  const room = LIMIT.text - plainText(titled(day, [])).length - LONGEST_COUNT;
  const parts: ChainHead[][] = [];
  let used = room;
  for (const head of heads) {
    const length = headWords(head).length + 1;
    if (used + length > room) {
      parts.push([]);
      used = 0;
    }
    parts.at(-1)?.push(head);
    used += length;
  }
  return parts.map((part) => plain(titled(day, part)));
}

function titled(day: string, heads: readonly ChainHead[]): readonly string[] {
  return [
    `Audit anchor of ${day}: ${heads.length} restores, digest sha256 ${digestOf(heads)}. ${KEEP}`,
    ...heads.map(headWords),
  ];
}

function headWords({ restoreId, instance, seq, at, hash }: ChainHead): string {
  return `${restoreId} (${instance}): ${seq} entries up to ${at}, head sha256 ${hash}`;
}

/** Without any markup, so that what is copied from Slack is what was said. */
function plain(lines: readonly string[]): Message {
  return {
    text: plainText(lines),
    blocks: sections(lines).map((text) => ({ type: 'section', text: { type: 'plain_text', text, emoji: false } })),
  };
}

function plainText(lines: readonly string[]): string {
  return lines.join('\n');
}

/** Whole lines, as many as fit in a section. */
function sections(lines: readonly string[]): readonly string[] {
  const texts: string[] = [];
  for (const line of lines) {
    const last = texts.pop();
    if (last === undefined) texts.push(line);
    else if (last.length + 1 + line.length <= LIMIT.section) texts.push(`${last}\n${line}`);
    else texts.push(last, line);
  }
  return texts;
}
