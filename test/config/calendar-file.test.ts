import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCalendarFile } from '../../src/config/calendar-file.ts';
import { type Holiday, holidaySpans } from '../../src/restore/holidays.ts';

const ics = (...lines: readonly string[]) =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//test//EN', ...lines, 'END:VCALENDAR', ''].join('\r\n');
const event = (...lines: readonly string[]) => [
  'BEGIN:VEVENT',
  'UID:one@test',
  'DTSTAMP:20260101T000000Z',
  ...lines,
  'END:VEVENT',
];

function read(text: string) {
  const answer = readCalendarFile(text, 'Europe/Berlin');
  if ('problem' in answer) throw new Error(answer.problem);
  return answer.calendar;
}

function inYear(text: string, year: number): readonly Holiday[] {
  return read(text)
    .between({ fromMs: Date.UTC(year, 0, 2), toMs: Date.UTC(year, 11, 30) })
    .filter((holiday) => ('from' in holiday ? holiday.from : holiday.firstDate).startsWith(String(year)));
}

function problem(text: string): string | undefined {
  const answer = readCalendarFile(text, 'Europe/Berlin');
  return 'problem' in answer ? answer.problem : undefined;
}

describe('a calendar file', () => {
  it('names whole days, the end of which is the first day after', () => {
    const text = ics(...event('SUMMARY:Christmas', 'DTSTART;VALUE=DATE:20261224', 'DTEND;VALUE=DATE:20261227'));
    expect(inYear(text, 2026)).toEqual([{ name: 'Christmas', firstDate: '2026-12-24', endDate: '2026-12-27' }]);
  });

  it.each([
    ['without an end', []],
    ['that ends where it begins, as some exports have it', ['DTEND;VALUE=DATE:20261003']],
    ['of one day’s duration', ['DURATION:P1D']],
    ['marked as free time', ['TRANSP:TRANSPARENT']],
  ])('takes a day %s for one day', (_, lines) => {
    const text = ics(...event('SUMMARY:Unity Day', 'DTSTART;VALUE=DATE:20261003', ...lines));
    expect(inYear(text, 2026)).toEqual([{ name: 'Unity Day', firstDate: '2026-10-03', endDate: '2026-10-04' }]);
  });

  it('comes back every year, but for the dates it leaves out', () => {
    const text = ics(
      ...event('SUMMARY:Labour Day', 'DTSTART;VALUE=DATE:20200501', 'RRULE:FREQ=YEARLY', 'EXDATE;VALUE=DATE:20270501'),
    );
    expect(inYear(text, 2026)).toEqual([{ name: 'Labour Day', firstDate: '2026-05-01', endDate: '2026-05-02' }]);
    expect(inYear(text, 2027)).toEqual([]);
    expect(inYear(text, 2028)).toHaveLength(1);
    expect(inYear(text, 2019)).toEqual([]);
  });

  it('comes back on the fourth Thursday of November', () => {
    const text = ics(
      ...event('SUMMARY:Thanksgiving', 'DTSTART;VALUE=DATE:20201126', 'RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH'),
    );
    expect(inYear(text, 2026)).toMatchObject([{ firstDate: '2026-11-26' }]);
    expect(inYear(text, 2027)).toMatchObject([{ firstDate: '2027-11-25' }]);
  });

  it.each([
    ['FREQ=MONTHLY;BYMONTHDAY=-1', 12 + 1],
    ['FREQ=MONTHLY;BYDAY=-1FR', 12 + 1],
    ['FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24,25,26', 3 + 1],
    ['FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13', 3 + 1],
    ['FREQ=WEEKLY;BYDAY=SA,SU', 104],
    ['FREQ=DAILY;INTERVAL=2;UNTIL=20260109', 5],
    ['FREQ=WEEKLY;COUNT=3', 3],
    ['FREQ=MONTHLY;INTERVAL=5', 3],
    ['FREQ=MONTHLY;BYDAY=5MO', 4 + 1],
    ['FREQ=YEARLY;BYDAY=53TH', 1 + 1],
    ['FREQ=YEARLY;BYMONTH=3,6', 2 + 1],
    ['FREQ=DAILY;BYMONTH=1;BYDAY=MO,TU', 8 + 1],
  ])('by %s comes %i times in 2026, the day it begins on always counted', (rule, times) => {
    const start = rule.includes('SA,SU') ? '20260103' : '20260101';
    const days = inYear(ics(...event(`DTSTART;VALUE=DATE:${start}`, `RRULE:${rule}`)), 2026);
    expect(days).toHaveLength(times);
  });

  it.each([
    ['2024-02-29 every year only in leap years', '20240229', 'FREQ=YEARLY', ['2024-02-29', '2028-02-29']],
    [
      'the 31st only where there is one',
      '20260131',
      'FREQ=MONTHLY;COUNT=3',
      ['2026-01-31', '2026-03-31', '2026-05-31'],
    ],
    [
      'the last day of January and April',
      '20270131',
      'FREQ=YEARLY;BYMONTH=1,4;BYMONTHDAY=-1;UNTIL=20280131',
      ['2027-01-31', '2027-04-30', '2028-01-31'],
    ],
    [
      'every other week, by weeks that begin on Sunday',
      '20261201',
      'FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=TU,SU;COUNT=4',
      ['2026-12-01', '2026-12-13', '2026-12-15', '2026-12-27'],
    ],
  ])('takes %s', (_, start, rule, days) => {
    const text = ics(...event(`DTSTART;VALUE=DATE:${start}`, `RRULE:${rule}`));
    const found = [2024, 2025, 2026, 2027, 2028].flatMap((year) => inYear(text, year));
    expect(found.map((one) => ('firstDate' in one ? one.firstDate : one.from))).toEqual(days);
  });

  it('adds single dates, and ends a rule of times with the moment it names', () => {
    const text = ics(
      ...event(
        'DTSTART;TZID=Europe/Berlin:20260328T090000',
        'DURATION:PT1H',
        'RRULE:FREQ=DAILY;UNTIL=20260330T065959Z',
        'EXDATE;TZID=Europe/Berlin:20260329T090000',
        'RDATE;TZID=Asia/Kathmandu:20260701T090000',
      ),
    );
    expect(inYear(text, 2026)).toMatchObject([
      { from: '2026-03-28T08:00:00.000Z' },
      { from: '2026-07-01T03:15:00.000Z', to: '2026-07-01T04:15:00.000Z' },
    ]);
  });

  it('does not count what is cancelled, whole or one time of many', () => {
    expect(inYear(ics(...event('SUMMARY:No', 'DTSTART;VALUE=DATE:20260501', 'STATUS:CANCELLED')), 2026)).toEqual([]);
    const moved = ics(
      ...event('SUMMARY:Labour Day', 'DTSTART;VALUE=DATE:20200501', 'RRULE:FREQ=YEARLY'),
      ...event('SUMMARY:Moved', 'DTSTART;VALUE=DATE:20260504', 'RECURRENCE-ID;VALUE=DATE:20260501'),
      ...event('DTSTART;VALUE=DATE:20270501', 'RECURRENCE-ID;VALUE=DATE:20270501', 'STATUS:CANCELLED'),
    );
    expect(inYear(moved, 2026)).toMatchObject([{ name: 'Moved', firstDate: '2026-05-04' }]);
    expect(inYear(moved, 2027)).toEqual([]);
  });

  it.each([
    ['in UTC', 'DTSTART:20260701T090000Z', '2026-07-01T09:00:00.000Z'],
    ['in the calendar’s zone, when it names none', 'DTSTART:20260701T090000', '2026-07-01T07:00:00.000Z'],
    ['in a zone by its name', 'DTSTART;TZID=Asia/Kathmandu:20260701T090000', '2026-07-01T03:15:00.000Z'],
    ['in a zone that the file describes', 'DTSTART;TZID=Office:20260701T090000', '2026-07-01T06:00:00.000Z'],
  ])('understands times %s', (_, start, from) => {
    const office = ['BEGIN:VTIMEZONE', 'TZID:Office', 'BEGIN:STANDARD', 'DTSTART:19700101T000000'];
    const offsets = ['TZOFFSETFROM:+0300', 'TZOFFSETTO:+0300', 'END:STANDARD', 'END:VTIMEZONE'];
    const text = ics(...office, ...offsets, ...event('SUMMARY:Sale', start, 'DURATION:PT2H'));
    const to = new Date(Date.parse(from) + 7_200_000).toISOString();
    expect(inYear(text, 2026)).toEqual([{ name: 'Sale', from, to }]);
  });

  it('keeps local times when the clocks change', () => {
    const text = ics(
      ...event(
        'SUMMARY:Sale',
        'DTSTART;TZID=Europe/Berlin:20260328T090000',
        'DURATION:PT1H',
        'RRULE:FREQ=DAILY;COUNT=2',
      ),
    );
    expect(inYear(text, 2026)).toMatchObject([
      { from: '2026-03-28T08:00:00.000Z' },
      { from: '2026-03-29T07:00:00.000Z' },
    ]);
  });

  it('may have folded lines, a mark at its beginning, and names with commas', () => {
    const text = ics(
      ...event('SUMMARY:Feast of the Ass', ' umption\\, in Bavaria', 'DTSTART;VALUE=DA', ' TE:20260815'),
    );
    expect(inYear(`\uFEFF${text}`, 2026)).toMatchObject([{ name: 'Feast of the Assumption, in Bavaria' }]);
  });

  it('changes its hash with its text', () => {
    const text = ics(...event('SUMMARY:A', 'DTSTART;VALUE=DATE:20260815'));
    expect(read(text).fileHash).toBe(read(text).fileHash);
    expect(read(text.replace('0815', '0816')).fileHash).not.toBe(read(text).fileHash);
  });

  it('that somebody damaged is read or refused, and never fails later', () => {
    const whole = ics(
      ...event(
        'SUMMARY:A',
        'DTSTART;VALUE=DATE:20200501',
        'RRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=1FR',
        'EXDATE;VALUE=DATE:20270501',
      ),
      ...event(
        'SUMMARY:B',
        'DTSTART;TZID=Europe/Berlin:20260328T090000',
        'DTEND:20260328T100000Z',
        'RDATE;VALUE=DATE:20260401',
      ),
    );
    let accepted = 0;
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.constantFrom('', '0', '9', ':', ';', 'Z', '\r\n'), (at, put) => {
        const answer = readCalendarFile(`${whole.slice(0, at)}${put}${whole.slice(at + 1)}`, 'Europe/Berlin');
        if ('problem' in answer) return;
        accepted += 1;
        for (const year of [2019, 2026, 2030]) {
          const range = { fromMs: Date.UTC(year, 0, 1), toMs: Date.UTC(year + 1, 0, 1) };
          const holidays = { ...answer.calendar, calendar: 'x', zone: 'Europe/Berlin', effect: 'closed' as const };
          for (const { fromMs, toMs } of holidaySpans(holidays, range)) expect(fromMs).toBeLessThan(toMs);
        }
      }),
      { numRuns: 600 },
    );
    expect(accepted).toBeGreaterThan(100);
  });

  const day = 'DTSTART;VALUE=DATE:20260501';
  it.each([
    ['of another kind', '<html>', 'not a calendar file'],
    ['that is empty', '', 'not a calendar file'],
    ['that was cut off', ics(...event(day)).slice(0, -25), 'not a calendar file'],
    ['without events', ics(), 'holds no events'],
    ['with an event without a start', ics(...event('SUMMARY:X')), '"X" has no DTSTART'],
    ['with a day that does not exist', ics(...event('DTSTART;VALUE=DATE:20260230')), 'DTSTART that is no date'],
    ['with a rule for 30 February', ics(...event(day, 'RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30')), 'does not exist'],
    [
      'with a rule that would never end',
      ics(...event(day, 'RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30')),
      'does not exist',
    ],
    ['with a rule by weeks of the year', ics(...event(day, 'RRULE:FREQ=YEARLY;BYWEEKNO=53')), 'BYWEEKNO'],
    ['with a rule nobody knows', ics(...event(day, 'RRULE:FREQ=YEARLY;BYEASTER=0')), 'BYEASTER'],
    ['with a sixth Monday', ics(...event(day, 'RRULE:FREQ=MONTHLY;BYDAY=6MO')), 'so often'],
    ['with a rule for each second', ics(...event(day, 'RRULE:FREQ=SECONDLY')), 'no holiday'],
    ['with a rule that is none', ics(...event(day, 'RRULE:FREQ=SOMETIMES')), 'not a calendar file'],
  ])('%s is refused, with what is wrong', (_, text, words) => {
    expect(problem(text)).toContain(words);
  });
});
