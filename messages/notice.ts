import type { Restore } from '../src/restore/restore.ts';
import { goalSaid, inWay } from './goal-words.ts';
import { context, environmentLabel, escaped, header, type Message, section } from './slack-text.ts';
import { ENGLISH, type Words } from './words/words.ts';

/** A notice to stakeholders, or what it lacks: an incomplete notice is not sent. */
export type Notice =
  | ({ readonly kind: 'message' } & Message)
  | { readonly kind: 'incomplete'; readonly missing: readonly string[] };

/** A line of the operations guide's templates, by its English name. */
type Label = keyof Words['notices']['labels'];

/**
 * A notice in the form of the operations guide: title, labelled lines in order, closing lines. Labels and order are the
 * template's and are not to be changed; a blank field makes the notice incomplete.
 */
export function noticeOf(
  facts: {
    readonly title: string;
    readonly fields: readonly (readonly [label: Label, value: string | undefined])[];
    readonly closing: readonly string[];
    readonly contact: string;
    readonly about: string;
  },
  { notices }: Words = ENGLISH,
): Notice {
  const { title, fields, closing, contact, about } = facts;
  const missing = [['contact', contact] as const, ...fields].filter(([, value]) => !value?.trim());
  if (missing.length > 0) return { kind: 'incomplete', missing: missing.map(([label]) => label) };
  const lines = fields.map(([label, value]) => `${notices.labels[label]}: ${value}`);
  const bold = fields.map(([label, value]) => `*${notices.labels[label]}:* ${value}`);
  return {
    kind: 'message',
    text: [title, '', ...lines, '', ...closing, '', about].join('\n'),
    blocks: [header(title), section(bold.join('\n')), section(closing.join('\n')), context(about)],
  };
}

/** Which instance a notice is about, and what is done to it where that is another than to put it back; the template has no line for it. */
export function noticeContext(restore: Restore, words: Words = ENGLISH): string {
  return inWay(words.notices.aboutWhat, goalSaid(restore, words), { about: instanceContext(restore, words) });
}

/** Which instance a restore is about. */
export function instanceContext({ id, plan }: Restore, words: Words = ENGLISH): string {
  const { alias, name, environment } = plan.instance;
  return words.notices.about({
    alias: escaped(alias),
    name: escaped(name),
    environment: environmentLabel(environment, words),
    id,
  });
}
