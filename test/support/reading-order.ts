import { LIMIT } from '../../messages/slack-limits.ts';

/** What a message says twice: to those who see its blocks, and to those whom its plain text is read out to. */
export interface Twofold {
  /** The plain text. */
  readonly heard: string;
  /** The words of the blocks, a line each, from top to bottom. */
  readonly shown: readonly string[];
}

/** The last line of a text that stops before the message does, with how many lines are left out. */
const SHORTENED = /\n… (?:and|und) (\d+) (?:more lines?|weitere Zeilen?)$/;

/** Words as they are read out: without marks of style, entities or breaks. */
function readOut(text: string): string {
  const plain = text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
  return plain.replaceAll(/[*_`]/g, '').replaceAll(/\s+/g, ' ').trim();
}

/**
 * Where the plain text is another than the blocks: a line that it leaves out or says before what stands above it, or one after
 * its headline that stands in no block. One that is shortened says everything up to where it stops, is as long as can be, and
 * counts what is left out.
 */
export function readingOrderFaults({ heard, shown }: Twofold): readonly string[] {
  const [, left] = SHORTENED.exec(heard) ?? [];
  const whole = heard.replace(SHORTENED, '');
  const lines = shown.map(readOut).filter(Boolean);
  if (left !== undefined) return shortenedFaults(whole, lines, Number(left));
  const missing = firstMissing(readOut(whole), lines);
  if (missing === undefined) return unseen(whole, lines);
  const isElsewhere = readOut(whole).includes(missing);
  return [
    isElsewhere
      ? `the plain text says "${missing}" before what stands above it`
      : `the plain text does not say "${missing}"`,
  ];
}

/** The first line that is not said after all that stand above it. */
function firstMissing(heard: string, lines: readonly string[]): string | undefined {
  let from = 0;
  for (const line of lines) {
    const found = heard.indexOf(line, from);
    if (found < 0) return line;
    from = found + line.length;
  }
  return undefined;
}

/** Lines after the headline that no block says: of those nobody who looks knows. */
function unseen(heard: string, lines: readonly string[]): readonly string[] {
  const seen = lines.join(' ');
  return heard
    .split('\n')
    .slice(1)
    .map((line) => readOut(line).replace(/^(?:Buttons|Knöpfe): /, ''))
    .filter((line) => !seen.includes(line))
    .map((line) => `no block says "${line}"`);
}

function shortenedFaults(heard: string, lines: readonly string[], left: number): readonly string[] {
  const said = lines.slice(0, lines.length - left);
  const next = lines[said.length] ?? '';
  const wrong = [firstMissing(readOut(heard), said) ?? [], unseen(heard, said)].flat();
  return [
    ...wrong.map((line) => `the plain text is no beginning of what is shown: "${line}"`),
    ...(heard.length + next.length > LIMIT.text - ROOM_FOR_MARKS
      ? []
      : [`the plain text stops before "${next}", which would fit`]),
  ];
}

/** Marks of style, entities and the last line count as characters of a text, and not of what is read out. */
const ROOM_FOR_MARKS = 200;
