/** What a definite no from Aura means for the caller. */
export type RefusalMeaning =
  | 'busy-retry-later'
  | 'not-now'
  | 'not-found-instance'
  | 'not-found-snapshot'
  | 'credentials'
  | 'permission'
  | 'payment'
  | 'unsupported'
  | 'instance-limit'
  | 'rate-limited'
  | 'other';

const SENTENCES: Readonly<Record<RefusalMeaning, string>> = {
  'busy-retry-later': 'Aura is busy with another operation on the instance.',
  'not-now': 'Aura does not allow this in the state the instance is in.',
  'not-found-instance': 'Aura does not know the instance.',
  'not-found-snapshot': 'Aura does not know the snapshot.',
  credentials: "Aura did not accept the bot's API credentials.",
  permission: "The bot's Aura credentials do not allow this.",
  payment: 'Aura asks for billing to be put in order first.',
  unsupported: "The instance's tier does not support this.",
  'instance-limit': 'Aura allows no further instance in this project.',
  'rate-limited': 'Aura has had too many requests from these credentials.',
  other: 'Aura refused the request.',
};

/** Aura answered no, and did not act. Its own `message` is for developers and stays out of `forPeople`. */
export class AuraRefusedError extends Error {
  override readonly name = 'AuraRefusedError';
  readonly status: number;
  readonly reason: string | undefined;
  readonly meaning: RefusalMeaning;
  readonly requestId: string | undefined;
  readonly forPeople: string;

  constructor(facts: {
    status: number;
    reason: string | undefined;
    meaning: RefusalMeaning;
    requestId?: string | undefined;
  }) {
    super(`Aura refused: HTTP ${facts.status}${facts.reason ? ` ${facts.reason}` : ''}`);
    this.status = facts.status;
    this.reason = facts.reason;
    this.meaning = facts.meaning;
    this.requestId = facts.requestId;
    this.forPeople = SENTENCES[facts.meaning];
  }
}

/** No usable answer came: refused connection, reset, time-out, or a server error. `mayHaveActed` says whether Aura could have. */
export class AuraUnreachableError extends Error {
  override readonly name = 'AuraUnreachableError';
  readonly mayHaveActed: boolean;
  readonly meaning = 'unreachable';
  readonly forPeople: string;

  constructor(what: string, options: { mayHaveActed: boolean; cause?: unknown }) {
    super(`Aura unreachable: ${what}`, { cause: options.cause });
    this.mayHaveActed = options.mayHaveActed;
    this.forPeople = `Aura gave no usable answer (${what}).`;
  }
}

/** Aura said yes in a form nobody can read. A call that acts may have acted. */
export class AuraAnswerError extends Error {
  override readonly name = 'AuraAnswerError';
  readonly meaning = 'unreadable-answer';
  readonly forPeople = 'Aura gave an answer the bot cannot read.';

  constructor(what: string, cause?: unknown) {
    super(`Aura answered nonsense: ${what}`, { cause });
  }
}

/**
 * The shared request budget had no room before the deadline. Nothing was sent. `afterMs` is there for who has a turn in
 * the line of polls: it comes after that time, and is kept.
 */
export class AuraBudgetError extends Error {
  override readonly name = 'AuraBudgetError';
  readonly meaning = 'no-budget';
  readonly forPeople = "The bot's share of Aura's request limit is used up for the moment.";

  readonly afterMs: number | undefined;

  constructor(what: string, afterMs?: number) {
    super(`no budget for ${what}`);
    this.afterMs = afterMs;
  }
}
