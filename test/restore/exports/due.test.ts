import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WEEKDAYS } from '../../../src/restore/calendar-times.ts';
import { latestDue, nextDue } from '../../../src/restore/exports/due.ts';
import type { ExportSchedule } from '../../../src/restore/exports/export-plan.ts';

const BERLIN = { zone: 'Europe/Berlin', at: '06:00' };
const weekly = (days: readonly (typeof WEEKDAYS)[number][], facts = {}): ExportSchedule => ({
  ...BERLIN,
  every: 'week',
  days,
  ...facts,
});
const monthly = (days: readonly number[], facts = {}): ExportSchedule => ({
  ...BERLIN,
  every: 'month',
  days,
  ...facts,
});

describe('an export falls due', () => {
  it.each([
    ['on its day of the week', weekly(['sun']), '2026-11-21T03:00:00.000Z', '2026-11-15T05:00Z', '2026-11-22T05:00Z'],
    ['at its very moment', weekly(['sun']), '2026-11-22T05:00:00.000Z', '2026-11-22T05:00Z', '2026-11-29T05:00Z'],
    ['on several days', weekly(['mon', 'thu']), '2026-11-21T03:00:00.000Z', '2026-11-19T05:00Z', '2026-11-23T05:00Z'],
    ['on the first of the month', monthly([1]), '2026-11-21T03:00:00.000Z', '2026-11-01T05:00Z', '2026-12-01T05:00Z'],
    ['on the last of the month', monthly([-1]), '2026-11-30T04:59:00.000Z', '2026-10-31T05:00Z', '2026-11-30T05:00Z'],
    [
      'on the 31st, or the last there is',
      monthly([31]),
      '2027-02-27T00:00:00.000Z',
      '2027-01-31T05:00Z',
      '2027-02-28T05:00Z',
    ],
    ['on the 29th of a leap year', monthly([-1]), '2028-02-28T12:00:00.000Z', '2028-01-31T05:00Z', '2028-02-29T05:00Z'],
    [
      'once when two days are one',
      monthly([30, 31]),
      '2027-02-28T06:00:00.000Z',
      '2027-02-28T05:00Z',
      '2027-03-30T04:00Z',
    ],
    ['over the end of a year', monthly([1]), '2026-12-31T23:30:00.000Z', '2026-12-01T05:00Z', '2027-01-01T05:00Z'],
    ['by summer time in summer', weekly(['sun']), '2026-07-01T00:00:00.000Z', '2026-06-28T04:00Z', '2026-07-05T04:00Z'],
    [
      'after an hour that the clocks skip',
      weekly(['sun'], { at: '02:30' }),
      '2026-03-28T12:00:00.000Z',
      '2026-03-22T01:30Z',
      '2026-03-29T01:00Z',
    ],
    [
      'the first time in an hour that they repeat',
      weekly(['sun'], { at: '02:30' }),
      '2026-10-25T01:00:00.000Z',
      '2026-10-25T00:30Z',
      '2026-11-01T01:30Z',
    ],
    [
      'at midnight of its own zone',
      monthly([1], { at: '00:00', zone: 'Pacific/Kiritimati' }),
      '2026-11-15T00:00:00.000Z',
      '2026-10-31T10:00Z',
      '2026-11-30T10:00Z',
    ],
    [
      'a week later where the zone left out its day altogether',
      weekly(['fri'], { zone: 'Pacific/Apia' }),
      '2011-12-29T12:00:00.000Z',
      '2011-12-23T16:00Z',
      '2012-01-05T16:00Z',
    ],
    [
      'far west of UTC',
      weekly(['sun'], { at: '23:30', zone: 'Pacific/Pago_Pago' }),
      '2026-11-23T10:00:00.000Z',
      '2026-11-16T10:30Z',
      '2026-11-23T10:30Z',
    ],
  ] as const)('%s', (_, schedule, now, latest, next) => {
    const exact = (minute: string) => minute.replace('Z', ':00.000Z');
    expect(latestDue(schedule, now)).toBe(exact(latest));
    expect(nextDue(schedule, now)).toBe(exact(next));
  });

  it('never by a schedule that names no day', () => {
    for (const due of [latestDue, nextDue])
      expect(() => due(weekly([]), '2026-11-21T03:00:00.000Z')).toThrow('the schedule names no day');
  });

  const schedules = fc.oneof(
    fc.record({ every: fc.constant('week' as const), days: fc.subarray([...WEEKDAYS], { minLength: 1 }) }),
    fc.record({
      every: fc.constant('month' as const),
      days: fc.array(fc.integer({ min: -31, max: 31 }).filter(Boolean), { minLength: 1, maxLength: 3 }),
    }),
  );
  const places = fc.record({
    at: fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
      .map(([hours, minutes]) => `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`),
    zone: fc.constantFrom(
      'UTC',
      'Europe/Berlin',
      'America/New_York',
      'Asia/Kolkata',
      'Australia/Lord_Howe',
      'Africa/Cairo',
    ),
  });
  const moments = fc.integer({ min: Date.UTC(2026, 0), max: Date.UTC(2029, 0) });

  it('never twice, never not at all: latest and next enclose every moment, and follow each other', () => {
    fc.assert(
      fc.property(schedules, places, moments, (days, place, ms) => {
        const schedule = { ...days, ...place };
        const now = new Date(ms).toISOString();
        const [latest, next] = [latestDue(schedule, now), nextDue(schedule, now)];
        expect(latest <= now && now < next).toBe(true);
        expect(latestDue(schedule, next)).toBe(next);
        expect(nextDue(schedule, latest)).toBe(next);
        expect(Date.parse(next) - Date.parse(latest)).toBeLessThanOrEqual(32 * 86_400_000);
      }),
      { numRuns: 150 },
    );
  });
});
