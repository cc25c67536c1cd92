import { setTimeout as sleep } from 'node:timers/promises';
import type { ZodType } from 'zod';
import type { SawClock } from '../clocks.ts';
import { dataOf, refusalOf } from './answer.ts';
import type { Priority, RequestBudget } from './budget.ts';
import { AuraAnswerError, AuraRefusedError, AuraUnreachableError } from './errors.ts';
import { retryAfterMs } from './retry-after.ts';
import { createTokenSource, type TokenCache } from './token.ts';

/** Where Aura is, with which credentials, and what all callers of them share. */
export interface AuraAccess {
  readonly baseUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly tokens: TokenCache;
  readonly budget: RequestBudget;
  /** For one attempt. */
  readonly timeoutMs: number;
  readonly readDeadlineMs?: number;
  /** Told Aura's `Date` of every answer. */
  readonly sawClock?: SawClock;
}

type Method = 'GET' | 'POST' | 'DELETE';

/** Something that changes what Aura has. */
interface Act {
  readonly method: Exclude<Method, 'GET'>;
  readonly path: string;
  /** Sent as JSON; absent: an empty object. */
  readonly body?: unknown;
}

/** How requests reach Aura: within the budget, with a token, and with an answer that is read or thrown. */
export interface Sender {
  /** Retried within the deadline. With the priority `poll`, rejects with `AuraBudgetError` at once when it is not its turn. */
  read<T>(path: string, schema: ZodType<T>, priority: Priority): Promise<T & { requestId?: string }>;
  /** Sent again only when Aura certainly did not take the call: with another token. */
  act<T>(act: Act, schema: ZodType<T>): Promise<T & { requestId?: string }>;
  /**
   * Sent exactly once, whatever the answer, and not at all after `notAfterMs` (epoch). A definite no is an `AuraRefusedError`;
   * an `AuraUnreachableError` says whether Aura may have acted; after an `AuraAnswerError` it may have.
   */
  actOnce<T>(act: Act, schema: ZodType<T>, notAfterMs: number): Promise<T & { requestId?: string }>;
}

interface Call {
  readonly method: Method;
  readonly path: string;
  readonly body?: unknown;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly requestId: string | undefined;
}

const READ_DEADLINE_MS = 20_000;
const FIRST_RETRY_MS = 300;
/** Its own, one from the cache, one just fetched. */
const MOST_TOKENS = 3;
const PASSING_FAULTS: ReadonlySet<number> = new Set([500, 502, 503, 504]);

export function createSender(parts: AuraAccess): Sender {
  const { budget, timeoutMs } = parts;
  const readDeadlineMs = parts.readDeadlineMs ?? READ_DEADLINE_MS;
  const tokens = createTokenSource({ ...parts, cache: parts.tokens });

  /** One request, answered or thrown as unreachable. Server errors are answers here: the callers differ about them. */
  async function send({ method, path, body: sent }: Call, token: string): Promise<Answer> {
    const askedAtMs = Date.now();
    try {
      const response = await fetch(new URL(`/v1${path}`, parts.baseUrl), {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', accept: 'application/json' },
        signal: AbortSignal.timeout(timeoutMs),
        redirect: 'error',
        ...(method === 'POST' ? { body: JSON.stringify(sent ?? {}) } : {}),
      });
      const date = dateMsOf(response.headers);
      if (date !== undefined) parts.sawClock?.('aura', date, askedAtMs);
      const requestId = response.headers.get('x-request-id') ?? undefined;
      const body: unknown = await response.json().catch(() => undefined);
      if (response.status === 429) await budget.holdOff(retryAfterMs(response.headers.get('retry-after'), Date.now()));
      return { status: response.status, body, requestId };
    } catch (cause) {
      const isTimeout = cause instanceof Error && cause.name === 'TimeoutError';
      throw new AuraUnreachableError(isTimeout ? `no answer within ${timeoutMs / 1000} s` : 'the connection failed', {
        mayHaveActed: !neverConnected(cause),
        cause,
      });
    }
  }

  /**
   * A token can be refused before it expires: this process's own, and then the one that another process left in the cache. Such a
   * call was not acted on, so it may be sent again with another token. Only what a token fetched since is refused is final.
   */
  async function sendWithFreshToken(call: Call, priority: Priority): Promise<Answer> {
    const begunAtMs = Date.now();
    for (let tries = 1; ; tries++) {
      const token = await tokens.get();
      const answer = await send(call, token.value);
      const isRefused = answer.status === 401 || answer.status === 403;
      if (!isRefused || tries === MOST_TOKENS || tokens.isFetchedSince(token, begunAtMs)) return answer;
      await tokens.discard(token);
      // Aura counts the next one too, and with a token that ended every call in hand comes here at once.
      await budget.acquire(priority, readDeadlineMs);
    }
  }

  async function read<T>(path: string, schema: ZodType<T>, priority: Priority): Promise<T & { requestId?: string }> {
    const deadline = Date.now() + readDeadlineMs;
    for (let attempt = 0; ; attempt++) {
      const leftMs = deadline - Date.now();
      if (priority === 'poll' && attempt === 0) await budget.takeTurn(path);
      else await budget.acquire(priority, Math.max(leftMs, 0));
      const outcome = await sendWithFreshToken({ method: 'GET', path }, priority).catch((error: unknown) => {
        if (error instanceof AuraUnreachableError) return error;
        throw error;
      });
      if (!(outcome instanceof AuraUnreachableError)) {
        if (outcome.status < 300) return parsed(outcome, schema);
        const isPassing = PASSING_FAULTS.has(outcome.status) || outcome.status === 429;
        if (!isPassing) throw refusalOf(outcome.status, outcome.body, outcome.requestId);
      }
      const pauseMs = FIRST_RETRY_MS * 2 ** attempt * (0.5 + Math.random());
      if (Date.now() + pauseMs < deadline) {
        await sleep(pauseMs);
        continue;
      }
      if (outcome instanceof AuraUnreachableError) throw outcome;
      if (outcome.status === 429) throw refusalOf(429, outcome.body, outcome.requestId);
      throw new AuraUnreachableError(`HTTP ${outcome.status}`, { mayHaveActed: false });
    }
  }

  function parsed<T>(answer: Answer, schema: ZodType<T>): T & { requestId?: string } {
    const data = schema.safeParse(dataOf(answer.body));
    if (!data.success) throw new AuraAnswerError('the answer does not have the documented form', data.error);
    return Object.assign(data.data as T & object, answer.requestId ? { requestId: answer.requestId } : {});
  }

  /** The answer to a call that acts: yes, a definite no, or nobody knows. */
  function judged(answer: Answer): Answer {
    if (answer.status < 300) return answer;
    if (answer.status >= 500 || answer.status === 408) {
      throw new AuraUnreachableError(`HTTP ${answer.status}`, { mayHaveActed: true });
    }
    throw refusalOf(answer.status, answer.body, answer.requestId);
  }

  return {
    read,
    async act(act, schema) {
      await budget.acquire('restore', readDeadlineMs);
      return parsed(judged(await sendWithFreshToken(act, 'restore')), schema);
    },
    async actOnce(act, schema, notAfterMs) {
      const token = await beforeSending(async () => {
        await budget.acquire('restore', Math.min(readDeadlineMs, notAfterMs - Date.now()));
        return tokens.get();
      });
      // The process may have been frozen, or waited for its turn, while others went on without it.
      if (Date.now() > notAfterMs) throw new AuraUnreachableError('it was too late to send', { mayHaveActed: false });
      return parsed(judged(await send(act, token.value)), schema);
    },
  };
}

/** When the answer was made, by Aura's clock; undefined when it does not say or a cache kept it for a while. */
function dateMsOf(headers: Headers): number | undefined {
  const ms = Date.parse(headers.get('date') ?? '');
  return Number.isNaN(ms) || headers.has('age') ? undefined : ms;
}

/** Whatever fails before the call is sent has certainly not acted. */
async function beforeSending<T>(prepare: () => Promise<T>): Promise<T> {
  try {
    return await prepare();
  } catch (cause) {
    if (cause instanceof AuraRefusedError) throw cause;
    throw new AuraUnreachableError('the call could not be prepared', { mayHaveActed: false, cause });
  }
}

const NEVER_CONNECTED: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** `fetch` hides the network error in `cause`. */
function neverConnected(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && 'code' in cause && NEVER_CONNECTED.has(String(cause.code));
}
