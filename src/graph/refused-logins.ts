import type { Logger } from 'pino';
import { troubleWith } from './neo4j-errors.ts';

/** Asks a database, unless it refused the credentials lately: then rejects with that refusal and does not ask. */
export type AskSparingly = <T>(alias: string, look: () => Promise<T>) => Promise<T>;

interface Refusal {
  readonly error: unknown;
  readonly pauseMs: number;
  /** By the clock that nobody can set. */
  readonly untilMs: number;
}

const FIRST_PAUSE_MS = 5 * 60_000;
const LONGEST_PAUSE_MS = 4 * 60 * 60_000;

/**
 * Neo4j locks an account after a few wrong passwords and writes each into its security log, so what is looked at again and again
 * is left alone for longer after each refusal. The log says once what to do, and once that it works again.
 */
export function createAskSparingly(parts: { readonly log: Logger; readonly steady?: () => number }): AskSparingly {
  const { log } = parts;
  const steady = parts.steady ?? (() => performance.now());
  const refusals = new Map<string, Refusal>();

  function noteRefused(alias: string, error: unknown): void {
    const before = refusals.get(alias);
    const pauseMs = before ? Math.min(2 * before.pauseMs, LONGEST_PAUSE_MS) : FIRST_PAUSE_MS;
    refusals.set(alias, { error, pauseMs, untilMs: steady() + pauseMs });
    if (!before) log.error({ err: error, instance: alias }, WHAT_TO_DO);
  }

  return async function askSparingly(alias, look) {
    const refusal = refusals.get(alias);
    if (refusal && steady() < refusal.untilMs) throw refusal.error;
    try {
      const answer = await look();
      if (refusals.delete(alias)) log.info({ instance: alias }, "Neo4j takes the bot's credentials again");
      return answer;
    } catch (error) {
      if (troubleWith(error).kind === 'credentials') noteRefused(alias, error);
      throw error;
    }
  };
}

const WHAT_TO_DO =
  "Neo4j refused the bot's credentials: nothing of this instance is counted for loss receipts. Set the right user and password and restart the bot; until then it tries after 5 minutes and then less and less often, so that the account is not locked";
