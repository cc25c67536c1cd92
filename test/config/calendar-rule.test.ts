import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCalendarFile } from '../../src/config/calendar-file.ts';

const DAY_MS = 86_400_000;
const WEEKDAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'] as const;
const FIRST_MS = Date.UTC(2024, 0, 1);
const LAST_MS = Date.UTC(2028, 11, 31);

interface Rule {
  readonly frequency: 'YEARLY' | 'MONTHLY' | 'WEEKLY' | 'DAILY';
  readonly months: readonly number[];
  readonly monthDays: readonly number[];
  readonly weekdays: readonly { readonly ordinal: number; readonly weekday: number }[];
}

/** Whether a day belongs to a rule, as RFC 5545 says it: a walk through the days, nothing of the parser's. */
function walked(rule: Rule, ms: number): boolean {
  const date = new Date(ms);
  const length = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  const day = date.getUTCDate();
  const fromStart = Math.ceil(day / 7);
  const fromEnd = -Math.ceil((length - day + 1) / 7);
  const has = (list: readonly number[], ...values: readonly number[]) =>
    list.length === 0 || values.some((value) => list.includes(value));
  return (
    has(rule.months, date.getUTCMonth() + 1) &&
    has(rule.monthDays, day, day - length - 1) &&
    (rule.weekdays.length === 0 ||
      rule.weekdays.some(
        ({ ordinal, weekday }) => weekday === date.getUTCDay() && [0, fromStart, fromEnd].includes(ordinal),
      ))
  );
}

function ruleText({ frequency, months, monthDays, weekdays }: Rule): string {
  const part = (name: string, values: readonly (string | number)[]) => (values.length > 0 ? [`${name}=${values}`] : []);
  const days = weekdays.map(({ ordinal, weekday }) => `${ordinal === 0 ? '' : ordinal}${WEEKDAYS[weekday]}`);
  return [
    `FREQ=${frequency}`,
    ...part('BYMONTH', months),
    ...part('BYMONTHDAY', monthDays),
    ...part('BYDAY', days),
  ].join(';');
}

const some = (max: number) => fc.uniqueArray(fc.integer({ min: 1, max }), { minLength: 1, maxLength: 3 });
const monthDays = fc.uniqueArray(
  fc.integer({ min: -31, max: 31 }).filter((day) => day !== 0),
  { minLength: 1, maxLength: 3 },
);
const weekday = fc.integer({ min: 0, max: 6 });
const anyOf = fc
  .uniqueArray(weekday, { minLength: 1, maxLength: 3 })
  .map((days) => days.map((day) => ({ ordinal: 0, weekday: day })));
const nth = fc.record({ ordinal: fc.constantFrom(-2, -1, 1, 2, 3, 4), weekday }).map((one) => [one]);
const none = fc.constant([]);
const rules: fc.Arbitrary<Rule> = fc.oneof(
  fc.record({ frequency: fc.constant('YEARLY' as const), months: some(12), monthDays, weekdays: none }),
  fc.record({ frequency: fc.constant('YEARLY' as const), months: some(12), monthDays: none, weekdays: nth }),
  fc.record({ frequency: fc.constant('MONTHLY' as const), months: none, monthDays, weekdays: none }),
  fc.record({ frequency: fc.constant('MONTHLY' as const), months: none, monthDays: none, weekdays: nth }),
  fc.record({ frequency: fc.constant('MONTHLY' as const), months: none, monthDays, weekdays: anyOf }),
  fc.record({ frequency: fc.constant('WEEKLY' as const), months: none, monthDays: none, weekdays: anyOf }),
  fc.record({
    frequency: fc.constant('DAILY' as const),
    months: fc.oneof(none, some(12)),
    monthDays: none,
    weekdays: fc.oneof(none, anyOf),
  }),
);

describe('a rule by which holidays come back', () => {
  it('names the days that a walk through five years names, or is refused', () => {
    let accepted = 0;
    fc.assert(
      fc.property(rules, (rule) => {
        const days: number[] = [];
        for (let ms = FIRST_MS; ms <= LAST_MS; ms += DAY_MS) if (walked(rule, ms)) days.push(ms);
        const [start] = days;
        if (start === undefined) return;
        const date = (ms: number) => new Date(ms).toISOString().slice(0, 10);
        const text = `BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:${date(start).replaceAll('-', '')}\nRRULE:${ruleText(rule)}\nEND:VEVENT\nEND:VCALENDAR`;
        const read = readCalendarFile(text, 'UTC');
        if ('problem' in read) return;
        accepted += 1;
        const found = read.calendar
          .between({ fromMs: FIRST_MS + DAY_MS, toMs: LAST_MS - DAY_MS })
          .map((one) => ('firstDate' in one ? one.firstDate : one.from))
          .filter((day) => day >= date(FIRST_MS) && day <= date(LAST_MS));
        expect([...new Set(found)], ruleText(rule)).toEqual(days.map(date));
      }),
      { numRuns: 400 },
    );
    expect(accepted).toBeGreaterThan(100);
  });
});
