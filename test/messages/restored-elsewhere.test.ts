import { describe, expect, it } from 'vitest';
import { putOffNotice } from '../../messages/put-off-notice.ts';
import { restoreCard } from '../../messages/restore-card.ts';
import { LANGUAGES } from '../../src/restore/language.ts';
import { exampleEvent } from '../support/example-events.ts';
import { followedBy, makeRestore, NOW } from '../support/make-restore.ts';

const approved = makeRestore('approved');
const putOff = followedBy(approved, {
  ...exampleEvent('drifted', approved),
  reason: 'restored-elsewhere',
  why: 'Another restore of this bot replaced the data of the source items, or may have (R-16).',
});

describe('a restore that is put off because another one replaced data', () => {
  it.each([
    ['en', 'Status: The restore did not begin; it has changed no data\n'],
    ['de', 'Stand: Die Wiederherstellung hat nicht begonnen; sie hat keine Daten verändert\n'],
  ] as const)(
    'is told in %s as one that has changed none, not as one after which none is changed',
    (language, said) => {
      const notice = putOffNotice(putOff, 1, { language, zone: 'Europe/Berlin' });
      expect(notice.kind === 'message' ? notice.text : notice).toContain(said);
    },
  );

  it.each(LANGUAGES)('is asked anew in %s without a word on who did that, or to which instance', (language) => {
    const { text } = restoreCard(putOff, NOW, { language, zone: 'Europe/Berlin' });
    expect(text).toContain(
      {
        en: 'Whoever agrees now agrees to it with the data as that other restore left it.',
        de: 'Eine andere Wiederherstellung hat Daten ersetzt oder hat es vielleicht getan. Wer jetzt zustimmt, stimmt dieser mit den Daten zu, wie jene sie hinterlassen hat.',
      }[language],
    );
    expect(text).not.toMatch(/[Ss]omebody else|Jemand anderes/);
  });
});
