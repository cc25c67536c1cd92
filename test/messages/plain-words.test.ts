import { describe, expect, it } from 'vitest';
import { plainWords } from '../../messages/plain-words.ts';
import { mention, moment, past } from '../../messages/slack-text.ts';
import { LANGUAGES, type Reader } from '../../src/restore/language.ts';
import { messagesOfRefusals, messagesOfTroubles } from '../support/refusal-messages.ts';

const READER: Reader = { language: 'en', zone: 'Europe/Berlin' };
const AT = '2026-11-21T03:04:00.000Z';
const people = (count: number) => Array.from({ length: count }, (_, index) => mention.person(`U0${index}`)).join(', ');

describe('words for a place that shows them as they are written', () => {
  it.each<readonly [string, string, string]>([
    ['a moment in the reader’s zone', `until ${moment(AT)}.`, 'until 21 Nov 04:04 (03:04 UTC).'],
    ['a moment that has passed', `since ${past(AT)}, and`, 'since 21 Nov 04:04 (03:04 UTC), and'],
    ['a person as one', `by ${people(1)} since`, 'by one person since'],
    ['a list of people as how many', `asked: ${people(3)}.`, 'asked: 3 people.'],
    [
      'groups beside people',
      `asked: ${mention.group('S0A')}, ${mention.group('S0B')}, ${people(2)}, whoever is on call (db).`,
      'asked: 2 user groups, 2 people, whoever is on call (db).',
    ],
    ['one group', mention.group('S0A'), 'a user group'],
    [
      'no marks',
      '*Held.* Follow it with `/restore status R-1`, _now_',
      'Held. Follow it with /restore status R-1, now',
    ],
    ['names with a mark inside', 'my_data_base is 3 * 4 * 5', 'my_data_base is 3 * 4 * 5'],
    ['what was escaped, as it was written', 'R&amp;D &lt;!channel&gt; &amp;lt;', 'R&D <!channel> &lt;'],
  ])('have %s', (_, text, plain) => {
    expect(plainWords(text, READER)).toBe(plain);
  });

  it('are German for who reads German, and name UTC for whose zone is not known', () => {
    const text = `${mention.group('S0A')}, ${people(2)}, ${moment(AT)}`;
    expect(plainWords(text, { language: 'de', zone: 'Europe/Berlin' })).toBe(
      'eine Gruppe, 2 Personen, 21. Nov. 04:04 (03:04 UTC)',
    );
    expect(plainWords(moment(AT), { language: 'en' })).toBe('2026-11-21 03:04 UTC');
  });

  it.each(LANGUAGES)('hold no markup of any refusal or trouble: %s', (language) => {
    const reader = { language, zone: 'Europe/Berlin' };
    const said = [...messagesOfRefusals(reader), ...messagesOfTroubles(reader)];
    expect(said.length).toBeGreaterThan(100);
    for (const { name, payload } of said) {
      const text = payload instanceof Object && 'text' in payload ? String(payload.text) : '';
      expect([name, plainWords(text, reader)]).not.toEqual([name, expect.stringMatching(/<[@!#]|`|&amp;|&lt;|\*\w/)]);
    }
  });
});
