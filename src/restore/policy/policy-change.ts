import type { Instant } from '../names.ts';
import type { OnCallRules } from '../on-call.ts';
import type { InstancePolicy, Policy } from '../policy.ts';
import { type SettingChange, settingChanges, tighterInstance } from './instance-rules.ts';
import { LINKS, type Links } from './linked-accounts.ts';
import { judgeOnCall } from './on-call-rules.ts';

/**
 * One difference between the policy in force and another. An instance is known by its Aura id: under a new alias it is the
 * same one. `name-reused`: an alias that people know is given to another database.
 */
export type PolicyChange =
  | {
      readonly kind: 'settings';
      readonly before: InstancePolicy;
      readonly after: InstancePolicy;
      readonly changes: readonly SettingChange[];
    }
  | { readonly kind: 'name-reused'; readonly before: InstancePolicy; readonly after: InstancePolicy }
  | { readonly kind: 'instance-added'; readonly after: InstancePolicy }
  | { readonly kind: 'instance-removed'; readonly before: InstancePolicy }
  | { readonly kind: 'links'; readonly before: Links; readonly after: Links }
  | { readonly kind: 'on-call'; readonly before?: OnCallRules; readonly after: OnCallRules };

/** How what is true of all instances is judged. A key that is not here does not compile. */
const OF_ALL: Readonly<Record<keyof Required<Policy>, 'judged' | 'free'>> = {
  instances: 'judged',
  samePeople: 'judged',
  mayActFor: 'judged',
  onCall: 'judged',
  channelLanguages: 'free',
};

export interface Comparison {
  readonly changes: readonly PolicyChange[];
  /** Looser than neither in anything; the proposed policy itself when nothing in it is looser. */
  readonly merged: Policy;
}

/** What a policy is compared with: the one in force, and instances it no longer has, as they were when they had rules. */
export interface Known {
  readonly inForce: Policy;
  readonly retired: readonly InstancePolicy[];
}

/**
 * What another policy would change. An instance that nobody had rules for binds nobody yet, so adding it loosens nothing;
 * one that was taken out and comes back is compared with what it was.
 */
export function comparePolicies({ inForce, retired }: Known, proposed: Policy, now: Instant): Comparison {
  const known = [...inForce.instances, ...retired.filter(({ auraId }) => !instanceOf(inForce.instances, auraId))];
  const judged = proposed.instances.map((after) => judge(known, inForce, after, now));
  const removed = inForce.instances
    .filter(({ auraId }) => !instanceOf(proposed.instances, auraId))
    .map((before): PolicyChange => ({ kind: 'instance-removed', before }));
  const onCall = judgeOnCall(known, inForce.onCall, proposed.onCall);
  const links = LINKS.weigh(inForce, proposed, now).length > 0;
  return {
    changes: [
      ...judged.flatMap(({ change }) => (change ? [change] : [])),
      ...removed,
      ...(onCall.isLooser && proposed.onCall ? [onCallChange(inForce.onCall, proposed.onCall)] : []),
      ...(links ? [{ kind: 'links' as const, before: linksOf(inForce), after: linksOf(proposed) }] : []),
    ],
    merged: {
      ...freeOf(proposed),
      instances: judged.flatMap(({ merged }) => (merged ? [merged] : [])),
      ...LINKS.tighter(inForce, proposed),
      ...(onCall.merged ? { onCall: onCall.merged } : {}),
    },
  };
}

/** Whether it waits until people have agreed. */
export function loosens(change: PolicyChange): boolean {
  switch (change.kind) {
    case 'settings':
      return change.changes.some(({ weights }) => weights.includes('loosens'));
    case 'name-reused':
    case 'links':
    case 'on-call':
      return true;
    default:
      return false;
  }
}

/** Whether anything of a change holds without anybody's agreement. */
export function isAtOnce(change: PolicyChange): boolean {
  if (change.kind === 'settings') return change.changes.some(({ weights }) => !weights.includes('loosens'));
  return !loosens(change);
}

/** The policy once people have agreed to one change of it. */
export function adopted(inForce: Policy, change: PolicyChange): Policy {
  switch (change.kind) {
    case 'settings':
    case 'name-reused':
    case 'instance-added': {
      const { after } = change;
      const others = inForce.instances.filter(({ auraId, alias }) => auraId !== after.auraId && alias !== after.alias);
      return { ...inForce, instances: [...others, after] };
    }
    case 'instance-removed':
      return { ...inForce, instances: inForce.instances.filter(({ auraId }) => auraId !== change.before.auraId) };
    case 'on-call':
      return { ...inForce, onCall: change.after };
    case 'links': {
      const { mayActFor: _, ...others } = inForce;
      return { ...others, ...change.after };
    }
    default:
      return change satisfies never;
  }
}

export function instanceOf(instances: readonly InstancePolicy[], auraId: string): InstancePolicy | undefined {
  return instances.find((instance) => instance.auraId === auraId);
}

function judge(
  known: readonly InstancePolicy[],
  inForce: Policy,
  after: InstancePolicy,
  now: Instant,
): { readonly change?: PolicyChange; readonly merged?: InstancePolicy } {
  const before = instanceOf(known, after.auraId);
  const namesake = known.find(({ alias, auraId }) => alias === after.alias && auraId !== after.auraId);
  if (namesake) return { change: { kind: 'name-reused', before: before ?? namesake, after } };
  if (!before) return { change: { kind: 'instance-added', after }, merged: after };
  const changes = settingChanges(before, after, now);
  const merged = tighterInstance(before, after, now);
  if (changes.length > 0) return { change: { kind: 'settings', before, after, changes }, merged };
  return {
    merged,
    ...(instanceOf(inForce.instances, after.auraId) ? {} : { change: { kind: 'instance-added', after } }),
  };
}

function freeOf(policy: Policy): Partial<Policy> {
  const keys = Object.keys(policy) as readonly (keyof Policy)[];
  return Object.fromEntries(keys.filter((key) => OF_ALL[key] === 'free').map((key) => [key, policy[key]]));
}

function onCallChange(before: OnCallRules | undefined, after: OnCallRules): PolicyChange {
  return { kind: 'on-call', after, ...(before ? { before } : {}) };
}

function linksOf({ samePeople, mayActFor }: Links): Links {
  return { samePeople, ...(mayActFor ? { mayActFor } : {}) };
}
