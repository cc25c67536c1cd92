import type { OnCallRules } from '../restore/on-call.ts';
import type { PeopleRule } from '../restore/terms.ts';
import type { OnCallAccess, OnCallSchedule } from './config.ts';
import type { EnvironmentSettings } from './environment.ts';
import type { ConfigFile } from './file-schema.ts';
import type { Problem } from './problem.ts';

const KEY_VARIABLE = { pagerduty: 'PAGERDUTY_TOKEN', opsgenie: 'OPSGENIE_API_KEY' } as const;

/** The schedules of the file with the keys of the environment. Adds to `problems` each key and schedule that is missing. */
export function onCallFrom(
  file: ConfigFile,
  settings: Pick<EnvironmentSettings, 'onCall' | 'secret'>,
  problems: Problem[],
): OnCallAccess {
  const { schedules, people, max_age } = file.on_call;
  const used = new Set(Object.values(schedules).map(({ provider }) => provider));
  const keyOf = (provider: keyof typeof KEY_VARIABLE): (() => string) => {
    const name = KEY_VARIABLE[provider];
    const key = used.has(provider) ? settings.secret(name) : undefined;
    if (used.has(provider) && key === undefined) {
      problems.push({ where: name, what: `is not set, and on_call.schedules names a ${provider} schedule` });
    }
    // Behind a function, so that printing or serialising the configuration does not give it away.
    return () => key ?? '';
  };
  for (const { where, rule } of rulesIn(file)) {
    for (const alias of rule.onCall ?? []) {
      if (!Object.hasOwn(schedules, alias)) {
        problems.push({ where, what: `names ${alias}, which is not under on_call.schedules` });
      }
    }
  }
  return {
    schedules: new Map(Object.entries(schedules).map(([alias, schedule]) => [alias, scheduleOf(schedule)])),
    people: new Map(Object.entries(people)),
    maxAgeMs: max_age,
    pagerDuty: { apiUrl: settings.onCall.pagerDutyUrl, token: keyOf('pagerduty') },
    opsgenie: { apiUrl: settings.onCall.opsgenieUrl, apiKey: keyOf('opsgenie') },
  };
}

function scheduleOf(schedule: ConfigFile['on_call']['schedules'][string]): OnCallSchedule {
  if (schedule.provider === 'pagerduty') return schedule;
  const { provider, id, name } = schedule;
  return { provider, id: id ?? name ?? '', identifierType: id === undefined ? 'name' : 'id' };
}

/** Everybody's rules, each with where its schedules stand in the file. */
function rulesIn({
  defaults,
  environments,
  instances,
}: ConfigFile): readonly { readonly where: string; readonly rule: PeopleRule }[] {
  const places = [
    { where: 'defaults', settings: defaults },
    ...Object.entries(environments).map(([name, settings]) => ({ where: `environments.${name}`, settings })),
    ...Object.entries(instances).map(([alias, settings]) => ({ where: `instances.${alias}`, settings })),
  ];
  return places.flatMap(
    ({ where, settings: { approvals = [], approvers, requesters, freeze_override, escalation } }) => {
      const stages = (escalation ?? []).map((rule) => ({ where: `${where}.escalation.on_call.schedules`, rule }));
      const named = { approvers, requesters, 'freeze_override.approvers': freeze_override?.approvers };
      return [
        ...stages,
        ...approvals.map((rule, index) => ({ where: `${where}.approvals.${index}.on_call`, rule })),
        ...Object.entries(named).flatMap(([name, rule]) => (rule ? [{ where: `${where}.${name}.on_call`, rule }] : [])),
      ];
    },
  );
}

/** What the file says of schedules and accounts, as the policy keeps it. */
export function onCallRulesOf({
  schedules,
  people,
  maxAgeMs,
}: Pick<OnCallAccess, 'schedules' | 'people' | 'maxAgeMs'>): OnCallRules {
  const targets = [...schedules].map(([alias, schedule]) => [
    alias,
    `${schedule.provider} ${'identifierType' in schedule ? schedule.identifierType : 'id'} ${schedule.id}`,
  ]);
  return { schedules: Object.fromEntries(targets), accounts: Object.fromEntries(people), maxAgeMs };
}
