import { describe, expect, it } from 'vitest';
import {
  type Calendar,
  freezesAt,
  nextStarts,
  openSpans,
  startRefusal,
  windowOutlook,
} from '../../src/restore/calendar.ts';
import { type Times, timesWords, utcWords } from '../../src/restore/calendar-times.ts';
import type { Holidays } from '../../src/restore/holidays.ts';
import { instantOf } from '../../src/restore/instant.ts';

const DAY_MS = 24 * 60 * 60_000;
const AT = '2026-12-05T12:00:00.000Z';
const daysOn = (days: number) => instantOf(Date.parse(AT) + days * DAY_MS);
const OPEN: Calendar = { windows: [], freezes: [] };
const dated = (fromDays: number, toDays: number) => ({ from: daysOn(fromDays), to: daysOn(toDays) });
const frozenBy = (...freezes: Calendar['freezes']): Calendar => ({ ...OPEN, freezes });
const holiday = (effect: Holidays['effect'], ...names: readonly string[]): Holidays => ({
  calendar: 'germany',
  zone: 'UTC',
  effect,
  fileHash: 'hash',
  between: () => names.map((name) => ({ name, firstDate: '2026-12-05', endDate: '2026-12-06' })),
});
const ALWAYS = { name: 'Always', yearDays: { first: '01-01', last: '12-31' }, zone: 'UTC' };

describe('what closes a moment', () => {
  it.each<[string, Calendar, object, string]>([
    [
      'a freeze, until its end',
      frozenBy({ name: 'Audit', ...dated(-1, 2) }),
      { by: 'freezes', names: ['Audit'], until: daysOn(2) },
      'Restores are frozen until 2026-12-07 12:00 UTC: Audit.',
    ],
    [
      'two freezes, until the later end',
      frozenBy({ name: 'Audit', ...dated(-1, 2) }, { name: 'Christmas', ...dated(0, 1) }),
      { by: 'freezes', names: ['Audit', 'Christmas'], until: daysOn(2) },
      'Restores are frozen until 2026-12-07 12:00 UTC: Audit, Christmas.',
    ],
    [
      'two freezes of one name, named once, until the later end',
      frozenBy({ name: 'Audit', ...dated(-1, 1) }, { name: 'Audit', ...dated(-1, 2) }),
      { by: 'freezes', names: ['Audit'], until: daysOn(2) },
      'Restores are frozen until 2026-12-07 12:00 UTC: Audit.',
    ],
    [
      'a freeze that comes back later, until it ends this time',
      frozenBy({ name: 'Audit', ...dated(-1, 2) }, { name: 'Audit', ...dated(5, 7) }),
      { by: 'freezes', names: ['Audit'], until: daysOn(2) },
      'Restores are frozen until 2026-12-07 12:00 UTC: Audit.',
    ],
    [
      'a freeze that nobody sees the end of',
      frozenBy(ALWAYS),
      { by: 'freezes', names: ['Always'] },
      'Restores are frozen: Always.',
    ],
    [
      'a freeze on a holiday without windows, as a freeze',
      { ...frozenBy({ name: 'Audit', ...dated(-1, 2) }), holidays: [holiday('closed', 'Rest Day')] },
      { by: 'freezes', names: ['Audit'], until: daysOn(2) },
      'Restores are frozen until 2026-12-07 12:00 UTC: Audit.',
    ],
    [
      'a holiday that is frozen',
      { ...OPEN, holidays: [holiday('frozen', 'Rest Day')] },
      { by: 'freezes', names: ['Rest Day'], until: '2026-12-06T00:00:00.000Z' },
      'Restores are frozen until 2026-12-06 00:00 UTC: Rest Day.',
    ],
    [
      'holidays on which nothing is open, each named once',
      { ...OPEN, holidays: [holiday('closed', 'Rest Day', 'Feast'), holiday('closed', 'Feast')] },
      { by: 'holidays', names: ['Rest Day', 'Feast'] },
      'Restores of this instance may not start on this holiday: Rest Day, Feast.',
    ],
  ])('%s', (_, calendar, closed, words) => {
    expect(startRefusal(calendar, AT)).toMatchObject({ closed, words });
  });

  it('is that no window is open: all of them are named, set by set', () => {
    const nights = { days: ['mon', 'tue'], from: '20:00', to: '22:00', zone: 'UTC' } as const;
    const ends = { monthDays: { first: 28, last: -1 }, zone: 'UTC' };
    const once = dated(20, 21);
    expect(startRefusal({ ...OPEN, windows: [nights, ends], outerWindows: [[], [once]] }, AT)).toMatchObject({
      kind: 'outside-window',
      closed: { by: 'windows', sets: [[nights, ends], [once]] },
      freezes: [],
      words:
        'Restores of this instance may start only mon, tue 20:00 to 22:00 (UTC); every month from day 28 to the last day (UTC), ' +
        'and of these only 2026-12-25 12:00 UTC to 2026-12-26 12:00 UTC.',
    });
  });

  it('is not a freeze that an override names; what else is closed still is', () => {
    const both = { ...frozenBy({ name: 'Audit', ...dated(-1, 2) }), holidays: [holiday('closed', 'Rest Day')] };
    expect(startRefusal(both, AT, ['Audit'])).toMatchObject({
      kind: 'outside-window',
      closed: { by: 'holidays', names: ['Rest Day'] },
      freezes: [],
      nextPossible: ['2026-12-06T00:00:00.000Z'],
    });
    const two = frozenBy({ name: 'Audit', ...dated(-1, 5) }, { name: 'Christmas', ...dated(-1, 2) });
    expect(startRefusal(two, AT, ['Audit'])).toMatchObject({
      closed: { names: ['Christmas'], until: daysOn(2) },
      nextPossible: [daysOn(2)],
    });
  });

  it('begins with its first moment and does not hold at its last', () => {
    const calendar = frozenBy({ name: 'Audit', ...dated(0, 1) });
    expect(freezesAt(calendar, AT)).toEqual(['Audit']);
    expect(freezesAt(calendar, instantOf(Date.parse(AT) - 1))).toEqual([]);
    expect(freezesAt(calendar, instantOf(Date.parse(daysOn(1)) - 1))).toEqual(['Audit']);
    expect(freezesAt(calendar, daysOn(1))).toEqual([]);
  });

  it('by a freeze is no holiday on which nothing is open', () => {
    expect(freezesAt({ ...OPEN, holidays: [holiday('closed', 'Rest Day')] }, AT)).toEqual([]);
  });
});

describe('the next moments for a start', () => {
  it('are looked for three years ahead and no further', () => {
    const once = (days: number): Calendar => ({ ...OPEN, windows: [dated(days, days + 1)] });
    expect(nextStarts(once(1_095), AT, 1)).toEqual([dated(1_095, 1_096)]);
    expect(nextStarts(once(1_200), AT, 1)).toEqual([]);
    expect(startRefusal(once(1_200), AT)?.nextPossible).toEqual([]);
  });

  it('have no end where none is in sight', () => {
    expect(nextStarts(OPEN, AT, 1)).toEqual([{ from: AT }]);
    expect(nextStarts(frozenBy({ name: 'Audit', ...dated(-1, 2) }), AT, 3)).toEqual([{ from: daysOn(2) }]);
  });

  it('are as many as were asked for, each with its own end however far away that is', () => {
    const calendar: Calendar = { ...OPEN, windows: [dated(1, 2), dated(3, 700), dated(800, 801), dated(900, 901)] };
    expect(nextStarts(calendar, AT, 0)).toEqual([]);
    expect(nextStarts(calendar, AT, 2)).toEqual([dated(1, 2), dated(3, 700)]);
    expect(nextStarts(calendar, AT, 4)).toEqual([dated(1, 2), dated(3, 700), dated(800, 801), dated(900, 901)]);
  });

  it('pass the freezes that an override names', () => {
    const calendar = frozenBy({ name: 'Audit', ...dated(-1, 2) }, { name: 'Christmas', ...dated(5, 6) });
    expect(nextStarts(calendar, AT, 2, ['Audit'])).toEqual([dated(0, 5), { from: daysOn(6) }]);
  });

  it('are told three at a time', () => {
    const windows = [1, 2, 3, 4].map((day) => dated(day, day + 0.5));
    expect(startRefusal({ ...OPEN, windows }, AT)?.nextPossible).toEqual([daysOn(1), daysOn(2), daysOn(3)]);
  });
});

describe('a window beside the expected downtime', () => {
  const calendar: Calendar = { ...OPEN, windows: [{ from: AT, to: instantOf(Date.parse(AT) + 40 * 60_000) }] };

  it.each([
    [10, 40, 'fits'],
    [10, 41, 'may-outlast'],
    [40, 41, 'may-outlast'],
    [41, 60, 'outlasts'],
  ])('of forty minutes holds a downtime of %i to %i: %s', (fromMinutes, toMinutes, verdict) => {
    expect(windowOutlook(calendar, AT, { fromMinutes, toMinutes })?.verdict).toBe(verdict);
  });

  it('ends where a freeze begins that no override names', () => {
    const frozen = frozenBy({ name: 'Audit', ...dated(1, 2) });
    const downtime = { fromMinutes: 10, toMinutes: 40 };
    expect(windowOutlook(frozen, AT, downtime)).toEqual({ openUntil: daysOn(1), verdict: 'fits' });
    expect(windowOutlook(frozen, AT, downtime, ['Audit'])).toEqual({ verdict: 'fits' });
  });

  it('is nothing where no start is possible any more', () => {
    expect(windowOutlook(frozenBy(ALWAYS), AT, { fromMinutes: 10, toMinutes: 40 })).toBeUndefined();
  });
});

describe('times in words', () => {
  it.each<[Times, string]>([
    [
      { days: ['mon', 'sat'], from: '20:00', to: '24:00', zone: 'Europe/Berlin' },
      'mon, sat 20:00 to 24:00 (Europe/Berlin)',
    ],
    [{ monthDays: { first: 1, last: 3 }, zone: 'UTC' }, 'every month from day 1 to day 3 (UTC)'],
    [{ monthDays: { first: -2, last: -1 }, zone: 'UTC' }, 'every month from the last day but 1 to the last day (UTC)'],
    [{ monthDays: { first: -4, last: 2 }, zone: 'UTC' }, 'every month from the last day but 3 to day 2 (UTC)'],
    [{ yearDays: { first: '12-20', last: '01-02' }, zone: 'UTC' }, 'every year from 12-20 to 01-02 (UTC)'],
    [{ from: AT, to: daysOn(1) }, '2026-12-05 12:00 UTC to 2026-12-06 12:00 UTC'],
  ])('are said as they were meant: %j', (times, words) => {
    expect(timesWords(times)).toBe(words);
  });

  it('name a moment to the minute, in UTC', () => {
    expect(utcWords(Date.parse('2026-11-21T03:04:59.000Z'))).toBe('2026-11-21 03:04 UTC');
  });
});

it('the open times of a range lie within it', () => {
  const range = { fromMs: Date.parse(AT), toMs: Date.parse(daysOn(1)) };
  expect(openSpans(OPEN, range, [])).toEqual([range]);
  expect(openSpans({ ...OPEN, windows: [dated(-1, 0.5)] }, range, [])).toEqual([
    { fromMs: Date.parse(AT), toMs: Date.parse(daysOn(0.5)) },
  ]);
});
