import { describe, expect, it } from 'vitest';
import type { Calendar, Freeze, Window } from '../../../src/restore/calendar.ts';
import type { Holiday, Holidays } from '../../../src/restore/holidays.ts';
import { CALENDAR, firstOpened } from '../../../src/restore/policy/calendar-rule.ts';
import { NOW } from '../../support/make-restore.ts';

const zone = 'UTC';
const ALWAYS: Calendar = { windows: [], freezes: [] };
const weekly = (from: string, to: string, ...days: ('sat' | 'sun' | 'mon')[]): Window => ({ days, from, to, zone });
const yearly = (first: string, last = first, name = 'peak'): Freeze => ({ name, yearDays: { first, last }, zone });
const monthEnd: Freeze = { name: 'closing', monthDays: { first: -1, last: -1 }, zone };
const dated = (from: string, to: string, name = 'launch'): Freeze => ({
  name,
  from: `${from}T00:00:00.000Z`,
  to: `${to}T00:00:00.000Z`,
});
const holidays = (effect: Holidays['effect'], ...days: readonly Holiday[]): Holidays => ({
  calendar: 'public',
  zone,
  effect,
  fileHash: JSON.stringify(days),
  between: () => days,
});
const day = (firstDate: string, endDate: string, name = 'New Year'): Holiday => ({ name, firstDate, endDate });

const NIGHTS = weekly('20:00', '24:00', 'sat', 'sun');
const windows = (...all: readonly Window[]): Calendar => ({ windows: all, freezes: [] });
const freezes = (...all: readonly Freeze[]): Calendar => ({ windows: [], freezes: all });
const onHolidays = (...all: readonly Holidays[]): Calendar => ({ windows: [], freezes: [], holidays: all });
const weigh = (from: Calendar, to: Calendar, now = NOW) => CALENDAR.weigh(from, to, now);

const LAUNCH = dated('2027-01-10', '2027-01-12');
const NEW_YEAR = day('2027-01-01', '2027-01-02');
const CLOSED = holidays('closed', NEW_YEAR);
const FROZEN = holidays('frozen', NEW_YEAR);

describe('of two calendars', () => {
  it.each<[string, tighter: Calendar, looser: Calendar]>([
    ['the one with windows', windows(NIGHTS), ALWAYS],
    ['the one with shorter windows', windows(weekly('21:00', '24:00', 'sat', 'sun')), windows(NIGHTS)],
    ['the one with windows on fewer days', windows(weekly('20:00', '24:00', 'sat')), windows(NIGHTS)],
    ['the one with windows of the environment as well', { ...ALWAYS, outerWindows: [[NIGHTS]] }, ALWAYS],
    [
      'the one whose windows of the environment are shorter',
      { ...windows(NIGHTS), outerWindows: [[weekly('22:00', '24:00', 'sat', 'sun')]] },
      { ...windows(NIGHTS), outerWindows: [[NIGHTS]] },
    ],
    ['the one with a freeze', freezes(LAUNCH), ALWAYS],
    ['the one with a longer freeze', freezes(dated('2027-01-09', '2027-01-12')), freezes(LAUNCH)],
    ['the one with a freeze of each month', freezes(monthEnd), ALWAYS],
    ['the one with a freeze of each year', freezes(yearly('12-20', '01-02')), ALWAYS],
    ['the one with a freeze in ten years', freezes(dated('2036-01-10', '2036-01-12')), ALWAYS],
    ['the one with a second freeze at the same time', freezes(LAUNCH, { ...LAUNCH, name: 'audit' }), freezes(LAUNCH)],
    ['the one with a third freeze', freezes(LAUNCH, monthEnd, yearly('02-29')), freezes(LAUNCH, monthEnd)],
    ['the one with a holiday', onHolidays(CLOSED), ALWAYS],
    ['the one with a frozen holiday', onHolidays(FROZEN), ALWAYS],
    ['the one that cannot be overridden', onHolidays(CLOSED), freezes(dated('2027-01-01', '2027-01-02'))],
  ])('%s is tighter', (_, tighter, looser) => {
    expect(weigh(tighter, looser)).toEqual(['loosens']);
    expect(weigh(looser, tighter)).toEqual(['tightens']);
    expect(weigh(tighter, tighter)).toEqual([]);
  });

  it.each<[string, Calendar, Calendar]>([
    ['a freeze on other days', freezes(LAUNCH), freezes(dated('2027-01-11', '2027-01-13'))],
    ['a freeze of another name', freezes(LAUNCH), freezes({ ...LAUNCH, name: 'audit' })],
    ['windows on other days', windows(weekly('20:00', '24:00', 'sat')), windows(weekly('20:00', '24:00', 'sun'))],
    ['a window for a freeze', freezes(LAUNCH), windows(NIGHTS)],
  ])('with %s neither is tighter', (_, one, other) => {
    expect(weigh(one, other)).toEqual(['loosens', 'tightens']);
    expect(weigh(other, one)).toEqual(['loosens', 'tightens']);
  });

  it.each<[string, Calendar, Calendar]>([
    [
      'windows that are written apart',
      windows(NIGHTS),
      windows(weekly('20:00', '22:00', 'sat', 'sun'), weekly('22:00', '24:00', 'sat', 'sun')),
    ],
    ['windows that are those of the environment instead', windows(NIGHTS), { ...ALWAYS, outerWindows: [[NIGHTS]] }],
    ['a freeze that is over', freezes(dated('2026-11-01', '2026-11-03')), ALWAYS],
    [
      'a freeze that is written apart',
      freezes(LAUNCH),
      freezes(dated('2027-01-10', '2027-01-11'), dated('2027-01-11', '2027-01-12')),
    ],
    [
      'a holiday that is written with its hours',
      onHolidays(CLOSED),
      onHolidays(
        holidays('closed', { name: 'New Year', from: '2027-01-01T00:00:00.000Z', to: '2027-01-02T00:00:00.000Z' }),
      ),
    ],
  ])('%s are as good as each other', (_, one, other) => {
    expect(weigh(one, other)).toEqual(['neutral']);
    expect(weigh(other, one)).toEqual(['neutral']);
  });

  it('a freeze less is looser although it is not soon that one would be in the way', () => {
    const saturdays = windows(weekly('20:00', '24:00', 'sat'));
    const christmas: Calendar = { ...saturdays, freezes: [yearly('12-25')] };
    expect(weigh(christmas, saturdays, '2027-12-26T00:00:00.000Z')).toEqual(['loosens']);
    expect(weigh(freezes(yearly('02-29')), ALWAYS, '2028-03-01T00:00:00.000Z')).toEqual(['loosens']);
    const onSundays = onHolidays(holidays('closed', day('2027-01-03', '2027-01-04')));
    expect(weigh({ ...saturdays, ...onSundays, windows: saturdays.windows }, saturdays)).toEqual(['loosens']);
  });

  it('a freeze more is neutral where nothing was open', () => {
    const saturdays = windows(weekly('20:00', '24:00', 'sat'));
    expect(weigh(saturdays, { ...saturdays, freezes: [dated('2027-01-03', '2027-01-04')] })).toEqual(['neutral']);
  });
});

describe('until people have agreed', () => {
  it.each<[string, Calendar, Calendar, Calendar]>([
    [
      'the windows of both must be open',
      windows(NIGHTS),
      windows(weekly('22:00', '24:00', 'mon')),
      { ...windows(NIGHTS), outerWindows: [[weekly('22:00', '24:00', 'mon')]] },
    ],
    ['windows are not forgotten for none', windows(NIGHTS), ALWAYS, windows(NIGHTS)],
    ['the same windows are asked for once', windows(NIGHTS), { ...ALWAYS, outerWindows: [[NIGHTS]] }, windows(NIGHTS)],
    ['the freezes of both hold, each once', freezes(LAUNCH), freezes(LAUNCH, monthEnd), freezes(LAUNCH, monthEnd)],
    [
      'the holidays of both hold, each once',
      onHolidays(CLOSED),
      onHolidays(CLOSED, FROZEN),
      onHolidays(CLOSED, FROZEN),
    ],
  ])('%s', (_, inForce, proposed, meanwhile) => {
    expect(CALENDAR.tighter(inForce, proposed)).toStrictEqual(meanwhile);
  });
});

describe('the first moment that would open', () => {
  it.each<[string, Calendar, Calendar, string | undefined]>([
    [
      'the beginning of what a window adds',
      windows(NIGHTS),
      windows(weekly('19:00', '24:00', 'sat', 'sun')),
      '2026-11-21T19:00:00.000Z',
    ],
    ['the beginning of a freeze that is gone', freezes(LAUNCH), ALWAYS, '2027-01-10T00:00:00.000Z'],
    [
      'the beginning of a freeze of a time far away',
      freezes(dated('2036-01-10', '2036-01-12')),
      ALWAYS,
      '2036-01-10T00:00:00.000Z',
    ],
    ['now, when it is frozen', freezes(dated('2026-11-01', '2027-01-12')), ALWAYS, NOW],
    [
      'none, when a freeze is only easier to override',
      freezes(LAUNCH, { ...LAUNCH, name: 'audit' }),
      freezes(LAUNCH),
      undefined,
    ],
    ['none of what is tighter', ALWAYS, windows(NIGHTS), undefined],
  ])('is %s', (_, inForce, proposed, first) => {
    const ms = firstOpened(inForce, proposed, NOW);
    expect(ms === undefined ? undefined : new Date(ms).toISOString()).toBe(first);
  });
});
