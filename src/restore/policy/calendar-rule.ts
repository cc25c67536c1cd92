import { type Calendar, closingHolidays, freezeSpans, openSpans } from '../calendar.ts';
import { intersection, type Span, without } from '../spans.ts';
import { DAY_MS } from '../wall-clock.ts';
import { canonical, isEqual, type SettingRule, type Weight } from './tighter.ts';

/** Four years and some weeks: each day of a year comes back within it, the 29th of February included. */
const LOOK_AHEAD_MS = 1_500 * DAY_MS;

/**
 * When restores may start. Judged by the moments themselves and not by how they are written: the other calendar is looser when
 * it opens any moment of the next four years, or when an override opens more in it. Overrides name freezes, so a freeze under
 * another name is another freeze. A freeze or holiday that is gone is looser even where no window is open meanwhile: on which
 * day of the week it falls comes round only after many years.
 */
export const CALENDAR: SettingRule<Calendar> = {
  weigh: (inForce, proposed, now) => {
    if (isEqual(inForce, proposed)) return [];
    const range = rangeFrom(now, [inForce, proposed]);
    const [before, after] = [timesOf(inForce, range), timesOf(proposed, range)];
    const weights: Weight[] = [];
    if (opensMore(before, after) || closesLess(before, after)) weights.push('loosens');
    if (opensMore(after, before)) weights.push('tightens');
    return weights.length > 0 ? weights : ['neutral'];
  },
  tighter: (one, other) => {
    const [windows = [], ...outerWindows] = distinct([...windowSetsOf(one), ...windowSetsOf(other)]);
    const holidays = distinct([...(one.holidays ?? []), ...(other.holidays ?? [])]);
    return {
      windows,
      ...(outerWindows.length > 0 ? { outerWindows } : {}),
      freezes: distinct([...one.freezes, ...other.freezes]),
      ...(holidays.length > 0 ? { holidays } : {}),
    };
  },
};

/** The first moment at which `proposed` allows a start and `inForce` does not, in epoch milliseconds; undefined when there is none. */
export function firstOpened(inForce: Calendar, proposed: Calendar, now: string): number | undefined {
  const range = rangeFrom(now, [inForce, proposed]);
  return without(openSpans(proposed, range, []), openSpans(inForce, range, []))[0]?.fromMs;
}

/** What a calendar says of a range. */
interface Times {
  /** When a start is possible with every freeze overridden. */
  readonly open: readonly Span[];
  readonly holidays: readonly Span[];
  readonly frozen: ReturnType<typeof freezeSpans>;
}

function timesOf(calendar: Calendar, range: Span): Times {
  const holidays = closingHolidays(calendar, range);
  const inWindows = openSpans({ ...calendar, freezes: [], holidays: [] }, range, []);
  return { open: without(inWindows, holidays), holidays, frozen: freezeSpans(calendar, range) };
}

/** Whether there is a moment, and freezes that were overridden, with which only the proposed one allows a start. */
function opensMore(inForce: Times, proposed: Times): boolean {
  return (
    without(proposed.open, inForce.open).length > 0 ||
    intersection(proposed.open, goneFreezes(inForce, proposed)).length > 0
  );
}

/** Whether a freeze or holiday is gone, perhaps where no window is open meanwhile. */
function closesLess(inForce: Times, proposed: Times): boolean {
  const gone = [...inForce.holidays, ...goneFreezes(inForce, proposed)];
  return without(gone, proposed.holidays).length > 0;
}

/** When only the one in force has a freeze of some name. */
function goneFreezes({ frozen }: Times, proposed: Times): readonly Span[] {
  return [...new Set(frozen.map(({ name }) => name))].flatMap((sought) => {
    const isSought = ({ name }: { readonly name: string }) => name === sought;
    return without(frozen.filter(isSought), proposed.frozen.filter(isSought));
  });
}

/** Also as far as any dated freeze or window reaches. */
function rangeFrom(now: string, calendars: readonly Calendar[]): Span {
  const fromMs = Date.parse(now);
  const dated = calendars
    .flatMap((calendar) => [...calendar.freezes, ...windowSetsOf(calendar).flat()])
    .flatMap((times) => ('days' in times || 'monthDays' in times || 'yearDays' in times ? [] : [Date.parse(times.to)]));
  return { fromMs, toMs: Math.max(fromMs + LOOK_AHEAD_MS, ...dated) };
}

function windowSetsOf({ windows, outerWindows = [] }: Calendar): readonly Calendar['windows'][] {
  return [windows, ...outerWindows].filter((set) => set.length > 0);
}

function distinct<T>(values: readonly T[]): readonly T[] {
  return [...new Map(values.map((value) => [canonical(value), value])).values()];
}
