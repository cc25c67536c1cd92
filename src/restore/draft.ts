import { approvabilityProblem } from './approvability.ts';
import { approvabilityFact, type Unchecked, uncheckedAt } from './approvable.ts';
import { freezesAt, startRefusal } from './calendar.ts';
import { type Chosen, chosenRefusal, methodPlanOf, methodsFor } from './chosen-method.ts';
import { type EarlierRestores, estimateDowntime } from './estimate.ts';
import { appendEntry } from './history.ts';
import { addMinutes } from './instant.ts';
import { leadMinutesFor } from './lead.ts';
import type { Instant, RestoreId } from './names.ts';
import { mayBePreviewed } from './new-instance/policy.ts';
import { onCallWords } from './on-call.ts';
import { requesterRefusal } from './person.ts';
import type { PersonFacts } from './person-facts.ts';
import type { FreezeOverride, Method, Plan, PlannedStart } from './plan.ts';
import { hashPlan } from './plan.ts';
import { hashInstancePolicy } from './policy/hash.ts';
import type { InstancePolicy, Policy } from './policy.ts';
import type { PersonRefusal, RequestRefusal } from './refusal.ts';
import type { Delegate, Reason, Request } from './request.ts';
import { type Restore, SCHEMA_VERSION } from './restore.ts';
import { restorePointFacts } from './restore-point-facts.ts';
import { rulesNeeded } from './rules-needed.ts';
import { tierOf } from './tier.ts';

/** What the requester filled in, with what Aura says of the instance and the snapshot at that moment. */
export interface Draft {
  readonly person: PersonFacts;
  readonly instance: {
    readonly name: string;
    readonly type?: string;
    readonly memory?: string;
    /** How much data it takes, as Aura says it. */
    readonly storage?: string;
    readonly projectId?: string;
  };
  readonly chosen: Chosen;
  readonly reason: Reason;
  /** The restore whose safety snapshot was chosen. */
  readonly undoes?: RestoreId;
  /** The method that was advised by what was seen when it was asked for. Absent: no choice, or nobody could say. */
  readonly advised?: Method;
  /** Why it is another method than that. */
  readonly whyOther?: string;
  readonly ticket?: string;
  readonly expectedImpact?: string;
  /** People may be asked outside their working hours, and the notice lead may be the shorter one of the policy. */
  readonly isUrgent?: boolean;
  /** Everything but the calls that change something. */
  readonly isDryRun?: boolean;
  /** Names the one submission of the form. */
  readonly interaction?: string;
  /** Names the one press of its button: the form may be sent again when it was refused. */
  readonly press?: string;
  /** When the form came in. Absent: nobody can have asked again since. */
  readonly submittedAt?: Instant;
  readonly start: PlannedStart;
  /** What is known of the people who could approve; absent when Slack did not say, which stands in nobody's way. */
  readonly candidates?: readonly PersonFacts[];
  /** Why they are not known. */
  readonly unchecked?: Unchecked;
  /** Who holds the place of somebody who is asked; absent: nobody, or nobody knows. */
  readonly delegates?: readonly Delegate[];
  /** Who is on the schedules that the rules name. */
  readonly onCall?: Request['onCall'];
  /** What earlier restores took; absent: nobody knows. */
  readonly earlier?: EarlierRestores;
  /** The freezes the requester saw and asks to pass. Absent: none. */
  readonly freezeOverride?: FreezeOverride;
}

/** Two people may take a minute between them to fill in and send a form; a start chosen "now" is not in the past yet. */
const START_GRACE_MINUTES = 2;

/** Why the draft cannot become a request, or undefined. All of it is checked again before anything is done. */
export function draftRefusal(
  draft: Draft,
  policy: InstancePolicy,
  now: Instant,
  samePeople: Policy['samePeople'] = [],
): PersonRefusal | RequestRefusal | undefined {
  const person = requesterRefusal(draft.person, policy.requesters, policy.alias);
  if (person) return person;
  const methods = methodsFor(policy, draft.undoes);
  const method = chosenRefusal(draft.chosen, { ...policy, methods }, draft.instance, now);
  if (method) return method;
  if (draft.advised && isOtherThanAdvised(draft) && !draft.whyOther?.trim()) {
    return { reason: 'other-way-unexplained', advised: draft.advised };
  }
  if (!draft.reason.text.trim()) return { reason: 'field-missing', field: 'reason' };
  for (const field of policy.requiredFields) {
    const value = field === 'ticket' ? draft.ticket : draft.expectedImpact;
    if (!value?.trim()) return { reason: 'field-missing', field };
  }
  if (draft.reason.kind === 'rollback-test' && policy.environment === 'production') {
    return { reason: 'test-on-production' };
  }
  if (draft.reason.kind === 'undo' && !draft.undoes) return { reason: 'undoes-nothing' };
  const late = startTimeRefusal(draft, policy, now);
  if (late) return late;
  const rules = rulesNeeded({ plan: draft, terms: policy });
  const short = draft.candidates && approvabilityProblem(rules, draft.person.id, draft.candidates, samePeople);
  return short && { reason: 'cannot-be-approved', short };
}

function isOtherThanAdvised({ advised, chosen }: Draft): boolean {
  return advised !== undefined && advised !== chosen.method;
}

/** Why a restore may not start then, by the notice lead and the calendar of its instance. */
export function startTimeRefusal(
  { start, freezeOverride, isUrgent = false }: Pick<Draft, 'start' | 'freezeOverride' | 'isUrgent'>,
  policy: InstancePolicy,
  now: Instant,
): RequestRefusal | undefined {
  if (start.kind === 'at' && start.at < addMinutes(now, -START_GRACE_MINUTES)) return { reason: 'start-in-the-past' };
  const earliest = addMinutes(now, leadMinutesFor(policy, isUrgent));
  if (start.kind === 'at' && start.at < addMinutes(earliest, -START_GRACE_MINUTES)) {
    return { reason: 'start-too-soon', earliest };
  }
  if (freezeOverride && !policy.overrideApprovers) return { reason: 'override-not-possible', alias: policy.alias };
  if (freezeOverride && !freezeOverride.reason.trim()) return { reason: 'field-missing', field: 'override-reason' };
  return calendarRefusal(policy, start.kind === 'at' ? start.at : earliest, freezeOverride);
}

/** Why a restore of this instance may not start at a moment, by its calendar, with what could be done about it. */
export function calendarRefusal(
  policy: InstancePolicy,
  at: Instant,
  freezeOverride?: FreezeOverride,
): Extract<RequestRefusal, { reason: 'start-not-allowed' }> | undefined {
  const closed = startRefusal(policy.calendar, at, freezeOverride?.freezes);
  if (!closed) return undefined;
  const { words, nextPossible } = closed;
  const freezes = freezesAt(policy.calendar, at);
  const wouldLift = policy.overrideApprovers && startRefusal(policy.calendar, at, freezes) === undefined;
  return {
    reason: 'start-not-allowed',
    words,
    closed: closed.closed,
    nextPossible,
    ...(wouldLift ? { overridable: freezes } : {}),
  };
}

/** The exact plan a draft stands for. */
export function planOf(draft: Omit<Draft, 'person'>, policy: InstancePolicy, now: Instant): Plan {
  const { instance } = draft;
  return {
    ...methodPlanOf(draft.chosen, now),
    instance: {
      alias: policy.alias,
      auraId: policy.auraId,
      name: instance.name,
      environment: policy.environment,
      ...(instance.type ? { type: instance.type } : {}),
      ...(instance.memory ? { memory: instance.memory } : {}),
      ...(instance.projectId ? { projectId: instance.projectId } : {}),
    },
    start: draft.start,
    lossBoundMinutes: policy.lossBoundMinutes,
    checks: policy.checkNames,
    noticeChannels: policy.noticeChannels,
    keepsEvidence: draft.reason.kind === 'security-incident',
    ...(draft.freezeOverride ? { freezeOverride: draft.freezeOverride } : {}),
    ...(draft.isDryRun ? { dryRun: true as const } : {}),
  };
}

function otherThanAdvised(draft: Draft): Pick<Request, 'otherThanAdvised'> {
  const { advised, whyOther } = draft;
  return advised && whyOther && isOtherThanAdvised(draft) ? { otherThanAdvised: { advised, why: whyOther } } : {};
}

/** The first record of a restore that may be requested: ask `draftRefusal` first. */
export function newRestore(
  id: RestoreId,
  draft: Draft,
  instancePolicy: InstancePolicy,
  { samePeople, mayActFor, policyHash }: Pick<Policy, 'samePeople' | 'mayActFor'> & { readonly policyHash?: string },
  now: Instant,
): Restore {
  const plan = planOf(draft, instancePolicy, now);
  const planHash = hashPlan(plan);
  const approvability = draft.unchecked && uncheckedAt(draft.unchecked, now);
  const onCall = draft.person.kind === 'known' ? onCallWords(draft.person.onCallLooks ?? []) : '';
  return {
    schemaVersion: SCHEMA_VERSION,
    id,
    version: 1,
    turn: 1,
    request: {
      requestedBy: draft.person.id,
      requestedAt: now,
      reason: draft.reason,
      ...(draft.undoes ? { undoes: draft.undoes } : {}),
      ...otherThanAdvised(draft),
      ...(draft.ticket ? { ticket: draft.ticket } : {}),
      ...(draft.expectedImpact ? { expectedImpact: draft.expectedImpact } : {}),
      ...(draft.isUrgent ? { urgent: true as const } : {}),
      ...(draft.interaction ? { interaction: draft.interaction } : {}),
      ...(draft.delegates && draft.delegates.length > 0 ? { delegates: draft.delegates } : {}),
      ...(draft.onCall && draft.onCall.length > 0 ? { onCall: draft.onCall } : {}),
    },
    plan,
    planHash,
    terms: {
      approval: instancePolicy.approval,
      ...(instancePolicy.overrideApprovers ? { overrideApprovers: instancePolicy.overrideApprovers } : {}),
      approvalsChannel: instancePolicy.approvalsChannel,
      auditChannel: instancePolicy.auditChannel,
      requestExpiryMinutes: instancePolicy.requestExpiryMinutes,
      executionExpiryMinutes: instancePolicy.executionExpiryMinutes,
      ...(instancePolicy.reminders ? { reminders: instancePolicy.reminders } : {}),
      noticeLeadMinutes: leadMinutesFor(instancePolicy, draft.isUrgent ?? false),
      ...(leadMinutesFor(instancePolicy, draft.isUrgent ?? false) < instancePolicy.noticeLeadMinutes
        ? { usualNoticeLeadMinutes: instancePolicy.noticeLeadMinutes }
        : {}),
      contact: instancePolicy.contact,
      actionRequired: instancePolicy.actionRequired,
      objectives: instancePolicy.objectives,
      estimate: estimateDowntime(instancePolicy.estimate, draft.instance.memory, draft.earlier),
      ...(instancePolicy.receipt ? { receipt: instancePolicy.receipt } : {}),
      dependants: instancePolicy.dependants,
      ...(instancePolicy.stakeholders ? { stakeholders: instancePolicy.stakeholders } : {}),
      objections: instancePolicy.objections,
      updateMinutes: instancePolicy.updateMinutes,
      ...(instancePolicy.fileLoadMinutes === undefined ? {} : { fileLoadMinutes: instancePolicy.fileLoadMinutes }),
      samePeople,
      delegation: instancePolicy.delegation ?? 'allowed',
      ...(mayBePreviewed(plan, instancePolicy) ? { previews: true as const } : {}),
      ...(mayActFor ? { mayActFor } : {}),
      ...(policyHash ? { policyHash } : {}),
      retentionDays: instancePolicy.retentionDays ?? tierOf(draft.instance.type).retentionDays,
    },
    ...(approvability ? { approvability } : {}),
    state: { status: 'awaiting-approval', expiresAt: addMinutes(now, instancePolicy.requestExpiryMinutes), votes: [] },
    since: now,
    validation: { status: 'not-started' },
    deliveries: {},
    history: appendEntry([], {
      at: now,
      event: 'requested',
      by: draft.person.id,
      entered: 'awaiting-approval',
      facts: {
        restore: id,
        planHash,
        ...restorePointFacts(plan),
        instance: plan.instance.auraId,
        ...(plan.freezeOverride ? { overriddenFreezes: plan.freezeOverride.freezes.join(', ') } : {}),
        ...(draft.isUrgent ? { urgent: true } : {}),
        ...(draft.undoes ? { undoes: draft.undoes } : {}),
        ...(draft.advised && isOtherThanAdvised(draft) ? { advised: draft.advised } : {}),
        ...(onCall ? { onCall } : {}),
        ...(approvability ? { approvable: approvabilityFact(approvability) } : {}),
        ...(policyHash ? { policy: policyHash, instancePolicy: hashInstancePolicy(instancePolicy, samePeople) } : {}),
      },
    }),
  };
}
