export type Json = Readonly<Record<string, unknown>>;

/** The objects of a list; empty for anything else. */
export function list(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.map(json) : [];
}

/** The value as an object; an empty one for anything else. */
export function json(value: unknown): Json {
  return typeof value === 'object' && value !== null ? (value as Json) : {};
}

/** The words of one of Slack's text objects. */
export function textOf(value: unknown): string {
  const text = json(value).text;
  return typeof text === 'string' ? text : '';
}
