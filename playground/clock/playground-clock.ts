import type { SlackSimulator } from '../slack/simulator.ts';
import { until } from '../story.ts';
import { dateAheadMs, installMovedDate, setDateAhead } from './moved-date.ts';

/** A process whose time of day follows the playground's. Resolves when it does. */
export interface Follower {
  setClockAhead(aheadMs: number): Promise<void>;
}

/** One time of day for the page, the simulators and the bot. It only goes forward. */
export interface PlaygroundClock {
  /** How far it is ahead of the machine's clock, in milliseconds. */
  aheadMs(): number;
  /** Whoever follows from now on; they must have been started with the machine's time. */
  lead(follower: Follower): void;
  /** Resolves when everybody has the later time. Moves one after the other; rejects when a follower is gone. */
  forward(byMs: number): Promise<void>;
  /** Gives this process the machine's time back. */
  close(): void;
}

/**
 * Call it before the simulators are started: they live in this process, and keep the `Date` that they find. They go first at
 * each move: an answer of theirs that the bot, still behind, finds too early is forgotten as soon as its own clock is set.
 */
export function startPlaygroundClock(): PlaygroundClock {
  const close = installMovedDate();
  const followers: Follower[] = [];
  let moving: Promise<void> = Promise.resolve();
  return {
    aheadMs: dateAheadMs,
    lead(follower) {
      followers.push(follower);
    },
    forward(byMs) {
      const moved = moving.then(async () => {
        setDateAhead(dateAheadMs() + Math.max(0, byMs));
        await Promise.all(followers.map((follower) => follower.setClockAhead(dateAheadMs())));
      });
      moving = moved.catch(() => undefined);
      return moved;
    },
    close,
  };
}

const LISTENS_WITHIN_MS = 20_000;

/**
 * The bot as a follower. Slack's own client judges its connection by the time of day and opens another after a move, as it
 * does on a laptop that wakes up. So that nobody's click falls into that gap, the bot is asked at once to open another, and
 * the move is over when it listens again.
 */
export function listeningBot(bot: Follower, slack: SlackSimulator): Follower {
  return {
    async setClockAhead(aheadMs) {
      await bot.setClockAhead(aheadMs);
      slack.refreshSockets();
      await until('the bot to listen again', () => slack.socketCount() > 0, LISTENS_WITHIN_MS);
    },
  };
}
