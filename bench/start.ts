import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type SlackFacts, startBot } from './bot.ts';
import { type Program, startChild, startProgram } from './child.ts';
import type { Part } from './part.ts';
import { useOf } from './process-use.ts';
import { freePort } from './redis.ts';
import { inRounds } from './rounds.ts';
import { compared, measured } from './row.ts';

/** After this a process that has nothing to do does nothing of its start any more. */
const SETTLED_MS = 3_000;
const IDLE_MS = 10_000;
const QUICK_MS = 500;
const MORE_MB = 40;

interface Idle {
  readonly readyMs: number;
  readonly memoryMb: number;
  /** Of one core. */
  readonly cpuPercent: number;
}

/** From the start of the process to its first answer, and what it uses with nothing to do. */
export const start: Part = async ({ redis, mode, say }) => {
  const isQuick = mode === 'quick';
  const slack = await startChild<SlackFacts>('slack', {});
  const directory = join(redis.directory, 'start');
  const startBare = async () =>
    startProgram(
      'dist/bench/processes/bare-bot.js',
      {
        SLACK_BOT_TOKEN: slack.facts.botToken,
        SLACK_SIGNING_SECRET: slack.facts.signingSecret,
        SLACK_API_URL: slack.facts.apiUrl,
        REDIS_URL: redis.url,
      },
      await freePort(),
      join(directory, 'bare.log'),
    );
  const startOurs = () =>
    startBot({ directory, redisUrl: redis.url, slack: slack.facts, auraUrl: 'http://127.0.0.1:9', role: 'all' });

  async function idle(begin: () => Promise<Program>): Promise<Idle> {
    const program = await begin();
    try {
      await sleep(isQuick ? QUICK_MS : SETTLED_MS);
      const before = useOf(program.pid);
      const idleMs = isQuick ? QUICK_MS : IDLE_MS;
      await sleep(idleMs);
      const after = useOf(program.pid);
      return {
        readyMs: program.readyMs,
        memoryMb: after.memoryMb,
        cpuPercent: ((after.cpuSeconds - before.cpuSeconds) / (idleMs / 1000)) * 100,
      };
    } finally {
      await program.stop();
    }
  }

  try {
    await (await startOurs()).stop();
    await (await startBare()).stop();
    const [ours = [], bare = []] = await inRounds(isQuick ? 1 : 7, [
      (round) => {
        say(`start: round ${round + 1}`);
        return idle(startOurs);
      },
      () => idle(startBare),
    ]);
    const part = 'start';
    const memory = (all: readonly Idle[]) => all.map(({ memoryMb }) => memoryMb);
    const more = ours.map(({ memoryMb }, round) => memoryMb - (bare[round]?.memoryMb ?? Number.NaN));
    return [
      compared(
        { part, measure: 'start to ready', unit: 'ms', aim: { atMost: 2 } },
        ours.map(({ readyMs }) => readyMs),
        bare.map(({ readyMs }) => readyMs),
      ),
      compared({ part, measure: 'idle memory', unit: 'MB' }, memory(ours), memory(bare)),
      measured({ part, measure: 'idle memory, more than the peer', unit: 'MB', aim: { atMost: MORE_MB } }, more),
      measured(
        { part, measure: 'idle processor, of one core', unit: '%' },
        ours.map(({ cpuPercent }) => cpuPercent),
      ),
      measured(
        { part, measure: 'idle processor of the peer', unit: '%' },
        bare.map(({ cpuPercent }) => cpuPercent),
      ),
    ];
  } finally {
    await slack.stop();
  }
};
