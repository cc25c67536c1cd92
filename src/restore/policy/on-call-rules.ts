import type { OnCallRules } from '../on-call.ts';
import type { InstancePolicy, Policy } from '../policy.ts';
import { namedByAny } from '../rules-needed.ts';

type Targets = Readonly<Record<string, string>>;

const NONE: OnCallRules = { schedules: {}, accounts: {}, maxAgeMs: 0 };

/** What a policy's on-call names mean: what holds until people have agreed, and whether anything waits. */
export interface OnCallJudged {
  readonly merged: OnCallRules | undefined;
  readonly isLooser: boolean;
}

/**
 * A name that rules in force use is those people of whom the rules speak: another schedule behind it, or another account behind
 * an e-mail address, waits. A name that no rule in force uses binds nobody.
 */
export function judgeOnCall(
  known: readonly InstancePolicy[],
  inForce: Policy['onCall'],
  proposed: Policy['onCall'],
): OnCallJudged {
  const [before, after] = [inForce ?? NONE, proposed ?? NONE];
  const used = known.flatMap(onCallNamesOf);
  const schedules = keptOf(before.schedules, after.schedules, (alias) => used.includes(alias));
  const accounts = keptOf(before.accounts, after.accounts, () => used.length > 0);
  const isOlder = used.length > 0 && after.maxAgeMs > before.maxAgeMs;
  const maxAgeMs = isOlder ? before.maxAgeMs : after.maxAgeMs;
  const isLooser = schedules.isHeld || accounts.isHeld || isOlder;
  return { isLooser, merged: isLooser ? { schedules: schedules.kept, accounts: accounts.kept, maxAgeMs } : proposed };
}

/** The names of the schedules that an instance's rules use. */
export function onCallNamesOf({ approval, requesters, overrideApprovers }: InstancePolicy): readonly string[] {
  const rules = [
    ...approval.rules,
    ...(requesters ? [requesters] : []),
    ...(overrideApprovers ? [overrideApprovers] : []),
  ];
  return namedByAny(rules).onCall ?? [];
}

/** What is new or different keeps what it was, or is not there, where somebody is bound by it. */
function keptOf(before: Targets, after: Targets, binds: (name: string) => boolean): { kept: Targets; isHeld: boolean } {
  const isHeld = ([name, target]: readonly [string, string]) => before[name] !== target && binds(name);
  const all = Object.entries(after);
  const kept = all.flatMap(([name, target]): readonly (readonly [string, string])[] => {
    if (!isHeld([name, target])) return [[name, target]];
    const was = before[name];
    return was === undefined ? [] : [[name, was]];
  });
  return { kept: Object.fromEntries(kept), isHeld: all.some(isHeld) };
}
