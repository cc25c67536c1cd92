import { z } from 'zod';
import { WEEKDAYS } from '../restore/calendar-times.ts';
import { isZone } from './zone.ts';

export const zone = z.string().refine(isZone, { error: 'an IANA time zone such as Europe/Berlin' });
export const timeOfDay = z
  .string()
  .regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, { error: 'a time such as 22:30, in quotes' });
const MOMENT = 'a moment with its offset, such as 2026-12-24T18:00:00+01:00';
/** Without an offset it would mean another moment on every machine. */
const instant = z.iso.datetime({ offset: true, error: MOMENT }).transform((text) => new Date(text).toISOString());

const weekly = { days: z.array(z.enum(WEEKDAYS)).min(1), from: timeOfDay, to: timeOfDay, zone };
const hasLength = ({ from, to }: { from: string; to: string }) => from !== to;
const NO_LENGTH = { error: 'a window of some length: from and to are the same' };
const dated = { from: instant, to: instant };
const endsLater = ({ from, to }: { from: string; to: string }) => from < to;

const YEARLY = 'the first and the last day of each year as MM-DD..MM-DD, such as 12-20..01-02';
const yearly = z
  .string()
  .regex(/^\d\d-\d\d\.\.\d\d-\d\d$/, { error: YEARLY })
  .refine((text) => text.split('..').every(isYearDay), { error: YEARLY })
  .transform((text) => ({ first: text.slice(0, 5), last: text.slice(7) }));

const MONTHLY = 'the first and the last day of each month, counted from the end when negative, such as -2..1';
const monthly = z
  .string({ error: MONTHLY })
  .regex(/^-?\d{1,2}\.\.-?\d{1,2}$/, { error: MONTHLY })
  .transform((text) => {
    const [first = 0, last = 0] = text.split('..').map(Number);
    return { first, last };
  })
  .refine(({ first, last }) => [first, last].every((day) => day !== 0 && Math.abs(day) <= 31), { error: MONTHLY });

const name = z.string().min(1);
const weeklyWindow = z.strictObject(weekly).refine(hasLength, NO_LENGTH);
const datedWindow = z.strictObject(dated).refine(endsLater, { error: 'a window that ends after it begins' });
const weeklyFreeze = z.strictObject({ name, ...weekly }).refine(hasLength, NO_LENGTH);
const monthlyFreeze = z
  .strictObject({ name, monthly, zone })
  .transform(({ monthly: monthDays, ...freeze }) => ({ ...freeze, monthDays }));
const yearlyFreeze = z
  .strictObject({ name, yearly, zone })
  .transform(({ yearly: yearDays, ...freeze }) => ({ ...freeze, yearDays }));
const datedFreeze = z
  .strictObject({ name, ...dated })
  .refine(endsLater, { error: 'a freeze that ends after it begins' });

/** Times in which restores may start: weekly by days, or dated. */
export const windows = z.array(chosenBy((has) => (has('days') ? weeklyWindow : datedWindow)));

/** Times in which none may: weekly by days, monthly, yearly, or dated. */
export const freezes = z.array(
  chosenBy((has) => {
    if (has('days')) return weeklyFreeze;
    if (has('monthly')) return monthlyFreeze;
    return has('yearly') ? yearlyFreeze : datedFreeze;
  }),
);

/** Calendars by name, and what their days mean for starts. */
export const holidays = z.array(
  z.strictObject({ calendar: z.string().min(1), effect: z.enum(['closed', 'frozen']).default('closed') }),
);

/** Reads a value by the one form that its keys name, so that what is wrong with it is said of that form only. */
function chosenBy<S extends z.ZodType>(choose: (has: (key: string) => boolean) => S) {
  return z.unknown().transform((value, context): z.output<S> => {
    const has = (key: string) => typeof value === 'object' && value !== null && key in value;
    const read = choose(has).safeParse(value, { reportInput: true });
    if (read.success) return read.data;
    for (const issue of read.error.issues) context.issues.push(issue as z.core.$ZodRawIssue);
    return z.NEVER;
  });
}

/** A day that some year has. */
function isYearDay(text: string): boolean {
  const date = `2028-${text}`;
  const ms = Date.parse(date);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(date);
}
