/**
 * What nobody outside Neo4j knows of Aura, as settings. Each is an assumption; the defaults are the likelier answers.
 * A bot that only works with one value of these is wrong.
 */
export interface Assumptions {
  /** Whether an expired token is answered with 401 (seen with Neo4j's own clients) or 403 (documented). */
  readonly expiredTokenStatus: 401 | 403;
  /** Whether an hourly scheduled snapshot that is not exportable can be restored in place. */
  readonly differentialIsRestorable: boolean;
  /** Whether `loading` shows between `restoring` and `running`. */
  readonly restoreShowsLoading: boolean;
  /** How `Retry-After` is written on a 429; it may be missing. */
  readonly retryAfter: 'seconds' | 'http-date' | 'none';
}

export const LIKELY: Assumptions = {
  expiredTokenStatus: 401,
  differentialIsRestorable: true,
  restoreShowsLoading: false,
  retryAfter: 'seconds',
};

/** How long operations take, in milliseconds. */
export interface Pace {
  readonly restoreMs: number;
  readonly snapshotMs: number;
  /** How long a read goes on saying `running` after an action was accepted. */
  readonly statusLagMs: number;
  readonly otherMs: number;
  /** How long reads do not know an instance that was just created. */
  readonly createVisibleMs: number;
}

export const QUICK: Pace = { restoreMs: 400, snapshotMs: 200, statusLagMs: 0, otherMs: 200, createVisibleMs: 100 };
/** Slow enough to watch. */
export const DEMO: Pace = {
  restoreMs: 9_000,
  snapshotMs: 4_000,
  statusLagMs: 500,
  otherMs: 3_000,
  createVisibleMs: 2_000,
};
