import type { Estimate, MinutesRange } from './terms.ts';

/** Neo4j's own uploader guesses an import at five minutes and three more per GiB; Aura publishes nothing for restores. */
const LEAST_MINUTES = 5;
const MINUTES_PER_GIB = 3;

/**
 * How long the instance is expected to be away. The operator's own expectation wins; else a rule of thumb from the
 * instance's memory, because Aura does not tell how much data there is. Never a promise.
 */
export function estimateDowntime(configured: MinutesRange | undefined, memory: string | undefined): Estimate {
  if (configured) return { ...configured, basis: 'configured' };
  const gib = Number.parseFloat(memory ?? '');
  const atMostMinutes = LEAST_MINUTES + MINUTES_PER_GIB * (Number.isFinite(gib) ? gib : 8);
  return { fromMinutes: LEAST_MINUTES, toMinutes: Math.ceil(atMostMinutes), basis: 'rule-of-thumb' };
}
