import type { InstancePolicy } from './policy.ts';
import { namedByAny } from './rules-needed.ts';
import { leavesChannelsOpen } from './stakeholders.ts';
import type { ApprovalRule, Dependant } from './terms.ts';

/**
 * The rules of an instance that is to be overwritten from another one: those who decide about the source must agree as well,
 * because its data leaves it, and both sides' stakeholders and dependants are told and may object. A rule of the source that asks the same people for no more
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
    ...peopleOfBoth(target, source),
  };
}

/**
 * Whoever either side names. Where the target names nobody, its channels speak for everybody in them, and still do: the people of
 * the source then stand among the dependants.
 */
function peopleOfBoth(
  target: InstancePolicy,
  source: InstancePolicy,
): Pick<InstancePolicy, 'dependants' | 'stakeholders'> {
  const dependants = eachOnce([...target.dependants, ...source.dependants]);
  const { stakeholders } = source;
  if (!stakeholders) return { dependants };
  if (target.stakeholders) {
    const channels = leavesChannelsOpen(target.stakeholders) ? { channelsToo: true as const } : {};
    return { dependants, stakeholders: { ...namedByAny([target.stakeholders, stakeholders]), ...channels } };
  }
  const { users, groups } = stakeholders;
  return { dependants: [...dependants, { name: source.alias, users, groups }] };
}

function eachOnce(dependants: readonly Dependant[]): readonly Dependant[] {
  const seen = new Map(dependants.map((one) => [JSON.stringify(one), one]));
  return [...seen.values()];
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
