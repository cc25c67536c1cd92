import type { KnownBlock } from '@slack/types';
import type { NamesLoss } from '../src/restore/receipt/access.ts';
import type { Amount } from '../src/restore/receipt/amount.ts';
import { currentReceipt, losesData } from '../src/restore/receipt/next-loss-look.ts';
import type { LastWrite, LossReceipt, ReceiptSource } from '../src/restore/receipt/receipt.ts';
import type { Restore } from '../src/restore/restore.ts';
import { countLines, valueWords } from './loss-counts.ts';
import { listed } from './people.ts';
import { fittingLines } from './shortened.ts';
import { duration, escaped, past, quoted, section } from './slack-text.ts';
import { ENGLISH, type Words } from './words/words.ts';

const LONGEST_NAME = 40;
const LONGEST_QUESTION = 60;
const MOST_CHANGES = 3;
const MOST_NAMES = 5;

/** Of a message with much else in it. */
const LONGEST = 2000;

/** What the request that is decided about would lose of the data, as far as it is known; says so where it is not. */
export function receiptBlock(
  restore: Pick<Restore, 'lossReceipt' | 'plan' | 'terms'>,
  words: Words = ENGLISH,
): KnownBlock {
  return blockOf(receiptLines(restore, words), words);
}

/** The same of a receipt that is on no record. */
export function blockOfReceipt(receipt: LossReceipt, words: Words): KnownBlock {
  return blockOf(linesOfReceipt(receipt, words), words);
}

function blockOf(lines: readonly string[], words: Words): KnownBlock {
  return section(fittingLines(lines.join('\n'), LONGEST, words));
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
  const { questions } = receipt;
  return [
    `${say.title} ${sourceWords(receipt.source, words)} ${say.lookedAt(past(receipt.lookedAt))}`,
    lastWriteLine(receipt.lastWrite, words),
    ...questions.map(({ name, answer }) => questionLine(quoted(name, LONGEST_QUESTION), answer, words)),
    ...differenceLines(receipt, words),
  ];
}

/** Counts, users and roles; in one line where none of them is known, for one reason. */
function differenceLines(receipt: LossReceipt, words: Words): readonly string[] {
  const { receipt: say } = words;
  const { counts, access } = receipt;
  const { users, roles } = access;
  const because = counts.kind === 'unknown' ? counts.because : undefined;
  const isAllUnknown = because && [users, roles].every((one) => one.kind === 'unknown' && one.because === because);
  if (isAllUnknown) return [say.allUnknown(say.because[because])];
  return [...countLines(receipt, words), ...nameLines(users, say.users, words), ...nameLines(roles, say.roles, words)];
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
    case 'exported': {
      const { counted } = source;
      const about = { id: escaped(source.exportId), snapshot: `\`${escaped(source.snapshotId)}\`` };
      const how = counted.kind === 'preview' ? say.exportedPreview : sourceWords(counted, words);
      return `${how} ${say.exported(about)}`;
    }
    case 'file':
      return say.file;
    case 'live-source':
      return say.liveSource(past(source.takenAt));
    case 'source-not-seen':
      return say.sourceNotSeen(say.because[source.because]);
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
