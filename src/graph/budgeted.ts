import type { Plan } from 'neo4j-driver';
import type { UnknownBecause } from '../restore/receipt/amount.ts';
import { DeadlineError, type GraphTrouble, troubleWith } from './neo4j-errors.ts';
import type { Ask } from './session.ts';

/** The time of a whole look is used up: what was not asked by then is not known. */
class OutOfTimeError extends Error {
  override readonly name = 'OutOfTimeError';
}

const LONGEST_QUERY_MS = 10_000;
/** A question with less time than this would only be begun. */
const SHORTEST_QUERY_MS = 100;

/** The same questions, but all of them together within `timeMs` from now: what comes too late is not asked any more. */
export function withinTime(ask: Ask, timeMs: number): Ask {
  const untilMs = performance.now() + timeMs;
  return async (query, options = {}) => {
    const leftMs = untilMs - performance.now();
    if (leftMs < SHORTEST_QUERY_MS) throw new OutOfTimeError();
    const timeoutMs = Math.min(options.timeoutMs ?? LONGEST_QUERY_MS, Math.ceil(leftMs));
    return ask(query, { ...options, timeoutMs });
  };
}

const BECAUSE: Readonly<Record<GraphTrouble['kind'], UnknownBecause>> = {
  passing: 'no-answer',
  configuration: 'no-answer',
  credentials: 'not-permitted',
  query: 'refused',
  'timed-out': 'out-of-time',
};

/** What an error means for a number that was asked for. */
export function unknownBecause(error: unknown): UnknownBecause {
  if (error instanceof OutOfTimeError || error instanceof DeadlineError) return 'out-of-time';
  return BECAUSE[troubleWith(error).kind];
}

/** What the planner expects the costliest of its steps to look at. */
export function mostRows({ arguments: facts, children }: Plan): number {
  const estimated = Number(facts.EstimatedRows ?? 0);
  return Math.max(Number.isNaN(estimated) ? 0 : estimated, ...children.map(mostRows));
}
