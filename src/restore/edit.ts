import { approvabilityProblem } from './approvability.ts';
import { approvabilityFact, type Unchecked, uncheckedAt } from './approvable.ts';
import { noted, type Outcome, refused } from './change.ts';
import { restorePointOf, snapshotRefusal, withSnapshot } from './chosen-method.ts';
import { alreadyPast, requestExpired } from './decision-refusal.ts';
import { startTimeRefusal } from './draft.ts';
import type { OverrideChange, PersonEvent, PlanChange } from './event.ts';
import { addMinutes } from './instant.ts';
import type { Instant } from './names.ts';
import { withNewlyAsked } from './newly-asked.ts';
import { mayActFor, requesterRefusal, standingRefusal } from './person.ts';
import type { PersonFacts } from './person-facts.ts';
import type { FreezeOverride, Plan, PlannedStart } from './plan.ts';
import { hashPlan, snapshotIdOf } from './plan.ts';
import type { InstancePolicy } from './policy.ts';
import type { Refusal } from './refusal.ts';
import type { Restore } from './restore.ts';
import { rulesNeeded } from './rules-needed.ts';
import type { Snapshot } from './snapshot.ts';
import type { ApprovalRule, PeopleRule } from './terms.ts';
import { undoneBy } from './undo.ts';

/** What the requester filled in to change an open request, with what Aura says of the snapshot at that moment. */
export interface Edit extends OverrideChange {
  readonly person: PersonFacts;
  /** The plan that was shown. */
  readonly planHash: string;
  /** Absent: the restore point stays. */
  readonly snapshot?: Snapshot;
  readonly start: PlannedStart;
  readonly checks: readonly string[];
  readonly noticeChannels: readonly string[];
  /** What is known of the people who could agree to an override; absent when Slack did not say, which stands in nobody's way. */
  readonly candidates?: readonly PersonFacts[];
  /** Why they are not known. */
  readonly unchecked?: Unchecked;
  /** Names the one submission of the form. */
  readonly interaction?: string;
}

/** Why this person may not edit this request at this moment; asked before the form is opened and again at its end. */
export function editorRefusal(restore: Restore, person: PersonFacts, at: Instant): Refusal | undefined {
  const standing = standingRefusal(person);
  if (standing) return standing;
  const { requestedBy } = restore.request;
  if (!mayActFor(person.id, requestedBy, restore.terms)) {
    return { reason: 'not-the-requester', requestedBy };
  }
  return (
    requestExpired(restore, at) ?? (restore.state.status === 'awaiting-approval' ? undefined : alreadyPast(restore))
  );
}

/**
 * Why this person may not change it, nor accept what a yes depends on, by `requesters`, who may ask by rules that were changed since.
 * They may still withdraw it.
 */
export function noLongerRequester(
  { plan }: Restore,
  person: PersonFacts,
  requesters: PeopleRule | undefined,
): Refusal | undefined {
  const refusal = requesterRefusal(person, requesters, plan.instance.alias);
  return refusal?.reason === 'not-a-requester' ? { ...refusal, reason: 'no-longer-a-requester' } : refusal;
}

/** Why the plan cannot become this, by what the instance's policy offers now. */
export function editRefusal(restore: Restore, edit: Edit, policy: InstancePolicy, now: Instant): Refusal | undefined {
  const who = editorRefusal(restore, edit.person, now);
  if (who) return who;
  const unfit = edit.snapshot && snapshotRefusal(restore.plan.method, edit.snapshot);
  if (unfit) return unfit;
  const otherPreview = edit.snapshot && otherPreviewRefusal(restore.plan, edit.snapshot);
  if (otherPreview) return otherPreview;
  const otherUndo = edit.snapshot && otherUndoRefusal(restore, edit.snapshot);
  if (otherUndo) return otherUndo;
  const { checks, noticeChannels } = offeredFor(restore.plan, policy);
  if (!edit.checks.every((name) => checks.includes(name))) return { reason: 'not-offered', what: 'check' };
  if (!edit.noticeChannels.every((id) => noticeChannels.includes(id)))
    return { reason: 'not-offered', what: 'channel' };
  const start = startTimeRefusal(
    { start: edit.start, ...overrideAfter(restore.plan, edit), isUrgent: restore.request.urgent ?? false },
    withOverrideOf(restore, policy),
    now,
  );
  if (start) return start;
  const { request, terms } = restore;
  const rules = rulesOfOverride(restore, edit);
  const short = edit.candidates && approvabilityProblem(rules, request.requestedBy, edit.candidates, terms.samePeople);
  return short && { reason: 'cannot-be-approved', short };
}

/** A preview shows the restore point of its request: another one would go by rules that are not meant for it. */
function otherPreviewRefusal(plan: Plan, { snapshotId }: Snapshot): Refusal | undefined {
  const previewOf = plan.method === 'new-instance' ? plan.toMake.previewOf : undefined;
  if (previewOf === undefined || snapshotId === snapshotIdOf(plan)) return undefined;
  return { reason: 'new-instance-not-possible', problem: { kind: 'nothing-to-preview', id: previewOf } };
}

/** An undo goes back to the safety snapshot: with another one it would undo nothing, and its card and its end would say it did. */
function otherUndoRefusal(restore: Restore, { snapshotId }: Snapshot): Refusal | undefined {
  const undoes = undoneBy(restore);
  if (undoes === undefined || snapshotId === snapshotIdOf(restore.plan)) return undefined;
  return { reason: 'undo-goes-elsewhere', undoes };
}

/** The rules of a plan that overrides a freeze after this change, which takes people of its own; none when it does not. */
export function rulesOfOverride({ plan, terms }: Restore, change: OverrideChange): readonly ApprovalRule[] {
  const override = overrideAfter(plan, change);
  return override.freezeOverride ? rulesNeeded({ plan: override, terms }) : [];
}

/** The policy as far as it goes for this request: one whose terms name nobody for an override cannot ask for one. */
export function withOverrideOf({ terms }: Restore, policy: InstancePolicy): InstancePolicy {
  const { overrideApprovers, ...closed } = policy;
  return terms.overrideApprovers && overrideApprovers ? policy : closed;
}

function overrideAfter(before: Plan, change: OverrideChange): { readonly freezeOverride?: FreezeOverride } {
  const { freezeOverride = before.freezeOverride } = change;
  return freezeOverride && freezeOverride !== 'none' ? { freezeOverride } : {};
}

/** The checks and channels that an edit may choose from: those of the policy, and those the plan has already. */
export function offeredFor(plan: Plan, policy: InstancePolicy): Pick<Plan, 'checks' | 'noticeChannels'> {
  return {
    checks: [...new Set([...plan.checks, ...policy.checkNames])],
    noticeChannels: [...new Set([...plan.noticeChannels, ...policy.noticeChannels])],
  };
}

/** What an edit makes of a plan. */
export function changeOf({ snapshot, start, checks, noticeChannels, freezeOverride }: Edit): PlanChange {
  return {
    ...(snapshot ? { restorePoint: restorePointOf(snapshot) } : {}),
    start,
    checks,
    noticeChannels,
    ...(freezeOverride ? { freezeOverride } : {}),
  };
}

/** The plan becomes another one: every vote falls, and people have the whole time to answer again. */
export function afterEdit(restore: Restore, event: Extract<PersonEvent, { type: 'edited' }>): Outcome {
  const { state, terms, plan: before } = restore;
  const refusal = editorRefusal(restore, event.person, event.at);
  if (refusal) return refused(refusal);
  if (state.status !== 'awaiting-approval') return refused(alreadyPast(restore));
  if (event.planHash !== restore.planHash) return refused({ reason: 'plan-changed' });
  const { restorePoint, start, checks, noticeChannels } = event.change;
  const { freezeOverride: _, ...kept } = before;
  const override = overrideAfter(before, event.change);
  const plan: Plan = { ...kept, ...withSnapshot(before, restorePoint), start, checks, noticeChannels, ...override };
  const planHash = hashPlan(plan);
  if (planHash === restore.planHash) return refused({ reason: 'nothing-changed' });
  const { at } = event;
  const because = { kind: 'edited', by: event.person.id } as const;
  const approvability = event.unchecked && uncheckedAt(event.unchecked, at);
  return noted(
    {
      ...restore,
      plan,
      planHash,
      ...withNewlyAsked(restore, { plan }, at),
      askedAnew: [...(restore.askedAnew ?? []), { at, before, votes: state.votes, because }],
      ...(approvability ? { approvability } : {}),
      state: { status: 'awaiting-approval', votes: [], expiresAt: addMinutes(at, terms.requestExpiryMinutes) },
    },
    event,
    { planHash, ...(approvability ? { approvable: approvabilityFact(approvability) } : {}) },
  );
}
