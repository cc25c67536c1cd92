import type { PeopleRule } from '../src/restore/restore.ts';
import { escaped, mention } from './slack-text.ts';

/** Mentions of everybody a rule names; capped, because a card must stay readable. */
export function everybody(rule: PeopleRule): string {
  const onCall = (rule.onCall ?? []).map((alias) => `whoever is on call (${escaped(alias)})`);
  const all = [...rule.groups.map(mention.group), ...rule.users.map(mention.person), ...onCall];
  return listed(all);
}

export function channels(ids: readonly string[]): string {
  return ids.length === 0 ? 'no channel' : listed(ids.map(mention.channel));
}

const MOST_LISTED = 12;

/** `a, b and 3 more`. */
export function listed(items: readonly string[]): string {
  const shown = items.slice(0, MOST_LISTED);
  const rest = items.length - shown.length;
  return rest > 0 ? `${shown.join(', ')} and ${rest} more` : shown.join(', ');
}
