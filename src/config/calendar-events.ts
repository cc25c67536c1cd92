import { TZDate } from '@date-fns/tz';
import ICAL from 'ical.js';
import type { Holiday } from '../restore/holidays.ts';
import type { Span } from '../restore/spans.ts';
import { type RuleParts, ruleDays } from './calendar-rule.ts';
import { isZone } from './zone.ts';

const DAY_MS = 86_400_000;

/** Every occurrence of an event that touches a year. */
export function holidaysOf(event: ICAL.Event, zone: string, year: number): readonly Holiday[] {
  const touches = (holiday: Holiday) => {
    const [from, to] =
      'from' in holiday ? [holiday.from, holiday.to] : [`${holiday.firstDate}T00:00`, `${holiday.endDate}T00:00`];
    return from.slice(0, 4) <= String(year) && String(year) <= to.slice(0, 4);
  };
  const single = holidayOf(event, zone);
  // One that began before the year may reach into it, and a day of slack is for the zone.
  const lengthMs = lengthMsOf(single);
  const range = { fromMs: Date.UTC(year, 0, 1) - lengthMs - DAY_MS, toMs: Date.UTC(year + 1, 0, 3) };
  const occurrences = startsOf(event, zone, range).map((start) => movedTo(single, start));
  const exceptions = exceptionsOf(event).map((exception) => ({
    replaces: keysIn(exception.component, 'recurrence-id', zone),
    isCancelled: isCancelled(exception),
    holiday: holidayOf(exception, zone),
  }));
  const left = new Set([...keysIn(event.component, 'exdate', zone), ...exceptions.flatMap(({ replaces }) => replaces)]);
  return [
    ...(isCancelled(event) ? [] : occurrences.filter((holiday) => !left.has(keyOf(holiday)))),
    ...exceptions.filter((exception) => !exception.isCancelled).map(({ holiday }) => holiday),
  ].filter(touches);
}

/** When an event begins, as keys: once, or as often as its rules and dates say. */
function startsOf({ component, startDate }: ICAL.Event, zone: string, range: Span): readonly string[] {
  const named = zoneOf(component, 'dtstart', zone);
  const firstMs = Date.UTC(startDate.year, startDate.month - 1, startDate.day);
  const rules = component.getAllProperties('rrule').flatMap(written).map(partsOf);
  const starts = rules.flatMap((rule) =>
    ruleDays(rule, firstMs, range)
      .map((ms) => keyAt(onDay(startDate, new Date(ms)), named))
      .filter((key) => isUntil(rule.until, key, zone)),
  );
  return [...new Set([keyAt(startDate, named), ...starts, ...keysIn(component, 'rdate', zone)])];
}

function onDay(time: ICAL.Time, day: Date): ICAL.Time {
  const { hour, minute, second, isDate } = time;
  const date = { year: day.getUTCFullYear(), month: day.getUTCMonth() + 1, day: day.getUTCDate() };
  return new ICAL.Time({ ...date, hour, minute, second, isDate }, time.zone);
}

/** A last day counts as a whole, a last moment to the second. */
function isUntil(until: unknown, key: string, zone: string): boolean {
  if (typeof until !== 'string') return true;
  if (!until.includes('T') || !key.includes('T')) return key.slice(0, 10) <= until.slice(0, 10);
  return key <= keyAt(ICAL.Time.fromString(until, null), zone);
}

/** The same entry at another start: a day lasts as many days, a time as long. */
function movedTo(holiday: Holiday, start: string): Holiday {
  const { name } = holiday;
  const end = new Date(Date.parse(start) + lengthMsOf(holiday)).toISOString();
  return 'from' in holiday ? { name, from: start, to: end } : { name, firstDate: start, endDate: end.slice(0, 10) };
}

function lengthMsOf(holiday: Holiday): number {
  const [from, to] = 'from' in holiday ? [holiday.from, holiday.to] : [holiday.firstDate, holiday.endDate];
  return Date.parse(to) - Date.parse(from);
}

function holidayOf(event: ICAL.Event, zone: string): Holiday {
  const { startDate, endDate } = event;
  const name = nameOf(event.component);
  const from = keyAt(startDate, zoneOf(event.component, 'dtstart', zone));
  const to = keyAt(endDate, zoneOf(event.component, 'dtend', zoneOf(event.component, 'dtstart', zone)));
  if (!startDate.isDate) return { name, from, to };
  const dayAfter = new Date(Date.parse(from) + DAY_MS).toISOString().slice(0, 10);
  return { name, firstDate: from, endDate: to > from ? to : dayAfter };
}

function exceptionsOf(event: ICAL.Event): readonly ICAL.Event[] {
  return Object.values(event.exceptions);
}

function isCancelled({ component }: ICAL.Event): boolean {
  return String(component.getFirstPropertyValue('status')).toUpperCase() === 'CANCELLED';
}

function keyOf(holiday: Holiday): string {
  return 'from' in holiday ? holiday.from : holiday.firstDate;
}

function keysIn(component: ICAL.Component, name: string, zone: string): readonly string[] {
  return component.getAllProperties(name).flatMap((property) =>
    property
      .getValues()
      .filter((value) => value instanceof ICAL.Time)
      .map((time) => keyAt(time, zoneIn(property, zone))),
  );
}

/** `YYYY-MM-DD` of a whole day, else the instant. A zone that the file describes is taken from the file, any other by its IANA name. */
function keyAt(time: ICAL.Time, zone: string): string {
  const { year, month, day, hour, minute, second } = time;
  if (time.isDate) return new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);
  if (time.zone !== ICAL.Timezone.localTimezone) return new Date(time.toUnixTime() * 1000).toISOString();
  return new Date(new TZDate(year, month - 1, day, hour, minute, second, zone).getTime()).toISOString();
}

function zoneOf(component: ICAL.Component, name: string, otherwise: string): string {
  const property = component.getFirstProperty(name);
  return property ? zoneIn(property, otherwise) : otherwise;
}

function zoneIn(property: ICAL.Property, otherwise: string): string {
  const named = property.getFirstParameter('tzid');
  return isZone(named) ? named : otherwise;
}

/** An event's title, or that it has none. */
export function nameOf(component: ICAL.Component): string {
  const summary = component.getFirstPropertyValue('summary');
  return (typeof summary === 'string' && summary.trim()) || 'no title';
}

/** A property's values as they stand in the file; the parser's own are changed to something that makes sense. */
export function written(property: ICAL.Property): readonly unknown[] {
  return property.toJSON().slice(3);
}

/** A rule's parts as they stand in the file. */
export function partsOf(rule: unknown): RuleParts {
  return typeof rule === 'object' && rule !== null ? { ...rule } : {};
}
