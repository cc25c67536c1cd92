import { TZDate } from '@date-fns/tz';
import type { Instant } from './restore.ts';

export const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** A weekly window in which restores may start, in local time of its zone. One that ends before it begins passes midnight. */
export interface Window {
  readonly days: readonly Weekday[];
  /** `HH:MM` */
  readonly from: string;
  readonly to: string;
  /** IANA zone. */
  readonly zone: string;
}

/** A dated time in which no restore may start. */
export interface Freeze {
  readonly name: string;
  readonly from: Instant;
  readonly to: Instant;
}

/** When restores of an instance may start. No windows means always, but for the freezes. */
export interface Calendar {
  readonly windows: readonly Window[];
  readonly freezes: readonly Freeze[];
}

export interface StartRefusal {
  readonly kind: 'outside-window' | 'frozen';
  readonly words: string;
  /** The next moments at which a start would be allowed, soonest first; may be empty. */
  readonly nextPossible: readonly Instant[];
}

const MINUTE_MS = 60_000;
/** A week holds every window once; the clocks may have skipped it that week. */
const LOOK_AHEAD_MINUTES = 15 * 24 * 60;
/** The offset of every zone is a multiple of this many minutes. */
const QUARTER_MINUTES = 15;

/** Why a restore may not start at `at`, with the next moment when it may; undefined when it may. */
export function startRefusal(calendar: Calendar, at: Instant): StartRefusal | undefined {
  const closed = closedBecause(calendar, at);
  if (!closed) return undefined;
  // So a window can open only at these minutes of a quarter, which spares most looks at the zone's clock.
  const opening = new Set([0, ...calendar.windows.map(({ from }) => minuteOfDay(from) % QUARTER_MINUTES)]);
  let next = Math.ceil(Date.parse(at) / MINUTE_MS);
  for (let looked = 0; looked <= LOOK_AHEAD_MINUTES; looked++) {
    // A freeze may be longer than any look ahead, so it is passed in one stride.
    const free = endOfFreezes(calendar.freezes, next * MINUTE_MS);
    const moment = new Date(free).toISOString();
    const mayOpen = free > next * MINUTE_MS || opening.has(next % QUARTER_MINUTES);
    if (mayOpen && !closedBecause(calendar, moment)) return { ...closed, nextPossible: [moment] };
    next = Math.floor(free / MINUTE_MS) + 1;
  }
  return { ...closed, nextPossible: [] };
}

/** The first moment at or after `fromMs` that no freeze covers; freezes may overlap and follow each other. */
function endOfFreezes(freezes: readonly Freeze[], fromMs: number): number {
  const covering = freezes.find(({ from, to }) => Date.parse(from) <= fromMs && fromMs < Date.parse(to));
  return covering ? endOfFreezes(freezes, Date.parse(covering.to)) : fromMs;
}

function closedBecause(calendar: Calendar, at: Instant): Omit<StartRefusal, 'nextPossible'> | undefined {
  const freeze = calendar.freezes.find(({ from, to }) => from <= at && at < to);
  if (freeze)
    return {
      kind: 'frozen',
      words: `Restores are frozen until ${freeze.to.slice(0, 16).replace('T', ' ')} UTC: ${freeze.name}.`,
    };
  if (calendar.windows.length === 0 || calendar.windows.some((window) => isInside(window, at))) return undefined;
  const windows = calendar.windows.map(({ days, from, to, zone }) => `${days.join(', ')} ${from} to ${to} (${zone})`);
  return { kind: 'outside-window', words: `Restores of this instance may start only ${windows.join('; ')}.` };
}

/** Judged by the wall clock of the window's zone, so a window keeps its local hours when the clocks change. */
function isInside(window: Window, at: Instant): boolean {
  const local = new TZDate(Date.parse(at), window.zone);
  const minute = local.getHours() * 60 + local.getMinutes();
  const from = minuteOfDay(window.from);
  const to = minuteOfDay(window.to);
  const isDay = (offset: number) => {
    const day = WEEKDAYS[(local.getDay() + offset + 7) % 7];
    return day !== undefined && window.days.includes(day);
  };
  if (from < to) return isDay(0) && minute >= from && minute < to;
  return (isDay(0) && minute >= from) || (isDay(-1) && minute < to);
}

function minuteOfDay(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}
