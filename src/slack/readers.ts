import type { WebClient } from '@slack/web-api';
import { ENGLISH_READER, languageOf, type Reader } from '../restore/language.ts';
import type { PersonId } from '../restore/names.ts';
import { readSlackUser, type SlackUser } from './slack-user.ts';

/** In which language and zone people read. For display only. */
export interface Readers {
  /**
   * May be minutes old. Never throws: somebody of whom Slack says nothing in time reads as they did before, and English when
   * nothing was ever known.
   */
  readerOf(id: PersonId): Promise<Reader>;
  /** Takes what was read for another purpose, so that nobody is looked up twice. */
  saw(user: SlackUser): void;
}

const LIFETIME_MS = 10 * 60_000;
/** A form must be open within three seconds of a click: better in the wrong language than not at all. */
const DEADLINE_MS = 700;

export function createReaders({ client, now = Date.now }: { client: WebClient; now?: () => number }): Readers {
  const known = new Map<PersonId, { readonly reader: Reader; readonly until: number }>();

  function saw({ id, locale, tz }: SlackUser): void {
    known.set(id, { reader: { language: languageOf(locale), zone: tz }, until: now() + LIFETIME_MS });
  }

  return {
    saw,
    async readerOf(id) {
      const before = known.get(id);
      if (before && before.until > now()) return before.reader;
      const reading = readSlackUser(client, id).then(saw, () => undefined);
      let timer: NodeJS.Timeout | undefined;
      await Promise.race([reading, new Promise((resolve) => (timer = setTimeout(resolve, DEADLINE_MS)))]);
      clearTimeout(timer);
      return known.get(id)?.reader ?? ENGLISH_READER;
    },
  };
}
