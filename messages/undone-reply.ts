import { ENGLISH_READER, type Reader } from '../src/restore/language.ts';
import type { Restore } from '../src/restore/restore.ts';
import type { WayBack } from '../src/restore/undo.ts';
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

/** Said to whoever asks for an undo after Aura kept the safety snapshot, with what can be done instead. */
export function undoTooLate(
  { id, plan }: Pick<Restore, 'id' | 'plan'>,
  { safetySnapshot, until }: WayBack,
  reader: Pick<Reader, 'language'> = ENGLISH_READER,
): Message {
  const alias = escaped(plan.instance.alias);
  const text = wordsFor(reader).undo.askedTooLate({
    id,
    alias,
    at: past(safetySnapshot.completedAt),
    until: past(until),
  });
  return { text, blocks: [section(text)] };
}
