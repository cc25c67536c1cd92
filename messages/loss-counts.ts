import { type Amount, difference } from '../src/restore/receipt/amount.ts';
import type { CountLine, CountsLoss, LossReceipt } from '../src/restore/receipt/receipt.ts';
import { quoted } from './slack-text.ts';
import type { Words } from './words/words.ts';

const LONGEST_NAME = 40;
/** A second person reads them at night. The record has more. */
const MOST_LINES = 6;

/** The counts of a receipt in words: what differs, or what is there where nobody knows what would be. */
export function countLines({ counts, source }: LossReceipt, words: Words): readonly string[] {
  const { receipt: say } = words;
  if (counts.kind === 'unknown') return [say.countsUnknown(say.because[counts.because])];
  if (counts.kind === 'only-now') return onlyNowLines(counts, words);
  const isOfSource = source.kind === 'live-source';
  const schema = isOfSource ? say.schemaOfSource : say.schema;
  const shown = [...counts.lines].sort(lostFirst).slice(0, MOST_LINES);
  const unnamed = counts.unnamed + counts.lines.length - shown.length;
  return [
    ...[...shown, ...counts.totals].map((line) => countLine(line, isOfSource, words)),
    ...(unnamed > 0 ? [say.more(unnamed)] : []),
    ...(counts.same > 0 ? [say.same(counts.same)] : []),
    ...(counts.isSchemaChanged === false ? [] : [counts.isSchemaChanged === true ? schema.changed : schema.unknown]),
  ];
}

/** What is there now, where nobody knows what would be there: a number of it says nothing of how much would be lost. */
function onlyNowLines(
  { totals, lines, unnamed, because }: Extract<CountsLoss, { kind: 'only-now' }>,
  words: Words,
): readonly string[] {
  const { receipt: say, basics } = words;
  const shown = lines.slice(0, MOST_LINES);
  const more = unnamed + lines.length - shown.length;
  return [
    say.howManyUnknown(say.because[because]),
    ...[...totals, ...shown].map((line) =>
      line.now.kind === 'unknown'
        ? say.about({ what: whatIsCounted(line, words), why: say.because[line.now.because] })
        : say.thereNow({
            what: whatIsCounted(line, words),
            now: valueWords(line.now, words),
            kind: say.kinds[line.now.kind],
          }),
    ),
    ...(more > 0 ? [say.moreKinds(basics.number(more))] : []),
  ];
}

/** What would be lost is what somebody must agree to; what would come back is what they hope for. */
function lostFirst(one: CountLine, other: CountLine): number {
  const order = ({ now, before }: CountLine) => {
    const apart = difference(now, before);
    return apart.kind === 'unknown' || apart.value > 0 ? 0 : 1;
  };
  return order(one) - order(other);
}

function countLine(line: CountLine, isOfSource: boolean, words: Words): string {
  const { receipt: say, basics } = words;
  const what = whatIsCounted(line, words);
  const { now, before } = line;
  const apart = difference(now, before);
  if (now.kind === 'unknown' || before.kind === 'unknown' || apart.kind === 'unknown') {
    return say.about({ what, why: apart.kind === 'unknown' ? say.because[apart.because] : '' });
  }
  const kind = say.kinds[apart.kind];
  const [is, was] = [valueWords(now, words), valueWords(before, words)];
  if (apart.value === 0) return (isOfSource ? say.sameAsSource : say.sameCount)({ what, now: is, kind });
  const count = basics.number(Math.abs(apart.value));
  const facts = { what, count, now: is, before: was, kind };
  if (isOfSource) return (apart.value > 0 ? say.lostToSource : say.gainedFromSource)(facts);
  return (apart.value > 0 ? say.lost : say.back)(facts);
}

function whatIsCounted({ of, name }: Pick<CountLine, 'of' | 'name'>, { receipt: say }: Words): string {
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

/** A number as it may be said: never more exact than it is. */
export function valueWords(amount: Exclude<Amount, { kind: 'unknown' }>, { receipt: say, basics }: Words): string {
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
