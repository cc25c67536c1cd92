import { readdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isJson, validateMessage, validateOptionGroups, validateView } from '../../playground/slack/block-kit-rules.ts';
import { LANGUAGES } from '../../src/restore/language.ts';
import { accessibilityFaults, toldApartByPictures, wordsIn } from '../support/accessibility.ts';
import { everyMessage, type Said } from '../support/every-message.ts';

const message = (blocks: readonly unknown[], text = ''): Said => ({
  name: 'made up',
  kind: 'message',
  payload: { text, blocks },
});
const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } });
const button = (text: string, style?: string) => ({
  type: 'button',
  text: { type: 'plain_text', text },
  ...(style ? { style } : {}),
});

const LONG_LINES = Array.from({ length: 40 }, (_, index) => `${index} ${'x'.repeat(97)}`);
const LONG = LONG_LINES.map(section);

describe.each(LANGUAGES)('in %s', (language) => {
  const all = everyMessage({ language, zone: 'Europe/Berlin' });

  it.each(all.map((said) => [said.name, said] as const))('%s is complete without seeing it', (_, said) => {
    expect(accessibilityFaults(said)).toEqual([]);
  });

  it('a deadline on the card says how long it is until then', () => {
    const [card] = all.filter(({ name }) => name === 'card of a restore that is awaiting-approval');
    const until = { en: 'UTC), in 1 h. No answer is a no.', de: 'UTC), in 1 h. Keine Antwort ist ein Nein.' }[language];
    expect(wordsIn(card?.payload).join('\n')).toContain(until);
  });

  it('nothing is said by a picture alone', () => {
    expect(toldApartByPictures(all)).toEqual([]);
  });

  it('everything keeps to Slack’s limits', () => {
    for (const { name, kind, payload } of all) {
      if (!isJson(payload)) throw new Error(`${name} is no payload`);
      const broken = {
        message: () => validateMessage(payload),
        view: () => validateView(payload),
        options: () => validateOptionGroups(payload.option_groups),
        words: () => (String(payload.text).length <= 3000 ? [] : ['too long']),
      }[kind]();
      expect([name, broken]).toEqual([name, []]);
    }
  });
});

describe('the linter finds', () => {
  it.each<readonly [string, Said, RegExp]>([
    ['what the plain text leaves out', message([section('*Data loss:* 3 h')], 'R-1'), /does not say "Data loss: 3 h"/],
    [
      'what the plain text says too early',
      message([section('Loses 3 h'), section('Ticket OPS-1')], 'R-1\nTicket OPS-1\nLoses 3 h'),
      /says "Ticket OPS-1" before what stands above it/,
    ],
    [
      'what no block says',
      message([section('Loses 3 h')], 'R-1\nLoses 3 h\nTicket OPS-1'),
      /no block says "Ticket OPS-1"/,
    ],
    [
      'a plain text that leaves out what would fit',
      message([section('Loses 3 h'), section('Ticket OPS-1')], 'R-1\nLoses 3 h\n… and 1 more line'),
      /stops before "Ticket OPS-1", which would fit/,
    ],
    [
      'a shortened text that goes on elsewhere',
      message(LONG, `R-1\n${LONG_LINES.slice(0, 38).toSpliced(3, 1).join('\n')}\n… and 3 more lines`),
      /no beginning of what is shown/,
    ],
    [
      'a shortened text that counts wrongly',
      message(LONG, `R-1\n${LONG_LINES.slice(0, 37).join('\n')}\n… and 2 more lines`),
      /no beginning of what is shown/,
    ],
    ['a cut that is not counted', message([section('Loses 3 h\n…')], 'R-1\nLoses 3 h\n…'), /how much is left out/],
    ['a picture without a word', message([section('🔴')], '🔴'), /picture without a word/],
    ['a picture by its name', message([section('state :red_circle: now')], 'state :red_circle: now'), /by its name/],
    ['a picture that is not described', message([{ type: 'image', alt_text: 'graph' }]), /described as "graph"/],
    [
      'a link that says nothing',
      message([section('<https://x.example|here>')], '<https://x.example|here>'),
      /where it leads/,
    ],
    ['a naked link', message([section('<https://x.example>')], '<https://x.example>'), /where it leads/],
    ['words that point', message([section('Use the red button')], 'Use the red button'), /somebody who sees/],
    ['a drawn table', message([section('a    | b | c |')], 'a | b | c |'), /drawn table/],
    ['a button without a word', message([{ type: 'actions', elements: [button('✓')] }]), /without a word/],
    [
      'buttons told apart by colour',
      message([{ type: 'actions', elements: [button('Do it'), button('Do it', 'danger')] }]),
      /two buttons/,
    ],
    [
      'content before its heading',
      message([section('a'), section('b'), section('c'), section('d')], 'a b c d'),
      /no heading/,
    ],
    [
      'an input without a label',
      { name: 'x', kind: 'view', payload: { type: 'modal', title: {}, blocks: [{ type: 'input' }] } },
      /no label/,
    ],
    [
      'a past moment without how long ago',
      message([section('at <!date^1^{time}|x> (1970-01-01 00:00 UTC)')]),
      /how long ago/,
    ],
    ['a time in one zone', message([section('at <!date^1^{time}|x> now')], 'at <!date^1^{time}|x> now'), /without UTC/],
  ])('%s', (_, said, fault) => {
    expect(accessibilityFaults(said).join('\n')).toMatch(fault);
  });

  it('nothing wrong with a shortened text that says where it stops', () => {
    const said = message(LONG, `R-1\n${LONG_LINES.slice(0, 37).join('\n')}\n… and 3 more lines`);
    expect(accessibilityFaults(said).filter((fault) => !fault.includes('heading'))).toEqual([]);
  });

  it('lines that differ by a picture alone', () => {
    const both = [message([section('✓ checks')]), message([section('✗ checks')])];
    expect(toldApartByPictures(both)).toHaveLength(1);
  });
});

/** The functions of a file that word something for a reader. */
function wordingFunctions(code: string): readonly string[] {
  return code
    .split(/^export function /m)
    .slice(1)
    .filter((rest) => /\breader\??:/.test(rest.slice(0, rest.search(/\{\n/))))
    .map((rest) => rest.slice(0, rest.search(/[(<]/)));
}

describe('whatever words something for a reader', () => {
  const catalogue = readdirSync('test/support')
    .filter((file) => file.endsWith('-messages.ts'))
    .map((file) => readFileSync(`test/support/${file}`, 'utf8'))
    .join('\n');
  const functions = readdirSync('messages', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.startsWith('words'))
    .flatMap((file) => wordingFunctions(readFileSync(`messages/${file}`, 'utf8')).map((name) => [file, name] as const));

  it('is found in every folder', () => {
    const folders = functions.map(([file]) => dirname(file));
    expect(new Set(folders)).toEqual(new Set(['.', 'exports', 'policy', 'shadow']));
    expect(functions.length).toBeGreaterThan(50);
  });

  it.each(functions.filter(([, name]) => !INNER.has(name)))('is looked at: %s, %s', (_, name) => {
    expect(catalogue).toMatch(new RegExp(`\\b${name}\\(`));
  });

  it('is not called a part of others when it is looked at itself', () => {
    const names = functions.map(([, name]) => name);
    for (const name of INNER) {
      expect(names).toContain(name);
      expect(catalogue).not.toMatch(new RegExp(`\\b${name}\\(`));
    }
  });
});

/** Parts of messages, which are seen in those. */
const INNER: ReadonlySet<string> = new Set([
  'startBlocks',
  'plannedStartBlocks',
  'urgencyBlocks',
  'snapshotOption',
  'auraWords',
]);
