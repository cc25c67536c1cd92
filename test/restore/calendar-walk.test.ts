import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Calendar, nextStarts, startRefusal } from '../../src/restore/calendar.ts';
import { type Times, WEEKDAYS, type WeeklyTimes } from '../../src/restore/calendar-times.ts';
import { instantOf } from '../../src/restore/instant.ts';

/** With the moments around which their clocks change; Kathmandu's never do. */
const CHANGES = [
  ['Europe/Berlin', '2027-03-28T01:00:00.000Z'],
  ['Europe/Berlin', '2026-10-25T01:00:00.000Z'],
  ['America/New_York', '2027-03-14T07:00:00.000Z'],
  ['America/New_York', '2026-11-01T06:00:00.000Z'],
  ['Australia/Lord_Howe', '2026-10-03T15:30:00.000Z'],
  ['Australia/Lord_Howe', '2027-04-03T15:00:00.000Z'],
  ['America/Havana', '2026-11-01T05:00:00.000Z'],
  ['Asia/Kathmandu', '2027-01-01T00:00:00.000Z'],
] as const;
const ZONES = [...new Set(CHANGES.map(([zone]) => zone))];
const MINUTE_MS = 60_000;
const weekdayNames: readonly string[] = WEEKDAYS;
const DAY_MINUTES = 1440;

/** What a clock on the wall shows, as the runtime tells it: nothing of the calendar's own arithmetic. */
const clocks = new Map(
  ZONES.map((timeZone) => [
    timeZone,
    new Intl.DateTimeFormat('en-GB', {
      timeZone,
      weekday: 'short',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    }),
  ]),
);

function shown(zone: string, ms: number) {
  const parts = clocks.get(zone as (typeof ZONES)[number])?.formatToParts(ms) ?? [];
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  return {
    weekday: part('weekday').toLowerCase(),
    yearDay: `${part('month')}-${part('day')}`,
    monthDay: Number(part('day')),
    month: Number(part('month')),
    year: Number(part('year')),
    time: `${part('hour')}:${part('minute')}`,
  };
}

function walkedHolds(times: Times, ms: number): boolean {
  if ('days' in times) {
    const { weekday, time } = shown(times.zone, ms);
    const today = weekdayNames.indexOf(weekday);
    const has = (index: number) => times.days.some((day) => day === WEEKDAYS[(index + 7) % 7]);
    if (times.from < times.to) return has(today) && times.from <= time && time < times.to;
    return (has(today) && times.from <= time) || (has(today - 1) && time < times.to);
  }
  if ('yearDays' in times) {
    const { first, last } = times.yearDays;
    const { yearDay } = shown(times.zone, ms);
    return first <= last ? first <= yearDay && yearDay <= last : first <= yearDay || yearDay <= last;
  }
  if ('monthDays' in times) {
    const { monthDay, month, year } = shown(times.zone, ms);
    const fromEnd = monthDay - new Date(Date.UTC(year, month, 0)).getUTCDate() - 1;
    return times.monthDays.first < 0 && times.monthDays.last > 0
      ? times.monthDays.first <= fromEnd || monthDay <= times.monthDays.last
      : times.monthDays.first <= monthDay && monthDay <= times.monthDays.last;
  }
  return Date.parse(times.from) <= ms && ms < Date.parse(times.to);
}

const walkedOpen = ({ windows, freezes }: Calendar, ms: number) =>
  (windows.length === 0 || windows.some((window) => walkedHolds(window, ms))) &&
  !freezes.some((freeze) => walkedHolds(freeze, ms));

const zoneOf = fc.constantFrom(...ZONES);
const minuteOf = fc
  .integer({ min: 0, max: DAY_MINUTES - 1 })
  .map((minute) => new Date(minute * MINUTE_MS).toISOString().slice(11, 16));
const weekly: fc.Arbitrary<WeeklyTimes> = fc
  .record({ days: fc.subarray([...WEEKDAYS], { minLength: 1 }), from: minuteOf, to: minuteOf, zone: zoneOf })
  .filter(({ from, to }) => from !== to);
const yearDay = fc.constantFrom('03-14', '03-28', '10-03', '10-25', '10-31', '11-01', '12-20', '01-02');
const freeze = fc.oneof(
  weekly.map((times) => ({ name: 'weekly', ...times })),
  fc
    .record({ first: yearDay, last: yearDay, zone: zoneOf })
    .map(({ first, last, zone }) => ({ name: 'yearly', yearDays: { first, last }, zone })),
  fc
    .record({ first: fc.integer({ min: -4, max: -1 }), last: fc.integer({ min: 1, max: 4 }), zone: zoneOf })
    .map(({ first, last, zone }) => ({ name: 'month end', monthDays: { first, last }, zone })),
);
const calendarOf: fc.Arbitrary<Calendar> = fc.record({
  windows: fc.array(weekly, { maxLength: 2 }),
  freezes: fc.array(freeze, { maxLength: 2 }),
});
/** Within two days of a change of some zone's clocks. */
const around = fc
  .tuple(fc.constantFrom(...CHANGES), fc.integer({ min: -2 * DAY_MINUTES, max: 2 * DAY_MINUTES }))
  .map(([[, change], minutes]) => Date.parse(change) + minutes * MINUTE_MS);

describe('a calendar, beside a walk through its minutes', () => {
  it('agrees about any minute near any change of the clocks', () => {
    fc.assert(
      fc.property(calendarOf, around, (calendar, ms) => {
        expect(startRefusal(calendar, instantOf(ms)) === undefined).toBe(walkedOpen(calendar, ms));
      }),
      { numRuns: 1500 },
    );
  });

  it('offers starts that are allowed, ends them where they end, and leaves out none between', () => {
    fc.assert(
      fc.property(calendarOf, around, fc.array(fc.nat(), { minLength: 20, maxLength: 20 }), (calendar, ms, samples) => {
        let closedFromMs = ms;
        for (const { from, to } of nextStarts(calendar, instantOf(ms), 3)) {
          const fromMs = Date.parse(from);
          expect(walkedOpen(calendar, fromMs)).toBe(true);
          if (fromMs > ms) expect(walkedOpen(calendar, fromMs - MINUTE_MS)).toBe(false);
          const closedMinutes = (fromMs - closedFromMs) / MINUTE_MS;
          for (const sample of closedMinutes > 0 ? samples : []) {
            expect(walkedOpen(calendar, closedFromMs + (sample % closedMinutes) * MINUTE_MS)).toBe(false);
          }
          if (to === undefined) return;
          const openMinutes = (Date.parse(to) - fromMs) / MINUTE_MS;
          for (const sample of samples)
            expect(walkedOpen(calendar, fromMs + (sample % openMinutes) * MINUTE_MS)).toBe(true);
          expect(walkedOpen(calendar, Date.parse(to))).toBe(false);
          closedFromMs = Date.parse(to);
        }
      }),
      { numRuns: 300 },
    );
  });

  it.each(CHANGES)('opens in %s in the very same minutes around %s', (zone, change) => {
    const calendars = ['00:10', '01:30', '01:45', '02:15', '23:40'].flatMap((from) =>
      ['00:05', '01:50', '02:30', '03:00'].map(
        (to): Calendar => ({
          windows: [{ days: WEEKDAYS, from, to, zone }],
          freezes: [],
        }),
      ),
    );
    for (const calendar of calendars) {
      const startMs = Date.parse(change) - DAY_MINUTES * MINUTE_MS;
      const endMs = Date.parse(change) + DAY_MINUTES * MINUTE_MS;
      const walked: number[] = [];
      for (let ms = startMs; ms < endMs; ms += MINUTE_MS) {
        if (walkedOpen(calendar, ms) && (ms === startMs || !walkedOpen(calendar, ms - MINUTE_MS))) walked.push(ms);
      }
      const offered = nextStarts(calendar, instantOf(startMs), walked.length).map(({ from }) => Date.parse(from));
      expect(offered).toEqual(walked);
    }
  });
});
