import { WEEKDAYS } from '../calendar-times.ts';
import type { Instant } from '../names.ts';
import { DAY_MS, MINUTE_MS, wallClockSpans } from '../wall-clock.ts';
import type { ExportSchedule } from './export-plan.ts';

/** Longer than any schedule pauses. */
const MOST_DAYS = 70;

/** When a schedule fell due last, at or before a moment. */
export function latestDue(schedule: ExportSchedule, now: Instant): Instant {
  const nowMs = Date.parse(now);
  for (let back = -2; back < MOST_DAYS; back++) {
    const dueMs = dueOn(schedule, dayOf(nowMs) - back * DAY_MS);
    if (dueMs !== undefined && dueMs <= nowMs) return new Date(dueMs).toISOString();
  }
  throw new RangeError('the schedule names no day');
}

/** When a schedule falls due next, after a moment. */
export function nextDue(schedule: ExportSchedule, now: Instant): Instant {
  const nowMs = Date.parse(now);
  for (let ahead = -2; ahead < MOST_DAYS; ahead++) {
    const dueMs = dueOn(schedule, dayOf(nowMs) + ahead * DAY_MS);
    if (dueMs !== undefined && dueMs > nowMs) return new Date(dueMs).toISOString();
  }
  throw new RangeError('the schedule names no day');
}

/**
 * When it falls due on a local day, given by its midnight as if local time were UTC. A time that the clocks skip is the
 * moment after; one that they repeat is the first of the two.
 */
function dueOn(schedule: ExportSchedule, day: number): number | undefined {
  if (!fallsOn(schedule, day)) return undefined;
  const [hours = 0, minutes = 0] = schedule.at.split(':').map(Number);
  const rest = { fromMs: day + (hours * 60 + minutes) * MINUTE_MS, toMs: day + DAY_MS };
  const around = { fromMs: day - 2 * DAY_MS, toMs: day + 3 * DAY_MS };
  const spans = wallClockSpans(schedule.zone, around, (midnight) => (midnight === day ? [rest] : []));
  return spans.length > 0 ? Math.min(...spans.map(({ fromMs }) => fromMs)) : undefined;
}

function fallsOn(schedule: ExportSchedule, day: number): boolean {
  const date = new Date(day);
  if (schedule.every === 'week') return schedule.days.some((name) => WEEKDAYS[date.getUTCDay()] === name);
  const length = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  const dayOfMonth = (wanted: number) => (wanted > 0 ? Math.min(wanted, length) : Math.max(length + 1 + wanted, 1));
  return schedule.days.some((wanted) => dayOfMonth(wanted) === date.getUTCDate());
}

function dayOf(ms: number): number {
  return Math.floor(ms / DAY_MS) * DAY_MS;
}
