import { dayAt } from './calendar-times.ts';
import type { Instant } from './names.ts';
import { overlap, type Span, union } from './spans.ts';
import { DAY_MS, wallClockSpans } from './wall-clock.ts';

/** One entry of a calendar file as it falls once: whole local days, the last one no longer belonging to it, or exact times. */
export type Holiday =
  | { readonly name: string; readonly firstDate: string; readonly endDate: string }
  | { readonly name: string; readonly from: Instant; readonly to: Instant };

/** The entries of a calendar file, and what they mean for starts. */
export interface Holidays {
  /** The calendar's name in the configuration. */
  readonly calendar: string;
  /** IANA zone in which its days begin and end. */
  readonly zone: string;
  /** `closed`: no window is open then. `frozen`: each is a freeze, which may be overridden where freezes may. */
  readonly effect: 'closed' | 'frozen';
  /** SHA-256 of the file, so that two calendars can be compared. */
  readonly fileHash: string;
  /** Every entry that touches the range, and perhaps more. Always answers the same for the same range. */
  readonly between: (range: Span) => readonly Holiday[];
}

/** When entries of a calendar are, within a range, each with its name. */
export function holidaySpans(holidays: Holidays, range: Span): readonly (Span & { readonly name: string })[] {
  return holidays.between(range).flatMap((holiday) => {
    const { name } = holiday;
    return spansOfHoliday(holiday, holidays.zone, range).map((span) => ({ ...span, name }));
  });
}

function spansOfHoliday(holiday: Holiday, zone: string, range: Span): readonly Span[] {
  if ('from' in holiday) {
    const fromMs = Math.max(Date.parse(holiday.from), range.fromMs);
    const toMs = Math.min(Date.parse(holiday.to), range.toMs);
    return fromMs < toMs ? [{ fromMs, toMs }] : [];
  }
  const days = { fromMs: Date.parse(holiday.firstDate), toMs: Date.parse(holiday.endDate) };
  // No zone is further than a day from UTC, so nothing outside of this can touch it.
  const near = overlap(range, { fromMs: days.fromMs - DAY_MS, toMs: days.toMs + DAY_MS });
  if (near.fromMs >= near.toMs) return [];
  const isInside = (midnight: number) => days.fromMs <= midnight && midnight < days.toMs;
  return union(wallClockSpans(zone, near, (midnight) => (isInside(midnight) ? [dayAt(midnight)] : [])));
}
