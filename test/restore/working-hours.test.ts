import { describe, expect, it } from 'vitest';
import type { Holidays } from '../../src/restore/holidays.ts';
import { isWorkingTime, nextWorkingMoment, type WorkingHours } from '../../src/restore/working-hours.ts';

const OFFICE = { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', to: '17:30' } as const;
const GERMANY: Holidays = {
  calendar: 'germany',
  zone: 'Europe/Berlin',
  effect: 'frozen',
  fileHash: 'hash',
  between: () => [{ name: 'Christmas Day', firstDate: '2026-12-25', endDate: '2026-12-26' }],
};

describe('working hours', () => {
  it.each([
    ['Europe/Berlin', '2026-11-20T08:00:00.000Z', true],
    ['Europe/Berlin', '2026-11-20T07:59:00Z', false],
    ['Europe/Berlin', '2026-11-20T16:29:00Z', true],
    ['Europe/Berlin', '2026-11-20T16:30:00Z', false],
    ['Europe/Berlin', '2026-07-20T07:00:00Z', true],
    ['Asia/Kathmandu', '2026-11-20T03:15:00Z', true],
    ['Asia/Kathmandu', '2026-11-20T03:14:00Z', false],
    ['America/New_York', '2026-11-20T08:00:00Z', false],
    ['Australia/Lord_Howe', '2026-11-22T22:00:00Z', true],
    ['Australia/Lord_Howe', '2026-11-20T22:00:00Z', false],
  ])('in %s at %s: %s', (zone, at, isAtWork) => {
    expect(isWorkingTime(zone, at, OFFICE)).toBe(isAtWork);
  });

  it('come next after the weekend, after a holiday, and after the clocks have changed', () => {
    expect(nextWorkingMoment('Europe/Berlin', '2026-11-20T17:00:00.000Z', OFFICE)).toBe('2026-11-23T08:00:00.000Z');
    expect(nextWorkingMoment('Europe/Berlin', '2026-12-24T17:00:00.000Z', OFFICE, [GERMANY])).toBe(
      '2026-12-28T08:00:00.000Z',
    );
    expect(isWorkingTime('Europe/Berlin', '2026-12-25T10:00:00.000Z', OFFICE, [GERMANY])).toBe(false);
    expect(nextWorkingMoment('Europe/Berlin', '2027-03-26T17:00:00.000Z', OFFICE)).toBe('2027-03-29T07:00:00.000Z');
  });

  it('are now, when they are', () => {
    expect(nextWorkingMoment('UTC', '2026-11-20T10:11:12.345Z', OFFICE)).toBe('2026-11-20T10:11:12.345Z');
  });

  it('never come for somebody without a day of work, nor when each of them is a holiday', () => {
    const atWork = (hours: WorkingHours, holidays: readonly Holidays[] = []) => [
      nextWorkingMoment('UTC', '2026-11-20T10:00:00.000Z', hours, holidays),
      isWorkingTime('UTC', '2026-11-20T10:00:00.000Z', hours, holidays),
    ];
    const always = () => [{ name: 'Sabbatical', firstDate: '2026-01-01', endDate: '2031-01-01' }];
    expect(atWork({ ...OFFICE, days: [] })).toEqual([undefined, false]);
    expect(atWork(OFFICE, [{ ...GERMANY, between: always }])).toEqual([undefined, false]);
  });
});
