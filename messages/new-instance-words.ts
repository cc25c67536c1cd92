import { costOf, moneyWords } from '../src/restore/new-instance/price.ts';
import type { NewInstanceProblem } from '../src/restore/new-instance/rules.ts';
import type { InstanceToMake } from '../src/restore/plan.ts';
import type { Restore } from '../src/restore/restore.ts';
import type { StateOf } from '../src/restore/state.ts';
import { untilItRunsWords } from './loss-words.ts';
import { listed } from './people.ts';
import { duration, escaped, past, quoted } from './slack-text.ts';
import type { Words } from './words/words.ts';

/** Why a new instance cannot be made as it was asked for, and what to do. */
export function newInstanceProblemWords(problem: NewInstanceProblem, words: Words): string {
  const { problem: say } = words.newInstance;
  switch (problem.kind) {
    case 'not-configured':
      return say.notConfigured;
    case 'no-price':
      return say.noPrice(escaped(`${problem.type} ${problem.memory}`));
    case 'size-not-allowed':
      return say.sizeNotAllowed({ memory: escaped(problem.memory), allowed: listed(problem.allowed, words) });
    case 'too-small':
      return say.tooSmall({ memory: escaped(problem.memory), source: escaped(problem.source) });
    case 'lives-too-long':
      return say.livesTooLong(duration(problem.longestMinutes, words));
    case 'nothing-to-preview':
      return say.nothingToPreview(problem.id);
    case 'over-cap': {
      const money = (amount: number) => moneyWords(amount, problem.currency);
      return say.overCap({ cap: money(problem.cap), spent: money(problem.spent), cost: money(problem.cost) });
    }
    default:
      return problem satisfies never;
  }
}

export function priceLine(
  { price, liveForMinutes }: Pick<InstanceToMake, 'price' | 'liveForMinutes'>,
  words: Words,
): string {
  return words.newInstance.price({
    perHour: moneyWords(price.perHour, price.currency),
    total: moneyWords(costOf(price, liveForMinutes), price.currency),
    life: duration(liveForMinutes, words),
    asOf: price.asOf,
  });
}

/** What somebody who agrees to a new instance must know. Empty for other methods. */
export function newInstanceLines({ plan, terms }: Pick<Restore, 'plan' | 'terms'>, words: Words): string[] {
  if (plan.method !== 'new-instance') return [];
  const { instance, restorePoint, toMake } = plan;
  return [
    ...(toMake.previewOf ? [words.newInstance.previewOf(toMake.previewOf)] : []),
    words.newInstance.nothingLost({
      source: escaped(instance.alias),
      what: escaped(`${toMake.type} ${toMake.memory}`),
      point: past(restorePoint.takenAt),
    }),
    words.newInstance.untilItRuns(untilItRunsWords(terms, words)),
    priceLine(toMake, words),
    words.newInstance.removal(duration(toMake.liveForMinutes, words)),
    words.newInstance.whoSees,
  ];
}

/** The exact plan of a new instance. Undefined for other methods. */
export function newInstancePlanLines(
  { plan, planHash }: Pick<Restore, 'plan' | 'planHash'>,
  facts: { readonly what: string; readonly at: string | undefined; readonly checks: string },
  words: Words,
): string[] {
  if (plan.method !== 'new-instance') return [];
  const { plan: say } = words.newInstance;
  return [
    say.look,
    say.make({ what: facts.what, at: say.at({ at: facts.at }) }),
    say.password,
    say.checks(facts.checks),
    say.remove(duration(plan.toMake.liveForMinutes, words)),
    say.hash(planHash.slice(0, 12)),
  ];
}

/** Where the new instance is, when it goes, and what became of its password. Empty until Aura has told its id. */
export function madeLines({ made }: Pick<Restore, 'made'>, { newInstance }: Words): string[] {
  if (!made) return [];
  return [
    newInstance.facts({
      name: `\`${escaped(made.name)}\``,
      id: `\`${escaped(made.auraId)}\``,
      url: made.connectionUrl && `\`${escaped(made.connectionUrl)}\``,
      removeAt: past(made.removeAt),
    }),
    newInstance.passwordFates[made.password],
  ];
}

/** How a restore failed, in a few words; of a new instance they never mean the one whose snapshot it is. */
export function failureWords(
  { reason, why }: Pick<StateOf<'failed'>, 'reason' | 'why'>,
  { plan }: Pick<Restore, 'plan'>,
  { newInstance, end }: Words,
): string {
  const said = end.failure({ reason, why });
  return plan.method === 'new-instance' ? newInstance.failure({ reason, why, said }) : said;
}

/** That a new instance failed: how, what that means for its source, and what to do. Undefined for other methods and ends. */
export function newInstanceFailed(
  { plan, state }: Pick<Restore, 'plan' | 'state'>,
  words: Words,
): { readonly how: string; readonly source: string; readonly next: string } | undefined {
  if (plan.method !== 'new-instance' || state.status !== 'failed') return undefined;
  const { newInstance, status } = words;
  const { reason } = state;
  return {
    how: newInstance.failed({ why: failureWords({ reason, why: quoted(state.why, 800) }, { plan }, words) }),
    source: newInstance.failedSource,
    next: newInstance.nextAfter[reason] ?? status.nextAfter[reason],
  };
}
