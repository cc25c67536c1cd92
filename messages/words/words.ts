import { LANGUAGES, type Language, type Reader } from '../../src/restore/language.ts';
import { de } from './de.ts';
import { en } from './en.ts';

/**
 * Everything the bot says, in one language: sentences as they stand, and functions for those that take values. Values
 * come escaped and formatted. The English words are the pattern: a key that another language lacks does not compile.
 */
export type Words = typeof en;

const WORDS: Readonly<Record<Language, Words>> = { en, de };

/** The words for one reader, or for the language of a channel. */
export function wordsFor({ language }: Pick<Reader, 'language'>): Words {
  return WORDS[language];
}

/** The words of every language. */
export function allWords(): readonly Words[] {
  return LANGUAGES.map((language) => WORDS[language]);
}

export const ENGLISH: Words = en;
