import { setTimeout as sleep } from 'node:timers/promises';
import { ANSWER } from './answer.ts';
import type { RequestBudget } from './budget.ts';
import { AuraAnswerError, AuraRefusedError, AuraUnreachableError } from './errors.ts';

/** A bearer token and the moment, in epoch milliseconds, from which it should not be used any more. */
export interface Token {
  readonly value: string;
  readonly freshUntil: number;
}

/** Where processes share the token. Aura limits its token endpoint to 15 requests an hour. */
export interface TokenCache {
  read(): Promise<Token | undefined>;
  write(token: Token): Promise<void>;
  clear(): Promise<void>;
  /** True for the one process that is to fetch the next token; the others may expect it in the cache within `forMs`. */
  beginFetch(forMs: number): Promise<boolean>;
  /** The fetch is over, whatever came of it. */
  endFetch(): Promise<void>;
}

/** Refreshed this long before it expires, as Neo4j's own clients do. */
const REFRESH_EARLY_MS = 60_000;
/** How often to look for a token that another process fetches, and how long after its answer it may take to be there. */
const LOOK_MS = 50;
const AFTER_FETCH_MS = 1_000;

export interface TokenSource {
  /** A token that should be good now. All callers share one request to Aura. */
  get(): Promise<Token>;
  /** Aura did not accept this token: the next `get` gives another. */
  discard(token: Token): Promise<void>;
  /** Whether Aura gave this very token to this process at `sinceMs` or later: then refusing it is final. */
  isFetchedSince(token: Token, sinceMs: number): boolean;
}

export function createTokenSource(parts: {
  readonly baseUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly cache: TokenCache;
  readonly budget: RequestBudget;
  readonly timeoutMs: number;
  readonly now?: () => number;
}): TokenSource {
  const now = parts.now ?? Date.now;
  let current: Token | undefined;
  let fetched: { readonly value: string; readonly atMs: number } | undefined;
  let fetching: Promise<Token> | undefined;

  const isFresh = (token: Token | undefined): token is Token => token !== undefined && token.freshUntil > now();

  /** The shared token, or the duty to fetch one. Processes that start together wait for the first of them. */
  async function sharedToken(): Promise<Token | undefined> {
    const waitMs = parts.timeoutMs + AFTER_FETCH_MS;
    const until = now() + waitMs;
    for (;;) {
      const shared = await parts.cache.read();
      if (isFresh(shared)) return shared;
      if (now() >= until || (await parts.cache.beginFetch(waitMs))) return undefined;
      await sleep(LOOK_MS);
    }
  }

  async function fetchToken(): Promise<Token> {
    const shared = await sharedToken();
    return shared ?? fetchNew().finally(parts.cache.endFetch);
  }

  async function fetchNew(): Promise<Token> {
    await parts.budget.acquireToken();
    const credentials = Buffer.from(`${parts.clientId}:${parts.clientSecret}`).toString('base64');
    let response: Response;
    try {
      response = await fetch(new URL('/oauth/token', parts.baseUrl), {
        method: 'POST',
        headers: { authorization: `Basic ${credentials}`, 'content-type': 'application/x-www-form-urlencoded' },
        body: 'grant_type=client_credentials',
        signal: AbortSignal.timeout(parts.timeoutMs),
      });
    } catch (cause) {
      throw new AuraUnreachableError('no token could be fetched', { mayHaveActed: false, cause });
    }
    if (response.status === 429)
      throw new AuraRefusedError({ status: 429, reason: undefined, meaning: 'rate-limited' });
    if (response.status >= 500)
      throw new AuraUnreachableError(`HTTP ${response.status} for a token`, { mayHaveActed: false });
    if (!response.ok) {
      throw new AuraRefusedError({ status: response.status, reason: undefined, meaning: 'credentials' });
    }
    const answer = ANSWER.token.safeParse(await response.json().catch(() => undefined));
    if (!answer.success) throw new AuraAnswerError('no token in the answer of the token endpoint');
    const token = {
      value: answer.data.access_token,
      freshUntil: now() + answer.data.expires_in * 1000 - REFRESH_EARLY_MS,
    };
    fetched = { value: token.value, atMs: now() };
    await parts.cache.write(token);
    return token;
  }

  return {
    async get() {
      if (isFresh(current)) return current;
      fetching ??= fetchToken().finally(() => {
        fetching = undefined;
      });
      current = await fetching;
      return current;
    },
    isFetchedSince: ({ value }, sinceMs) => fetched?.value === value && fetched.atMs >= sinceMs,
    async discard(token) {
      if (current?.value === token.value) current = undefined;
      const shared = await parts.cache.read();
      if (shared?.value === token.value) await parts.cache.clear();
    },
  };
}
