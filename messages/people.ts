import type { Instant } from '../src/restore/names.ts';
import type { OnCallThen } from '../src/restore/request.ts';
import type { Restore } from '../src/restore/restore.ts';
import { APPROVERS_RULE, OVERRIDE_RULE } from '../src/restore/rules-needed.ts';
import type { PeopleRule } from '../src/restore/terms.ts';
import { duration, escaped, mention, past } from './slack-text.ts';
import { ENGLISH, type Words } from './words/words.ts';

/** What a rule is called: as the configuration names it, or in the reader's language where the bot does. */
export function ruleName({ name }: { readonly name: string }, { agreement }: Words = ENGLISH): string {
  if (name === APPROVERS_RULE) return agreement.ofBot.approvers;
  return name === OVERRIDE_RULE ? agreement.ofBot.override : escaped(name);
}

/** Mentions of everybody a rule names; capped, because a card must stay readable. */
export function everybody(rule: PeopleRule, words: Words = ENGLISH, seen?: OnCallSeen): string {
  const onCall = (rule.onCall ?? []).map((alias) => onCallWords(alias, seen, words));
  const all = [...rule.groups.map(mention.group), ...rule.users.map(mention.person), ...onCall];
  return listed(all, words);
}

/** Who was seen on call, and when. */
export interface OnCallSeen {
  readonly at: Instant;
  readonly onCall: readonly OnCallThen[];
}

/** Who was on call when a restore was asked for. */
export function seenFor({ request }: Pick<Restore, 'request'>): OnCallSeen {
  return { at: request.requestedAt, onCall: request.onCall ?? [] };
}

function onCallWords(schedule: string, seen: OnCallSeen | undefined, words: Words): string {
  const { basics } = words;
  const then = seen?.onCall.find((one) => one.alias === schedule);
  const alias = escaped(schedule);
  if (!seen || !then) return basics.onCall(alias);
  if (!then.people) return basics.onCallUnknown(alias);
  const at = past(seen.at);
  const people = listed(then.people.map(mention.person), words);
  return people ? basics.onCallThen({ alias, people, at }) : basics.onCallNobody({ alias, at });
}

/** Everywhere a restore is announced, and how long before its start at least. */
export function toldWords(places: readonly string[], leadMinutes: number, words: Words = ENGLISH): string {
  if (places.length === 0) return words.basics.noChannel;
  const lead = leadMinutes > 0 ? duration(leadMinutes, words) : undefined;
  return words.stakeholders.told({ where: listed(places.map(mention.place), words), lead });
}

/** That an urgent request is told of later than another would be; nothing when it is not. */
export function shorterLeadLines(leadMinutes: number, usualMinutes: number | undefined, words: Words): string[] {
  if (usualMinutes === undefined || usualMinutes <= leadMinutes) return [];
  return [words.request.shorterLead({ lead: duration(leadMinutes, words), usual: duration(usualMinutes, words) })];
}

export function channels(ids: readonly string[], words: Words = ENGLISH): string {
  return ids.length === 0 ? words.basics.noChannel : listed(ids.map(mention.channel), words);
}

const MOST_LISTED = 12;

/** `a, b and 3 more`. */
export function listed(items: readonly string[], { basics }: Words = ENGLISH): string {
  const shown = items.slice(0, MOST_LISTED);
  const rest = items.length - shown.length;
  return rest > 0 ? `${shown.join(', ')} ${basics.andMore(rest)}` : shown.join(', ');
}

/** `a, b and c`. */
export function enumerated(items: readonly string[], { basics }: Words): string {
  const last = items.at(-1) ?? '';
  return items.length > 1 ? `${items.slice(0, -1).join(', ')} ${basics.and} ${last}` : last;
}
