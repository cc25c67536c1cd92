import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { de } from '../../messages/words/de.ts';
import { en } from '../../messages/words/en.ts';
import { languageOf } from '../../src/restore/language.ts';
import { comparePolicies } from '../../src/restore/policy/policy-change.ts';
import { rulesLanguage } from '../../src/restore/policy/rules-language.ts';
import { publicLanguage } from '../../src/restore/public-language.ts';
import { wordsIn } from '../support/accessibility.ts';
import { everyMessage } from '../support/every-message.ts';
import { makePolicy, NOW } from '../support/make-restore.ts';

type Leaves = readonly (readonly [path: string, value: unknown])[];

/** Every sentence, by where it stands. */
function leavesOf(words: unknown, path = ''): Leaves {
  if (typeof words !== 'object' || words === null) return [[path, words]];
  return Object.entries(words).flatMap(([key, value]) => leavesOf(value, path ? `${path}.${key}` : key));
}

const EN = new Map(leavesOf(en).filter(([path]) => !path.startsWith('basics.locale.')));
const DE = new Map(leavesOf(de).filter(([path]) => !path.startsWith('basics.locale.')));

/** The same in both languages, and rightly so. */
const SAME: ReadonlySet<string> = new Set([
  'basics.environment.staging',
  'basics.units.minutes',
  'change.labels.start',
  'request.ticket',
  ...[0, 3, 12].map((index) => `replies.help.commands.${index}.0`),
]);

/** Words that English cannot do without and German does not have. */
const ENGLISH =
  /\b(the|is|are|by|of|and|not|nobody|with|for|from|you|your|it|this|has|been|would|must|asked|until|nothing|please|choose)\b/i;

/** What the record says, what people wrote and what is typed: in whatever language it is. */
function ownWords(text: string): string {
  return text
    .replaceAll(/„[^“]*“/g, '')
    .replaceAll(/`[^`]*`/g, '')
    .replaceAll(/<[^>]*>/g, '');
}

describe('the German words', () => {
  it('have every key that the English ones have, and no other', () => {
    expect([...DE.keys()].sort()).toEqual([...EN.keys()].sort());
  });

  it('are never the English ones, but for those that are the same word', () => {
    const same = [...EN].filter(
      ([path, value]) => typeof value === 'string' && /\p{L}{3}/u.test(value) && DE.get(path) === value,
    );
    expect(same.map(([path]) => path).filter((path) => !SAME.has(path))).toEqual([]);
  });

  it('are not empty', () => {
    for (const [path, value] of DE) if (typeof value === 'string') expect([path, value.trim()]).not.toEqual([path, '']);
  });
});

describe('in German', () => {
  const german = everyMessage({ language: 'de', zone: 'Europe/Berlin' });
  const english = everyMessage({ language: 'en', zone: 'Europe/Berlin' });

  it.each(german.map((said) => [said.name, said] as const))('%s has no English word left', (_, { payload }) => {
    const left = wordsIn(payload).flatMap((text) =>
      ownWords(text)
        .split('\n')
        .filter((line) => ENGLISH.test(line)),
    );
    expect(left).toEqual([]);
  });

  it('every message is another than in English', () => {
    expect(german.map(({ name }) => name)).toEqual(english.map(({ name }) => name));
    for (const [index, { name, payload }] of german.entries())
      expect([name, payload]).not.toEqual([name, english[index]?.payload]);
  });

  it('English words would be found', () => {
    const found = english.filter(({ payload }) => wordsIn(payload).some((text) => ENGLISH.test(ownWords(text))));
    expect(found.length).toBeGreaterThan(english.length * 0.9);
  });

  it('no sentence ends twice', () => {
    for (const { name, payload } of [...german, ...english])
      for (const text of wordsIn(payload))
        expect([name, text]).not.toEqual([name, expect.stringMatching(/\w\.\.(\s|$)|\?\.|,,| {2}\p{Ll}/u)]);
  });

  it('a number has its comma, and a day its month', () => {
    const words = german.flatMap(({ payload }) => wordsIn(payload)).join('\n');
    expect(words).toContain('3,3 Stunden');
    expect(words).toMatch(/\d\d?\. Nov\.? \d\d:\d\d \(\d\d:\d\d UTC\)/);
  });
});

it.each([
  ['de-DE', 'de'],
  ['de-AT', 'de'],
  ['de', 'de'],
  ['en-GB', 'en'],
  ['fr-FR', 'en'],
  ['', 'en'],
  [undefined, 'en'],
])('somebody who uses Slack in %s reads %s', (locale, language) => {
  expect(languageOf(locale)).toBe(language);
});

it('a channel reads its own language, else that of the instance, else English', () => {
  const german = makePolicy({ auraId: 'aaaaaaaa', language: 'de' });
  const plain = makePolicy({ alias: 'items', auraId: 'bbbbbbbb' });
  const policy = { instances: [german, plain], samePeople: [], channelLanguages: { C1: 'en', C2: 'de' } } as const;
  expect(publicLanguage(policy, 'aaaaaaaa', 'C9')).toBe('de');
  expect(publicLanguage(policy, 'aaaaaaaa', 'C1')).toBe('en');
  expect(publicLanguage(policy, 'bbbbbbbb', 'C2')).toBe('de');
  expect(publicLanguage(policy, 'bbbbbbbb', 'C9')).toBe('en');
  expect(publicLanguage(policy, 'cccccccc', 'C9')).toBe('en');
});

it('a channel reads of rules in its own language, else in the one its instances share, else in English', () => {
  const shared = { auditChannel: 'C0AUDIT' };
  const german = makePolicy({ ...shared, auraId: 'aaaaaaaa', approvalsChannel: 'C0DE', language: 'de' });
  const plain = makePolicy({ ...shared, alias: 'items', auraId: 'bbbbbbbb', approvalsChannel: 'C0EN' });
  const policy = { instances: [german, plain], samePeople: [], channelLanguages: { C0SET: 'de' } } as const;
  expect(rulesLanguage(policy, 'C0DE')).toBe('de');
  expect(rulesLanguage(policy, 'C0EN')).toBe('en');
  expect(rulesLanguage(policy, 'C0AUDIT')).toBe('en');
  expect(rulesLanguage({ ...policy, instances: [german] }, 'C0AUDIT')).toBe('de');
  expect(rulesLanguage(policy, 'C0SET')).toBe('de');
  const moved = { ...policy, instances: [{ ...german, approvalsChannel: 'C0NEW' }, plain] };
  const [change] = comparePolicies({ inForce: policy, retired: [] }, moved, NOW).changes;
  expect(rulesLanguage(policy, 'C0NEW', change)).toBe('de');
  expect(rulesLanguage(policy, 'C0NEW')).toBe('en');
});

describe('whoever says something to somebody', () => {
  const read = (folder: string) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.ts'))
      .map((name) => [`${folder}/${name}`, readFileSync(`${folder}/${name}`, 'utf8')] as const);
  /** The functions that word something for a reader, and would take English when they are given none. */
  const speaking = [...read('messages'), ...read('messages/policy')].flatMap(([, code]) =>
    code
      .split(/^export function /m)
      .slice(1)
      .filter((rest) => /\breader\b/.test(rest.slice(0, rest.search(/\{\n/))))
      .map((rest) => rest.slice(0, rest.indexOf('('))),
  );
  const callers = [...read('handlers'), ...read('src/slack')];

  it.each(callers)('says for whom it is worded: %s', (file, code) => {
    for (const name of speaking) {
      for (const { index } of code.matchAll(new RegExp(`(?<![\\w.])${name}\\(`, 'g'))) {
        const call = callAt(code, index);
        if (!UNKNOWN_READERS.has(call))
          expect([file, call]).toEqual([file, expect.stringMatching(/reader|language|everybody/i)]);
      }
    }
  });

  it('is found', () => {
    for (const name of [
      'restoreCard',
      'wrongAnswerWords',
      'refusalText',
      'trouble',
      'denialForm',
      'plannedNotice',
      'directMessage',
    ])
      expect(speaking).toContain(name);
  });
});

/** People of another workspace, whom the bot does not look up. */
const UNKNOWN_READERS: ReadonlySet<string> = new Set(["trouble('other-workspace')"]);

/** A call with everything between its brackets. */
function callAt(code: string, start: number): string {
  let depth = 0;
  for (let end = code.indexOf('(', start); end < code.length; end++) {
    if (code[end] === '(') depth++;
    if (code[end] === ')' && --depth === 0) return code.slice(start, end + 1);
  }
  return code.slice(start);
}
