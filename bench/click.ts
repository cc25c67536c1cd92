import { join } from 'node:path';
import type { Restore } from '../src/restore/restore.ts';
import { KEY } from '../src/store/keys.ts';
import { createRestoreStore } from '../src/store/restore-store.ts';
import { type SlackFacts, startBot } from './bot.ts';
import { startChild } from './child.ts';
import type { Part } from './part.ts';
import type { BenchRedis } from './redis.ts';
import { auraIdOf, awaitingApproval, seed } from './restores.ts';
import { inRounds } from './rounds.ts';
import { type Aim, compared, type Row } from './row.ts';
import { approvalOf, type Fired, fire } from './signed-clicks.ts';
import { percentile } from './statistics.ts';

const CLICKS: Readonly<Record<number, number>> = { 1: 200, 10: 600, 50: 1_000, 200: 1_000 };
/** A quick run only shows that everything works. */
const QUICK: Readonly<Record<number, number>> = { 10: 20, 50: 60 };
/** Clicks before the first round, which count for nothing. No round has more. */
const WARM_UP = 1_500;
/** At this many at once the aims are set. */
const AIMED_AT = 50;
const AIMS: Readonly<Record<string, Aim>> = {
  p50: { atMost: 1.3 },
  p99: { atMost: 1.5 },
  throughput: { atLeast: 0.85 },
};

/** A signed approval over HTTP until it is acknowledged, against Bolt apps that record nothing. */
export const click: Part = async ({ redis, mode, say }) => {
  const isQuick = mode === 'quick';
  const slack = await startChild<SlackFacts>('slack', {});
  const boltSettings = { ...slack.facts, redisUrl: redis.url };
  const directory = join(redis.directory, 'click');
  const bot = await startBot({
    directory,
    redisUrl: redis.url,
    slack: slack.facts,
    auraUrl: 'http://127.0.0.1:9',
    role: 'slack',
    // Nobody can approve what the rules do not know.
    instances: Array.from({ length: isQuick ? Math.max(...Object.values(QUICK)) : WARM_UP }, (_, index) =>
      auraIdOf(index + 1),
    ),
  });
  const logFile = join(directory, 'known-people.log');
  const known = await startChild<{ port: number }>('known-people', boltSettings, logFile);
  const bare = await startChild<{ port: number }>('bare-bolt', { ...boltSettings, asksSlack: false });
  const asking = await startChild<{ port: number }>('bare-bolt', { ...boltSettings, asksSlack: true });
  const store = createRestoreStore(redis.redis);

  async function clickOn(port: number, atOnce: number, count: number, isDurable: boolean): Promise<Fired> {
    await forgetRestores(redis.redis);
    const restores = await seed(redis.redis, count, 1, awaitingApproval);
    const fired = await fire(
      port,
      restores.map((restore) => approvalOf(restore, slack.facts.signingSecret)),
      atOnce,
    );
    if (isDurable) await haveAllBeenApproved(restores);
    return fired;
  }

  async function haveAllBeenApproved(restores: readonly Restore[]): Promise<void> {
    for (const { id } of restores) {
      const status = (await store.load(id))?.restore.state.status;
      if (status !== 'approved') throw new Error(`restore ${id} is ${status} although its approval was acknowledged`);
    }
  }

  try {
    const rows: Row[] = [];
    const targets = [
      { port: bare.facts.port, isDurable: false },
      { port: known.facts.port, isDurable: true },
      { port: asking.facts.port, isDurable: false },
      { port: bot.port, isDurable: true },
    ];
    if (!isQuick) for (const { port, isDurable } of targets) await clickOn(port, AIMED_AT, WARM_UP, isDurable);
    for (const [key, clicks] of Object.entries(isQuick ? QUICK : CLICKS)) {
      const atOnce = Number(key);
      say(`click: ${atOnce} at once`);
      const [acked = [], durable = [], asked = [], whole = []] = await inRounds(
        isQuick ? 1 : 7,
        targets.map(
          ({ port, isDurable }) =>
            () =>
              clickOn(port, atOnce, clicks, isDurable),
        ),
      );
      rows.push(
        ...rowsFor(`durable part, ${atOnce} at once`, durable, acked, atOnce === AIMED_AT ? AIMS : {}),
        ...rowsFor(`whole submission, ${atOnce} at once, peer asks Slack too`, whole, asked, {}),
        ...rowsFor(`whole submission, ${atOnce} at once, peer only acknowledges`, whole, acked, {}),
      );
    }
    return rows;
  } finally {
    await Promise.all([bot, known, bare, asking].map((process) => process.stop()));
    await slack.stop();
  }
};

/** The rules in force stay: writing them anew with so many instances is no part of a click. */
async function forgetRestores(redis: BenchRedis['redis']): Promise<void> {
  for await (const keys of redis.scanStream({ count: 1_000 }) as AsyncIterable<string[]>) {
    const gone = keys.filter((key) => !key.startsWith(KEY.policy));
    if (gone.length > 0) await redis.unlink(...gone);
  }
}

function rowsFor(
  what: string,
  ours: readonly Fired[],
  bare: readonly Fired[],
  aims: Readonly<Record<string, Aim>>,
): readonly Row[] {
  const row = (measure: string, unit: string, of: (fired: Fired) => number) =>
    compared(
      { part: 'click', measure: `${what}: ${measure}`, unit, ...(aims[measure] ? { aim: aims[measure] } : {}) },
      ours.map(of),
      bare.map(of),
    );
  return [
    row('p50', 'ms', ({ latencies }) => percentile(latencies, 0.5)),
    row('p99', 'ms', ({ latencies }) => percentile(latencies, 0.99)),
    row('throughput', '/s', ({ perSecond }) => perSecond),
  ];
}
