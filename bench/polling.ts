import { type SlackFacts, startBot } from './bot.ts';
import { startChild } from './child.ts';
import type { Mode, Part } from './part.ts';
import { type BotRound, botRound, budgetOf, type PollingRound, plainRound } from './polling-round.ts';
import type { BenchRedis } from './redis.ts';
import { auraIdOf } from './restores.ts';
import { inRounds } from './rounds.ts';
import { type Aim, compared, measured, type Row } from './row.ts';
import { mean, percentile } from './statistics.ts';

const SIZES: Readonly<Record<Mode, readonly number[]>> = {
  quick: [10],
  full: [10, 100, 300, 1_000],
  long: [10, 100, 300, 1_000, 10_000],
};
/** So many open restores take minutes a round. */
const MANY = 10_000;
/** A quick run's restores are so many times shorter. */
const QUICKER = 8;
const AIMED_AT = 300;
/**
 * Aura's minutes are so many times shorter here unless it is told otherwise; lags are told in Aura's own time. With hundreds of open
 * restores 60 times would measure the processor, which nothing makes shorter, instead of the budget.
 */
const USUAL_COMPRESSION = 60;
const COMPRESSION_OF: ReadonlyMap<number, number> = new Map([
  [AIMED_AT, 10],
  [1_000, 20],
]);
/** What a round of 1,000 takes at that is minutes. */
const ROUNDS_OF: ReadonlyMap<number, number> = new Map([
  [1_000, 3],
  [MANY, 1],
]);
const AURA_PER_MINUTE = 125;
const POLL_SECONDS = 15;
const SNAPSHOT_POLL_SECONDS = 10;

/** Open restores in Aura's compressed time: what is spent of the budget, and how late an end is noticed. */
export const polling: Part = async ({ redis, mode, choice, say }) => {
  const rows: Row[] = [];
  const isQuick = mode === 'quick';
  for (const count of choice.open === undefined ? SIZES[mode] : [choice.open]) {
    const rounds = choice.rounds ?? (isQuick ? 1 : (ROUNDS_OF.get(count) ?? 5));
    const compression = choice.compression ?? COMPRESSION_OF.get(count) ?? USUAL_COMPRESSION;
    const before = choice.before ?? (count === MANY ? 0 : 1);
    rows.push(...(await withOpen({ count, rounds, before, compression, shorter: isQuick ? QUICKER : 1 }, redis, say)));
  }
  return rows;
};

interface Size {
  readonly count: number;
  readonly rounds: number;
  readonly before: number;
  readonly compression: number;
  readonly shorter: number;
}

/** One bot for all rounds of a size; in rounds before them it may learn how long each instance takes. */
async function withOpen(
  { count, rounds, before, compression, shorter }: Size,
  redis: BenchRedis,
  say: (line: string) => void,
): Promise<readonly Row[]> {
  await redis.redis.flushall();
  const slack = await startChild<SlackFacts>('slack', {});
  const aura = await startChild<{ url: string }>('aura', { instances: count, requestsPerMinute: 1_000_000 });
  const bot = await startBot({
    directory: `${redis.directory}/polling-${count}`,
    redisUrl: redis.url,
    slack: slack.facts,
    auraUrl: aura.facts.url,
    role: 'worker',
    instances: Array.from({ length: count }, (_, index) => auraIdOf(index + 1)),
    requestsPerMinute: budgetOf(compression),
    timing: {
      poll_interval: `${(POLL_SECONDS / compression).toFixed(3)}s`,
      snapshot_poll: `${(SNAPSHOT_POLL_SECONDS / compression).toFixed(3)}s`,
    },
  });
  try {
    const setting = { redis, aura, slack, botPid: bot.pid };
    for (let earlier = 0; earlier < before; earlier++) {
      say(`polling: ${count} open, round ${earlier + 1} of ${before} before`);
      await botRound(setting, { count, round: rounds + earlier, compression, shorter });
    }
    const ours: BotRound[] = [];
    const [, plain = []] = await inRounds<PollingRound>(rounds, [
      async (round) => {
        say(`polling: ${count} open, round ${round + 1} of ${rounds}`);
        const result = await botRound(setting, { count, round, compression, shorter });
        ours.push(result);
        return result;
      },
      (round) => plainRound({ count, round, compression, shorter }),
    ]);
    return rowsOf(count, ours, plain);
  } finally {
    await bot.stop();
    await Promise.all([slack.stop(), aura.stop()]);
  }
}

function rowsOf(count: number, ours: readonly BotRound[], plain: readonly PollingRound[]): readonly Row[] {
  const figure = (measure: string, unit: string, aim?: Aim) => ({
    part: 'polling',
    measure: `${count} open: ${measure}`,
    unit,
    ...(aim ? { aim } : {}),
  });
  const against = (measure: string, unit: string, of: (round: PollingRound) => number, aim?: Aim) =>
    compared(figure(measure, unit, aim), ours.map(of), plain.map(of));
  const alone = (measure: string, unit: string, of: (round: BotRound) => number, aim?: Aim) =>
    measured(figure(measure, unit, aim), ours.map(of));
  return [
    alone("most requests in one of Aura's minutes", '', ({ mostInMinute }) => mostInMinute, {
      atMost: AURA_PER_MINUTE,
    }),
    against('requests of a restore', '', ({ requests }) => requests / count),
    against(
      'lag until seen running, mean',
      's',
      ({ lags }) => mean(lags),
      count === AIMED_AT ? { atMost: 0.5 } : undefined,
    ),
    against('lag until seen running, p50', 's', ({ lags }) => percentile(lags, 0.5)),
    against('lag until seen running, p99', 's', ({ lags }) => percentile(lags, 0.99)),
    alone('lag until the record says it is over, mean', 's', ({ finishedLags }) => mean(finishedLags)),
    compared(
      figure('lag until the card says so, mean, to plain polling that only looks', 's'),
      ours.map(({ cardLags }) => mean(cardLags)),
      plain.map(({ lags }) => mean(lags)),
    ),
    alone('lag until the card says so, p50', 's', ({ cardLags }) => percentile(cardLags, 0.5)),
    alone('lag until the card says so, p99', 's', ({ cardLags }) => percentile(cardLags, 0.99)),
    alone('Redis memory of an open restore', 'KB', ({ redisBytes }) => redisBytes / 1024),
    alone("the worker's memory at most", 'MB', ({ memoryMb }) => memoryMb),
    alone('Redis commands of a restore', '', ({ commands }) => commands / count),
  ];
}
