import type { ZodType } from 'zod';
import type { OnCallTrouble } from '../restore/on-call.ts';
import { OnCallError } from './on-call.ts';

const MOST_WAIT_MS = 120_000;

const BY_STATUS: Readonly<Record<number, OnCallTrouble>> = {
  400: 'unknown-schedule',
  401: 'token-refused',
  402: 'token-refused',
  403: 'token-refused',
  404: 'unknown-schedule',
  422: 'unknown-schedule',
  429: 'rate-limited',
};

/**
 * One GET, its answer read by a schema. Rejects with `OnCallError`, whatever happened. Redirects are not followed, because
 * the key would go along.
 */
export async function ask<T>(
  url: URL,
  request: { readonly headers: Readonly<Record<string, string>>; readonly signal: AbortSignal },
  schema: ZodType<T>,
): Promise<T> {
  let response: Response;
  let body: unknown;
  try {
    response = await fetch(url, { ...request, redirect: 'error' });
    body = jsonIn(await response.text());
  } catch {
    throw new OnCallError('no-answer');
  }
  if (!response.ok) {
    throw new OnCallError(BY_STATUS[response.status] ?? 'no-answer', waitIn(response.headers));
  }
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw new OnCallError('unreadable-answer');
  return parsed.data;
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** An address of the service; its base may have a path of its own. */
export function addressOf(baseUrl: string, path: string, query: Readonly<Record<string, string>>): URL {
  const url = new URL(`${baseUrl.replace(/\/$/, '')}${path}`);
  url.search = new URLSearchParams(query).toString();
  return url;
}

/** PagerDuty says `ratelimit-reset`, others `retry-after`; both in seconds. */
function waitIn(headers: Headers): { readonly waitMs?: number } {
  const seconds = Number(headers.get('ratelimit-reset') ?? headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? { waitMs: Math.min(seconds * 1000, MOST_WAIT_MS) } : {};
}
