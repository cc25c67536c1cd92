import type { InstancePolicy } from './policy.ts';
import type { ApprovalRule } from './terms.ts';

/**
 * The rules of an instance that is to be overwritten from another one: those who decide about the source must agree as well,
 * because its data leaves it, and both sides' stakeholders are told. A rule of the source that asks the same people for no more
 * than one of the target is not asked twice.
 */
export function policyWithSource(target: InstancePolicy, source: InstancePolicy): InstancePolicy {
  const { rules } = target.approval;
  const ofSource = source.approval.rules
    .filter((rule) => !rules.some((own) => asksTheSame(own, rule)))
    .map((rule) => ({ ...rule, name: `${rule.name} (${source.alias})` }));
  return {
    ...target,
    approval: {
      rules: [...rules, ...ofSource],
      denialsNeeded: Math.min(target.approval.denialsNeeded, source.approval.denialsNeeded),
    },
    noticeChannels: [...new Set([...target.noticeChannels, ...source.noticeChannels])],
  };
}

function asksTheSame(own: ApprovalRule, other: ApprovalRule): boolean {
  return (
    own.needed >= other.needed &&
    haveTheSame(own.users, other.users) &&
    haveTheSame(own.groups, other.groups) &&
    haveTheSame(own.onCall ?? [], other.onCall ?? [])
  );
}

function haveTheSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((id) => other.includes(id));
}
