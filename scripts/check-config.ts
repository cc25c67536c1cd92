import { loadConfig } from '../src/config/load-config.ts';
import { ConfigError } from '../src/config/problem.ts';
import { readCheck } from '../src/graph/check-definition.ts';
import type { Calendar } from '../src/restore/calendar.ts';
import type { InstancePolicy } from '../src/restore/policy.ts';
import type { ApprovalTerms, PeopleRule } from '../src/restore/restore.ts';
import { APPROVERS_RULE } from '../src/restore/rules-needed.ts';

/** `npm run check-config`: says in sentences what the configuration means, or everything that is wrong with it. */
try {
  const { policy } = loadConfig(process.env, readCheck);
  for (const instance of policy.instances) console.log(sentences(instance).join('\n  '));
  console.log('The configuration is well-formed.');
} catch (error) {
  console.error(error instanceof ConfigError ? error.message : 'The configuration could not be read.');
  process.exit(1);
}

function sentences(instance: InstancePolicy): readonly string[] {
  const { calendar, checkNames } = instance;
  return [
    `${instance.alias} (${instance.environment}, Aura id ${instance.auraId})`,
    `may be asked for by ${instance.requesters ? people(instance.requesters) : 'every full member of the workspace'}`,
    ...approvalSentences(instance.approval),
    `is decided about in ${instance.approvalsChannel}; told are ${instance.noticeChannels.join(', ') || 'no channels'}, ${instance.noticeLeadMinutes} minutes before; audit anchors go to ${instance.auditChannel}`,
    `a request expires after ${instance.requestExpiryMinutes} minutes, an approval ${instance.executionExpiryMinutes} minutes after its start time`,
    `an approval lapses when the data loss grows by more than ${instance.lossBoundMinutes} minutes`,
    `checks: ${checkNames.join(', ') || 'only what the bot always checks'}`,
    ...startSentences(calendar),
  ];
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

function startSentences({ windows, freezes }: Calendar): readonly string[] {
  const open = windows.map(({ days, from, to, zone }) => `${days.join(', ')} from ${from} to ${to} (${zone})`);
  return [
    `may start ${open.join('; ') || 'at any time'}`,
    ...freezes.map(({ name, from, to }) => `may not start from ${from} to ${to}: ${name}`),
  ];
}

function people({ users, groups, onCall = [] }: PeopleRule): string {
  const schedules = onCall.map((alias) => `whoever is on call in ${alias}`);
  return [...groups.map((id) => `group ${id}`), ...users, ...schedules].join(', ');
}
