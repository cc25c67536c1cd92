import type { Calendar } from '../../src/restore/calendar.ts';
import { utcWords } from '../../src/restore/calendar-times.ts';
import { leadMinutesFor } from '../../src/restore/lead.ts';
import type { Instant } from '../../src/restore/names.ts';
import { firstOpened } from '../../src/restore/policy/calendar-rule.ts';
import type { Setting } from '../../src/restore/policy/instance-rules.ts';
import type { InstancePolicy } from '../../src/restore/policy.ts';
import { leavesChannelsOpen } from '../../src/restore/stakeholders.ts';
import type { ApprovalTerms, Dependant, PeopleRule, ReminderTerms, StakeholderRule } from '../../src/restore/terms.ts';
import { everybody, listed } from '../people.ts';
import { duration, escaped, fitted, mention, quoted } from '../slack-text.ts';
import type { Words } from '../words/words.ts';

/** Of names that the file gives. */
const LONGEST_NAME = 60;
/** Both values, as it was and as it would be, fit into one section. */
const LONGEST_VALUE = 1_300;

/** What a setting says, for people who judge whether it may become looser. */
export function valueWords(setting: Setting, policy: InstancePolicy, words: Words): string {
  const say = words.policyChange;
  switch (setting) {
    case 'alias':
    case 'auraId':
      return escaped(policy[setting]);
    case 'environment':
      return say.environment[policy.environment];
    case 'requesters':
      return policy.requesters ? everybody(policy.requesters, words) : say.everyMember;
    case 'overrideApprovers':
      return peopleWords(policy[setting], words);
    case 'stakeholders':
      return stakeholderWords(policy.stakeholders, words);
    case 'approval':
      return approvalWords(policy.approval, words);
    case 'dependants':
      return dependantWords(policy.dependants, words);
    case 'delegation':
      return say.delegation[policy.delegation ?? 'allowed'];
    case 'objections':
      return say.objections[policy.objections];
    case 'reminders':
      return reminderWords(policy.reminders, words);
    case 'approvalsChannel':
    case 'auditChannel':
      return mention.channel(policy[setting]);
    case 'urgentNoticeLeadMinutes':
      return duration(leadMinutesFor(policy, true), words);
    case 'noticeLeadMinutes':
    case 'requestExpiryMinutes':
    case 'executionExpiryMinutes':
    case 'lossBoundMinutes':
    case 'updateMinutes':
      return duration(policy[setting], words);
    case 'requiredFields':
      return policy.requiredFields.map((field) => say.fields[field]).join(` ${say.and} `) || say.noField;
    default:
      return `\`${fitted(escaped(JSON.stringify(policy[setting]) ?? say.nothing), LONGEST_VALUE)}\``;
  }
}

/** What another calendar would open, and which of its times are others. */
export function calendarWords(
  { before, after, at }: { readonly before: Calendar; readonly after: Calendar; readonly at: Instant },
  words: Words,
): string {
  const say = words.policyChange;
  const opened = firstOpened(before, after, at);
  const [were, will] = [partsOf(before, words), partsOf(after, words)];
  const gone = were.filter((part) => !will.includes(part));
  const fresh = will.filter((part) => !were.includes(part));
  return [
    opened === undefined ? say.freezeEasier : say.opened(utcWords(opened)),
    gone.length > 0 ? say.gone(listed(gone, words)) : '',
    fresh.length > 0 ? say.fresh(listed(fresh, words)) : '',
  ]
    .filter(Boolean)
    .join(' ');
}

function partsOf({ windows, outerWindows = [], freezes, holidays = [] }: Calendar, words: Words): readonly string[] {
  const { policyChange: say, calendar } = words;
  return [
    ...[...windows, ...outerWindows.flat()].map((window) => say.window(calendar.times(window))),
    ...freezes.map((freeze) => say.freeze({ name: quoted(freeze.name, LONGEST_NAME), times: calendar.times(freeze) })),
    ...holidays.map((one) =>
      say.holidays({ calendar: escaped(one.calendar), effect: one.effect, file: one.fileHash.slice(0, 8) }),
    ),
  ];
}

function approvalWords({ rules, denialsNeeded }: ApprovalTerms, words: Words): string {
  const say = words.policyChange;
  const must = rules.map(({ name, needed, ...people }) =>
    say.rule({ needed, name: quoted(name, LONGEST_NAME), people: peopleWords(people, words) }),
  );
  return `${must.join(` ${say.and} `)}; ${say.denials(denialsNeeded)}`;
}

/** Who is told directly and may object, and whether everybody in the channels of the notices may. */
function stakeholderWords(stakeholders: StakeholderRule | undefined, words: Words): string {
  const say = words.policyChange;
  const people = stakeholders ? everybody(stakeholders, words) : '';
  if (!leavesChannelsOpen(stakeholders)) return people || say.nobody;
  return people ? say.andChannels(people) : say.onlyChannels;
}

/** Who owns what; what nobody in Slack owns gives nobody a right to object. */
function dependantWords(dependants: readonly Dependant[], words: Words): string {
  const say = words.policyChange;
  const owned = dependants.map(({ name, users = [], groups = [], channel, channelToo }) => {
    const owners = peopleWords({ users, groups }, words);
    const place = channelToo && channel !== undefined ? mention.channel(channel) : undefined;
    return say.owned({ name: quoted(name, LONGEST_NAME), owners: place ? say.andChannel({ owners, place }) : owners });
  });
  return listed(owned, words) || say.nothing;
}

/** Whom a request goes on to: only that binds anybody. */
function reminderWords(reminders: ReminderTerms | undefined, words: Words): string {
  const say = words.policyChange;
  if (!reminders) return say.noReminders;
  const stages = reminders.escalation.map(({ stage, afterMinutes, ...people }) =>
    say.escalates({ stage, after: duration(afterMinutes, words), people: peopleWords(people, words) }),
  );
  return stages.join(', ') || say.noEscalation;
}

function peopleWords(people: PeopleRule | undefined, words: Words): string {
  return (people && everybody(people, words)) || words.policyChange.nobody;
}
