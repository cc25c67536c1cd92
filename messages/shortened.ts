import type { KnownBlock } from '@slack/types';
import { LIMIT } from './slack-limits.ts';
import { fitted, section } from './slack-text.ts';
import type { Words } from './words/words.ts';

/**
 * As many whole lines as `length` characters hold; the last one then says how many more there are, so that nobody takes the part
 * for the whole. A first line that is longer than that alone is cut.
 */
export function fittingLines(text: string, length: number, { basics }: Words): string {
  if (text.length <= length) return text;
  const lines = text.split('\n');
  for (let kept = lines.length - 1; kept > 0; kept--) {
    const left = lines.slice(kept).filter((line) => line.trim() !== '').length;
    const part = [...lines.slice(0, kept), ...(left > 0 ? [basics.moreLines(left)] : [])].join('\n');
    if (part.length <= length) return part;
  }
  return fitted(text, length);
}

/** Lines in as few sections as they fit into, none of them cut but one that is longer than a section. */
export function sections(lines: readonly string[]): KnownBlock[] {
  const texts: string[] = [];
  for (const line of lines) {
    const both = `${texts.at(-1)}\n${line}`;
    if (texts.length === 0 || both.length > LIMIT.section) texts.push(line);
    else texts[texts.length - 1] = both;
  }
  return texts.map(section);
}

/** A list between what must be said before and after it. */
export interface LongList {
  readonly before?: readonly string[];
  readonly items: readonly string[];
  /** How many of them are shown when all fit. */
  readonly most: number;
  /** Says how many are not shown. */
  readonly more: (count: number) => string;
  readonly after?: readonly string[];
}

/** A list as one message holds it: with fewer items where they do not fit, and always with how many more there are. */
export function listLines({ before = [], items, most, more, after = [] }: LongList): readonly string[] {
  const linesOf = (count: number) => {
    const rest = items.length - count;
    return [...before, ...items.slice(0, count), ...(rest > 0 ? [more(rest)] : []), ...after];
  };
  for (let count = Math.min(most, items.length); count > 0; count--) {
    const lines = linesOf(count);
    if (lines.join('\n').length <= LIMIT.text) return lines;
  }
  return linesOf(0);
}
