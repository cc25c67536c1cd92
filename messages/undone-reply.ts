import { ENGLISH_READER, type Reader } from '../src/restore/language.ts';
import type { Restore } from '../src/restore/restore.ts';
import { escaped, type Message, past, section } from './slack-text.ts';
import { wordsFor } from './words/words.ts';

/** Said in the thread of the card of the restore that this one undid. */
export function undoneReply(
  { id, plan, request }: Restore,
  reader: Pick<Reader, 'language'> = ENGLISH_READER,
): Message {
  const text = wordsFor(reader).undo.reply({
    id: request.undoes ?? '',
    by: id,
    alias: escaped(plan.instance.alias),
    point: past(plan.restorePoint.takenAt),
  });
  return { text, blocks: [section(text)] };
}
