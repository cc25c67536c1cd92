import { describe, expect, it } from 'vitest';
import { type Calendar, freezesAt, nextStarts, startRefusal, windowOutlook } from '../../src/restore/calendar.ts';
import { WEEKDAYS, type WeeklyTimes } from '../../src/restore/calendar-times.ts';
import type { Holidays } from '../../src/restore/holidays.ts';

const weekly = (window: Partial<WeeklyTimes>): Calendar => ({
  windows: [{ days: WEEKDAYS, from: '00:00', to: '23:59', zone: 'UTC', ...window }],
  freezes: [],
});
const BERLIN = weekly({ from: '02:00', to: '03:00', zone: 'Europe/Berlin' });
const NEW_YORK = weekly({ from: '01:00', to: '02:00', zone: 'America/New_York' });

describe('a calendar', () => {
  it('without windows and freezes always allows a start', () => {
    expect(startRefusal({ windows: [], freezes: [] }, '2026-11-21T03:04:05.000Z')).toBeUndefined();
  });

  it.each([
    [
      'the minute a Berlin winter window opens',
      { zone: 'Europe/Berlin', from: '20:00', to: '22:00' },
      '2026-11-23T19:00',
      true,
    ],
    ['the minute before', { zone: 'Europe/Berlin', from: '20:00', to: '22:00' }, '2026-11-23T18:59', false],
    ['the minute it closes', { zone: 'Europe/Berlin', from: '20:00', to: '22:00' }, '2026-11-23T21:00', false],
    ['the same local hour in summer', { zone: 'Europe/Berlin', from: '20:00', to: '22:00' }, '2026-07-20T18:00', true],
    ['the evening of a Friday night', { days: ['fri'], from: '22:00', to: '04:00' }, '2026-11-20T23:00', true],
    ['the Saturday morning of a Friday night', { days: ['fri'], from: '22:00', to: '04:00' }, '2026-11-21T03:59', true],
    ['the Friday morning before it', { days: ['fri'], from: '22:00', to: '04:00' }, '2026-11-20T03:00', false],
    [
      'the Sunday morning after a Saturday night',
      { days: ['sat'], from: '22:00', to: '04:00' },
      '2026-11-22T01:00',
      true,
    ],
  ] as const)('judges %s by the window’s own clock', (_, window, minute, isAllowed) => {
    expect(startRefusal(weekly(window), `${minute}:00.000Z`) === undefined).toBe(isAllowed);
  });

  it.each([
    ['before the hour that Berlin skips in spring', BERLIN, '2027-03-28T00:59', false],
    ['after the hour that Berlin skips in spring', BERLIN, '2027-03-28T01:00', false],
    ['in the first of the two hours Berlin has in autumn', BERLIN, '2026-10-25T00:30', true],
    ['in the second of them', BERLIN, '2026-10-25T01:30', true],
    ['after both of them', BERLIN, '2026-10-25T02:00', false],
    ['in New York’s last hour before the spring gap', NEW_YORK, '2027-03-14T06:59', true],
    ['after New York’s gap', NEW_YORK, '2027-03-14T07:00', false],
    ['in the first of New York’s two hours in autumn', NEW_YORK, '2026-11-01T05:30', true],
    ['in the second of New York’s two hours', NEW_YORK, '2026-11-01T06:30', true],
    ['after both of New York’s hours', NEW_YORK, '2026-11-01T07:00', false],
  ])('%s keeps its local hours', (_, calendar, minute, isAllowed) => {
    expect(startRefusal(calendar, `${minute}:00.000Z`) === undefined).toBe(isAllowed);
  });

  it('passes over a week whose window the clocks skipped', () => {
    const sundays: Calendar = weekly({ days: ['sun'], from: '02:00', to: '03:00', zone: 'Europe/Berlin' });
    expect(startRefusal(sundays, '2027-03-27T12:00:00.000Z')?.nextPossible).toEqual([
      '2027-04-04T00:00:00.000Z',
      '2027-04-11T00:00:00.000Z',
      '2027-04-18T00:00:00.000Z',
    ]);
  });

  it('names the very minute that a short window opens', () => {
    const short = weekly({ from: '20:10', to: '20:14', zone: 'Europe/Berlin' });
    expect(startRefusal(short, '2026-11-21T03:04:05.000Z')).toMatchObject({
      kind: 'outside-window',
      nextPossible: ['2026-11-21T19:10:00.000Z', '2026-11-22T19:10:00.000Z', '2026-11-23T19:10:00.000Z'],
    });
  });

  it('names the end of freezes that follow each other, however long they are', () => {
    const frozen: Calendar = {
      windows: [],
      freezes: [
        { name: 'January', from: '2027-01-01T00:00:00.000Z', to: '2027-02-01T00:00:00.000Z' },
        { name: 'December', from: '2026-12-01T00:00:00.000Z', to: '2027-01-01T00:00:00.000Z' },
      ],
    };
    expect(startRefusal(frozen, '2026-12-05T00:00:00.000Z')).toMatchObject({
      kind: 'frozen',
      words: expect.stringContaining('December'),
      nextPossible: ['2027-02-01T00:00:00.000Z'],
    });
    expect(startRefusal(frozen, '2027-02-01T00:00:00.000Z')).toBeUndefined();
  });

  const openAt = (calendar: Calendar, minute: string, overridden: readonly string[] = []) =>
    startRefusal(calendar, `${minute}:00.000Z`, overridden) === undefined;

  it.each([
    ['the eve of a yearly freeze', '2026-12-19T22:59', true],
    ['its first local minute', '2026-12-19T23:00', false],
    ['the turn of the year', '2027-01-01T00:00', false],
    ['its last local minute', '2027-01-02T22:59', false],
    ['the minute after', '2027-01-02T23:00', true],
  ])('knows %s', (_, minute, isAllowed) => {
    const yearly = { name: 'Year end', yearDays: { first: '12-20', last: '01-02' }, zone: 'Europe/Berlin' };
    expect(openAt({ windows: [], freezes: [yearly] }, minute)).toBe(isAllowed);
  });

  it.each([
    ['the day before a freeze of some days of the year', '03-14', '03-28', '2027-03-13T12:00', true],
    ['its first day', '03-14', '03-28', '2027-03-14T12:00', false],
    ['its last day', '03-14', '03-28', '2027-03-28T12:00', false],
    ['the day after', '03-14', '03-28', '2027-03-29T12:00', true],
    ['the one day of a year that is meant', '11-01', '11-01', '2027-11-01T12:00', false],
    ['the day before that one day', '11-01', '11-01', '2027-10-31T12:00', true],
    ['the day after that one day', '11-01', '11-01', '2027-11-02T12:00', true],
  ])('knows %s', (_, first, last, minute, isAllowed) => {
    const yearly = { name: 'Some days', yearDays: { first, last }, zone: 'UTC' };
    expect(openAt({ windows: [], freezes: [yearly] }, minute)).toBe(isAllowed);
  });

  it.each([
    ['the day before the last two of a leap February', -2, 1, '2028-02-27T12:00', true],
    ['the last day but one of a leap February', -2, 1, '2028-02-28T12:00', false],
    ['the first of the next month', -2, 1, '2028-03-01T12:00', false],
    ['the second of the next month', -2, 1, '2028-03-02T12:00', true],
    ['a February that has no 30th', 30, -1, '2027-02-15T12:00', true],
    ['the 31st after the 30th', 30, -1, '2027-03-31T12:00', false],
    ['the middle of a month that is frozen at its ends', 28, 3, '2027-03-15T12:00', true],
    ['the 28th of a month that is frozen at its ends', 28, 3, '2027-02-28T12:00', false],
    ['the last of the first three days', 1, 3, '2027-03-03T12:00', false],
    ['the day after the first three', 1, 3, '2027-03-04T12:00', true],
    ['the day before the last three', -3, -1, '2027-02-25T12:00', true],
    ['the first of the last three days', -3, -1, '2027-02-26T12:00', false],
    ['the one day of a month that is meant', 15, 15, '2027-03-15T12:00', false],
    ['the day before that one day', 15, 15, '2027-03-14T12:00', true],
    ['the day after that one day', 15, 15, '2027-03-16T12:00', true],
    ['the last day alone', -1, -1, '2027-04-30T12:00', false],
    ['the last day but one, where the last is meant', -1, -1, '2027-04-29T12:00', true],
  ])('knows %s', (_, first, last, minute, isAllowed) => {
    const monthly = { name: 'Month end', monthDays: { first, last }, zone: 'UTC' };
    expect(openAt({ windows: [], freezes: [monthly] }, minute)).toBe(isAllowed);
  });

  it('needs every set of windows to be open: the strictest counts', () => {
    const calendar: Calendar = {
      ...weekly({ from: '18:00', to: '24:00' }),
      outerWindows: [[], weekly({ days: ['sat'], from: '20:00', to: '06:00' }).windows],
    };
    expect(openAt(calendar, '2026-11-21T19:00')).toBe(false);
    expect(openAt(calendar, '2026-11-21T23:59')).toBe(true);
    expect(openAt(calendar, '2026-11-22T05:00')).toBe(false);
    expect(nextStarts(calendar, '2026-11-21T00:00:00.000Z', 1)).toEqual([
      { from: '2026-11-21T20:00:00.000Z', to: '2026-11-22T00:00:00.000Z' },
    ]);
  });

  it('opens a dated window once', () => {
    const calendar: Calendar = {
      windows: [{ from: '2028-06-01T20:00:00.000Z', to: '2028-06-01T22:00:00.000Z' }],
      freezes: [],
    };
    expect(nextStarts(calendar, '2026-11-21T00:00:00.000Z', 3)).toEqual(calendar.windows);
  });

  it('says so when no start is possible at all', () => {
    const never: Calendar = {
      ...weekly({ days: ['mon'] }),
      outerWindows: [weekly({ days: ['tue'] }).windows],
      freezes: [],
    };
    expect(startRefusal(never, '2026-11-21T03:04:05.000Z')).toMatchObject({ nextPossible: [] });
  });

  it('passes only the freezes that an override names, and no window', () => {
    const times = { from: '2026-12-01T00:00:00.000Z', to: '2027-01-01T00:00:00.000Z' };
    const calendar: Calendar = {
      ...weekly({ from: '20:00', to: '22:00' }),
      freezes: [
        { name: 'Christmas', ...times },
        { name: 'Audit', ...times },
      ],
    };
    expect(freezesAt(calendar, '2026-12-05T21:00:00.000Z')).toEqual(['Christmas', 'Audit']);
    expect(startRefusal(calendar, '2026-12-05T21:00:00.000Z', ['Audit'])).toMatchObject({
      kind: 'frozen',
      freezes: ['Christmas'],
    });
    expect(openAt(calendar, '2026-12-05T21:00', ['Audit', 'Christmas'])).toBe(true);
    expect(openAt(calendar, '2026-12-05T19:00', ['Audit', 'Christmas'])).toBe(false);
  });

  it.each(['closed', 'frozen'] as const)('keeps holidays %s by the local day of their zone', (effect) => {
    const holidays: Holidays = {
      calendar: 'germany',
      zone: 'Europe/Berlin',
      effect,
      fileHash: 'hash',
      between: () => [{ name: 'Christmas Day', firstDate: '2026-12-25', endDate: '2026-12-26' }],
    };
    const calendar: Calendar = { windows: [], freezes: [], holidays: [holidays] };
    expect(openAt(calendar, '2026-12-24T22:59')).toBe(true);
    expect(startRefusal(calendar, '2026-12-24T23:00:00.000Z')).toMatchObject({
      kind: effect === 'frozen' ? 'frozen' : 'outside-window',
      words: expect.stringContaining('Christmas Day'),
      nextPossible: ['2026-12-25T23:00:00.000Z'],
    });
    expect(openAt(calendar, '2026-12-25T12:00', ['Christmas Day'])).toBe(effect === 'frozen');
  });

  it.each([
    ['long before the window closes', '2026-11-21T20:00', 'fits'],
    ['when only the shortest downtime fits', '2026-11-21T21:30', 'may-outlast'],
    ['when not even that fits', '2026-11-21T21:55', 'outlasts'],
  ])('compares the window with the downtime %s', (_, minute, verdict) => {
    const calendar = weekly({ from: '20:00', to: '22:00' });
    const downtime = { fromMinutes: 10, toMinutes: 40 };
    expect(windowOutlook(calendar, `${minute}:00.000Z`, downtime)).toEqual({
      openUntil: '2026-11-21T22:00:00.000Z',
      verdict,
    });
    expect(windowOutlook(calendar, '2026-11-21T19:00:00.000Z', downtime)).toBeUndefined();
    expect(windowOutlook({ windows: [], freezes: [] }, '2026-11-21T19:00:00.000Z', downtime)).toEqual({
      verdict: 'fits',
    });
  });
});
