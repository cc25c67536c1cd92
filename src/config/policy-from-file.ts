import { joined } from '../restore/policy/linked-accounts.ts';
import type { InstancePolicy, Policy } from '../restore/policy.ts';
import { approvalFor, overrideProblem } from './approval-from-file.ts';
import { type Calendars, calendarFrom } from './calendars.ts';
import type { BoltAccess, Config, LossBudget, MonitoringAccess, ReadCheck } from './config.ts';
import type { ConfigFile, InstanceSettings } from './file-schema.ts';
import { lookAlikes } from './look-alikes.ts';
import { lossFrom, questionProblems } from './loss-from-file.ts';
import { newInstanceFrom } from './new-instance-from-file.ts';
import type { Problem } from './problem.ts';
import { remindersFrom } from './reminders-from-file.ts';

type FromFile = Pick<Config, 'policy' | 'boltByAlias' | 'monitoringByAlias' | 'checksByAlias' | 'lossByAlias'>;

/** The bot's own defaults, each the safe one. */
const DEFAULTS = {
  notice_channels: [],
  notice_lead: 0,
  action_required: 'Restart your application so that it reconnects, clear its caches, and check your data',
  request_expiry: 60,
  execution_expiry: 60,
  loss_drift_bound: 60,
  objectives: {},
  required_fields: [],
  dependants: [],
  reminders: { nudges: { every: 15, most: 3 } },
  objections: 'hold',
  updates_every: 30,
  working_hours: { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', to: '17:30' },
} as const;

/** Turns the file into the domain's policy, with what only makes sense across keys checked and added to `problems`. */
export function policyFrom(
  file: ConfigFile,
  around: {
    readonly secret: (name: string) => string | undefined;
    readonly readCheck: ReadCheck;
    readonly calendars: Calendars;
  },
  problems: Problem[],
): FromFile {
  const { secret, readCheck } = around;
  const samePeople = joined(file.people.same);
  const instances: InstancePolicy[] = [];
  const boltByAlias: Record<string, BoltAccess> = {};
  const checksByAlias: Record<string, readonly unknown[]> = {};
  const lossByAlias: Record<string, LossBudget> = {};
  const monitoringByAlias: Record<string, MonitoringAccess> = {};
  const aliasByAuraId = new Map<string, string>();
  const allAuraIds = new Map(
    Object.entries(file.instances).map(([alias, { aura_id }]) => [aura_id.toLowerCase(), alias]),
  );

  for (const [alias, own] of Object.entries(file.instances)) {
    const where = `instances.${alias}`;
    const ofEnvironment = file.environments[own.environment] ?? {};
    const settings = { ...DEFAULTS, ...file.defaults, ...ofEnvironment, ...own };
    const levels = [
      { where, settings: own },
      { where: `environments.${own.environment}`, settings: ofEnvironment },
      { where: 'defaults', settings: file.defaults },
    ];
    const auraId = own.aura_id.toLowerCase();
    const twin = aliasByAuraId.get(auraId);
    if (twin) problems.push({ where: `${where}.aura_id`, what: `is the same as that of ${twin}` });
    aliasByAuraId.set(auraId, alias);
    const namesake = allAuraIds.get(alias);
    if (namesake !== undefined && namesake !== alias)
      problems.push({ where, what: `is called like the Aura id of ${namesake}: name it otherwise` });

    const { approvals_channel, contact } = settings;
    const approval = approvalFor([own, ofEnvironment, file.defaults], where, samePeople, problems);
    if (!approvals_channel)
      problems.push({ where: `${where}.approvals_channel`, what: 'is missing, here or under defaults' });
    if (!contact)
      problems.push({
        where: `${where}.contact`,
        what: 'is missing: the notices name whom to ask, here or under defaults',
      });
    if (!approval || !approvals_channel || !contact) continue;

    const override = settings.freeze_override?.approvers;
    const unfillable = override && overrideProblem(approval, override, samePeople);
    if (unfillable) problems.push({ where: `${where}.freeze_override`, what: unfillable });
    const noticeChannels = channelsTold(settings);
    if (noticeChannels.length === 0 && groupsOf(settings).length > 0) {
      problems.push({
        where: `${where}.notice_channels`,
        what: 'names no channel, and groups of stakeholders can only be mentioned in one',
      });
    }
    const { notice_lead, urgent_notice_lead = notice_lead } = settings;
    if (urgent_notice_lead > notice_lead) {
      problems.push({
        where: `${where}.urgent_notice_lead`,
        what: `must not be longer than notice_lead, which is ${notice_lead} minutes there`,
      });
    }
    const newInstance = newInstanceFrom(settings, file.prices, { where, samePeople }, problems);
    const checkNames = checkNamesOf(own, where, readCheck, problems);
    checksByAlias[alias] = own.checks;
    if (settings.methods?.includes('upload') && !own.bolt) {
      problems.push({
        where: `${where}.bolt`,
        what: 'is missing: an upload needs the user and the password of the database',
      });
    }
    if (settings.methods?.includes('upload') && file.backup_files.length === 0) {
      problems.push({
        where: 'backup_files',
        what: `names no directory, and ${alias} may be restored by an upload from one`,
      });
    }
    if (own.bolt) boltByAlias[alias] = boltAccess(own.bolt, `${where}.bolt`, secret, problems);
    if (own.monitoring) {
      monitoringByAlias[alias] = monitoringAccess(own.monitoring, `${where}.monitoring`, secret, problems);
    }
    const loss = lossFrom(levels.map((level) => level.settings.loss_receipt).reverse());
    if (own.bolt) lossByAlias[alias] = { ...loss.budget, questions: own.loss_questions };
    problems.push(...questionProblems(own, where));
    instances.push({
      alias,
      auraId,
      environment: own.environment,
      approval,
      approvalsChannel: approvals_channel,
      auditChannel: settings.audit_channel ?? approvals_channel,
      contact,
      noticeChannels,
      noticeLeadMinutes: notice_lead,
      ...(urgent_notice_lead < notice_lead ? { urgentNoticeLeadMinutes: urgent_notice_lead } : {}),
      actionRequired: settings.action_required,
      requestExpiryMinutes: settings.request_expiry,
      executionExpiryMinutes: settings.execution_expiry,
      lossBoundMinutes: settings.loss_drift_bound,
      objectives: objectivesOf(settings.objectives),
      requiredFields: settings.required_fields,
      dependants: settings.dependants,
      ...(settings.stakeholders ? { stakeholders: settings.stakeholders } : {}),
      objections: settings.objections,
      updateMinutes: settings.updates_every,
      checkNames,
      ...(own.bolt ? { receipt: { refreshMinutes: loss.refreshMinutes } } : {}),
      calendar: calendarFrom(levels, around.calendars, file.calendars, problems),
      workingHours: settings.working_hours,
      ...(override ? { overrideApprovers: override } : {}),
      reminders: remindersFrom(settings, approval, where, problems),
      ...(settings.language ? { language: settings.language } : {}),
      ...(settings.methods ? { methods: settings.methods } : {}),
      ...(settings.exports ? { exports: settings.exports } : {}),
      ...(settings.file_load === undefined ? {} : { fileLoadMinutes: settings.file_load }),
      ...(settings.console_file_limit ? { consoleFileBytes: settings.console_file_limit } : {}),
      ...(newInstance ? { newInstance } : {}),
      // Who forbids it forbids it for everything below: a narrower level can only tighten.
      ...(levels.some((level) => level.settings.delegation === 'forbidden') ? { delegation: 'forbidden' } : {}),
      ...(settings.requesters ? { requesters: settings.requesters } : {}),
      ...(own.retention === undefined ? {} : { retentionDays: Math.ceil(own.retention / 86_400_000) }),
      ...(settings.expected_duration
        ? { estimate: { fromMinutes: settings.expected_duration.from, toMinutes: settings.expected_duration.to } }
        : {}),
    });
  }
  problems.push(...lookAlikes(Object.keys(file.instances)));
  if (Object.keys(file.instances).length === 0) problems.push({ where: 'instances', what: 'names no instance' });
  return {
    policy: { instances, samePeople, ...channelLanguagesOf(file) },
    boltByAlias,
    monitoringByAlias,
    checksByAlias,
    lossByAlias,
  };
}

function channelLanguagesOf({ channels }: ConfigFile): Pick<Policy, 'channelLanguages'> {
  const languages = Object.entries(channels).map(([channel, { language }]) => [channel, language] as const);
  return languages.length > 0 ? { channelLanguages: Object.fromEntries(languages) } : {};
}

/** The notice channels and those of dependants: each gets the notices once. */
function channelsTold({ notice_channels, dependants }: Stakeholders): readonly string[] {
  const ofDependants = dependants.flatMap(({ channel }) => (channel === undefined ? [] : [channel]));
  return [...new Set([...notice_channels, ...ofDependants])];
}

function groupsOf({ stakeholders, dependants }: Stakeholders): readonly string[] {
  return [...(stakeholders?.groups ?? []), ...dependants.flatMap(({ groups = [] }) => groups)];
}

interface Stakeholders extends Pick<InstancePolicy, 'dependants' | 'stakeholders'> {
  readonly notice_channels: readonly string[];
}

function objectivesOf({ rpo, rto }: { readonly rpo?: number; readonly rto?: number }): InstancePolicy['objectives'] {
  return { ...(rpo === undefined ? {} : { rpoMinutes: rpo }), ...(rto === undefined ? {} : { rtoMinutes: rto }) };
}

function checkNamesOf(
  own: InstanceSettings,
  where: string,
  readCheck: ReadCheck,
  problems: Problem[],
): readonly string[] {
  return own.checks.flatMap((check, index) => {
    const read = readCheck(check);
    if ('name' in read) return [read.name];
    problems.push({ where: `${where}.checks.${index}`, what: read.problem });
    return [];
  });
}

function monitoringAccess(
  { url, token_variable: variable }: NonNullable<InstanceSettings['monitoring']>,
  where: string,
  secret: (name: string) => string | undefined,
  problems: Problem[],
): MonitoringAccess {
  if (variable === undefined) return { url };
  const token = secret(variable);
  if (token === undefined) {
    problems.push({ where: `${where}.token_variable`, what: `names ${variable}, which is not set` });
  }
  return { url, token: () => token ?? '' };
}

function boltAccess(
  bolt: NonNullable<InstanceSettings['bolt']>,
  where: string,
  secret: (name: string) => string | undefined,
  problems: Problem[],
): BoltAccess {
  const password = secret(bolt.password_variable);
  if (password === undefined) {
    problems.push({ where: `${where}.password_variable`, what: `names ${bolt.password_variable}, which is not set` });
  }
  return {
    user: bolt.user,
    database: bolt.database,
    // Behind a function, so that printing or serialising the configuration does not give it away.
    password: () => password ?? '',
    ...(bolt.uri ? { uri: bolt.uri } : {}),
  };
}
