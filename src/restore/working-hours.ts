import { nextStarts } from './calendar.ts';
import type { WeeklyTimes } from './calendar-times.ts';
import type { Holidays } from './holidays.ts';
import type { Instant } from './names.ts';

/** When people are at work, by the wall clock of whoever's zone it is: between two times of one day. */
export type WorkingHours = Pick<WeeklyTimes, 'days' | 'from' | 'to'>;

/** Whether a person in this zone is at work at a moment: within the hours, and on no holiday. */
export function isWorkingTime(
  zone: string,
  at: Instant,
  hours: WorkingHours,
  holidays: readonly Holidays[] = [],
): boolean {
  const next = nextWorkingMoment(zone, at, hours, holidays);
  return next !== undefined && Date.parse(next) === Date.parse(at);
}

/** `at` itself when a person in this zone is at work then, else when they next are; undefined when never in three years. */
export function nextWorkingMoment(
  zone: string,
  at: Instant,
  hours: WorkingHours,
  holidays: readonly Holidays[] = [],
): Instant | undefined {
  const calendar = {
    windows: [{ ...hours, zone }],
    freezes: [],
    // A holiday is a day of the person's own zone, wherever its calendar comes from.
    holidays: holidays.map((one) => ({ ...one, zone, effect: 'closed' as const })),
  };
  return nextStarts(calendar, at, 1)[0]?.from;
}
