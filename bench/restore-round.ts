import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { pino } from 'pino';
import { createCoordinator } from '../src/coordinator/create-coordinator.ts';
import { createWorkQueue, QUEUE_NAME } from '../src/queue/work-queue.ts';
import { phaseDurations } from '../src/restore/history.ts';
import { KEY, KEY_PREFIX } from '../src/store/keys.ts';
import { createRefusedRequestStore } from '../src/store/refused-request-store.ts';
import { createRestoreStore } from '../src/store/restore-store.ts';
import { type SlackFacts, startBot } from './bot.ts';
import { startChild } from './child.ts';
import { type BenchRedis, commandsDone } from './redis.ts';
import { APPROVER, auraIdOf, awaitingApproval, seed, withdrawn, withHistory } from './restores.ts';
import { mean } from './statistics.ts';

const DEADLINE_MS = 120_000;
/** As many as the configuration allows: ten requests a millisecond, so that the budget is not what is measured. */
const REQUESTS_PER_MINUTE = 600_000;
const SETTLED_MS = 300;
const LOOK_EVERY_MS = 5;

/** One round: all restores from their approval to their end. */
export interface RestoreRound {
  readonly seconds: number;
  readonly jobs: number;
  readonly auraCalls: number;
  readonly slackCalls: number;
  /** Of them, messages posted and messages edited. */
  readonly slackPosts: number;
  readonly slackEdits: number;
  readonly commands: number;
  readonly latencyMs: number;
  readonly phases: Readonly<Record<string, number>>;
}

/** What was there before a round. */
interface Past {
  /** So many restores of other instances that have ended. */
  readonly ended?: number;
  /** So many entries in the history of each restore before its approval. */
  readonly history?: number;
}

/** Approves that many restores at one moment and waits until every one is complete. */
export async function restoreAll(redis: BenchRedis, count: number, past: Past = {}): Promise<RestoreRound> {
  await redis.redis.flushall();
  const log = pino({ level: 'silent' });
  const [slack, aura] = await Promise.all([
    startChild<SlackFacts>('slack', {}),
    startChild<{ url: string }>('aura', { instances: count, requestsPerMinute: 1_000_000 }),
  ]);
  const connection = new Redis(redis.url, { maxRetriesPerRequest: null });
  const queue = createWorkQueue({ connection, prefix: KEY_PREFIX, log });
  const bot = await startBot({
    directory: `${redis.directory}/restore`,
    redisUrl: redis.url,
    slack: slack.facts,
    auraUrl: aura.facts.url,
    role: 'worker',
    instances: Array.from({ length: count }, (_, index) => auraIdOf(index + 1)),
    requestsPerMinute: REQUESTS_PER_MINUTE,
    timing: { poll_interval: '0.02s', snapshot_poll: '0.02s', card_refresh: '1h' },
  });
  try {
    const store = createRestoreStore(redis.redis);
    const coordinator = createCoordinator({
      store,
      refusedRequests: createRefusedRequestStore(redis.redis),
      alarm: queue,
      samePeople: [],
      log,
    });
    if (past.ended) await seed(redis.redis, past.ended, count + 1, withdrawn);
    const make = past.history ? withHistory(past.history) : awaitingApproval;
    const records = await seed(redis.redis, count, 1, make);
    await sleep(SETTLED_MS);
    const commandsBefore = (await commandsDone(redis.redis)).calls;
    const begun = performance.now();
    let ownCommands = 0;
    await Promise.all(
      records.map(({ id, planHash }) => coordinator.apply(id, { type: 'approved', person: APPROVER, planHash })),
    );
    while ((await redis.redis.zcard(KEY.open)) > 0) {
      if (performance.now() - begun > DEADLINE_MS) throw new Error('not every restore ended in time');
      ownCommands++;
      await sleep(LOOK_EVERY_MS);
    }
    const seconds = (performance.now() - begun) / 1000;
    await sleep(SETTLED_MS);
    const commands = (await commandsDone(redis.redis)).calls - commandsBefore - ownCommands;
    const toSlack = await slack.ask<Readonly<Record<string, number>>>('calls');
    const auraCalls = (await aura.ask<readonly unknown[]>('requests')).length;
    const ended = await Promise.all(records.map(async ({ id }) => (await store.load(id))?.restore));
    const phases = ended.map((restore) => {
      if (restore?.state.status !== 'completed') throw new Error(`${restore?.id} is ${restore?.state.status}`);
      return phaseDurations(restore).slice(1, -1);
    });
    const names = phases[0]?.map(({ status }) => status) ?? [];
    return {
      seconds,
      jobs: await jobsRun(redis.redis),
      auraCalls,
      slackCalls: Object.values(toSlack).reduce((sum, calls) => sum + calls, 0),
      slackPosts: toSlack['chat.postMessage'] ?? 0,
      slackEdits: toSlack['chat.update'] ?? 0,
      commands,
      latencyMs: mean(phases.map((all) => all.reduce((sum, { durationMs = 0 }) => sum + durationMs, 0))),
      phases: Object.fromEntries(
        names.map((name) => [
          name,
          mean(phases.map((all) => all.find(({ status }) => status === name)?.durationMs ?? 0)),
        ]),
      ),
    };
  } finally {
    await bot.stop();
    await queue.close();
    connection.disconnect();
    await Promise.all([slack.stop(), aura.stop()]);
  }
}

/** How often a worker took up a job, by BullMQ's own stream of events. Throws when that stream has dropped some. */
async function jobsRun(redis: Redis): Promise<number> {
  const entries = await redis.xrange(`${KEY_PREFIX}:${QUEUE_NAME}:events`, '-', '+');
  if (entries.length >= 10_000) throw new Error('too many jobs in a round to count them');
  return entries.filter(([, fields]) => fields[fields.indexOf('event') + 1] === 'active').length;
}
