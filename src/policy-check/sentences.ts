import { type Calendar, nextStarts, type StartRange } from '../restore/calendar.ts';
import { timesWords, utcWords } from '../restore/calendar-times.ts';
import { methodsOf } from '../restore/chosen-method.ts';
import type { Language } from '../restore/language.ts';
import type { Instant } from '../restore/names.ts';
import type { Method } from '../restore/plan.ts';
import type { InstancePolicy, Policy } from '../restore/policy.ts';
import { APPROVERS_RULE } from '../restore/rules-needed.ts';
import { noticePlaces, stakeholdersNamed } from '../restore/stakeholders.ts';
import type { ApprovalTerms, PeopleRule } from '../restore/terms.ts';
import { exportSentences } from './export-sentences.ts';
import { type Names, peopleWords } from './names.ts';
import { newInstanceSentences } from './new-instance-sentences.ts';
import { reminderSentences } from './reminder-sentences.ts';

const SHOWN_STARTS = 3;
const METHOD_NAMES: Readonly<Record<Method, string>> = {
  'restore-snapshot': 'a snapshot of its own',
  overwrite: 'overwriting it from another instance',
  'backup-file': 'a backup file that a person uploads in the console',
  upload: 'a backup file that the bot uploads with neo4j-admin',
  'new-instance': 'a new instance beside it',
};
const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { en: 'English', de: 'German' };

/** What the configuration means for one instance, in sentences whose subject is the instance. */
export function policySentences(
  instance: InstancePolicy,
  { channelLanguages = {} }: Pick<Policy, 'channelLanguages'>,
  { now, names }: { readonly now: Instant; readonly names: Names },
): readonly string[] {
  const { requesters, approval, calendar, checkNames, overrideApprovers } = instance;
  return [
    `may be asked for by ${requesters ? peopleWords(requesters, names) : 'every full member of the workspace'}`,
    ...approvalSentences(approval, names),
    instance.delegation === 'forbidden'
      ? 'must be decided about in person: nobody may hand their place over'
      : 'may be decided about by whoever holds the place of one of them for a time (/restore delegate)',
    `is decided about in ${instance.approvalsChannel}; audit anchors go to ${instance.auditChannel}`,
    ...stakeholderSentences(instance),
    `gets its data back by ${methodsOf(instance)
      .map((method) => METHOD_NAMES[method])
      .join(', ')}`,
    ...undoSentences(instance),
    ...newInstanceSentences(instance, (approval) => `${agreeWords(approval, names).join(' and ')} must agree`),
    ...exportSentences(instance, (rule) => peopleWords(rule, names)),
    `cards and notices are in ${LANGUAGE_NAMES[instance.language ?? 'en']}${languagesOf(channelLanguages)}`,
    `a request expires after ${instance.requestExpiryMinutes} minutes, an approval ${instance.executionExpiryMinutes} minutes after its start time`,
    ...reminderSentences(instance, (rule) => peopleWords(rule, names)),
    `an approval lapses when the data loss grows by more than ${instance.lossBoundMinutes} minutes`,
    `checks: ${checkNames.join(', ') || 'only what the bot always checks'}`,
    instance.receipt
      ? `what a restore would lose is counted after each snapshot, and every ${instance.receipt.refreshMinutes} minutes until the restore begins`
      : 'what a restore would lose of the data is unknown: no bolt is configured',
    ...startSentences(calendar, now),
    overrideSentence(overrideApprovers, names),
  ];
}

/** Said where nobody would think so by the methods: what overwrites the instance can be undone. */
function undoSentences(instance: InstancePolicy): readonly string[] {
  const methods = methodsOf(instance);
  const replaces = methods.some((method) => method !== 'new-instance');
  if (!replaces || methods.includes('restore-snapshot')) return [];
  return ['may all the same be put back to the safety snapshot of a restore, to undo it, when the same people agree'];
}

function languagesOf(channels: Readonly<Record<string, Language>>): string {
  return Object.entries(channels)
    .map(([channel, language]) => `, in ${channel} in ${LANGUAGE_NAMES[language]}`)
    .join('');
}

/** Whether no start is possible for as far as anybody looks ahead. */
export function neverStarts(calendar: Calendar, now: Instant): boolean {
  return nextStarts(calendar, now, 1).length === 0;
}

function agreeWords({ rules }: ApprovalTerms, names: Names): readonly string[] {
  return rules.map(({ name, needed, ...rule }) =>
    name === APPROVERS_RULE
      ? `one of ${peopleWords(rule, names)}`
      : `${needed} of the ${name} (${peopleWords(rule, names)})`,
  );
}

function approvalSentences(approval: ApprovalTerms, names: Names): readonly string[] {
  const { denialsNeeded } = approval;
  return [
    `must be confirmed by ${agreeWords(approval, names).join(' and by ')}, each a different person and never the requester`,
    `ends when ${denialsNeeded === 1 ? 'one of them denies it' : `${denialsNeeded} of them deny it`}`,
  ];
}

function startSentences(calendar: Calendar, now: Instant): readonly string[] {
  const { windows, outerWindows = [], freezes, holidays = [] } = calendar;
  const sets = [windows, ...outerWindows].filter((set) => set.length > 0);
  const open = sets.map((set) => set.map(timesWords).join('; '));
  const next = nextStarts(calendar, now, SHOWN_STARTS).map(rangeWords);
  return [
    `may start ${open.join(', and of these only ') || 'at any time'}`,
    ...freezes.map((freeze) => `may not start ${timesWords(freeze)}: ${freeze.name}`),
    ...holidays.map(({ calendar: name, effect, zone }) => `has the holidays of ${name} (${zone}) ${effect}`),
    next.length > 0
      ? `could start next: ${next.join('; ')}`
      : 'can NEVER start in the next three years: its windows, those of its environment and of the defaults leave no common time',
  ];
}

function overrideSentence(approvers: PeopleRule | undefined, names: Names): string {
  return approvers
    ? `may start in a freeze only with an override, to which one of ${peopleWords(approvers, names)} must agree as well`
    : 'may never start in a freeze: no freeze_override is configured';
}

function rangeWords({ from, to }: StartRange): string {
  return `${utcWords(Date.parse(from))} ${to ? `to ${utcWords(Date.parse(to))}` : 'and from then on'}`;
}

function stakeholderSentences(instance: InstancePolicy): readonly string[] {
  const { noticeLeadMinutes, urgentNoticeLeadMinutes, objections, updateMinutes } = instance;
  const told = noticePlaces({ plan: instance, terms: instance });
  if (told.length === 0) return ['is announced to nobody'];
  const { users, groups } = stakeholdersNamed({ terms: instance });
  const named = [...groups.map((id) => `group ${id}`), ...users].join(', ');
  const hardly = `stakeholders cannot object before it begins: its notice_lead is 0 minutes${objections === 'hold' ? ', and only until the restore call is sent does an objection still hold it' : ''}`;
  return [
    `is announced to ${told.join(', ')}, ${noticeLeadMinutes} minutes before its start at least${urgentNoticeLeadMinutes === undefined ? '' : ` (${urgentNoticeLeadMinutes} minutes when the request is urgent)`}, and then every ${updateMinutes} minutes until its end`,
    `may be objected to by ${named || 'the members of these channels'}, which ${objections === 'hold' ? 'holds the start until it is answered' : 'holds nothing'}`,
    ...(noticeLeadMinutes === 0 ? [hardly] : []),
  ];
}
