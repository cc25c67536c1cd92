import { loadConfig } from '../src/config/load-config.ts';
import { ConfigError } from '../src/config/problem.ts';
import { readCheck } from '../src/graph/check-definition.ts';
import { type Calendar, nextStarts, type StartRange } from '../src/restore/calendar.ts';
import { timesWords, utcWords } from '../src/restore/calendar-times.ts';
import type { Language } from '../src/restore/language.ts';
import type { InstancePolicy, Policy } from '../src/restore/policy.ts';
import type { ApprovalTerms, PeopleRule } from '../src/restore/restore.ts';
import { APPROVERS_RULE } from '../src/restore/rules-needed.ts';

const SHOWN_STARTS = 3;
const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { en: 'English', de: 'German' };

/** `npm run check-config`: says in sentences what the configuration means, or everything that is wrong with it. */
try {
  const { policy } = loadConfig(process.env, readCheck);
  for (const instance of policy.instances) console.log(sentences(instance, policy).join('\n  '));
  console.log('The configuration is well-formed.');
} catch (error) {
  console.error(error instanceof ConfigError ? error.message : 'The configuration could not be read.');
  process.exit(1);
}

function sentences(instance: InstancePolicy, policy: Policy): readonly string[] {
  const { channelLanguages: channels = {} } = policy;
  const { calendar, checkNames, overrideApprovers } = instance;
  return [
    `${instance.alias} (${instance.environment}, Aura id ${instance.auraId})`,
    `may be asked for by ${instance.requesters ? people(instance.requesters) : 'every full member of the workspace'}`,
    ...approvalSentences(instance.approval),
    `is decided about in ${instance.approvalsChannel}; told are ${instance.noticeChannels.join(', ') || 'no channels'}, ${instance.noticeLeadMinutes} minutes before; audit anchors go to ${instance.auditChannel}`,
    `cards and notices are in ${LANGUAGE_NAMES[instance.language ?? 'en']}${languagesOf(channels)}`,
    `a request expires after ${instance.requestExpiryMinutes} minutes, an approval ${instance.executionExpiryMinutes} minutes after its start time`,
    `an approval lapses when the data loss grows by more than ${instance.lossBoundMinutes} minutes`,
    `checks: ${checkNames.join(', ') || 'only what the bot always checks'}`,
    ...startSentences(calendar, overrideApprovers),
  ];
}

function languagesOf(channels: Readonly<Record<string, Language>>): string {
  return Object.entries(channels)
    .map(([channel, language]) => `, in ${channel} in ${LANGUAGE_NAMES[language]}`)
    .join('');
}

function approvalSentences({ rules, denialsNeeded }: ApprovalTerms): readonly string[] {
  const agree = rules.map(({ name, needed, ...rule }) =>
    name === APPROVERS_RULE ? `one of ${people(rule)}` : `${needed} of the ${name} (${people(rule)})`,
  );
  return [
    `must be confirmed by ${agree.join(' and by ')}, each a different person and never the requester`,
    `ends when ${denialsNeeded === 1 ? 'one of them denies it' : `${denialsNeeded} of them deny it`}`,
  ];
}

function startSentences(calendar: Calendar, overrideApprovers: PeopleRule | undefined): readonly string[] {
  const { windows, outerWindows = [], freezes, holidays = [] } = calendar;
  const sets = [windows, ...outerWindows].filter((set) => set.length > 0);
  const open = sets.map((set) => set.map(timesWords).join('; '));
  const next = nextStarts(calendar, new Date().toISOString(), SHOWN_STARTS).map(rangeWords);
  return [
    `may start ${open.join(', and of these only ') || 'at any time'}`,
    ...freezes.map((freeze) => `may not start ${timesWords(freeze)}: ${freeze.name}`),
    ...holidays.map(({ calendar: name, effect, zone }) => `has the holidays of ${name} (${zone}) ${effect}`),
    overrideApprovers
      ? `may start in a freeze only with an override, to which one of ${people(overrideApprovers)} must agree as well`
      : 'may never start in a freeze: no freeze_override is configured',
    next.length > 0
      ? `could start next: ${next.join('; ')}`
      : 'can NEVER start in the next three years: its windows, those of its environment and of the defaults leave no common time',
  ];
}

function rangeWords({ from, to }: StartRange): string {
  return `${utcWords(Date.parse(from))} ${to ? `to ${utcWords(Date.parse(to))}` : 'and from then on'}`;
}

function people({ users, groups, onCall = [] }: PeopleRule): string {
  const schedules = onCall.map((alias) => `whoever is on call in ${alias}`);
  return [...groups.map((id) => `group ${id}`), ...users, ...schedules].join(', ');
}
