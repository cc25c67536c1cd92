import { FILE_LOAD_MINUTES } from '../backup-file.ts';
import { leadMinutesFor } from '../lead.ts';
import type { InstancePolicy } from '../policy.ts';
import type { Restore } from '../restore.ts';
import { leavesChannelsOpen, stakeholdersNamed } from '../stakeholders.ts';
import type { Terms } from '../terms.ts';
import type { Setting } from './instance-rules.ts';
import { APPROVAL, OVERRIDE_APPROVERS } from './people-rules.ts';

/** What of an open restore decides how far a tighter setting reaches it. */
export interface Open extends Pick<Restore, 'plan' | 'request'> {
  /** No start of it has been announced, or the one that was is put off. */
  readonly hasNoStart: boolean;
  /** Between the start and the restore call people can be told, and nobody can be asked. */
  readonly mayBeAsked: boolean;
}

/** The terms with what of one setting is tighter in the rules of the instance. */
type Tighten = (terms: Terms, instance: InstancePolicy, open: Open) => Terms;

/**
 * How a tighter value of a setting reaches a request that is open by then:
 * - a function: it stands in the request's terms, and is tightened there;
 * - `in-plan`: the plan says it, so that people are asked anew about the plan as it is then;
 * - `read-live`: it is read from the rules in force at the moment at which it counts;
 * - `was-asked`: it binds whoever asks for a restore, and this one has been asked for; at an edit `requesters` counts anew;
 * - `never-tighter`: no value of it counts as tighter than another.
 */
export type Reach = Tighten | 'in-plan' | 'read-live' | 'was-asked' | 'never-tighter';

/** Where people must be asked for it to hold. */
function whileAsking(tighten: Tighten): Tighten {
  return (terms, instance, open) => (open.mayBeAsked ? tighten(terms, instance, open) : terms);
}

const approval = whileAsking((terms, instance) => ({
  ...terms,
  approval: APPROVAL.tighter(terms.approval, instance.approval),
}));

/** Asked only for what is tighter: whoever is named by a schedule alone would be nobody for sure. */
const overrideApprovers = whileAsking((before, instance) => {
  const weights = OVERRIDE_APPROVERS.weigh(before.overrideApprovers, instance.overrideApprovers, '');
  if (!weights.includes('tightens')) return before;
  const { overrideApprovers: _, ...terms } = before;
  const tighter = OVERRIDE_APPROVERS.tighter(before.overrideApprovers, instance.overrideApprovers);
  return { ...terms, ...(tighter ? { overrideApprovers: tighter } : {}) };
});

const delegation = whileAsking((terms, instance) =>
  instance.delegation === 'forbidden' ? { ...terms, delegation: 'forbidden' } : terms,
);

const requestExpiryMinutes = whileAsking((terms, instance) => ({
  ...terms,
  requestExpiryMinutes: Math.min(terms.requestExpiryMinutes, instance.requestExpiryMinutes),
}));

const executionExpiryMinutes = whileAsking((terms, instance) => ({
  ...terms,
  executionExpiryMinutes: Math.min(terms.executionExpiryMinutes, instance.executionExpiryMinutes),
}));

const lossBoundMinutes = whileAsking((terms, instance, { plan }) => {
  const bound = Math.min(terms.lossBoundMinutes ?? plan.lossBoundMinutes, instance.lossBoundMinutes);
  return bound < plan.lossBoundMinutes ? { ...terms, lossBoundMinutes: bound } : terms;
});

/** A start that was announced stays: those who were told of it have planned for it. */
const noticeLead = whileAsking((before, instance, { request, hasNoStart }) => {
  const lead = leadMinutesFor(instance, request.urgent ?? false);
  if (!hasNoStart || lead <= before.noticeLeadMinutes) return before;
  const { usualNoticeLeadMinutes: _, ...terms } = before;
  const usual = Math.max(before.usualNoticeLeadMinutes ?? 0, instance.noticeLeadMinutes);
  return { ...terms, noticeLeadMinutes: lead, ...(usual > lead ? { usualNoticeLeadMinutes: usual } : {}) };
});

/** Whoever is named by now, and channels that are open by now. Those who may object because nobody was named for their channel still may. */
const stakeholders: Tighten = (before, instance) => {
  const isOpened = before.stakeholders !== undefined && leavesChannelsOpen(instance.stakeholders);
  const terms: Terms = isOpened ? { ...before, stakeholders: { ...before.stakeholders, channelsToo: true } } : before;
  const named = stakeholdersNamed({ terms });
  const now = stakeholdersNamed({ terms: instance });
  const users = now.users.filter((id) => !named.users.includes(id));
  const groups = now.groups.filter((id) => !named.groups.includes(id));
  if (users.length + groups.length === 0) return terms;
  const { addedStakeholders: added } = terms;
  return {
    ...terms,
    addedStakeholders: { users: [...(added?.users ?? []), ...users], groups: [...(added?.groups ?? []), ...groups] },
  };
};

const objections: Tighten = (terms, instance) =>
  instance.objections === 'hold' ? { ...terms, objections: 'hold' } : terms;

const fileLoadMinutes: Tighten = (terms, instance) => {
  const now = instance.fileLoadMinutes ?? FILE_LOAD_MINUTES;
  return now < (terms.fileLoadMinutes ?? FILE_LOAD_MINUTES) ? { ...terms, fileLoadMinutes: now } : terms;
};

/** Who must agree is among the approval by then; what may be made at all is read at the start. */
const monthlyCap: Tighten = (terms, { newInstance }, { plan }) => {
  if (plan.method !== 'new-instance' || !newInstance) return terms;
  const cap = Math.min(terms.monthlyCap ?? plan.toMake.monthlyCap, newInstance.monthlyCap);
  return cap < plan.toMake.monthlyCap ? { ...terms, monthlyCap: cap } : terms;
};

/** How each setting reaches an open request. A setting that is not here does not compile. */
export const REACH: { readonly [S in Setting]: Reach } = {
  alias: 'never-tighter',
  auraId: 'never-tighter',
  environment: 'in-plan',
  requesters: 'was-asked',
  approval,
  overrideApprovers,
  approvalsChannel: 'never-tighter',
  auditChannel: 'never-tighter',
  noticeChannels: 'never-tighter',
  noticeLeadMinutes: noticeLead,
  urgentNoticeLeadMinutes: noticeLead,
  contact: 'never-tighter',
  actionRequired: 'never-tighter',
  requestExpiryMinutes,
  executionExpiryMinutes,
  lossBoundMinutes,
  objectives: 'never-tighter',
  requiredFields: 'was-asked',
  retentionDays: 'never-tighter',
  estimate: 'never-tighter',
  dependants: stakeholders,
  stakeholders,
  objections,
  updateMinutes: 'never-tighter',
  checkNames: 'never-tighter',
  receipt: 'never-tighter',
  calendar: 'read-live',
  delegation,
  reminders: 'never-tighter',
  workingHours: 'never-tighter',
  language: 'never-tighter',
  methods: 'read-live',
  exports: 'never-tighter',
  consoleFileBytes: 'never-tighter',
  fileLoadMinutes,
  newInstance: monthlyCap,
};

/** The terms of an open restore with all in them that is tighter in the rules of its instance. */
export function withTighterSettings(terms: Terms, instance: InstancePolicy, open: Open): Terms {
  return Object.values(REACH).reduce<Terms>(
    (before, reach) => (typeof reach === 'function' ? reach(before, instance, open) : before),
    terms,
  );
}
