import { ENGLISH_READER, type Reader } from '../src/restore/language.ts';
import { escaped, quoted } from './slack-text.ts';
import { type Words, wordsFor } from './words/words.ts';

/** Trouble that is nobody's decision: what happened, whether anything was done, and what to do. */
export function trouble(
  kind: keyof Words['trouble']['kinds'],
  reader: Reader = ENGLISH_READER,
): { readonly text: string } {
  return { text: wordsFor(reader).trouble.kinds[kind] };
}

/** The bot's database failed while a person waited. `mayBeRecorded` when the change was already on its way there. */
export function storeTrouble(mayBeRecorded: boolean, reader: Reader = ENGLISH_READER): { readonly text: string } {
  return trouble(mayBeRecorded ? 'store-unclear' : 'store-away', reader);
}

/** Aura could not be asked while a person waited. */
export function auraTrouble(facts: AuraSaid, reader: Reader = ENGLISH_READER): string {
  return wordsFor(reader).trouble.aura(quoted(auraWords(facts, reader), 300));
}

/** Nobody knows whether Aura took the snapshot that a person asked for. */
export function snapshotTrouble(facts: AuraSaid, alias: string, reader: Reader = ENGLISH_READER): string {
  const said = quoted(auraWords(facts, reader), 300);
  return wordsFor(reader).trouble.snapshotUnclear({ said, alias: escaped(alias) });
}

/** What Aura's errors say of themselves: a code, and the same in English. */
export interface AuraSaid {
  readonly meaning: string;
  readonly said: string;
}

/** What Aura said, or that the bot could not look; not escaped. */
export function auraWords(facts: AuraSaid | undefined, reader: Reader = ENGLISH_READER): string {
  const { trouble } = wordsFor(reader);
  return facts ? trouble.auraSaid(facts) : trouble.couldNotLook;
}
