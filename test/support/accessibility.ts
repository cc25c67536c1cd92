import { isJson } from '../../playground/slack/block-kit-rules.ts';
import { savedAtOf } from '../../src/restore/goal.ts';
import type { Said } from './every-message.ts';
import { NOW } from './make-restore.ts';
import { readingOrderFaults } from './reading-order.ts';

/** What a message lacks for somebody who does not see it, or sees no colours. Empty when nothing. */
export function accessibilityFaults(said: Said): readonly string[] {
  return RULES.flatMap((rule) => rule(said));
}

type Rule = (said: Said) => readonly string[];

interface Shown {
  readonly type: string;
  readonly text: string;
}

/** Everything with words in a payload, in reading order, with the kind of thing it is. */
function shownIn(value: unknown): readonly Shown[] {
  if (Array.isArray(value)) return value.flatMap(shownIn);
  if (!isJson(value)) return [];
  const own =
    typeof value.text === 'string' && typeof value.type === 'string' ? [{ type: value.type, text: value.text }] : [];
  return [...own, ...Object.values(value).flatMap(shownIn)];
}

/** The words of one block; buttons beside each other are said in one line. */
function shownOf(block: Record<string, unknown>): readonly Shown[] {
  const shown = shownIn(block);
  return block.type === 'actions' ? [{ type: 'actions', text: shown.map(({ text }) => text).join(', ') }] : shown;
}

function elementsIn(value: unknown, type: string): readonly Record<string, unknown>[] {
  if (Array.isArray(value)) return value.flatMap((one) => elementsIn(one, type));
  if (!isJson(value)) return [];
  return [...(value.type === type ? [value] : []), ...Object.values(value).flatMap((one) => elementsIn(one, type))];
}

function blocksOf(payload: unknown): readonly Record<string, unknown>[] {
  return isJson(payload) && Array.isArray(payload.blocks) ? payload.blocks.filter(isJson) : [];
}

function textOf(payload: unknown): string {
  return isJson(payload) && typeof payload.text === 'string' ? payload.text : '';
}

const LONGEST_TEXT = 3900;

/** A screen reader reads the plain text in place of the blocks. */
const plainTextIsEqual: Rule = ({ kind, payload }) => {
  if (kind !== 'message') return [];
  const text = textOf(payload);
  if (text.length > LONGEST_TEXT) return [`the plain text is ${text.length} characters long`];
  const shown = blocksOf(payload).flatMap(shownOf);
  return readingOrderFaults({ heard: text, shown: shown.flatMap(({ text: words }) => words.split('\n')) });
};

/** What is left out of a long text is counted: a mark alone looks like the end of somebody's sentence. */
const cutsAreCounted: Rule = ({ payload }) =>
  wordsIn(payload)
    .filter((text) => /(^|\n)…$/.test(text))
    .map((text) => `it does not say how much is left out after "${text.slice(-80)}"`);

const STYLES: ReadonlySet<string> = new Set(['danger', 'primary']);

/** A button says what it does in words, and for which restore where several stand in a channel. */
const buttonsSayWhat: Rule = ({ kind, payload, restore }) =>
  elementsIn(payload, 'button').flatMap((button) => {
    const label = isJson(button.text) ? String(button.text.text) : '';
    const named = String(button.accessibility_label ?? '');
    const faults = [
      ...(/\p{L}{3}/u.test(label) ? [] : [`a button without a word: "${label}"`]),
      ...(named && !named.startsWith(label) ? [`"${label}" is called "${named}", which does not begin with it`] : []),
      ...(named.length > 75 ? [`the name of "${label}" is longer than 75`] : []),
      ...(button.style !== undefined && !STYLES.has(String(button.style)) ? ['a button of unknown style'] : []),
    ];
    const isAmbiguous = kind === 'message' && restore && !named.includes(restore.id);
    return isAmbiguous ? [...faults, `"${label}" does not say which restore it is for`] : faults;
  });

/** No two buttons of a message are told apart by colour alone. */
const buttonsDiffer: Rule = ({ payload }) => {
  const labels = elementsIn(payload, 'button').map((button) => (isJson(button.text) ? String(button.text.text) : ''));
  return labels.filter((label, index) => labels.indexOf(label) !== index).map((label) => `two buttons "${label}"`);
};

const PICTURE = /\p{Extended_Pictographic}|[✓✗▶]/u;

/** A picture or mark stands beside a word, in the same line. */
const picturesHaveWords: Rule = ({ payload }) =>
  shownIn(payload)
    .flatMap(({ text }) => text.split('\n'))
    .filter((line) => PICTURE.test(line) && !/\p{L}{2}/u.test(line))
    .map((line) => `a picture without a word: "${line}"`);

const noNamedPictures: Rule = ({ payload }) =>
  shownIn(payload)
    .filter(({ text }) => /(^|\s):[a-z_]+:(\s|$)/.test(text))
    .map(({ text }) => `a picture by its name: "${text}"`);

/** A picture says in words what it shows. */
const picturesAreDescribed: Rule = ({ payload }) =>
  elementsIn(payload, 'image')
    .filter(({ alt_text: alt }) => typeof alt !== 'string' || alt.trim().split(/\s+/).length < 3)
    .map(({ alt_text: alt }) => `a picture that is described as "${String(alt)}"`);

const EMPTY_LABELS = /^(click |hier |here|hier|link|more|mehr|this|dies|klick)/i;

/** A link read alone says where it leads. */
const linksSayWhere: Rule = ({ payload }) =>
  [textOf(payload), ...shownIn(payload).map(({ text }) => text)].flatMap((text) =>
    [...text.matchAll(/<(https?:[^|>]+)(?:\|([^>]*))?>/g)]
      .filter(([, , label = '']) => label.length < 3 || EMPTY_LABELS.test(label))
      .map(([link]) => `a link that does not say where it leads: ${link}`),
  );

/** Where something stands or what colour it has is nothing that is read out. */
const LOOKS =
  /\b(click here|hier klicken|on the (left|right)|links im|rechts im|(green|red|yellow) (button|one)|(grüne|rote|gelbe)[nr]? Knopf)\b/i;

const wordsDoNotPoint: Rule = ({ payload }) =>
  shownIn(payload)
    .filter(({ text }) => LOOKS.test(text))
    .map(({ text }) => `words that only make sense to somebody who sees: "${text}"`);

/** Columns that are drawn with spaces or bars are read out as noise. */
const noDrawnTables: Rule = ({ payload }) =>
  shownIn(payload)
    .flatMap(({ text }) => text.split('\n'))
    .filter((line) => /\S {3,}\S|\|.*\|.*\||-{4,}|={4,}|```/.test(line.replaceAll(/<[^>]*>/g, 'x')))
    .map((line) => `a drawn table: "${line}"`);

/** What a long message is about stands before everything else; what it offers comes after what it says. */
const headingComesFirst: Rule = ({ kind, payload }) => {
  const blocks = blocksOf(payload);
  const types = blocks.map(({ type }) => String(type));
  if (kind === 'view')
    return isJson(payload) && payload.type === 'modal' && !isJson(payload.title) ? ['a form without a title'] : [];
  if (kind !== 'message' || blocks.length < 4) return [];
  const firstSection = types.indexOf('section');
  return [
    ...(types[0] === 'header' ? [] : [`begins with a ${types[0]} and no heading`]),
    ...(types.includes('actions') && types.indexOf('actions') < firstSection
      ? ['buttons before what they are about']
      : []),
  ];
};

/** An input says what to enter, and not only inside the field, where it vanishes. */
const inputsAreLabelled: Rule = ({ payload }) =>
  elementsIn(payload, 'input')
    .filter(({ label }) => !isJson(label) || !/\p{L}{3}/u.test(String(label.text)))
    .map(({ block_id: id }) => `the input ${String(id)} has no label`);

/** A time that matters is there in the reader's zone and in UTC. */
const timesAreInBothZones: Rule = ({ payload }) =>
  [textOf(payload), ...shownIn(payload).map(({ text }) => text)].flatMap((text) =>
    [...text.matchAll(/<!date\^\d+\^[^>]*>(.{0,24})/g)]
      .filter(([, after = '']) => !/^ \(\d{4}-\d{2}-\d{2} \d{2}:\d{2} UTC\)/.test(after))
      .map(([found]) => `a time without UTC: "${found}"`),
  );

/** Of a moment that has passed it is said how long ago that is. */
const pastIsRelative: Rule = ({ name, payload }) =>
  name.startsWith('snapshots')
    ? []
    : wordsIn(payload).flatMap((text) =>
        [...text.matchAll(/<!date\^(\d+)\^([^>|]*)/g)]
          .filter(([, seconds, tokens = '']) => Number(seconds) * 1000 <= Date.parse(NOW) && !tokens.includes('{ago}'))
          .map(([found]) => `a moment that has passed, without how long ago: "${found}"`),
      );

const DAY_MS = 86_400_000;
/** Edited when something changes and not as time passes: what is said there of the time until something would soon be wrong. */
const EDITED_WITHOUT_CLOCK = /^(head message|card of a looser rule)/;
/** On what a yes depends, for how long a place is held, or a start that no longer holds. */
const CONDITIONS = /asked for a later start|with a later start|on a condition|^place |start-moved/;

/** Of a moment of the next 24 hours a message says once how long it is until then. */
const comingIsRelative: Rule = ({ name, kind, payload }) => {
  if (kind !== 'message' || EDITED_WITHOUT_CLOCK.test(name) || CONDITIONS.test(name)) return [];
  const text = textOf(payload);
  const told = [...text.matchAll(/<!date\^(\d+)\^([^>|]*)[^>]*> \([^)]*\)(.{0,40})/g)];
  const isRelative = ([, , tokens = '', after = '']: RegExpMatchArray) =>
    tokens.includes('{ago}') ||
    /^, (?:in |(?:\d|less|weniger).*(?:after this message|nach dieser Nachricht))/.test(after);
  const said = new Set(told.filter(isRelative).map(([, seconds]) => seconds));
  return told
    .filter(([, seconds]) => {
      const until = Number(seconds) * 1000 - Date.parse(NOW);
      return until > 0 && until < DAY_MS && !said.has(seconds);
    })
    .map(([found]) => `a moment to come, without how long that is: "${found}"`);
};

/** Who hears of a restore hears which one, to which moment it goes back, and whose data it gets. */
const restoreIsNamed: Rule = ({ name, kind, payload, restore }) => {
  if (!restore || kind === 'view') return [];
  const { plan } = restore;
  const savedAt = savedAtOf(plan);
  const text = textOf(payload);
  const point = savedAt ? [`${savedAt.slice(0, 10)} ${savedAt.slice(11, 16)} UTC`] : [];
  const source = plan.method === 'overwrite' ? [plan.source.alias] : [];
  return [
    restore.id,
    plan.instance.alias,
    ...source,
    ...(name.startsWith('put-off') || name.startsWith('outcome') ? [] : point),
  ]
    .filter((fact) => !text.includes(fact))
    .map((fact) => `the plain text does not name ${fact}`);
};

const RULES: readonly Rule[] = [
  plainTextIsEqual,
  cutsAreCounted,
  buttonsSayWhat,
  buttonsDiffer,
  picturesHaveWords,
  noNamedPictures,
  picturesAreDescribed,
  linksSayWhere,
  wordsDoNotPoint,
  noDrawnTables,
  headingComesFirst,
  inputsAreLabelled,
  timesAreInBothZones,
  pastIsRelative,
  comingIsRelative,
  restoreIsNamed,
];

/** Lines that say the same without their pictures and marks, though they are different: there the picture alone has a meaning. */
export function toldApartByPictures(all: readonly Said[]): readonly string[] {
  const byWords = new Map<string, string>();
  const faults: string[] = [];
  for (const line of all.flatMap(({ payload }) => shownIn(payload).flatMap(({ text }) => text.split('\n')))) {
    const words = line.replaceAll(/[^\p{L}\p{N}<>^|]+/gu, ' ').trim();
    const marks = [...line].filter((mark) => PICTURE.test(mark)).join('');
    const other = byWords.get(words);
    if (other !== undefined && other !== marks)
      faults.push(`"${line}" is told from another line by "${marks}" and "${other}" alone`);
    byWords.set(words, marks);
  }
  return faults;
}

/** All words of a payload, for looking through them. */
export function wordsIn(payload: unknown): readonly string[] {
  return [textOf(payload), ...shownIn(payload).map(({ text }) => text)].filter(Boolean);
}
