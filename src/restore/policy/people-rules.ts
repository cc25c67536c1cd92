import { namedByAny } from '../rules-needed.ts';
import { leavesChannelsOpen, speaksForItsChannel } from '../stakeholders.ts';
import type { ApprovalRule, ApprovalTerms, Dependant, PeopleRule, StakeholderRule } from '../terms.ts';
import { assign } from '../votes.ts';
import { isEqual, LESS_IS_TIGHTER, type SettingRule, type Weight } from './tighter.ts';

type Rules = readonly ApprovalRule[];

/** Who may ask: nobody named means everybody. The fewer, the tighter. */
export const REQUESTERS: SettingRule<PeopleRule | undefined> = {
  weigh: (inForce, proposed) => weightsOf(isWithin(proposed, inForce), isWithin(inForce, proposed)),
  tighter: (inForce, proposed) => (inForce && proposed ? namedByBoth(inForce, proposed) : (inForce ?? proposed)),
};

/** Who may lift a freeze: nobody named means nobody. The fewer, the tighter. */
export const OVERRIDE_APPROVERS: SettingRule<PeopleRule | undefined> = {
  weigh: (inForce, proposed) =>
    weightsOf(
      !proposed || (inForce && isWithin(proposed, inForce)),
      !inForce || (proposed && isWithin(inForce, proposed)),
    ),
  tighter: (inForce, proposed) => {
    const both = inForce && proposed && namedByBoth(inForce, proposed);
    return both && both.users.length + both.groups.length > 0 ? both : undefined;
  },
};

/** Who may object: nobody named means everybody in the channels of the notices. The more, the tighter. */
export const STAKEHOLDERS: SettingRule<StakeholderRule | undefined> = {
  weigh: (inForce, proposed) =>
    weightsOf(
      isWithin(named(inForce), named(proposed)) && (leavesChannelsOpen(proposed) || !leavesChannelsOpen(inForce)),
      isWithin(named(proposed), named(inForce)) && (leavesChannelsOpen(inForce) || !leavesChannelsOpen(proposed)),
    ),
  tighter: (inForce, proposed) => {
    if (!inForce && !proposed) return undefined;
    const isOpen = leavesChannelsOpen(inForce) || leavesChannelsOpen(proposed);
    return { ...namedByAny([named(inForce), named(proposed)]), ...(isOpen ? { channelsToo: true } : {}) };
  },
};

/**
 * Owners of what depends on the instance may object as well, and everybody in the channel of one that names none; which of them own
 * what binds nobody.
 */
export const DEPENDANTS: SettingRule<readonly Dependant[]> = {
  weigh: (inForce, proposed) => {
    if (isEqual(inForce, proposed)) return [];
    const weights = weightsOf(
      isWithin(owners(inForce), owners(proposed)) && keepsOpen(inForce, proposed),
      isWithin(owners(proposed), owners(inForce)) && keepsOpen(proposed, inForce),
    );
    return weights.length > 0 ? weights : ['neutral'];
  },
  tighter: (inForce, proposed) => {
    const isLost = (one: Dependant) =>
      !isWithin(owners([one]), owners(proposed)) || !isSubset(openChannels([one]), openChannels(proposed));
    const all = [...proposed, ...inForce.filter(isLost)];
    const [closedNow, closedThen] = [closedChannels(inForce), closedChannels(proposed)];
    const opened = openChannels(all);
    return all.map((one) => {
      const { channel } = one;
      const isClosedAlready = channel === undefined || (closedNow.has(channel) && closedThen.has(channel));
      return isClosedAlready || opened.has(channel) ? one : { ...one, channelToo: true };
    });
  },
};

/** Whether nobody in a channel loses the right to object by the step from one list to the other. */
function keepsOpen(before: readonly Dependant[], after: readonly Dependant[]): boolean {
  return isSubset(closedChannels(after), closedChannels(before)) && isSubset(openChannels(before), openChannels(after));
}

/** The channels for which a dependant has everybody in them speak. */
function openChannels(dependants: readonly Dependant[]): ReadonlySet<string> {
  return new Set(
    dependants.filter(speaksForItsChannel).flatMap(({ channel }) => (channel === undefined ? [] : [channel])),
  );
}

/** The channels for which only owners speak. */
function closedChannels(dependants: readonly Dependant[]): ReadonlySet<string> {
  const open = openChannels(dependants);
  return new Set(dependants.flatMap(({ channel }) => (channel === undefined || open.has(channel) ? [] : [channel])));
}

function isSubset(some: ReadonlySet<string>, of: ReadonlySet<string>): boolean {
  return [...some].every((one) => of.has(one));
}

function named(rule: PeopleRule | undefined): PeopleRule {
  return rule ?? { users: [], groups: [] };
}

function owners(dependants: readonly Dependant[]): PeopleRule {
  return namedByAny(dependants.map(({ users = [], groups = [] }) => ({ users, groups })));
}

/** Who must agree, and how many end it with a no. */
export const APPROVAL: SettingRule<ApprovalTerms> = {
  weigh: (inForce, proposed, now) => {
    if (isEqual(inForce, proposed)) return [];
    const weights = [
      ...weightsOf(isImpliedBy(inForce.rules, proposed.rules), isImpliedBy(proposed.rules, inForce.rules)),
      ...LESS_IS_TIGHTER.weigh(inForce.denialsNeeded, proposed.denialsNeeded, now),
    ];
    return weights.length > 0 ? weights : ['neutral'];
  },
  tighter: (inForce, proposed) => ({
    rules: tighterRules(inForce.rules, proposed.rules),
    denialsNeeded: Math.min(inForce.denialsNeeded, proposed.denialsNeeded),
  }),
};

function weightsOf(isNoLooser: boolean | undefined, isNoTighter: boolean | undefined): readonly Weight[] {
  return [...(isNoLooser ? [] : (['loosens'] as const)), ...(isNoTighter ? [] : (['tightens'] as const))];
}

/** Everybody whom one names is named by the other, as far as the names say. */
function isWithin(few: PeopleRule | undefined, many: PeopleRule | undefined): boolean {
  if (!many) return true;
  if (!few) return false;
  return (
    few.users.every((id) => many.users.includes(id)) &&
    few.groups.every((id) => many.groups.includes(id)) &&
    (few.onCall ?? []).every((alias) => many.onCall?.includes(alias))
  );
}

function namedByBoth(one: PeopleRule, other: PeopleRule): PeopleRule {
  const onCall = (one.onCall ?? []).filter((alias) => other.onCall?.includes(alias));
  return {
    users: one.users.filter((id) => other.users.includes(id)),
    groups: one.groups.filter((id) => other.groups.includes(id)),
    ...(onCall.length > 0 ? { onCall } : {}),
  };
}

/** Whoever fills `stronger` has filled `weaker` too. */
function implies(stronger: ApprovalRule, weaker: ApprovalRule): boolean {
  const opensNoWider = (stronger.escalatesTo ?? []).every((stage) => weaker.escalatesTo?.includes(stage));
  return stronger.needed >= weaker.needed && isWithin(stronger, weaker) && opensNoWider;
}

/** Whoever fills all of `stronger` has filled all of `weaker`: each by one that stands for no other. */
function isImpliedBy(weaker: Rules, stronger: Rules): boolean {
  const standsFor = stronger.map((one) => weaker.flatMap((rule, index) => (implies(one, rule) ? [String(index)] : [])));
  const seats = assign(
    standsFor,
    weaker.map((_, index) => ({ name: String(index), needed: 1 })),
  );
  return seats.every((taken) => taken.length === 1);
}

/**
 * Rules of which each stands for at most one of either side, and every rule of both sides is stood for. Two that name no common
 * people must both be filled, by different people: then nobody who was named alone can decide, and nobody new.
 */
function tighterRules(inForce: Rules, proposed: Rules): Rules {
  if (isImpliedBy(proposed, inForce)) return inForce;
  if (isImpliedBy(inForce, proposed)) return proposed;
  const left = [...byName(proposed)];
  const kept = byName(inForce).map((rule) => {
    const partner =
      left.find((one) => tighterRule(rule, one) !== undefined && one.name === rule.name) ??
      left.find((one) => implies(one, rule) || implies(rule, one));
    if (!partner) return rule;
    left.splice(left.indexOf(partner), 1);
    return { ...(tighterRule(rule, partner) ?? rule), name: rule.name };
  });
  for (const rule of left) kept.push({ ...rule, name: freeName(rule.name, kept) });
  return kept;
}

/** One rule that stands for both; undefined when no such rule could be filled. */
function tighterRule(inForce: ApprovalRule, proposed: ApprovalRule): ApprovalRule | undefined {
  if (implies(proposed, inForce)) return proposed;
  if (implies(inForce, proposed)) return inForce;
  const people = namedByBoth(inForce, proposed);
  const needed = Math.max(inForce.needed, proposed.needed);
  // One more than needed, because one of them may be who asks.
  const canBeFilled = people.groups.length > 0 || people.users.length > needed;
  return canBeFilled ? { name: inForce.name, needed, ...people } : undefined;
}

function freeName(name: string, taken: Rules): string {
  return taken.some((rule) => rule.name === name) ? freeName(`${name} (new)`, taken) : name;
}

function byName(rules: Rules): Rules {
  return [...rules].sort((one, other) => (one.name < other.name ? -1 : 1));
}
