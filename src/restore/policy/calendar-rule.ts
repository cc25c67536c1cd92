import { type Calendar, freezeSpans, openSpans } from '../calendar.ts';
import { intersection, type Span, without } from '../spans.ts';
import { DAY_MS } from '../wall-clock.ts';
import { canonical, isEqual, type SettingRule, type Weight } from './tighter.ts';

/** What is closed at some time comes back within this: years, leap years included. */
const LOOK_AHEAD_MS = 1_100 * DAY_MS;

/**
 * When restores may start. Judged by the moments themselves and not by how they are written: the other calendar is looser
 * when it opens any moment of the next three years, or when an override opens more in it. Overrides name freezes, so a freeze
 * under another name is another freeze.
 */
export const CALENDAR: SettingRule<Calendar> = {
  weigh: (inForce, proposed, now) => {
    if (isEqual(inForce, proposed)) return [];
    const weights: Weight[] = [];
    if (opensMore(inForce, proposed, now)) weights.push('loosens');
    if (opensMore(proposed, inForce, now)) weights.push('tightens');
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

/** Whether there is a moment, and freezes that were overridden, with which only the proposed one allows a start. */
function opensMore(inForce: Calendar, proposed: Calendar, now: string): boolean {
  const range = rangeFrom(now, [inForce, proposed]);
  const [frozen, stillFrozen] = [freezeSpans(inForce, range), freezeSpans(proposed, range)];
  const names = [...new Set([...frozen, ...stillFrozen].map(({ name }) => name))];
  const unfrozen = openSpans(proposed, range, names);
  const named = (all: typeof frozen, sought: string) => all.filter(({ name }) => name === sought);
  return (
    without(unfrozen, openSpans(inForce, range, names)).length > 0 ||
    names.some((name) => intersection(unfrozen, without(named(frozen, name), named(stillFrozen, name))).length > 0)
  );
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
