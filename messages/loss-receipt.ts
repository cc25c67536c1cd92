import type { KnownBlock } from '@slack/types';
import type { NamesLoss } from '../src/restore/receipt/access.ts';
import { type Amount, difference } from '../src/restore/receipt/amount.ts';
import { currentReceipt, losesData } from '../src/restore/receipt/next-loss-look.ts';
import type { CountLine, CountsLoss, LastWrite, LossReceipt, ReceiptSource } from '../src/restore/receipt/receipt.ts';
import type { Restore } from '../src/restore/restore.ts';
import { listed } from './people.ts';
import { duration, fitted, past, quoted, section } from './slack-text.ts';
import { ENGLISH, type Words } from './words/words.ts';

const LONGEST_NAME = 40;
const LONGEST_QUESTION = 60;
/** Of lines about counts and about users, each: a second person reads them at night. The record has more. */
const MOST_LINES = 6;
const MOST_CHANGES = 3;
const MOST_NAMES = 5;

/** Of a message with much else in it. */
const LONGEST = 1400;

/** What the request that is decided about would lose of the data, as far as it is known; says so where it is not. */
export function receiptBlock(
  restore: Pick<Restore, 'lossReceipt' | 'plan' | 'terms'>,
  words: Words = ENGLISH,
): KnownBlock {
  return blockOf(receiptLines(restore, words));
}

/** The same of a receipt that is on no record. */
export function blockOfReceipt(receipt: LossReceipt, words: Words): KnownBlock {
  return blockOf(linesOfReceipt(receipt, words));
}

function blockOf(lines: readonly string[]): KnownBlock {
  return section(fitted(lines.join('\n'), LONGEST));
}

function receiptLines(restore: Pick<Restore, 'lossReceipt' | 'plan' | 'terms'>, words: Words): readonly string[] {
  const { receipt: say } = words;
  if (!losesData(restore.plan)) return [say.nothing];
  if (!restore.terms.receipt) return [say.impossible];
  const receipt = currentReceipt(restore);
  return receipt ? linesOfReceipt(receipt, words) : [say.beingLooked];
}

/** A receipt in words. Every number says how good it is, and what is unknown says why. */
export function linesOfReceipt(receipt: LossReceipt, words: Words = ENGLISH): readonly string[] {
  const { receipt: say } = words;
  const { questions, access } = receipt;
  return [
    `${say.title} ${sourceWords(receipt.source, words)} ${say.lookedAt(past(receipt.lookedAt))}`,
    lastWriteLine(receipt.lastWrite, words),
    ...questions.map(({ name, answer }) => questionLine(quoted(name, LONGEST_QUESTION), answer, words)),
    ...countLines(receipt.counts, words),
    ...nameLines(access.users, words.receipt.users, words),
    ...nameLines(access.roles, words.receipt.roles, words),
  ];
}

function sourceWords(source: ReceiptSource, words: Words): string {
  const { receipt: say } = words;
  switch (source.kind) {
    case 'on-the-way':
      return say.onTheWay({ gap: duration(Math.abs(source.gapMinutes), words), isAfter: source.gapMinutes >= 0 });
    case 'preview':
      return say.preview;
    case 'between':
      return say.between({ before: past(source.before), after: past(source.after) });
    case 'none':
      return say.noSource;
    default:
      return source satisfies never;
  }
}

function lastWriteLine(lastWrite: LastWrite, { receipt: say }: Words): string {
  switch (lastWrite.kind) {
    case 'seen': {
      const { at, label, property } = lastWrite;
      return say.lastWrite.seen({
        at: past(at),
        of: `${quoted(label, LONGEST_NAME)}.${quoted(property, LONGEST_NAME)}`,
      });
    }
    case 'none':
      return say.lastWrite.none;
    case 'unknown':
      return say.lastWrite.unknown(say.because[lastWrite.because]);
    default:
      return lastWrite satisfies never;
  }
}

function questionLine(name: string, answer: Amount, words: Words): string {
  const { receipt: say } = words;
  if (answer.kind === 'unknown') return say.about({ what: name, why: say.because[answer.because] });
  return say.question({ name, value: valueWords(answer, words), kind: say.kinds[answer.kind] });
}

/** A number as it may be said: never more exact than it is. */
function valueWords(amount: Exclude<Amount, { kind: 'unknown' }>, { receipt: say, basics }: Words): string {
  const { number } = basics;
  switch (amount.kind) {
    case 'known':
      return number(amount.value);
    case 'sampled':
      return say.sampledValue({
        value: number(amount.value),
        atMost: number(amount.atMost),
        looked: number(amount.looked),
        of: number(amount.of),
      });
    case 'estimated':
      return say.estimatedValue(number(amount.value));
    default:
      return amount satisfies never;
  }
}

function countLines(counts: CountsLoss, words: Words): readonly string[] {
  const { receipt: say } = words;
  if (counts.kind === 'unknown') return [say.countsUnknown(say.because[counts.because])];
  const shown = counts.lines.slice(0, MOST_LINES);
  const unnamed = counts.unnamed + counts.lines.length - shown.length;
  return [
    ...[...shown, ...counts.totals].map((line) => countLine(line, words)),
    ...(unnamed > 0 ? [say.more(unnamed)] : []),
    ...(counts.same > 0 ? [say.same(counts.same)] : []),
    ...(counts.isSchemaChanged === false
      ? []
      : [counts.isSchemaChanged === true ? say.schema.changed : say.schema.unknown]),
  ];
}

function countLine(line: CountLine, words: Words): string {
  const { receipt: say, basics } = words;
  const what = whatIsCounted(line, words);
  const { now, before } = line;
  const apart = difference(now, before);
  if (now.kind === 'unknown' || before.kind === 'unknown' || apart.kind === 'unknown') {
    return say.about({ what, why: apart.kind === 'unknown' ? say.because[apart.because] : '' });
  }
  const kind = say.kinds[apart.kind];
  const [is, was] = [valueWords(now, words), valueWords(before, words)];
  if (apart.value === 0) return say.sameCount({ what, now: is, kind });
  const count = basics.number(Math.abs(apart.value));
  return (apart.value > 0 ? say.lost : say.back)({ what, count, now: is, before: was, kind });
}

function whatIsCounted({ of, name }: CountLine, { receipt: say }: Words): string {
  switch (of) {
    case 'nodes':
      return say.nodes;
    case 'relationships':
      return say.relationships;
    case 'label':
      return say.label(quoted(name, LONGEST_NAME));
    case 'type':
      return say.type(quoted(name, LONGEST_NAME));
    default:
      return of satisfies never;
  }
}

function nameLines(loss: NamesLoss, say: Words['receipt']['users'], words: Words): readonly string[] {
  const { receipt } = words;
  if (loss.kind === 'unknown') return [say.unknown(receipt.because[loss.because])];
  const { back, gone, changed } = loss;
  const names = (all: readonly string[]) =>
    listed([...all.slice(0, MOST_NAMES).map((name) => quoted(name, LONGEST_NAME))], words);
  const hidden = (all: readonly unknown[], most: number) => Math.max(0, all.length - most);
  const more = loss.unnamed + hidden(back, MOST_NAMES) + hidden(gone, MOST_NAMES) + hidden(changed, MOST_CHANGES);
  const lines = [
    ...(back.length > 0 ? [say.back(names(back))] : []),
    ...(gone.length > 0 ? [say.gone(names(gone))] : []),
    ...changed.slice(0, MOST_CHANGES).map(({ name, now, before }) =>
      say.changed({
        name: quoted(name, LONGEST_NAME),
        now: quoted(now, LONGEST_NAME),
        before: quoted(before, LONGEST_NAME),
      }),
    ),
    ...(more > 0 ? [receipt.moreNames(more)] : []),
  ];
  return lines.length > 0 ? lines : [say.same];
}
