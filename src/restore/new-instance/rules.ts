import { gigabytesOf } from '../gigabytes.ts';
import type { Instant, RestoreId } from '../names.ts';
import type { ApprovalTerms } from '../terms.ts';
import { costlyTimeOf, type MadeInstance } from './made-instance.ts';
import { costInMonth, costOf, type Price, type PriceTable, priceOf } from './price.ts';

/** What the operator decided about instances that are made from an instance's snapshots. */
export interface NewInstanceRules {
  /** Who must agree. Absent: those who must agree to any restore of it. */
  readonly approval?: ApprovalTerms;
  readonly prices: PriceTable;
  /** What all instances made by the bot may cost together in one UTC month, in the currency of the prices. */
  readonly monthlyCap: number;
  readonly usualMinutes: number;
  readonly longestMinutes: number;
  /** The memory that may be chosen, such as `4GB`. Absent: every size with a price. */
  readonly sizes?: readonly string[];
  /** What is different for a preview of an open request. Absent: nothing. */
  readonly preview?: PreviewRules;
}

/** What is different for a new instance that an open request's restore point is looked at in. */
export interface PreviewRules extends Pick<NewInstanceRules, 'usualMinutes' | 'longestMinutes'> {
  /** Absent: those who must agree to any new instance. */
  readonly approval?: ApprovalTerms;
  /** Absent: the sizes of any new instance. */
  readonly sizes?: readonly string[];
}

/** The rules of a preview: its own, and where it has none those of any new instance. */
export function rulesOfPreview({ preview, ...rules }: NewInstanceRules): NewInstanceRules {
  return { ...rules, ...preview };
}

/** A new instance as it is asked for. */
export interface AskedInstance {
  readonly type: string;
  readonly memory: string;
  readonly liveForMinutes: number;
}

/** Why it cannot be made as asked. */
export type NewInstanceProblem =
  | { readonly kind: 'not-configured' }
  | { readonly kind: 'no-price'; readonly type: string; readonly memory: string }
  | { readonly kind: 'size-not-allowed'; readonly memory: string; readonly allowed: readonly string[] }
  | { readonly kind: 'too-small'; readonly memory: string; readonly source: string }
  | { readonly kind: 'lives-too-long'; readonly longestMinutes: number }
  /** The request that it would be a preview of does not wait for approval, or goes back to another restore point. */
  | { readonly kind: 'nothing-to-preview'; readonly id: RestoreId }
  | {
      readonly kind: 'over-cap';
      readonly cap: number;
      readonly spent: number;
      readonly cost: number;
      readonly currency: string;
    };

/** A type and memory with its price. */
export interface Size {
  readonly type: string;
  readonly memory: string;
  readonly price: Price;
}

/** Every size that may be chosen for a copy of an instance of this type and memory: its own type first, smallest first. */
export function sizesFor(
  rules: NewInstanceRules,
  source: { readonly type?: string | undefined; readonly memory?: string | undefined },
): readonly Size[] {
  const types = Object.keys(rules.prices.perHour);
  const ordered = [...types.filter((type) => type === source.type), ...types.filter((type) => type !== source.type)];
  return ordered.flatMap((type) => sizesOfType(rules, type, source.memory));
}

function sizesOfType(rules: NewInstanceRules, type: string, memory: string | undefined): readonly Size[] {
  const least = gigabytesOf(memory) ?? 0;
  return Object.keys(rules.prices.perHour[type] ?? {})
    .filter((size) => (gigabytesOf(size) ?? 0) >= least && (rules.sizes?.includes(size) ?? true))
    .sort((one, other) => (gigabytesOf(one) ?? 0) - (gigabytesOf(other) ?? 0))
    .flatMap((size) => {
      const price = priceOf(rules.prices, type, size);
      return price ? [{ type, memory: size, price }] : [];
    });
}

/** Why this instance may not be made, or undefined. `spent` is what all made instances cost in this month already. */
export function newInstanceProblem(
  asked: AskedInstance,
  about: {
    readonly rules: NewInstanceRules | undefined;
    readonly sourceMemory: string | undefined;
    readonly spent: number;
  },
): NewInstanceProblem | undefined {
  const { rules, sourceMemory, spent } = about;
  if (!rules) return { kind: 'not-configured' };
  const { type, memory, liveForMinutes } = asked;
  const price = priceOf(rules.prices, type, memory);
  if (!price) return { kind: 'no-price', type, memory };
  if (rules.sizes && !rules.sizes.includes(memory)) return { kind: 'size-not-allowed', memory, allowed: rules.sizes };
  const needed = gigabytesOf(sourceMemory);
  const there = gigabytesOf(memory);
  if (needed !== undefined && there !== undefined && there < needed) {
    return { kind: 'too-small', memory, source: sourceMemory ?? '' };
  }
  if (!(liveForMinutes > 0) || liveForMinutes > rules.longestMinutes) {
    return { kind: 'lives-too-long', longestMinutes: rules.longestMinutes };
  }
  const cost = costOf(price, liveForMinutes);
  const isOver = spent + cost > rules.monthlyCap;
  return isOver ? { kind: 'over-cap', cap: rules.monthlyCap, spent, cost, currency: price.currency } : undefined;
}

/** What all these cost in the month of `now`, with what is still to come. */
export function spentOn(made: readonly MadeInstance[], now: Instant): number {
  return costInMonth(
    made.flatMap((one) => {
      const time = costlyTimeOf(one, now);
      return time ? [time] : [];
    }),
    now,
  );
}
