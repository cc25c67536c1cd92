import type { Span } from '../restore/spans.ts';

const DAY_MS = 86_400_000;
const WEEKDAYS: readonly string[] = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];
const FREQUENCIES: readonly string[] = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'];
const KNOWN_PARTS: readonly string[] = ['freq', 'until', 'count', 'interval', 'wkst', 'bymonth', 'bymonthday', 'byday'];
const LONGEST_MONTHS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;
const FIRST_YEAR = '1900';

/** A recurrence rule's parts as the file has them (RFC 5545, 3.3.10), with names in small letters. */
export type RuleParts = Readonly<Record<string, unknown>>;

/** What of a rule for an event that begins on `startDate` (`YYYY-MM-DD`) is not supported, in words; undefined when all is. */
export function ruleProblem(parts: RuleParts, startDate: string): string | undefined {
  const frequency = String(parts.freq);
  if (!FREQUENCIES.includes(frequency)) return `repeats ${frequency.toLowerCase()}, which no holiday does`;
  if (startDate < FIRST_YEAR) return `repeats since before ${FIRST_YEAR}: let it begin later`;
  const unknown = Object.keys(parts).find((part) => !KNOWN_PARTS.includes(part));
  if (unknown) return `repeats by ${unknown.toUpperCase()}, which is not supported: write its dates out`;
  const rule = ruleOf(parts);
  const ordinals = rule.weekdays.map(({ ordinal }) => ordinal).filter((ordinal) => ordinal !== 0);
  const mostOrdinal = frequency === 'MONTHLY' || rule.months.length > 0 ? 5 : 53;
  const hasOrdinals = frequency === 'MONTHLY' || frequency === 'YEARLY';
  if (ordinals.some((ordinal) => !hasOrdinals || Math.abs(ordinal) > mostOrdinal)) {
    return 'repeats on a weekday that its month or week does not have so often';
  }
  if (rule.weekdays.some(({ weekday }) => weekday < 0)) return 'repeats on a weekday that is none';
  const longest = Math.max(
    ...(rule.months.length > 0 ? rule.months : [1]).map((month) => LONGEST_MONTHS[month - 1] ?? 0),
  );
  if (rule.monthDays.some((day) => day === 0 || Math.abs(day) > longest)) {
    return 'repeats on a day that does not exist in its month';
  }
  return undefined;
}

/**
 * The days (as midnights in UTC) on which a rule that begins at `startMs` falls, within a range. The first day always
 * belongs to it. UNTIL is left to the caller, who knows the time of day. Every day is judged by itself, as the RFC
 * says it: the parser's own way through a rule skips or moves days at the ends of months.
 */
export function ruleDays(parts: RuleParts, startMs: number, range: Span): readonly number[] {
  const rule = ruleOf(parts);
  const start = new Date(startMs);
  const days: number[] = [];
  // A rule that counts has to be followed from its beginning; any other can be asked about any day.
  const skipped = Number.isFinite(rule.count) ? 0 : Math.max(0, Math.floor((range.fromMs - startMs) / DAY_MS));
  for (let ms = startMs + skipped * DAY_MS; ms < range.toMs && days.length < rule.count; ms += DAY_MS) {
    const day = new Date(ms);
    if (ms === startMs || (isInInterval(rule, start, day) && fallsOn(rule, start, day))) days.push(ms);
  }
  return days;
}

interface Rule {
  readonly frequency: string;
  readonly interval: number;
  readonly count: number;
  readonly weekStart: number;
  readonly months: readonly number[];
  readonly monthDays: readonly number[];
  /** An ordinal of 0 means every such weekday. */
  readonly weekdays: readonly { readonly ordinal: number; readonly weekday: number }[];
}

function ruleOf(parts: RuleParts): Rule {
  return {
    frequency: String(parts.freq),
    interval: numbers(parts.interval)[0] || 1,
    count: numbers(parts.count)[0] ?? Number.POSITIVE_INFINITY,
    // The parser numbers the first day of the week from 1, Sunday.
    weekStart: (numbers(parts.wkst)[0] ?? 2) - 1,
    months: numbers(parts.bymonth),
    monthDays: numbers(parts.bymonthday),
    weekdays: texts(parts.byday).map((text) => ({
      ordinal: Number.parseInt(text, 10) || 0,
      weekday: WEEKDAYS.indexOf(text.slice(-2).toUpperCase()),
    })),
  };
}

function isInInterval({ frequency, interval, weekStart }: Rule, start: Date, day: Date): boolean {
  const years = day.getUTCFullYear() - start.getUTCFullYear();
  switch (frequency) {
    case 'YEARLY':
      return years % interval === 0;
    case 'MONTHLY':
      return (years * 12 + day.getUTCMonth() - start.getUTCMonth()) % interval === 0;
    case 'WEEKLY':
      return ((weekOf(day, weekStart) - weekOf(start, weekStart)) / (7 * DAY_MS)) % interval === 0;
    default:
      return ((day.getTime() - start.getTime()) / DAY_MS) % interval === 0;
  }
}

function weekOf(day: Date, weekStart: number): number {
  return day.getTime() - ((day.getUTCDay() - weekStart + 7) % 7) * DAY_MS;
}

function fallsOn(rule: Rule, start: Date, day: Date): boolean {
  const { frequency, months, monthDays, weekdays } = rule;
  if (months.length > 0 && !months.includes(day.getUTCMonth() + 1)) return false;
  if (monthDays.length > 0 && !placesIn(monthOf(day), day).some((place) => monthDays.includes(place))) return false;
  if (weekdays.length > 0) {
    const span = frequency === 'YEARLY' && months.length === 0 ? yearOf(day) : monthOf(day);
    const ordinals = [0, ...placesIn(span, day).map((place) => Math.sign(place) * Math.ceil(Math.abs(place) / 7))];
    return weekdays.some(({ ordinal, weekday }) => weekday === day.getUTCDay() && ordinals.includes(ordinal));
  }
  if (monthDays.length > 0 || frequency === 'DAILY') return true;
  if (frequency === 'WEEKLY') return day.getUTCDay() === start.getUTCDay();
  const isSameMonth = frequency === 'MONTHLY' || months.length > 0 || day.getUTCMonth() === start.getUTCMonth();
  return isSameMonth && day.getUTCDate() === start.getUTCDate();
}

/** A day's place in a month or year, counted from its beginning and, negative, from its end. */
function placesIn({ fromMs, toMs }: { fromMs: number; toMs: number }, day: Date): readonly number[] {
  return [(day.getTime() - fromMs) / DAY_MS + 1, (day.getTime() - toMs) / DAY_MS];
}

function monthOf(day: Date) {
  const [year, month] = [day.getUTCFullYear(), day.getUTCMonth()];
  return { fromMs: Date.UTC(year, month, 1), toMs: Date.UTC(year, month + 1, 1) };
}

function yearOf(day: Date) {
  return { fromMs: Date.UTC(day.getUTCFullYear(), 0, 1), toMs: Date.UTC(day.getUTCFullYear() + 1, 0, 1) };
}

function texts(values: unknown): readonly string[] {
  return [values]
    .flat()
    .filter((value) => value !== undefined)
    .map(String);
}

function numbers(values: unknown): readonly number[] {
  return texts(values).map(Number).filter(Number.isFinite);
}
