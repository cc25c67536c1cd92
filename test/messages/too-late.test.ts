import { describe, expect, it } from 'vitest';
import { refusalText } from '../../messages/refusal.ts';
import { restoreCard } from '../../messages/restore-card.ts';
import type { Restore } from '../../src/restore/restore.ts';
import { exampleRestores } from '../support/example-restores.ts';
import { NOW } from '../support/make-restore.ts';

const example = (name: string): Restore => {
  const restore = new Map(exampleRestores()).get(name);
  if (!restore) throw new Error(`no example is ${name}`);
  return restore;
};
const saidOf = (restore: Restore, language: 'en' | 'de') =>
  refusalText(
    { reason: 'too-late-to-stop', status: restore.state.status },
    { restore, reader: { language, zone: 'Europe/Berlin' } },
  ).text;

describe('whoever stops too late', () => {
  it.each(['restore-sent', 'start-unclear'])(
    'is told of a file by hand, %s, that no call was sent, and which button on its card stops it',
    (status) => {
      const awaited = example(`${status}, from a file by hand`);
      expect(saidOf(awaited, 'en')).toContain('no call was sent');
      expect(saidOf(awaited, 'de')).toContain('Es wurde kein Aufruf gesendet');
      for (const language of ['en', 'de'] as const) {
        const [, button = ''] = /["„]([^"“]+)["“]/.exec(saidOf(awaited, language)) ?? [];
        expect(button).not.toBe('');
        const card = restoreCard(awaited, NOW, { language, zone: 'Europe/Berlin' });
        expect(JSON.stringify(card.blocks)).toContain(`"text":"${button}"`);
      }
    },
  );

  it.each([
    ['restore-sent, from a file by a worker', 'the file was handed over', 'Die Datei ist übergeben'],
    ['restoring, from a file by hand', 'the file was handed over', 'Die Datei ist übergeben'],
    ['a new instance, sent', 'the create call was sent', 'Der Aufruf zum Anlegen ist gesendet'],
  ] as const)('is told of %s what was sent, and not of a restore call', (name, english, german) => {
    expect(saidOf(example(name), 'en')).toContain(english);
    expect(saidOf(example(name), 'en')).not.toContain('restore call');
    expect(saidOf(example(name), 'de')).toContain(german);
    expect(saidOf(example(name), 'de')).not.toContain('Aufruf der Wiederherstellung');
  });

  it('is told of no safety snapshot where none is taken', () => {
    expect(saidOf(example('a new instance, sent'), 'en')).not.toContain('safety snapshot');
    expect(saidOf(example('a new instance, sent'), 'de')).not.toContain('Sicherungs-Snapshot');
  });
});
