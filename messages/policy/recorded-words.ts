import { escaped } from '../slack-text.ts';
import type { Words } from '../words/words.ts';

/** What the record calls changes (`orders: requestExpiryMinutes calendar, linked accounts`), in the reader's words. What it does not know stays as it is. */
export function recordedWords(recorded: string, { policyChange }: Words): string {
  const names = new Map<string, string>(Object.entries({ ...policyChange.labels, ...policyChange.recorded }));
  const worded = (what: string) => names.get(what) ?? wordedAll(what.split(' '), names) ?? escaped(what);
  return recorded
    .split(', ')
    .map((part) => {
      const colon = part.indexOf(': ');
      return colon < 0 ? worded(part) : `${escaped(part.slice(0, colon))}: ${worded(part.slice(colon + 2))}`;
    })
    .join('; ');
}

function wordedAll(settings: readonly string[], names: ReadonlyMap<string, string>): string | undefined {
  const known = settings.flatMap((setting) => names.get(setting) ?? []);
  return known.length === settings.length ? known.join(', ') : undefined;
}
