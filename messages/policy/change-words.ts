import type { Calendar } from '../../src/restore/calendar.ts';
import { timesWords, utcWords } from '../../src/restore/calendar-times.ts';
import { leadMinutesFor } from '../../src/restore/lead.ts';
import type { OnCallRules } from '../../src/restore/on-call.ts';
import { firstOpened } from '../../src/restore/policy/calendar-rule.ts';
import type { Setting } from '../../src/restore/policy/instance-rules.ts';
import { isAtOnce, loosens, type PolicyChange } from '../../src/restore/policy/policy-change.ts';
import type { InstancePolicy, Policy } from '../../src/restore/policy.ts';
import type { ApprovalTerms, Instant, PeopleRule } from '../../src/restore/restore.ts';
import { everybody, listed } from '../people.ts';
import { duration, escaped, mention, quoted } from '../slack-text.ts';

/** Of names that the file gives. */
const LONGEST_NAME = 60;

/** What people call each setting. */
const LABEL: Readonly<Partial<Record<Setting, string>>> = {
  alias: 'The name of the database',
  auraId: 'The Aura id',
  environment: 'The environment',
  requesters: 'Who may ask for a restore',
  approval: 'Who must agree to a restore',
  overrideApprovers: 'Who may agree to a start in a freeze',
  approvalsChannel: 'Where requests are decided',
  auditChannel: 'Where the audit anchors go',
  noticeLeadMinutes: 'The time between the notice and the start',
  urgentNoticeLeadMinutes: 'The time between the notice and the start of an urgent restore',
  requestExpiryMinutes: 'How long a request can be answered',
  executionExpiryMinutes: 'How long an agreed restore may still start',
  lossBoundMinutes: 'How much more data than agreed may be lost',
  requiredFields: 'What a request must say',
  calendar: 'When restores may start',
};

/** The lines of a change that would loosen something: only what would, each as it is and as it would be. */
export function looserLines(change: PolicyChange, at: Instant): readonly string[] {
  switch (change.kind) {
    case 'settings':
      return change.changes
        .filter(({ weights }) => weights.includes('loosens'))
        .map(({ setting }) => settingLine(setting, change.before, change.after, at));
    case 'name-reused':
      return [
        `The name ${escaped(change.after.alias)} would mean another database: until now ${named(change.before)}, then ${named(change.after)}.`,
      ];
    case 'links':
      return [
        `Accounts of one person: now ${linkWords(change.before.samePeople)}; then ${linkWords(change.after.samePeople)}. Accounts that the file links count as one person already; acting for each other waits.`,
      ];
    case 'on-call':
      return onCallLines(change.before, change.after);
    default:
      return [];
  }
}

/** One line for all that holds already, without anybody's agreement; undefined when nothing of the change does. */
export function atOnceLine(change: PolicyChange): string | undefined {
  if (!isAtOnce(change)) return undefined;
  switch (change.kind) {
    case 'instance-added':
      return `${named(change.after)} is new`;
    case 'instance-removed':
      return `${named(change.before)} was taken out: no restore of it can be asked for`;
    case 'settings': {
      const atOnce = change.changes.filter(({ weights }) => !weights.includes('loosens'));
      return `${named(change.after)}: ${listed(atOnce.map(({ setting }) => labelOf(setting)))}`;
    }
    default:
      return undefined;
  }
}

/** Which database a change is about. */
export function aboutWords(change: PolicyChange): string {
  if (change.kind === 'links') return 'all databases';
  if (change.kind === 'on-call') return 'all databases whose rules name who is on call';
  return named('before' in change ? change.before : change.after);
}

/** `loosens: orders-prod: …` for the operator's terminal. */
export function changeSentences(change: PolicyChange, at: Instant): readonly string[] {
  const line = atOnceLine(change);
  return [
    ...(loosens(change) ? looserLines(change, at).map((words) => `waits: ${aboutWords(change)}: ${words}`) : []),
    ...(line ? [`at once: ${line}`] : []),
  ];
}

function settingLine(setting: Setting, before: InstancePolicy, after: InstancePolicy, at: Instant): string {
  const label = labelOf(setting);
  if (setting === 'calendar') return `${label}: ${calendarWords(before.calendar, after.calendar, at)}`;
  return `${label}: now ${valueWords(setting, before)}; then ${valueWords(setting, after)}.`;
}

function labelOf(setting: Setting): string {
  return LABEL[setting] ?? `The setting "${escaped(setting)}"`;
}

function valueWords(setting: Setting, policy: InstancePolicy): string {
  switch (setting) {
    case 'alias':
    case 'auraId':
    case 'environment':
      return escaped(policy[setting]);
    case 'requesters':
      return policy.requesters ? everybody(policy.requesters) : 'every full member of the workspace';
    case 'overrideApprovers':
      return policy.overrideApprovers ? everybody(policy.overrideApprovers) : 'nobody';
    case 'approval':
      return approvalWords(policy.approval);
    case 'approvalsChannel':
    case 'auditChannel':
      return mention.channel(policy[setting]);
    case 'urgentNoticeLeadMinutes':
      return duration(leadMinutesFor(policy, true));
    case 'noticeLeadMinutes':
    case 'requestExpiryMinutes':
    case 'executionExpiryMinutes':
    case 'lossBoundMinutes':
      return duration(policy[setting]);
    case 'requiredFields':
      return policy.requiredFields.join(' and ') || 'nothing besides the reason';
    default:
      return `\`${escaped(JSON.stringify(policy[setting]) ?? 'nothing').slice(0, 300)}\``;
  }
}

function approvalWords({ rules, denialsNeeded }: ApprovalTerms): string {
  const must = rules.map(
    ({ name, needed, ...people }) => `${needed} of ${quoted(name, LONGEST_NAME)} (${peopleWords(people)})`,
  );
  return `${must.join(' and ')}; ${denialsNeeded === 1 ? 'one no ends it' : `${denialsNeeded} who say no end it`}`;
}

function peopleWords(people: PeopleRule): string {
  return everybody(people) || 'nobody';
}

function calendarWords(before: Calendar, after: Calendar, at: Instant): string {
  const opened = firstOpened(before, after, at);
  const gone = partsOf(before).filter((part) => !partsOf(after).includes(part));
  const fresh = partsOf(after).filter((part) => !partsOf(before).includes(part));
  return [
    opened === undefined
      ? 'a freeze would be easier to override.'
      : `a start would become possible, first ${utcWords(opened)}.`,
    gone.length > 0 ? `Would go: ${listed(gone)}.` : '',
    fresh.length > 0 ? `Would come: ${listed(fresh)}.` : '',
  ]
    .filter(Boolean)
    .join(' ');
}

function partsOf({ windows, outerWindows = [], freezes, holidays = [] }: Calendar): readonly string[] {
  return [
    ...[...windows, ...outerWindows.flat()].map((window) => `window ${timesWords(window)}`),
    ...freezes.map((freeze) => `freeze ${quoted(freeze.name, LONGEST_NAME)} ${timesWords(freeze)}`),
    ...holidays.map(
      ({ calendar, effect, fileHash }) => `holidays ${escaped(calendar)} ${effect} (file ${fileHash.slice(0, 8)})`,
    ),
  ];
}

/** Each name that would mean somebody else. */
function onCallLines(before: OnCallRules | undefined, after: OnCallRules): readonly string[] {
  const lines = (label: string, was: Readonly<Record<string, string>>, then: Readonly<Record<string, string>>) =>
    Object.entries(then)
      .filter(([name, target]) => was[name] !== target)
      .map(
        ([name, target]) =>
          `${label} ${escaped(name)}: now ${escaped(was[name] ?? 'nobody')}; then ${escaped(target)}.`,
      );
  const isOlder = before !== undefined && after.maxAgeMs > before.maxAgeMs;
  return [
    ...lines('Who is on call as', before?.schedules ?? {}, after.schedules),
    ...lines('The Slack account of', before?.accounts ?? {}, after.accounts),
    ...(isOlder ? ['An older answer about who is on call would count.'] : []),
  ];
}

function linkWords(lists: Policy['samePeople']): string {
  return lists.length === 0 ? 'none' : lists.map((list) => list.map(mention.person).join(' = ')).join('; ');
}

function named({ alias, environment, auraId }: InstancePolicy): string {
  return `${escaped(alias)} (${environment}, ${escaped(auraId)})`;
}
