import { createHash } from 'node:crypto';
import ICAL from 'ical.js';
import type { Holiday, Holidays } from '../restore/holidays.ts';
import type { Span } from '../restore/spans.ts';
import { holidaysOf, nameOf, partsOf, written } from './calendar-events.ts';
import { ruleProblem } from './calendar-rule.ts';

/** A calendar file (ICS, RFC 5545) as it was read. */
export type CalendarFile = Pick<Holidays, 'fileHash' | 'between'>;

const DAY_MS = 86_400_000;

/**
 * Reads the text of a calendar file. Events that are cancelled do not count; every other does, also one that is marked as
 * free time, as holidays often are. Times without a zone are in `zone`. Answers with what is wrong, in words, when any
 * event cannot be read exactly.
 */
export function readCalendarFile(
  text: string,
  zone: string,
): { readonly calendar: CalendarFile } | { readonly problem: string } {
  try {
    const components = componentsOf(text);
    for (const component of components) {
      const problem = eventProblem(component);
      if (problem) return { problem: `its event "${nameOf(component)}" ${problem}` };
    }
    const events = eventsOf(components);
    if (events.length === 0) return { problem: 'holds no events: export it again, with its events' };
    // Worked out once now, so that what cannot be is a problem of the start and not of somebody's request.
    for (const event of events) holidaysOf(event, zone, event.startDate.year);
    return { calendar: calendarOf(text, events, zone) };
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n')[0] : '';
    return { problem: `is not a calendar file (ICS) that can be read: ${why}. Export it again as iCalendar` };
  }
}

function componentsOf(text: string): readonly ICAL.Component[] {
  const content = text.replace(/^\uFEFF/, '').trim();
  if (!/^BEGIN:VCALENDAR/i.test(content)) throw new Error('no BEGIN:VCALENDAR');
  const parsed: unknown[] = ICAL.parse(content);
  const calendars = typeof parsed[0] === 'string' ? [parsed] : parsed;
  return calendars.flatMap((calendar) =>
    new ICAL.Component(calendar as [string, unknown[], unknown[]]).getAllSubcomponents('vevent'),
  );
}

/** Each event with the single times of it that were moved or cancelled. */
function eventsOf(components: readonly ICAL.Component[]): readonly ICAL.Event[] {
  const isMoved = (component: ICAL.Component) => component.hasProperty('recurrence-id');
  const uidOf = (component: ICAL.Component) => component.getFirstPropertyValue('uid');
  return components
    .filter((component) => !isMoved(component))
    .map((component) => {
      const exceptions = components.filter((other) => isMoved(other) && uidOf(other) === uidOf(component));
      return new ICAL.Event(component, { exceptions });
    });
}

function eventProblem(component: ICAL.Component): string | undefined {
  for (const name of ['dtstart', 'dtend', 'exdate', 'rdate', 'recurrence-id']) {
    if (component.getAllProperties(name).flatMap(written).some(isNoDate)) {
      return `has a ${name.toUpperCase()} that is no date`;
    }
  }
  const [start] = component.getAllProperties('dtstart').flatMap(written);
  if (typeof start !== 'string') return 'has no DTSTART';
  const rules = component.getAllProperties('rrule').flatMap(written);
  return rules.map((rule) => ruleProblem(partsOf(rule), start.slice(0, 10))).find(Boolean);
}

/** The parser makes some other day of 2026-02-30; a period is no date either. */
function isNoDate(value: unknown): boolean {
  if (typeof value !== 'string') return true;
  const date = value.slice(0, 10);
  const ms = Date.parse(date);
  return Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== date;
}

function calendarOf(text: string, events: readonly ICAL.Event[], zone: string): CalendarFile {
  const byYear = new Map<number, readonly Holiday[]>();
  const ofYear = (year: number) => {
    const known = byYear.get(year) ?? events.flatMap((event) => holidaysOf(event, zone, year));
    byYear.set(year, known);
    return known;
  };
  return {
    fileHash: createHash('sha256').update(text).digest('hex'),
    between: ({ fromMs, toMs }: Span) => {
      const first = new Date(fromMs - DAY_MS).getUTCFullYear();
      const last = new Date(toMs + DAY_MS).getUTCFullYear();
      return Array.from({ length: last - first + 1 }, (_, index) => ofYear(first + index)).flat();
    },
  };
}
