import type { AskedAnew } from '../src/restore/agreement.ts';
import { ENGLISH_READER, type Reader } from '../src/restore/language.ts';
import type { Restore } from '../src/restore/restore.ts';
import { closedReason } from './closed-start.ts';
import { type Notice, noticeContext, noticeOf } from './notice.ts';
import { past, quoted } from './slack-text.ts';
import { type Words, wordsFor } from './words/words.ts';

/** Takes a planned notice back: the restore did not begin, and does not unless it is announced again. */
export function putOffNotice(restore: Restore, round = 1, reader: Reader = ENGLISH_READER): Notice {
  const { askedAnew = [], terms } = restore;
  const words = wordsFor(reader);
  const { putOff } = words.notices;
  const one = askedAnew[round - 1];
  return noticeOf(
    {
      title: putOff.title,
      fields: [
        ['When', one && putOff.when(past(one.at))],
        ['Status', putOff.status],
        ['Reason', one && reasonWords(one, words)],
        ['Next Step', putOff.next],
      ],
      closing: [putOff.contact(terms.contact)],
      contact: terms.contact,
      about: noticeContext(restore, words),
    },
    words,
  );
}

function reasonWords({ because }: AskedAnew, words: Words): string | undefined {
  if (!('why' in because)) return undefined;
  const closed = because.kind === 'drifted' ? because.closed : undefined;
  if (closed) return closedReason(closed.closed, because.why, words);
  return because.why && words.notices.putOff.reason(quoted(because.why, 300));
}
