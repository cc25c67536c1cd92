import { ENGLISH_READER, type Reader } from '../src/restore/language.ts';
import type { Restore } from '../src/restore/restore.ts';
import { type Notice, noticeContext, noticeOf } from './notice.ts';
import { past, quoted } from './slack-text.ts';
import { wordsFor } from './words/words.ts';

/** Takes a planned notice back: the restore did not begin, and does not unless it is announced again. */
export function putOffNotice(restore: Restore, round = 1, reader: Reader = ENGLISH_READER): Notice {
  const { askedAnew = [], terms } = restore;
  const words = wordsFor(reader);
  const { putOff } = words.notices;
  const one = askedAnew[round - 1];
  const why = one && 'why' in one.because ? one.because.why : '';
  return noticeOf(
    {
      title: putOff.title,
      fields: [
        ['When', one && putOff.when(past(one.at))],
        ['Status', putOff.status],
        ['Reason', why && putOff.reason(quoted(why, 300))],
        ['Next Step', putOff.next],
      ],
      closing: [putOff.contact(terms.contact)],
      contact: terms.contact,
      about: noticeContext(restore, words),
    },
    words,
  );
}
