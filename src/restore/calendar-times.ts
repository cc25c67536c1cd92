import type { Instant } from './names.ts';
import { type Span, union } from './spans.ts';
import { DAY_MS, MINUTE_MS, wallClockSpans } from './wall-clock.ts';

export const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** Every week, in local time of its zone. One that ends before it begins passes midnight. */
export interface WeeklyTimes {
  readonly days: readonly Weekday[];
  /** `HH:MM` */
  readonly from: string;
  /** `HH:MM`; `24:00` is the end of the day. */
  readonly to: string;
  /** IANA zone. */
  readonly zone: string;
}

/** Whole days of each month: 1 is the first, -1 the last; both belong to it, and it may pass the end of the month. */
export interface MonthlyTimes {
  readonly monthDays: { readonly first: number; readonly last: number };
  readonly zone: string;
}

/** Whole days of each year, both `MM-DD` and both belonging to it; it may pass the end of the year. */
export interface YearlyTimes {
  readonly yearDays: { readonly first: string; readonly last: string };
  readonly zone: string;
}

/** Once. */
export interface DatedTimes {
  readonly from: Instant;
  readonly to: Instant;
}

/** Times that a calendar speaks of: once, or again and again by the wall clock of a zone. */
export type Times = WeeklyTimes | MonthlyTimes | YearlyTimes | DatedTimes;

/** When these times are, within a range: in order, and with what touches made one. */
export function spansOf(times: Times, range: Span): readonly Span[] {
  if ('days' in times) return union(wallClockSpans(times.zone, range, (midnight) => weekdaySpans(times, midnight)));
  if ('monthDays' in times || 'yearDays' in times) {
    return union(wallClockSpans(times.zone, range, (midnight) => (holdsOn(times, midnight) ? [dayAt(midnight)] : [])));
  }
  const fromMs = Math.max(Date.parse(times.from), range.fromMs);
  const toMs = Math.min(Date.parse(times.to), range.toMs);
  return fromMs < toMs ? [{ fromMs, toMs }] : [];
}

/** The same times in words, for people who wrote the configuration or were refused by it. */
export function timesWords(times: Times): string {
  if ('days' in times) return `${times.days.join(', ')} ${times.from} to ${times.to} (${times.zone})`;
  if ('monthDays' in times) {
    const { first, last } = times.monthDays;
    return `every month from ${monthDayWords(first)} to ${monthDayWords(last)} (${times.zone})`;
  }
  if ('yearDays' in times) {
    return `every year from ${times.yearDays.first} to ${times.yearDays.last} (${times.zone})`;
  }
  return `${utcWords(Date.parse(times.from))} to ${utcWords(Date.parse(times.to))}`;
}

/** `2026-11-21 03:04 UTC` */
export function utcWords(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** Minutes since midnight of `HH:MM`. */
export function minuteOfDay(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}

/** The local day that begins at this midnight. */
export function dayAt(midnightMs: number): Span {
  return { fromMs: midnightMs, toMs: midnightMs + DAY_MS };
}

function weekdaySpans({ days, from, to }: WeeklyTimes, midnight: number): readonly Span[] {
  const weekday = WEEKDAYS[new Date(midnight).getUTCDay()];
  if (!weekday || !days.includes(weekday)) return [];
  const fromMs = midnight + minuteOfDay(from) * MINUTE_MS;
  const sameDayMs = midnight + minuteOfDay(to) * MINUTE_MS;
  return [{ fromMs, toMs: sameDayMs > fromMs ? sameDayMs : sameDayMs + DAY_MS }];
}

/** Whole days are judged one by one, so that a span may pass the end of its month or year. */
function holdsOn(times: MonthlyTimes | YearlyTimes, midnight: number): boolean {
  const date = new Date(midnight);
  if ('yearDays' in times) {
    const { first, last } = times.yearDays;
    const day = date.toISOString().slice(5, 10);
    return first <= last ? first <= day && day <= last : first <= day || day <= last;
  }
  const day = date.getUTCDate();
  const length = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  const inMonth = (wanted: number) => (wanted < 0 ? length + 1 + wanted : wanted);
  const { first, last } = times.monthDays;
  // Judged by what was written, not by one month's length: from the 30th to the last day is no day of February.
  const passesMonthEnd = Math.sign(first) === Math.sign(last) ? first > last : first < 0;
  const hasBegun = inMonth(first) <= day;
  const hasNotEnded = day <= inMonth(last);
  return passesMonthEnd ? hasBegun || hasNotEnded : hasBegun && hasNotEnded;
}

function monthDayWords(day: number): string {
  if (day === -1) return 'the last day';
  return day < 0 ? `the last day but ${-day - 1}` : `day ${day}`;
}
