import type { MinutesRange, Restore } from '../src/restore/restore.ts';
import { hours } from './loss-words.ts';
import { context, environmentLabel, escaped, header, type Message, section } from './slack-text.ts';

/** A notice to stakeholders, or what it lacks: an incomplete notice is not sent. */
export type Notice =
  | ({ readonly kind: 'message' } & Message)
  | { readonly kind: 'incomplete'; readonly missing: readonly string[] };

/**
 * A notice in the form of the operations guide: title, labelled lines in order, closing lines. Labels and order are the
 * template's and are not to be changed; a blank field makes the notice incomplete.
 */
export function noticeOf(
  title: string,
  fields: Readonly<Record<string, string | undefined>>,
  closing: readonly string[],
  required: Readonly<Record<string, string>>,
  about: string,
): Notice {
  const missing = Object.entries({ ...required, ...fields })
    .filter(([, value]) => !value?.trim())
    .map(([label]) => label);
  if (missing.length > 0) return { kind: 'incomplete', missing };
  const lines = Object.entries(fields).map(([label, value]) => `${label}: ${value}`);
  const bold = Object.entries(fields).map(([label, value]) => `*${label}:* ${value}`);
  return {
    kind: 'message',
    text: [title, '', ...lines, '', ...closing, '', about].join('\n'),
    blocks: [header(title), section(bold.join('\n')), section(closing.join('\n')), context(about)],
  };
}

/** Which instance a notice is about; the template has no line for it. */
export function instanceContext({ id, plan }: Restore): string {
  const { alias, name, environment } = plan.instance;
  return `Database ${escaped(alias)} (${escaped(name)}), ${environmentLabel(environment)} · restore ${id}`;
}

export function downtimeHours({ fromMinutes, toMinutes }: MinutesRange): string {
  const [from, to] = [hours(fromMinutes), hours(toMinutes)];
  return from === to ? to : `${from} to ${to}`;
}
