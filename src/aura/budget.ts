/** Who goes first when requests are scarce: the restore call, then what a person waits for, then the rest. */
export const PRIORITIES = ['restore', 'person-waiting', 'reconcile', 'poll', 'inventory'] as const;
export type Priority = (typeof PRIORITIES)[number];

/** The request budget that all processes with the same credentials share. */
export interface RequestBudget {
  /** Resolves when a request may be sent; rejects with `AuraBudgetError` when none may be before `deadlineMs` from now. */
  acquire(priority: Priority, deadlineMs: number): Promise<void>;
  /**
   * The same for a poll, which never waits: resolves when it may be sent now; else rejects with an `AuraBudgetError` that
   * says after how long its turn comes. Polls take turns in the order in which they were first asked for; `what` names
   * one, however often it is asked for until it was sent.
   */
  takeTurn(what: string): Promise<void>;
  /** The same for the token endpoint, which has a limit of its own. */
  acquireToken(): Promise<void>;
  /** Aura asked to be left alone for so long. */
  holdOff(forMs: number): Promise<void>;
}
