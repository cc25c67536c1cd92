const FORM = /^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?(Z|[+-]\d{2}:\d{2})?(\[[^\]]*\])?$/;

/**
 * The moment that Cypher's `toString` of a time names, in epoch milliseconds; undefined when it is none. What has no zone counts as
 * UTC. JavaScript alone would read a name such as `Ridge No. 39` as a date, and knows no `[Europe/Berlin]`.
 */
export function timeIn(text: unknown): number | undefined {
  const [, day, time = 'T00:00', zone = 'Z'] = (typeof text === 'string' && FORM.exec(text)) || [];
  const ms = Date.parse(`${day}${time}${zone}`);
  return day === undefined || Number.isNaN(ms) ? undefined : ms;
}
