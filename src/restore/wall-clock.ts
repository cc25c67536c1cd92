import { tzOffset } from '@date-fns/tz';
import { overlap, type Span } from './spans.ts';

export const MINUTE_MS = 60_000;
export const DAY_MS = 24 * 60 * MINUTE_MS;
/** No zone is further than this from UTC. */
const MOST_OFFSET_MS = DAY_MS;

/** A stretch between two changes of a zone's clocks: local time is UTC plus the offset. */
interface Steady extends Span {
  readonly offsetMs: number;
}

/**
 * When the wall clock of a zone shows times that `local` names for a local day, within a range. `local` is asked for each
 * local date that the range may touch, with its midnight as if local time were UTC, and answers in that same count. An
 * hour that the clocks skip has no length, and one that they repeat comes twice: both as people read a clock.
 */
export function wallClockSpans(
  zone: string,
  range: Span,
  local: (midnightMs: number) => readonly Span[],
): readonly Span[] {
  return steadyStretches(zone, range).flatMap(({ fromMs, toMs, offsetMs }) => {
    const spans: Span[] = [];
    const lastMs = toMs + offsetMs;
    // The day before may reach past midnight into this one.
    for (let day = midnightOf(fromMs + offsetMs) - DAY_MS; day < lastMs; day += DAY_MS) {
      for (const one of local(day)) {
        const inUtc = { fromMs: one.fromMs - offsetMs, toMs: one.toMs - offsetMs };
        const span = overlap(inUtc, { fromMs, toMs });
        if (span.fromMs < span.toMs) spans.push(span);
      }
    }
    return spans;
  });
}

/** Midnight of the day that a wall clock's count falls on. */
function midnightOf(localMs: number): number {
  return Math.floor(localMs / DAY_MS) * DAY_MS;
}

function steadyStretches(zone: string, range: Span): readonly Steady[] {
  const stretches: Steady[] = [];
  let { fromMs } = range;
  let offset = offsetMs(zone, fromMs);
  for (let lookMs = fromMs; lookMs < range.toMs; ) {
    const nextMs = Math.min(lookMs + DAY_MS, range.toMs);
    const next = offsetMs(zone, nextMs);
    if (next !== offset) {
      const changeMs = changeBetween(zone, lookMs, nextMs);
      stretches.push({ fromMs, toMs: changeMs, offsetMs: offset });
      fromMs = changeMs;
      offset = offsetMs(zone, changeMs);
      lookMs = changeMs;
    } else lookMs = nextMs;
  }
  return [...stretches, { fromMs, toMs: range.toMs, offsetMs: offset }];
}

/** The minute at which the clocks change, when they do between these two moments. */
function changeBetween(zone: string, beforeMs: number, afterMs: number): number {
  const before = offsetMs(zone, beforeMs);
  let low = Math.floor(beforeMs / MINUTE_MS);
  let high = Math.ceil(afterMs / MINUTE_MS);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetMs(zone, middle * MINUTE_MS) === before) low = middle;
    else high = middle;
  }
  return Math.min(high * MINUTE_MS, afterMs);
}

function offsetMs(zone: string, ms: number): number {
  const offset = tzOffset(zone, new Date(ms)) * MINUTE_MS;
  if (Math.abs(offset) <= MOST_OFFSET_MS) return offset;
  throw new RangeError(`no such time zone: ${zone}`);
}
