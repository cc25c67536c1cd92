import { type AuraSaid, auraTrouble, snapshotTrouble, storeTrouble, trouble } from '../messages/trouble.ts';
import { SaveUnclearError, UnreadableRecordError } from '../src/coordinator.ts';
import type { Reader } from '../src/restore/language.ts';
import { FormNotShownError } from './shown-form.ts';

/** What a person is told when something failed while they waited: whether anything was recorded, and what to do. */
export function troubleWords(error: unknown, reader: Reader): { readonly text: string } {
  if (error instanceof UnreadableRecordError) return trouble('unreadable-record', reader);
  if (error instanceof FormNotShownError) return trouble('form-not-shown', reader);
  const said = auraSaid(error);
  return said ? { text: auraTrouble(said, reader) } : storeTrouble(error instanceof SaveUnclearError, reader);
}

/** What a person is told when nobody knows whether Aura took the snapshot they asked for; undefined when it took none. */
export function snapshotUnclear(error: unknown, alias: string, reader: Reader): { readonly text: string } | undefined {
  const said = auraSaid(error);
  if (!said) return undefined;
  const mayHaveActed =
    said.meaning === 'unreadable-answer' ||
    (error instanceof Error && 'mayHaveActed' in error && error.mayHaveActed === true);
  return mayHaveActed ? { text: snapshotTrouble(said, alias, reader) } : undefined;
}

/** What an error of `src/aura/errors.ts` says of itself; undefined for any other. */
export function auraSaid(error: unknown): AuraSaid | undefined {
  if (!(error instanceof Error && 'forPeople' in error && typeof error.forPeople === 'string')) return undefined;
  const meaning = 'meaning' in error && typeof error.meaning === 'string' ? error.meaning : '';
  return { meaning, said: error.forPeople };
}
