import { nextLookMs, stretchOf } from '../../src/restore/next-look.ts';
import { expectedEnd, type Took } from '../../src/restore/watch.ts';

/** A restore as it really goes, in milliseconds after the moment at which all of them begin. */
interface RealEnd {
  readonly endMs: number;
  /** How long earlier restores of its instance took, as far as looks could tell; latest first. */
  readonly earlier: readonly Took[];
}

interface Seen {
  readonly lagMs: number;
  readonly took: Took;
}

export interface Watched {
  /** One for each restore, in order. */
  readonly seen: readonly Seen[];
  /** The longest that any restore was not looked at. */
  readonly longestSilenceMs: number;
  readonly requests: number;
  readonly lastedMs: number;
}

/** The bot's own budget: 100 requests a minute, one after the other. */
const REQUEST_EVERY_MS = 600;
export const POLL_MS = 15_000;
const CONFIRM_MS = 3_000;
const LONGEST_MS = 86_400_000;

/** Decides at the moment of each request which restore is looked at, if any. */
interface Turns {
  next(nowMs: number): number | undefined;
  notEnded(restore: number, nowMs: number): void;
  ended(nowMs: number): void;
}

function watchAll(restores: readonly RealEnd[], turns: Turns): Watched {
  const seen: Seen[] = [];
  const looked = restores.map(() => 0);
  let [ended, longestSilenceMs, requests, nowMs] = [0, 0, 0, 0];
  for (; ended < restores.length; nowMs += REQUEST_EVERY_MS) {
    if (nowMs > LONGEST_MS) throw new Error('some end was never seen');
    const index = turns.next(nowMs);
    if (index === undefined) continue;
    requests++;
    const { endMs = 0 } = restores[index] ?? {};
    const lastMs = looked[index] ?? 0;
    longestSilenceMs = Math.max(longestSilenceMs, nowMs - lastMs);
    looked[index] = nowMs;
    if (nowMs < endMs) {
      turns.notEnded(index, nowMs);
      continue;
    }
    const unsureMs = (nowMs - lastMs) / 2;
    seen[index] = { lagMs: nowMs - endMs, took: { ms: nowMs - unsureMs, unsureMs } };
    ended++;
    turns.ended(nowMs);
  }
  return { seen, longestSilenceMs, requests, lastedMs: nowMs };
}

/** Every open restore in turn, at the whole budget; nothing is confirmed. */
export function inTurn(restores: readonly RealEnd[]): Watched {
  const line = restores.map((_, index) => index);
  return watchAll(restores, {
    next: () => line.shift(),
    notEnded: (restore) => line.push(restore),
    ended: () => undefined,
  });
}

/** The bot's own rule: looks wait in one line, a look that confirms an end goes before it. */
export function asTheBotDoes(restores: readonly RealEnd[]): Watched {
  const expected = restores.map(({ earlier }) => expectedEnd(earlier));
  const looked = restores.map(() => 0);
  const resting = new Set(restores.keys());
  const line: number[] = [];
  const confirmAt: number[] = [];
  const dueMs = (restore: number) => {
    const waitedMs = looked[restore] ?? 0;
    const stretch = stretchOf(line.length * REQUEST_EVERY_MS, POLL_MS);
    return waitedMs + nextLookMs({ waitedMs, pollMs: POLL_MS, stretch, expected: expected[restore] });
  };
  return watchAll(restores, {
    next(nowMs) {
      for (const restore of resting) {
        if (dueMs(restore) > nowMs) continue;
        resting.delete(restore);
        line.push(restore);
      }
      if ((confirmAt[0] ?? nowMs + 1) > nowMs) return line.shift();
      confirmAt.shift();
      return undefined;
    },
    notEnded(restore, nowMs) {
      looked[restore] = nowMs;
      resting.add(restore);
    },
    ended: (nowMs) => confirmAt.push(nowMs + CONFIRM_MS),
  });
}
