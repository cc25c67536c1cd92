import { spansOf, type Times, timesWords, utcWords } from './calendar-times.ts';
import { type Holidays, holidaySpans } from './holidays.ts';
import { instantOf } from './instant.ts';
import type { Instant } from './names.ts';
import { intersection, type Span, union, without } from './spans.ts';
import type { MinutesRange } from './terms.ts';
import { DAY_MS, MINUTE_MS } from './wall-clock.ts';

/** Times in which restores may start, judged by the wall clock of their zone. */
export type Window = Times;

/** Times in which no restore may start, but by an override. */
export type Freeze = Times & { readonly name: string };

/** When restores of an instance may start. No windows means always, but for the freezes and holidays. */
export interface Calendar {
  readonly windows: readonly Window[];
  /** Windows of the environment and of all instances: of each set that is not empty, one must be open as well. */
  readonly outerWindows?: readonly (readonly Window[])[];
  readonly freezes: readonly Freeze[];
  readonly holidays?: readonly Holidays[];
}

/** From when until when a start is possible; without an end it stays so for as far as anybody looks ahead. */
export interface StartRange {
  readonly from: Instant;
  readonly to?: Instant;
}

/** What closes a moment: freezes, and until when all of them last as far as anybody looks; holidays; or that no window is open. */
export type Closed =
  | { readonly by: 'freezes'; readonly names: readonly string[]; readonly until?: Instant }
  | { readonly by: 'holidays'; readonly names: readonly string[] }
  | { readonly by: 'windows'; readonly sets: readonly (readonly Window[])[] };

export interface StartRefusal {
  readonly kind: 'outside-window' | 'frozen';
  readonly closed: Closed;
  /** The same in words for the record. */
  readonly words: string;
  /** The freezes that hold at that moment, each once; empty when none does. */
  readonly freezes: readonly string[];
  /** The next moments from which a start would be allowed, soonest first: at most three, and perhaps none. */
  readonly nextPossible: readonly Instant[];
}

/** How long a start stays possible, beside the downtime that is expected. */
export interface WindowOutlook {
  /** Absent: nothing closes for as far as anybody looks ahead. */
  readonly openUntil?: Instant;
  /** `outlasts`: even the shortest expected downtime is longer; `may-outlast`: the longest one is. */
  readonly verdict: 'fits' | 'may-outlast' | 'outlasts';
}

const OFFERED_STARTS = 3;
/** A yearly freeze comes back, a dated one ends: what is not open within this is said to be closed. */
const LOOK_AHEAD_MS = 1_100 * DAY_MS;
/** Looked at in steps that grow: mostly the first one holds the answer. */
const FIRST_STRIDE_MS = 8 * DAY_MS;
const LONGEST_STRIDE_MS = 128 * DAY_MS;

/** Why a restore may not start at `at`, with the next moments when it may; undefined when it may. `overridden` names freezes that do not count. */
export function startRefusal(
  calendar: Calendar,
  at: Instant,
  overridden: readonly string[] = [],
): StartRefusal | undefined {
  const atMs = Date.parse(at);
  const moment = { fromMs: atMs, toMs: atMs + 1 };
  if (openSpans(calendar, moment, overridden).length > 0) return undefined;
  const freezes = freezesAt(calendar, at).filter((name) => !overridden.includes(name));
  const nextPossible = nextStarts(calendar, at, OFFERED_STARTS, overridden).map(({ from }) => from);
  const isFrozen = freezes.length > 0;
  const closed = isFrozen ? frozen(calendar, atMs, freezes) : notOpen(calendar, moment);
  return {
    kind: isFrozen ? 'frozen' : 'outside-window',
    closed,
    words: closedWords(closed),
    freezes,
    nextPossible,
  };
}

/** The names of the freezes and frozen holidays that hold at a moment, each once. */
export function freezesAt(calendar: Calendar, at: Instant): readonly string[] {
  const atMs = Date.parse(at);
  return [...new Set(freezeSpans(calendar, { fromMs: atMs, toMs: atMs + 1 }).map(({ name }) => name))];
}

/**
 * When a restore may start, from `at` on, soonest first; the first range begins at `at` itself when it may start then.
 * Fewer than `count` when there are no more within about three years.
 */
export function nextStarts(
  calendar: Calendar,
  at: Instant,
  count: number,
  overridden: readonly string[] = [],
): readonly StartRange[] {
  const endMs = Date.parse(at) + LOOK_AHEAD_MS;
  let open: readonly Span[] = [];
  let strideMs = FIRST_STRIDE_MS;
  for (let fromMs = Date.parse(at); fromMs < endMs; strideMs = Math.min(strideMs * 2, LONGEST_STRIDE_MS)) {
    const toMs = Math.min(fromMs + strideMs, endMs);
    open = union([...open, ...openSpans(calendar, { fromMs, toMs }, overridden)]);
    // The last one may go on beyond what was looked at.
    if (open.filter((span) => span.toMs < toMs).length >= count) break;
    fromMs = toMs;
  }
  return open
    .slice(0, count)
    .map(({ fromMs, toMs }) => ({ from: instantOf(fromMs), ...(toMs < endMs ? { to: instantOf(toMs) } : {}) }));
}

/** Whether a restore that starts at `at` is expected to be over before its window closes or a freeze begins; undefined when it may not start then. */
export function windowOutlook(
  calendar: Calendar,
  at: Instant,
  downtime: MinutesRange,
  overridden: readonly string[] = [],
): WindowOutlook | undefined {
  const [first] = nextStarts(calendar, at, 1, overridden);
  if (!first || Date.parse(first.from) !== Date.parse(at)) return undefined;
  if (first.to === undefined) return { verdict: 'fits' };
  const minutes = (Date.parse(first.to) - Date.parse(at)) / MINUTE_MS;
  const may = downtime.toMinutes > minutes ? 'may-outlast' : 'fits';
  return { openUntil: first.to, verdict: downtime.fromMinutes > minutes ? 'outlasts' : may };
}

/** When restores may start, within a range. `overridden` names freezes that do not count. */
export function openSpans(calendar: Calendar, range: Span, overridden: readonly string[]): readonly Span[] {
  const open = windowSets(calendar).reduce<readonly Span[]>(
    (left, windows) => intersection(left, union(windows.flatMap((window) => spansOf(window, range)))),
    [range],
  );
  const frozen = freezeSpans(calendar, range).filter(({ name }) => !overridden.includes(name));
  return without(open, [...closingHolidays(calendar, range), ...frozen]);
}

function windowSets({ windows, outerWindows = [] }: Calendar): readonly (readonly Window[])[] {
  return [windows, ...outerWindows].filter((set) => set.length > 0);
}

/** The holidays on which no window is open, within a range, each with its name. */
export function closingHolidays({ holidays = [] }: Calendar, range: Span) {
  return holidays.filter(({ effect }) => effect === 'closed').flatMap((one) => holidaySpans(one, range));
}

/** When freezes and frozen holidays hold within a range, each with its name. */
export function freezeSpans(
  { freezes, holidays = [] }: Calendar,
  range: Span,
): readonly (Span & { readonly name: string })[] {
  return [
    ...freezes.flatMap((freeze) => spansOf(freeze, range).map((span) => ({ ...span, name: freeze.name }))),
    ...holidays.filter(({ effect }) => effect === 'frozen').flatMap((one) => holidaySpans(one, range)),
  ];
}

function frozen(calendar: Calendar, atMs: number, names: readonly string[]): Closed {
  const range = { fromMs: atMs, toMs: atMs + LOOK_AHEAD_MS };
  const ends = freezeSpans(calendar, range).filter(({ fromMs, name }) => fromMs === atMs && names.includes(name));
  const lastMs = Math.max(...ends.map(({ toMs }) => toMs));
  return { by: 'freezes', names, ...(lastMs < range.toMs ? { until: instantOf(lastMs) } : {}) };
}

function notOpen(calendar: Calendar, moment: Span): Closed {
  const names = [...new Set(closingHolidays(calendar, moment).map(({ name }) => name))];
  return names.length > 0 ? { by: 'holidays', names } : { by: 'windows', sets: windowSets(calendar) };
}

/** In English, as the record keeps it. */
function closedWords(closed: Closed): string {
  switch (closed.by) {
    case 'freezes': {
      const until = closed.until ? ` until ${utcWords(Date.parse(closed.until))}` : '';
      return `Restores are frozen${until}: ${closed.names.join(', ')}.`;
    }
    case 'holidays':
      return `Restores of this instance may not start on this holiday: ${closed.names.join(', ')}.`;
    case 'windows': {
      const sets = closed.sets.map((windows) => windows.map(timesWords).join('; '));
      return `Restores of this instance may start only ${sets.join(', and of these only ')}.`;
    }
    default:
      return closed satisfies never;
  }
}
