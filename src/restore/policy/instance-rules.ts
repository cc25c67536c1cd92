import { FILE_LOAD_MINUTES } from '../backup-file.ts';
import { USUAL_METHODS } from '../chosen-method.ts';
import type { Environment, Instant } from '../names.ts';
import type { InstancePolicy } from '../policy.ts';
import { CALENDAR } from './calendar-rule.ts';
import { NEW_INSTANCE } from './new-instance-rule.ts';
import { APPROVAL, DEPENDANTS, OVERRIDE_APPROVERS, REQUESTERS, STAKEHOLDERS } from './people-rules.ts';
import {
  allMustBeGiven,
  free,
  held,
  isEqual,
  LESS_IS_TIGHTER,
  MORE_IS_TIGHTER,
  type SettingRule,
  type Weight,
} from './tighter.ts';

/** What an instance's policy may set. */
export type Setting = keyof Required<InstancePolicy>;

/** One setting that differs. */
export interface SettingChange {
  readonly setting: Setting;
  readonly weights: readonly Weight[];
}

const STRICTNESS: Readonly<Record<Environment, number>> = { production: 2, staging: 1, development: 0 };

/** Whether one environment is stricter than another. */
export function isStricter(one: Environment, other: Environment): boolean {
  return STRICTNESS[one] > STRICTNESS[other];
}

/** The stricter the environment, the stronger the confirmation and what the defaults of it ask for. */
const ENVIRONMENT: SettingRule<Environment> = {
  weigh: (inForce, proposed) => [isStricter(inForce, proposed) ? 'loosens' : 'tightens'],
  tighter: (inForce) => inForce,
};

const DELEGATION: SettingRule<InstancePolicy['delegation']> = {
  weigh: (_, proposed) => [proposed === 'forbidden' ? 'tightens' : 'loosens'],
  tighter: () => 'forbidden',
};

/** Those whom a request escalates to may decide where a rule says so; when people are reminded binds nobody. */
const REMINDERS: SettingRule<InstancePolicy['reminders']> = {
  weigh: (inForce, proposed) =>
    isEqual(inForce?.escalation ?? [], proposed?.escalation ?? []) ? ['neutral'] : ['loosens'],
  tighter: (inForce, proposed) => proposed && { ...proposed, escalation: inForce?.escalation ?? [] },
};

/** How data may come back: the fewer ways, the tighter. */
const METHODS_ALLOWED: SettingRule<InstancePolicy['methods']> = {
  weigh: (inForce, proposed) => {
    const was = inForce ?? USUAL_METHODS;
    const is = proposed ?? USUAL_METHODS;
    return [
      ...(is.some((method) => !was.includes(method)) ? (['loosens'] as const) : []),
      ...(was.some((method) => !is.includes(method)) ? (['tightens'] as const) : []),
    ];
  },
  tighter: (inForce, proposed) => {
    const was = inForce ?? USUAL_METHODS;
    return (proposed ?? USUAL_METHODS).filter((method) => was.includes(method));
  },
};

const OBJECTIONS: SettingRule<InstancePolicy['objections']> = {
  weigh: (_, proposed) => [proposed === 'tell' ? 'loosens' : 'tightens'],
  tighter: () => 'hold',
};

/** Absent is the lead of every request, which is longer than any lead of its own: only shorter ones are kept. */
const URGENT_LEAD: SettingRule<InstancePolicy['urgentNoticeLeadMinutes']> = {
  weigh: (inForce, proposed) => MORE_IS_TIGHTER.weigh(orEvery(inForce), orEvery(proposed), ''),
  tighter: (inForce, proposed) =>
    inForce === undefined || proposed === undefined ? undefined : Math.max(inForce, proposed),
};

function orEvery(leadMinutes: number | undefined): number {
  return leadMinutes ?? Number.POSITIVE_INFINITY;
}

/** The longer a file may take, the longer the instance may be overwritten without anybody being asked again. */
const FILE_LOAD: SettingRule<InstancePolicy['fileLoadMinutes']> = {
  weigh: (inForce, proposed) => LESS_IS_TIGHTER.weigh(orUsual(inForce), orUsual(proposed), ''),
  tighter: (inForce, proposed) => Math.min(orUsual(inForce), orUsual(proposed)),
};

function orUsual(fileLoadMinutes: number | undefined): number {
  return fileLoadMinutes ?? FILE_LOAD_MINUTES;
}

type SettingRules = { readonly [S in Setting]: SettingRule<InstancePolicy[S]> };

/**
 * How each setting is judged. A setting that is not here does not compile. Held are those by which people know what they
 * decide about and where; free are those that bind nobody who decides.
 */
const RULES: SettingRules = {
  alias: held(),
  auraId: held(),
  environment: ENVIRONMENT,
  requesters: REQUESTERS,
  approval: APPROVAL,
  overrideApprovers: OVERRIDE_APPROVERS,
  approvalsChannel: held(),
  auditChannel: held(),
  noticeChannels: free(),
  noticeLeadMinutes: MORE_IS_TIGHTER,
  urgentNoticeLeadMinutes: URGENT_LEAD,
  contact: free(),
  actionRequired: free(),
  requestExpiryMinutes: LESS_IS_TIGHTER,
  executionExpiryMinutes: LESS_IS_TIGHTER,
  lossBoundMinutes: LESS_IS_TIGHTER,
  objectives: free(),
  requiredFields: allMustBeGiven(),
  retentionDays: free(),
  estimate: free(),
  dependants: DEPENDANTS,
  stakeholders: STAKEHOLDERS,
  objections: OBJECTIONS,
  updateMinutes: free(),
  checkNames: free(),
  receipt: free(),
  calendar: CALENDAR,
  delegation: DELEGATION,
  reminders: REMINDERS,
  workingHours: free(),
  language: free(),
  methods: METHODS_ALLOWED,
  exports: free(),
  consoleFileBytes: free(),
  fileLoadMinutes: FILE_LOAD,
  newInstance: NEW_INSTANCE,
};

const SETTINGS = Object.keys(RULES) as readonly Setting[];

/** The settings that differ, in the order of the table: a rule is never asked about equal values. */
export function settingChanges(
  inForce: InstancePolicy,
  proposed: InstancePolicy,
  now: Instant,
): readonly SettingChange[] {
  return [...SETTINGS, ...unknownSettings(inForce, proposed)].flatMap((setting) => {
    const weights = weightsOf(setting, inForce, proposed, now);
    return weights.length > 0 ? [{ setting, weights }] : [];
  });
}

/** The proposed settings, but of each that is looser in anything a value that is looser than neither. */
export function tighterInstance(inForce: InstancePolicy, proposed: InstancePolicy, now: Instant): InstancePolicy {
  return settingChanges(inForce, proposed, now)
    .filter(({ weights }) => weights.includes('loosens'))
    .reduce((merged, { setting }) => withTighter(merged, setting, inForce), proposed);
}

/** Of records by a later release, which may know settings that this one does not. */
function unknownSettings(...policies: readonly InstancePolicy[]): readonly Setting[] {
  return [...new Set(policies.flatMap((policy) => Object.keys(policy) as Setting[]))].filter((key) => !(key in RULES));
}

function weightsOf<S extends Setting>(
  setting: S,
  inForce: InstancePolicy,
  proposed: InstancePolicy,
  now: Instant,
): readonly Weight[] {
  if (isEqual(inForce[setting], proposed[setting])) return [];
  return ruleOf(setting).weigh(inForce[setting], proposed[setting], now);
}

function withTighter<S extends Setting>(merged: InstancePolicy, setting: S, inForce: InstancePolicy): InstancePolicy {
  const value = ruleOf(setting).tighter(inForce[setting], merged[setting]);
  const { [setting]: _, ...others } = merged;
  return (value === undefined ? others : { ...others, [setting]: value }) as InstancePolicy;
}

function ruleOf<S extends Setting>(setting: S): SettingRule<InstancePolicy[S]> {
  return RULES[setting] ?? held<InstancePolicy[S]>();
}
