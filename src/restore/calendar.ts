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
const LOOK_AHEAD_MINUTES = 8 * 24 * 60;
const STEP_MINUTES = 15;

/** Why a restore may not start at `at`, with the next moment when it may; undefined when it may. */
export function startRefusal(calendar: Calendar, at: Instant): StartRefusal | undefined {
  const closed = closedBecause(calendar, at);
  if (!closed) return undefined;
  const quarter = STEP_MINUTES * MINUTE_MS;
  const first = Math.ceil(Date.parse(at) / quarter) * quarter;
  for (let minutes = 0; minutes <= LOOK_AHEAD_MINUTES; minutes += STEP_MINUTES) {
    const candidate = new Date(first + minutes * MINUTE_MS).toISOString();
    if (!closedBecause(calendar, candidate)) return { ...closed, nextPossible: [candidate] };
  }
  return { ...closed, nextPossible: [] };
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
