import { setTimeout as sleep } from 'node:timers/promises';
import type { ZodType } from 'zod';
import type { SawClock } from '../clocks.ts';
import type { Snapshot } from '../restore/snapshot.ts';
import { ANSWER, dataOf, refusalOf } from './answer.ts';
import type { Priority, RequestBudget } from './budget.ts';
import { AuraAnswerError, AuraRefusedError, AuraUnreachableError } from './errors.ts';
import { instancePath } from './instance-path.ts';
import { retryAfterMs } from './retry-after.ts';
import { createTokenSource, type TokenCache } from './token.ts';

export interface AuraInstance {
  readonly id: string;
  readonly name: string;
  /** Lower case and trimmed; an open set of words. */
  readonly status: string;
  readonly type?: string;
  readonly memory?: string;
  /** How much data it takes, such as `16GB`. */
  readonly storage?: string;
  /** The project that owns it; Aura's API calls it a tenant. */
  readonly projectId?: string;
  /** Absent while Aura has none to give, as during a resume: never a reason to forget a known one. */
  readonly connectionUrl?: string;
  readonly requestId?: string;
}

/** Aura API v1, as far as a restore needs it. Reads are retried within a deadline; a restore call never is. */
export interface AuraClient {
  /** With the priority `poll`, rejects with `AuraBudgetError` at once when it is not its turn yet; so does `getSnapshot`. */
  getInstance(instanceId: string, priority: Priority): Promise<AuraInstance>;
  /** The ids of all instances that these credentials see. */
  listInstanceIds(priority: Priority): Promise<readonly string[]>;
  /** Aura lists one day at a time; `day` is `YYYY-MM-DD` in UTC. */
  listSnapshots(instanceId: string, day: string, priority: Priority): Promise<readonly Snapshot[]>;
  getSnapshot(instanceId: string, snapshotId: string, priority: Priority): Promise<Snapshot>;
  /** Begins an on-demand snapshot. Sent again only when Aura certainly did not take the call. */
  takeSnapshot(instanceId: string): Promise<{ readonly snapshotId: string; readonly requestId?: string }>;
  /**
   * Begins a restore. Sent exactly once, whatever the answer: Aura has no idempotency key and would restore twice. Not
   * sent at all after `notAfterMs` (epoch): by then others may have decided that it never was.
   */
  restoreSnapshot(
    instanceId: string,
    snapshotId: string,
    notAfterMs: number,
  ): Promise<{ readonly status: string; readonly requestId?: string }>;
  /**
   * Begins to overwrite an instance with the data of another one, or of an exportable snapshot of that. Sent exactly once, as a
   * restore is. A target that is too small is answered with a server error that never passes: ask for the sizes before.
   */
  overwriteInstance(
    instanceId: string,
    source: { readonly instanceId: string; readonly snapshotId?: string },
    notAfterMs: number,
  ): Promise<{ readonly status: string; readonly requestId?: string }>;
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

export function createAuraClient(parts: {
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
}): AuraClient {
  const { budget, timeoutMs } = parts;
  const readDeadlineMs = parts.readDeadlineMs ?? READ_DEADLINE_MS;
  const tokens = createTokenSource({ ...parts, cache: parts.tokens });

  /** One request, answered or thrown as unreachable. Server errors are answers here: the callers differ about them. */
  async function send(method: 'GET' | 'POST', path: string, token: string, body: object = {}): Promise<Answer> {
    const askedAtMs = Date.now();
    try {
      const response = await fetch(new URL(`/v1${path}`, parts.baseUrl), {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', accept: 'application/json' },
        signal: AbortSignal.timeout(timeoutMs),
        redirect: 'error',
        ...(method === 'POST' ? { body: JSON.stringify(body) } : {}),
      });
      const date = dateMsOf(response.headers);
      if (date !== undefined) parts.sawClock?.('aura', date, askedAtMs);
      const requestId = response.headers.get('x-request-id') ?? undefined;
      const answered: unknown = await response.json().catch(() => undefined);
      if (response.status === 429) await budget.holdOff(retryAfterMs(response.headers.get('retry-after'), Date.now()));
      return { status: response.status, body: answered, requestId };
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
  async function sendWithFreshToken(method: 'GET' | 'POST', path: string, priority: Priority): Promise<Answer> {
    const begunAtMs = Date.now();
    for (let tries = 1; ; tries++) {
      const token = await tokens.get();
      const answer = await send(method, path, token.value);
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
      const outcome = await sendWithFreshToken('GET', path, priority).catch((error: unknown) => {
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

  /** A call that destroys what was there. */
  async function sendOnce(
    path: string,
    body: object,
    notAfterMs: number,
  ): Promise<{ readonly status: string; readonly requestId?: string }> {
    const token = await beforeSending(async () => {
      await budget.acquire('restore', Math.min(readDeadlineMs, notAfterMs - Date.now()));
      return tokens.get();
    });
    // The process may have been frozen, or waited for its turn, while the restore went on without it.
    if (Date.now() > notAfterMs) throw new AuraUnreachableError('it was too late to send', { mayHaveActed: false });
    const answer = judged(await send('POST', path, token.value, body));
    const { status, requestId } = parsed(answer, ANSWER.instance.pick({ status: true }));
    return { status, ...(requestId ? { requestId } : {}) };
  }

  const snapshotPath = (id: string, snapshotId: string) =>
    `${instancePath(id)}/snapshots/${encodeURIComponent(snapshotId)}`;

  return {
    async getInstance(instanceId, priority) {
      const found = await read(instancePath(instanceId), ANSWER.instance, priority);
      return {
        id: found.id,
        name: found.name,
        status: found.status,
        ...(found.type ? { type: found.type } : {}),
        ...(found.memory ? { memory: found.memory } : {}),
        ...(found.storage ? { storage: found.storage } : {}),
        ...(found.tenant_id ? { projectId: found.tenant_id } : {}),
        ...(found.connection_url ? { connectionUrl: found.connection_url } : {}),
        ...(found.requestId ? { requestId: found.requestId } : {}),
      };
    },
    async listInstanceIds(priority) {
      const listed = await read('/instances', ANSWER.instances, priority);
      return listed.map(({ id }) => id.toLowerCase());
    },
    async listSnapshots(instanceId, day, priority) {
      const listed = await read(`${instancePath(instanceId)}/snapshots?date=${day}`, ANSWER.snapshots, priority);
      return listed.map(snapshotOf).sort((one, other) => (one.takenAt < other.takenAt ? 1 : -1));
    },
    async getSnapshot(instanceId, snapshotId, priority) {
      return snapshotOf(await read(snapshotPath(instanceId, snapshotId), ANSWER.snapshot, priority));
    },
    async takeSnapshot(instanceId) {
      await budget.acquire('restore', readDeadlineMs);
      const answer = judged(await sendWithFreshToken('POST', `${instancePath(instanceId)}/snapshots`, 'restore'));
      const { snapshot_id, requestId } = parsed(answer, ANSWER.snapshotTaken);
      return { snapshotId: snapshot_id, ...(requestId ? { requestId } : {}) };
    },
    restoreSnapshot: (instanceId, snapshotId, notAfterMs) =>
      sendOnce(`${snapshotPath(instanceId, snapshotId)}/restore`, {}, notAfterMs),
    overwriteInstance: (instanceId, source, notAfterMs) =>
      sendOnce(
        `${instancePath(instanceId)}/overwrite`,
        {
          source_instance_id: source.instanceId,
          ...(source.snapshotId === undefined ? {} : { source_snapshot_id: source.snapshotId }),
        },
        notAfterMs,
      ),
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

function snapshotOf(listed: ReturnType<typeof ANSWER.snapshot.parse>): Snapshot {
  return {
    snapshotId: listed.snapshot_id,
    takenAt: listed.timestamp,
    profile: listed.profile,
    status: listed.status,
    ...(typeof listed.exportable === 'boolean' ? { exportable: listed.exportable } : {}),
  };
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
