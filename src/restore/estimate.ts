import type { Estimate, HistoryOf, MinutesRange } from './terms.ts';
import type { Took } from './watch.ts';

/** Neo4j's own uploader guesses an import at five minutes and three more per GiB; Aura publishes nothing for restores. */
const LEAST_MINUTES = 5;
const MINUTES_PER_GIB = 3;

/** How long earlier restores by the same method took. */
export interface EarlierRestores {
  readonly of: HistoryOf;
  readonly took: readonly Took[];
}

/**
 * How long the instance is expected to be away. The operator's own expectation wins, then what earlier restores took; else a
 * rule of thumb from the instance's memory, because Aura does not tell how much data there is. Never a promise.
 */
export function estimateDowntime(
  configured: MinutesRange | undefined,
  memory: string | undefined,
  earlier?: EarlierRestores,
): Estimate {
  if (configured) return { ...configured, basis: 'configured' };
  if (earlier && earlier.took.length > 0) return byHistory(earlier);
  const gib = Number.parseFloat(memory ?? '');
  const atMostMinutes = LEAST_MINUTES + MINUTES_PER_GIB * (Number.isFinite(gib) ? gib : 8);
  return { fromMinutes: LEAST_MINUTES, toMinutes: Math.ceil(atMostMinutes), basis: 'rule-of-thumb' };
}

/** One whose end was seen late may have taken as long as it was unsure. */
function byHistory({ of, took }: EarlierRestores): Estimate {
  const usual = nearestRank(
    took.map(({ ms }) => ms),
    0.5,
  );
  const long = nearestRank(
    took.map(({ ms, unsureMs }) => ms + unsureMs),
    0.9,
  );
  const fromMinutes = Math.floor(usual / 60_000);
  return {
    fromMinutes,
    toMinutes: Math.max(fromMinutes, Math.ceil(long / 60_000)),
    basis: 'history',
    runs: took.length,
    of,
  };
}

/** The least of these that so great a share of them does not exceed. */
function nearestRank(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}
