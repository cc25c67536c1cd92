const DEFAULT_MS = 5_000;
const MOST_MS = 120_000;

/** `Retry-After` in milliseconds: seconds or an HTTP date, capped; a default when it is missing or unreadable. */
export function retryAfterMs(header: string | null, now: number): number {
  if (header === null || header.trim() === '') return DEFAULT_MS;
  const seconds = Number(header);
  const waitMs = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - now;
  return Number.isFinite(waitMs) ? Math.min(Math.max(waitMs, 0), MOST_MS) : DEFAULT_MS;
}
