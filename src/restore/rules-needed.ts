import type { Plan } from './plan.ts';
import type { ApprovalRule, ApprovalTerms, PeopleRule, Terms } from './terms.ts';

/** The rule that the short form `approvers` of a configuration, and a record of the first release, stands for. */
export const APPROVERS_RULE = 'approvers';

/** One of these people is enough, and one of them can say no: what `approvers` means. */
export function oneApprover(approvers: Omit<ApprovalRule, 'name' | 'needed'>): ApprovalTerms {
  return { rules: [{ name: APPROVERS_RULE, needed: 1, ...approvers }], denialsNeeded: 1 };
}

/** The rule that a start in a freeze needs besides; no rule of a configuration may be called so. */
export const OVERRIDE_RULE = 'freeze override';

const NOBODY: PeopleRule = { users: [], groups: [] };

/**
 * The rules that must all be filled before this plan may be carried out. One that overrides a freeze needs the override's own
 * approvers as well; when the terms name none, nobody can agree to it.
 */
export function rulesNeeded({ plan, terms }: Needing): readonly ApprovalRule[] {
  const override = { name: OVERRIDE_RULE, needed: 1, ...(terms.overrideApprovers ?? NOBODY) };
  return plan.freezeOverride ? [...terms.approval.rules, override] : terms.approval.rules;
}

/** What decides which rules a plan needs. */
interface Needing {
  readonly plan: Pick<Plan, 'freezeOverride'>;
  readonly terms: Pick<Terms, 'approval' | 'overrideApprovers' | 'reminders'>;
}

/** Everybody who may be an approver of this plan or become one when it escalates: where a person must be looked for. */
export function peopleAsked(restore: Needing): PeopleRule {
  return namedByAny([...rulesNeeded(restore), ...(restore.terms.reminders?.escalation ?? [])]);
}

/** Everybody whom any of the rules names, each once. */
export function namedByAny(rules: readonly PeopleRule[]): PeopleRule {
  const onCall = [...new Set(rules.flatMap((rule) => rule.onCall ?? []))];
  return {
    users: [...new Set(rules.flatMap(({ users }) => users))],
    groups: [...new Set(rules.flatMap(({ groups }) => groups))],
    ...(onCall.length > 0 ? { onCall } : {}),
  };
}
