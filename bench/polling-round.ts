import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { pino } from 'pino';
import { createWorkQueue } from '../src/queue/work-queue.ts';
import { KEY, KEY_PREFIX } from '../src/store/keys.ts';
import { createRestoreStore } from '../src/store/restore-store.ts';
import type { SlackFacts } from './bot.ts';
import { type Child, startChild } from './child.ts';
import { useOf } from './process-use.ts';
import { type BenchRedis, bytesUsed, commandsDone } from './redis.ts';
import { auraIdOf, seed, underRestore } from './restores.ts';
import { mostInWindow } from './statistics.ts';

/** The bot's own default share of Aura's 125. */
const REQUESTS_PER_MINUTE = 100;
const MINUTE_MS = 60_000;

/** A request budget of 100 a minute is 100 a second when Aura's minutes are 60 times shorter. */
export function budgetOf(compression: number): number {
  return REQUESTS_PER_MINUTE * compression;
}

const SHORTEST_RESTORE_MS = 4 * MINUTE_MS;
const LONGEST_RESTORE_MS = 12 * MINUTE_MS;
/** All restores of a round begin within this time. */
const BEGIN_WITHIN_MS = 2 * MINUTE_MS;
/** How much longer or shorter than its usual time one restore of an instance may take. */
const VARIATION = 0.1;
/** What follows an end is not shortened: ten thousand restores end at some ten a second. */
const DEADLINE_MS = 1_800_000;

/** What one round with many open restores showed. Lags in seconds of Aura's own time, one per restore. */
export interface PollingRound {
  readonly lags: readonly number[];
  readonly requests: number;
  /** The most requests in any of Aura's minutes. */
  readonly mostInMinute: number;
}

export interface BotRound extends PollingRound {
  readonly finishedLags: readonly number[];
  readonly cardLags: readonly number[];
  readonly redisBytes: number;
  readonly memoryMb: number;
  readonly commands: number;
}

/** Restores that begin together. */
export interface Wave {
  readonly count: number;
  readonly round: number;
  /** How many times shorter Aura's minutes are: 60 make five minutes of an instance five seconds. */
  readonly compression: number;
  /** How many times shorter than usual they are, for a run that only shows that everything works. */
  readonly shorter?: number;
}

type AuraChild = Child<{ readonly url: string }>;

/** Tells the simulator when each instance will be running again: its own usual time, a little varied in each round. */
async function beginRestores(aura: AuraChild, { count, round, compression, shorter = 1 }: Wave): Promise<void> {
  const now = Date.now();
  const share = (index: number, salt: number) => ((index + 1) * salt * 0.6180339887) % 1;
  const ends = Array.from({ length: count }, (_, index) => {
    const usualMs = SHORTEST_RESTORE_MS + share(index, 1) * (LONGEST_RESTORE_MS - SHORTEST_RESTORE_MS);
    const lasts = (usualMs / shorter / compression) * (1 + VARIATION * (2 * share(index, 7 + round) - 1));
    return {
      auraId: auraIdOf(index + 1),
      at: now + (share(index, 3) * BEGIN_WITHIN_MS) / shorter / compression + lasts,
    };
  });
  await aura.ask('restore', ends);
}

async function requestsSince(aura: AuraChild, begun: number, compression: number) {
  const requests = await aura.ask<readonly { at: number }[]>('requests');
  const moments = requests.map(({ at }) => at).filter((at) => at >= begun);
  return { requests: moments.length, mostInMinute: mostInWindow(moments, MINUTE_MS / compression) };
}

/** The bot's worker watches that many restores to their end. Its process and both simulators go on running. */
export async function botRound(
  setting: {
    readonly redis: BenchRedis;
    readonly aura: AuraChild;
    readonly slack: Child<SlackFacts>;
    readonly botPid: number;
  },
  wave: Wave,
): Promise<BotRound> {
  const { count, compression } = wave;
  const inAuraSeconds = (ms: number) => (ms * compression) / 1000;
  const { aura, slack } = setting;
  const { redis } = setting.redis;
  const log = pino({ level: 'silent' });
  const connection = new Redis(setting.redis.url, { maxRetriesPerRequest: null });
  const queue = createWorkQueue({ connection, prefix: KEY_PREFIX, log });
  const store = createRestoreStore(redis);
  try {
    const begun = Date.now();
    await beginRestores(aura, wave);
    const bytesBefore = await bytesUsed(redis);
    const commandsBefore = (await commandsDone(redis)).calls;
    const records = await seed(redis, count, 1, underRestore);
    const redisBytes = ((await bytesUsed(redis)) - bytesBefore) / count;
    for (const record of records) queue.ring(record);
    let memoryMb = 0;
    let ownCommands = 0;
    while ((await redis.zcard(KEY.open)) > 0) {
      ownCommands++;
      if (Date.now() - begun > DEADLINE_MS) throw new Error('not every restore ended in time');
      memoryMb = Math.max(memoryMb, useOf(setting.botPid).memoryMb);
      await sleep(50);
    }
    while ((await redis.hlen(KEY.redraw)) > 0 && Date.now() - begun < DEADLINE_MS) {
      ownCommands++;
      await sleep(50);
    }
    const commands = (await commandsDone(redis)).calls - commandsBefore - ownCommands;
    const ended = await aura.ask<Record<string, number>>('ended');
    const said = await slack.ask<Record<string, number>>('saidRestored');
    const lags: number[] = [];
    const finishedLags: number[] = [];
    const cardLags: number[] = [];
    for (const { id, plan } of records) {
      const really = ended[plan.instance.auraId] ?? Number.NaN;
      const history = (await store.load(id))?.restore.history ?? [];
      const lagOf = (event: string) => {
        const at = history.findLast((entry) => entry.event === event)?.at;
        return inAuraSeconds(Date.parse(at ?? '') - really);
      };
      lags.push(lagOf('running-seen'));
      finishedLags.push(lagOf('restore-finished'));
      cardLags.push(inAuraSeconds((said[id] ?? Number.NaN) - really));
    }
    return {
      lags,
      finishedLags,
      cardLags,
      redisBytes,
      memoryMb,
      commands,
      ...(await requestsSince(aura, begun, compression)),
    };
  } finally {
    await queue.quiet();
    await queue.close();
    connection.disconnect();
  }
}

/** Plain polling of as many instances with the same ends, at the same budget. */
export async function plainRound(wave: Wave): Promise<PollingRound> {
  const { count, compression } = wave;
  const inAuraSeconds = (ms: number) => (ms * compression) / 1000;
  const aura = await startChild<{ url: string }>('aura', { instances: count, requestsPerMinute: 1_000_000 });
  const poller = await startChild('round-robin', { auraUrl: aura.facts.url, requestsPerMinute: budgetOf(compression) });
  try {
    const begun = Date.now();
    await beginRestores(aura, wave);
    const seen = await poller.ask<Record<string, number>>('watch', count);
    const ended = await aura.ask<Record<string, number>>('ended');
    const lags = Object.entries(seen).map(([auraId, at]) => inAuraSeconds(at - (ended[auraId] ?? Number.NaN)));
    return { lags, ...(await requestsSince(aura, begun, compression)) };
  } finally {
    await Promise.all([poller.stop(), aura.stop()]);
  }
}
