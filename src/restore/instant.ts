import type { Instant } from './names.ts';

/** The instant `minutes` later; earlier when negative. */
export function addMinutes(at: Instant, minutes: number): Instant {
  return new Date(Date.parse(at) + minutes * 60_000).toISOString();
}

/** The instant of a number of milliseconds since 1970, as Redis and `Date` count them. */
export function instantOf(epochMs: number): Instant {
  return new Date(epochMs).toISOString();
}

/** `2026-11-21 03:04 UTC`: an instant inside words that are kept. */
export function utcMinute(at: Instant): string {
  return `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;
}
