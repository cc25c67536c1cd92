import { type EarlierRestores, estimateDowntime } from '../src/restore/estimate.ts';
import type { Method } from '../src/restore/plan.ts';
import type { InstancePolicy } from '../src/restore/policy.ts';
import type { Restore } from '../src/restore/restore.ts';
import type { MinutesRange } from '../src/restore/terms.ts';
import { duration } from './slack-text.ts';
import { ENGLISH, type Words } from './words/words.ts';

/** `exceeds the RPO of 1 h by 3 h`, `within the RPO of 4 h`, or that none is set. */
export function rpoVerdict(lossMinutes: number, rpoMinutes: number | undefined, words: Words = ENGLISH): string {
  return verdict('RPO', lossMinutes, rpoMinutes, words);
}

export function rtoVerdict(downtimeMinutes: number, rtoMinutes: number | undefined, words: Words = ENGLISH): string {
  return verdict('RTO', downtimeMinutes, rtoMinutes, words);
}

function verdict(name: string, actual: number, goal: number | undefined, words: Words): string {
  if (goal === undefined) return words.loss.noObjective(name);
  const objective = duration(goal, words);
  return actual > goal
    ? words.loss.exceeds({ name, objective, by: duration(actual - goal, words) })
    : words.loss.within({ name, objective });
}

/** `10 to 35 min, a rule of thumb from the instance's size`, or from how many earlier restores it comes. */
export function downtimeWords({ estimate }: Pick<Restore['terms'], 'estimate'>, words: Words = ENGLISH): string {
  const { loss } = words;
  return timeWords(
    estimate,
    estimate.basis === 'history' ? loss.basis.history(estimate) : loss.basis[estimate.basis],
    words,
  );
}

/** The same until a new instance runs: nothing is away meanwhile, and what restores in place took says nothing of it. */
export function untilItRunsWords({ estimate }: Pick<Restore['terms'], 'estimate'>, words: Words): string {
  const { basis } = words.newInstance;
  switch (estimate.basis) {
    case 'history':
      return timeWords(estimate, basis.history(estimate), words);
    case 'rule-of-thumb':
      return timeWords(estimate, basis['rule-of-thumb'], words);
    default:
      return timeWords(estimate, words.loss.basis[estimate.basis], words);
  }
}

/** How long a method is expected to take for an instance, before anything was asked for. */
export function adviceTimeWords(
  method: Method,
  about: {
    readonly policy: Pick<InstancePolicy, 'estimate'>;
    readonly memory: string | undefined;
    readonly earlier: EarlierRestores | undefined;
  },
  words: Words,
): string {
  const { policy, memory, earlier } = about;
  return method === 'new-instance'
    ? untilItRunsWords({ estimate: estimateDowntime(undefined, memory, earlier) }, words)
    : downtimeWords({ estimate: estimateDowntime(policy.estimate, memory, earlier) }, words);
}

function timeWords({ fromMinutes, toMinutes }: MinutesRange, basis: string, words: Words): string {
  return words.loss.downtime({ from: duration(fromMinutes, words), to: duration(toMinutes, words), basis });
}

/** `0.4`, with the language's own decimal sign: hours for the notice template. */
export function hours(minutes: number, { loss, basics }: Words = ENGLISH): string {
  const tenths = Math.round(minutes / 6);
  return tenths === 0 && minutes > 0 ? loss.lessThanATenth : basics.number(tenths / 10);
}

/** `0.4 to 1.2`. */
export function hoursRange({ fromMinutes, toMinutes }: MinutesRange, words: Words = ENGLISH): string {
  return words.loss.hours({ fromMinutes: hours(fromMinutes, words), toMinutes: hours(toMinutes, words) });
}

/** `5 min to 29 min`, for people who plan their day by it. */
export function durationRange({ fromMinutes, toMinutes }: MinutesRange, words: Words): string {
  return words.loss.range({ from: duration(fromMinutes, words), to: duration(toMinutes, words) });
}
