import type { Instant } from './names.ts';
import type { Restore } from './restore.ts';

/** A clock that a restore's times come from, other than the bot's own. */
export type OtherClock = 'redis' | 'aura';

/** How far another clock is ahead of the bot's, in milliseconds; negative when it is behind. */
export interface ClockDifference {
  readonly clock: OtherClock;
  readonly aheadMs: number;
}

/** What the bot last saw of the other clocks. */
export interface Clocks {
  /** The largest difference that is too large for decisions; answers at once, from what was seen. Unknown clocks count as right. */
  apart(): ClockDifference | undefined;
  /** Every difference that is known now, however small. */
  known(): readonly ClockDifference[];
}

/** Windows, expiry and data loss are only as right as the clocks; beyond this nobody should decide by them. */
const MOST_APART_MS = 30_000;

const NAMES: Readonly<Record<OtherClock, string>> = { redis: "Redis'", aura: "Aura's" };

export function isTooFarApart({ aheadMs }: ClockDifference): boolean {
  return Math.abs(aheadMs) > MOST_APART_MS;
}

/** Aura writes times in whole seconds, and so does the clock that it shows. */
const COARSENESS_MS = 1_000;

/**
 * How far Aura's clock may be ahead of that of the records, Redis', in milliseconds. One that was not seen lately may be off by
 * as much as is let pass.
 */
export function mostAheadMs(known: readonly ClockDifference[]): number {
  const aheadMs = (of: OtherClock) => known.find(({ clock }) => clock === of)?.aheadMs;
  return (aheadMs('aura') ?? MOST_APART_MS) - (aheadMs('redis') ?? -MOST_APART_MS) + COARSENESS_MS;
}

/**
 * The latest moment in the history, if that is clearly later than now: then a clock was set back, and what had expired may
 * look as if it had not. An entry that was made since then changes nothing about that.
 */
export function setBackFrom({ history }: Pick<Restore, 'history'>, now: Instant): Instant | undefined {
  const latest = history.reduce<Instant>((last, { at }) => (at > last ? at : last), '');
  return Date.parse(latest) - Date.parse(now) > MOST_APART_MS ? latest : undefined;
}

/** `the bot's clock is 95 seconds behind Aura's` */
export function clockDifferenceWords({ clock, aheadMs }: ClockDifference): string {
  return `the bot's clock is ${length(Math.abs(aheadMs))} ${aheadMs > 0 ? 'behind' : 'ahead of'} ${NAMES[clock]}`;
}

/** Why a restore is held back; the same words at every look, whatever the difference is by then. */
export function heldBackWords({ clock }: ClockDifference): string {
  return `Held back: the bot's clock and ${NAMES[clock]} are more than ${MOST_APART_MS / 1000} seconds apart, so windows and data loss cannot be judged. An operator must set the clocks right; the restore then goes on by itself.`;
}

function length(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 120) return `${seconds} seconds`;
  const minutes = Math.round(seconds / 60);
  return minutes < 120 ? `${minutes} minutes` : `${Math.round(minutes / 60)} hours`;
}
