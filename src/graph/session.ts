import type { Driver, QueryResult, RecordShape } from 'neo4j-driver';
import { loadNeo4j } from './neo4j.ts';
import { DeadlineError } from './neo4j-errors.ts';

export interface GraphTarget {
  readonly uri: string;
  readonly user: string;
  readonly password: () => string;
  readonly database: string;
}

/** Asks one read-only question; rejects with `DeadlineError` when there is no answer in time. */
export type Ask = (
  query: string,
  options?: {
    readonly parameters?: Record<string, unknown>;
    readonly timeoutMs?: number;
    /** Absent: the target's. */
    readonly database?: string;
  },
) => Promise<QueryResult<RecordShape>>;

const QUERY_TIMEOUT_MS = 10_000;
const CLOSE_TIMEOUT_MS = 2_000;

/**
 * Opens a driver for one look and closes it. New each time, because pooled sockets and bookmarks of a database that was
 * put back in time point at things that no longer exist. Every wait has a deadline of ours: against a frozen server
 * neither the driver's time-outs nor its abort signals end a query.
 */
export async function withGraph<T>(target: GraphTarget, look: (ask: Ask, driver: Driver) => Promise<T>): Promise<T> {
  const neo4j = await loadNeo4j();
  const driver = neo4j.driver(target.uri, neo4j.auth.basic(target.user, target.password()), {
    connectionTimeout: 5_000,
    connectionAcquisitionTimeout: 8_000,
    maxTransactionRetryTime: 0,
    maxConnectionPoolSize: 2,
    useBigInt: true,
    telemetryDisabled: true,
    userAgent: 'aura-restore-bot',
  });
  const ask: Ask = (query, options = {}) => {
    const timeoutMs = options.timeoutMs ?? QUERY_TIMEOUT_MS;
    return withDeadline(
      driver.executeQuery(query, options.parameters ?? {}, {
        database: options.database ?? target.database,
        routing: neo4j.routing.READ,
        // Typed as optional, but null is what switches the default manager off.
        bookmarkManager: null,
        transactionConfig: { timeout: timeoutMs, metadata: { app: 'aura-restore-bot' } },
      }),
      timeoutMs + 2_000,
    );
  };
  try {
    return await look(ask, driver);
  } finally {
    await withDeadline(driver.close(), CLOSE_TIMEOUT_MS).catch(() => undefined);
  }
}

/** The loser of the race may settle later or never; it must not become an unhandled rejection. */
async function withDeadline<T>(promise: Promise<T>, deadlineMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const gate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new DeadlineError(deadlineMs)), deadlineMs);
  });
  promise.catch(() => undefined);
  try {
    return await Promise.race([promise, gate]);
  } finally {
    clearTimeout(timer);
  }
}
