import type { Instant } from '../names.ts';

/** What instances cost, as the operator wrote it down: Aura's API does not tell. */
export interface PriceTable {
  /** The day on which the prices were looked up, `2026-11-01`. */
  readonly asOf: string;
  /** `USD`. */
  readonly currency: string;
  /** By Aura's instance type and then its memory, such as `2GB`. */
  readonly perHour: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** What one instance costs, as it was agreed to. */
export interface Price {
  readonly perHour: number;
  readonly currency: string;
  readonly asOf: string;
}

/** The price of a type and size; undefined when the table does not have it, and then nothing is made. */
export function priceOf(table: PriceTable, type: string, memory: string): Price | undefined {
  const ofType = Object.hasOwn(table.perHour, type) ? table.perHour[type] : undefined;
  const perHour = ofType && Object.hasOwn(ofType, memory) ? ofType[memory] : undefined;
  return perHour === undefined ? undefined : { perHour, currency: table.currency, asOf: table.asOf };
}

/** Aura charges begun hours. */
export function costOf({ perHour }: Pick<Price, 'perHour'>, minutes: number): number {
  return perHour * Math.ceil(Math.max(0, minutes) / 60);
}

/** `3.60 USD`; rounded up, so that nobody pays more than was said. */
export function moneyWords(amount: number, currency: string): string {
  return `${(Math.ceil(Number((amount * 100).toFixed(6))) / 100).toFixed(2)} ${currency}`;
}

/** A time in which an instance cost something, or will. */
export interface CostlyTime {
  readonly from: Instant;
  readonly to: Instant;
  readonly perHour: number;
}

/** What these cost in the UTC month of `now`, with what is still to come of it. */
export function costInMonth(times: readonly CostlyTime[], now: Instant): number {
  const date = new Date(now);
  const begin = Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
  const end = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
  return times.reduce((sum, { from, to, perHour }) => {
    const ms = Math.min(Date.parse(to), end) - Math.max(Date.parse(from), begin);
    return sum + costOf({ perHour }, ms / 60_000);
  }, 0);
}
