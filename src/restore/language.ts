/** The languages that every message is written in. English comes first: it is what somebody reads of whom nothing is known. */
export const LANGUAGES = ['en', 'de'] as const;

export type Language = (typeof LANGUAGES)[number];

/** For whom a message is worded. For a channel only the language is known. */
export interface Reader {
  readonly language: Language;
  /** IANA zone. Absent for a channel, and when Slack does not say. */
  readonly zone?: string | undefined;
}

export const ENGLISH_READER: Reader = { language: 'en' };

/** The language for a locale as Slack writes it, such as `de-DE`; English for all that the bot does not speak. */
export function languageOf(locale: string | undefined): Language {
  const [language] = (locale ?? '').toLowerCase().split(/[-_]/);
  return LANGUAGES.find((known) => known === language) ?? 'en';
}
