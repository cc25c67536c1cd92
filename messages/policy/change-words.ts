import type { Instant } from '../../src/restore/names.ts';
import type { OnCallRules } from '../../src/restore/on-call.ts';
import type { Setting } from '../../src/restore/policy/instance-rules.ts';
import { isAtOnce, loosens, type PolicyChange } from '../../src/restore/policy/policy-change.ts';
import type { InstancePolicy, Policy } from '../../src/restore/policy.ts';
import { listed } from '../people.ts';
import { escaped, mention } from '../slack-text.ts';
import { ENGLISH, type Words } from '../words/words.ts';
import { calendarWords, valueWords } from './setting-words.ts';

/** The lines of a change that would loosen something: only what would, each as it is and as it would be. */
export function looserLines(change: PolicyChange, at: Instant, words: Words): readonly string[] {
  const say = words.policyChange;
  switch (change.kind) {
    case 'settings':
      return change.changes
        .filter(({ weights }) => weights.includes('loosens'))
        .map(({ setting }) => settingLine(setting, change, at, words));
    case 'name-reused': {
      const { before, after } = change;
      return [say.nameReused({ alias: escaped(after.alias), now: named(before, words), next: named(after, words) })];
    }
    case 'links':
      return [
        say.links({
          now: linkWords(change.before.samePeople, words),
          next: linkWords(change.after.samePeople, words),
        }),
      ];
    case 'on-call':
      return onCallLines(change.before, change.after, words);
    default:
      return [];
  }
}

/** Which database a change is about. */
export function aboutWords(change: PolicyChange, words: Words): string {
  if (change.kind === 'links') return words.policyChange.all;
  if (change.kind === 'on-call') return words.policyChange.allOnCall;
  return named('before' in change ? change.before : change.after, words);
}

/** `waits: orders-prod: …` for the operator's terminal, in English. */
export function changeSentences(change: PolicyChange, at: Instant): readonly string[] {
  const line = atOnceLine(change);
  const about = aboutWords(change, ENGLISH);
  return [
    ...(loosens(change) ? looserLines(change, at, ENGLISH).map((words) => `waits: ${about}: ${words}`) : []),
    ...(line ? [`at once: ${line}`] : []),
  ];
}

/** One line for all that holds already, without anybody's agreement; undefined when nothing of the change does. */
function atOnceLine(change: PolicyChange): string | undefined {
  if (!isAtOnce(change)) return undefined;
  switch (change.kind) {
    case 'instance-added':
      return ENGLISH.policyChange.added(named(change.after, ENGLISH));
    case 'instance-removed':
      return ENGLISH.policyChange.removed(named(change.before, ENGLISH));
    case 'settings': {
      const atOnce = change.changes.filter(({ weights }) => !weights.includes('loosens'));
      const labels = atOnce.map(({ setting }) => labelOf(setting, ENGLISH));
      return `${named(change.after, ENGLISH)}: ${listed(labels)}`;
    }
    default:
      return undefined;
  }
}

function settingLine(
  setting: Setting,
  { before, after }: Extract<PolicyChange, { kind: 'settings' }>,
  at: Instant,
  words: Words,
): string {
  const label = labelOf(setting, words);
  if (setting === 'calendar') {
    return `${label}: ${calendarWords({ before: before.calendar, after: after.calendar, at }, words)}`;
  }
  const [now, next] = [valueWords(setting, before, words), valueWords(setting, after, words)];
  return words.policyChange.from({ label, now, next });
}

/** A record by a later release may name settings that this one does not know. */
function labelOf(setting: Setting, { policyChange }: Words): string {
  const label: string | undefined = policyChange.labels[setting];
  return label ?? policyChange.unknown(escaped(setting));
}

/** Each name that would mean somebody else. */
function onCallLines(before: OnCallRules | undefined, after: OnCallRules, words: Words): readonly string[] {
  const say = words.policyChange;
  type Names = Readonly<Record<string, string>>;
  const lines = (label: (name: string) => string, was: Names, then: Names) =>
    Object.entries(then)
      .filter(([name, target]) => was[name] !== target)
      .map(([name, target]) => {
        const old = was[name];
        const now = old === undefined ? say.nobody : escaped(old);
        return say.from({ label: label(escaped(name)), now, next: escaped(target) });
      });
  const isOlder = before !== undefined && after.maxAgeMs > before.maxAgeMs;
  return [
    ...lines(say.onCallAs, before?.schedules ?? {}, after.schedules),
    ...lines(say.accountOf, before?.accounts ?? {}, after.accounts),
    ...(isOlder ? [say.olderOnCall] : []),
  ];
}

function linkWords(lists: Policy['samePeople'], { policyChange }: Words): string {
  return lists.length === 0 ? policyChange.none : lists.map((list) => list.map(mention.person).join(' = ')).join('; ');
}

function named({ alias, environment, auraId }: InstancePolicy, { policyChange }: Words): string {
  return `${escaped(alias)} (${policyChange.environment[environment]}, ${escaped(auraId)})`;
}
