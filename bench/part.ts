import type { BenchRedis } from './redis.ts';
import type { Row } from './row.ts';

/** How much is measured: `quick` only shows that everything works, `long` adds what takes many minutes. */
export type Mode = 'quick' | 'full' | 'long';

/** What a person chose instead of the usual, for the part about polling. */
export interface Choice {
  /** Only with so many open restores. */
  readonly open?: number;
  readonly rounds?: number;
  /** So many rounds before them, from which the bot may learn. */
  readonly before?: number;
  /** How many times shorter Aura's minutes are. */
  readonly compression?: number;
}

/** One part of the bench: starts what it needs, measures, stops it again, and answers with its rows of the table. */
export type Part = (setting: {
  readonly redis: BenchRedis;
  readonly mode: Mode;
  readonly choice: Choice;
  /** Tells the person who waits what goes on. */
  readonly say: (line: string) => void;
}) => Promise<readonly Row[]>;
