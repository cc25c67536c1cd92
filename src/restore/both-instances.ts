import type { InstancePolicy } from './policy.ts';
import type { ApprovalRule } from './terms.ts';

/**
 * The rules of an instance that is to be overwritten from another one: those who decide about the source must agree as well,
 * because its data leaves it, and both sides' stakeholders are told. A rule of the source that asks the same people for no more
 * than one of the target is not asked twice; each rule of the target stands for at most one of the source. Where either side lets
 * nobody hand a place over, nobody may.
 */
export function policyWithSource(target: InstancePolicy, source: InstancePolicy): InstancePolicy {
  const { rules } = target.approval;
  const ofSource = notStoodFor(source.approval.rules, rules).map((rule) => ({
    ...rule,
    name: `${rule.name} (${source.alias})`,
  }));
  return {
    ...target,
    ...(source.delegation === 'forbidden' ? { delegation: 'forbidden' as const } : {}),
    approval: {
      rules: [...rules, ...ofSource],
      denialsNeeded: Math.min(target.approval.denialsNeeded, source.approval.denialsNeeded),
    },
    noticeChannels: [...new Set([...target.noticeChannels, ...source.noticeChannels])],
  };
}

function notStoodFor(rules: readonly ApprovalRule[], by: readonly ApprovalRule[]): readonly ApprovalRule[] {
  const left = [...by];
  return rules.filter((rule) => {
    const index = left.findIndex((own) => asksTheSame(own, rule));
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
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
