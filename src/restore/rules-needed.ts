import type { ApprovalRule, ApprovalTerms, PeopleRule, Restore } from './restore.ts';

/** The rule that the short form `approvers` of a configuration, and a record of the first release, stands for. */
export const APPROVERS_RULE = 'approvers';

/** One of these people is enough, and one of them can say no: what `approvers` means. */
export function oneApprover(approvers: PeopleRule): ApprovalTerms {
  return { rules: [{ name: APPROVERS_RULE, needed: 1, ...approvers }], denialsNeeded: 1 };
}

/** The rules that must all be filled before this plan may be carried out. */
export function rulesNeeded({ terms }: Pick<Restore, 'plan' | 'terms'>): readonly ApprovalRule[] {
  return terms.approval.rules;
}

/** Everybody who may be an approver of this plan, by any of its rules: where a person must be looked for. */
export function peopleAsked(restore: Pick<Restore, 'plan' | 'terms'>): PeopleRule {
  return namedByAny(rulesNeeded(restore));
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
