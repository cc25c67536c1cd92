import type { SlackFacts } from './bot.ts';
import { startChild } from './child.ts';
import type { Part } from './part.ts';
import type { BenchRedis } from './redis.ts';
import { type RestoreRound, restoreAll } from './restore-round.ts';
import { inRounds } from './rounds.ts';
import { compared, measured, type Row } from './row.ts';

const RESTORES = 60;
const QUICK_RESTORES = 8;
const MANY_ENDED = 5_000;
const LONG_HISTORY = 100;
/** How much more may be noise; growth would be a multiple. */
const NO_MORE = { atMost: 1.1 };

/** Whole restores between simulators that answer at once, against BullMQ with as many jobs that do nothing. */
export const wholeRestore: Part = async ({ redis, mode, say }) => {
  const isQuick = mode === 'quick';
  const restores = isQuick ? QUICK_RESTORES : RESTORES;
  const rounds: RestoreRound[] = [];
  const slackForCalls = await startChild<SlackFacts>('slack', {});
  const bare = await startChild('bare-queue', {
    redisUrl: redis.url,
    callUrl: new URL('auth.test', slackForCalls.facts.apiUrl).href,
  });
  try {
    const runBare = async (isCalling: boolean) => {
      const last = rounds.at(-1);
      const jobs = last?.jobs ?? restores * 20;
      const calls = isCalling && last ? (last.auraCalls + last.slackCalls) / jobs : 0;
      return jobs / (await bare.ask<number>('run', { jobs, chains: restores, calls }));
    };
    // The first round of each warms up; the bot's also tells how many jobs and calls there are.
    rounds.push(await restoreAll(redis, restores));
    await runBare(false);
    const results = await inRounds<number>(isQuick ? 1 : 5, [
      async (round) => {
        say(`restore: round ${round + 1}, ${restores} restores`);
        rounds.push(await restoreAll(redis, restores));
        const { jobs, seconds } = rounds.at(-1) ?? { jobs: 0, seconds: 1 };
        return jobs / seconds;
      },
      () => runBare(false),
      () => runBare(true),
    ]);
    const [ours = [], idle = [], calling = []] = results;
    const part = 'restore';
    const jobsRow = { part, unit: 'jobs/s' };
    return [
      compared({ ...jobsRow, measure: 'against jobs that do nothing', aim: { atLeast: 0.5 } }, ours, idle),
      compared({ ...jobsRow, measure: 'against jobs that make as many calls' }, ours, calling),
      ...rowsOf(rounds.slice(1), restores),
      ...(await growthRows(redis, isQuick, say)),
    ];
  } finally {
    await Promise.all([bare.stop(), slackForCalls.stop()]);
  }
};

/** Redis commands of a restore after many others, and with a long history, against one with neither. */
async function growthRows(redis: BenchRedis, isQuick: boolean, say: (line: string) => void): Promise<readonly Row[]> {
  const ended = isQuick ? MANY_ENDED / 10 : MANY_ENDED;
  const sides = [{}, { ended }, { history: LONG_HISTORY }].map((past) => async (round: number) => {
    say(`restore: commands, round ${round + 1}`);
    return (await restoreAll(redis, QUICK_RESTORES, past)).commands / QUICK_RESTORES;
  });
  const [fresh = [], afterMany = [], withLong = []] = await inRounds(isQuick ? 1 : 5, sides);
  const figure = { part: 'restore', unit: 'commands', aim: NO_MORE };
  return [
    compared({ ...figure, measure: `Redis commands of a restore after ${ended} others` }, afterMany, fresh),
    compared({ ...figure, measure: `Redis commands with ${LONG_HISTORY} entries of history` }, withLong, fresh),
  ];
}

function rowsOf(rounds: readonly RestoreRound[], restores: number): readonly Row[] {
  const row = (measure: string, unit: string, of: (round: RestoreRound) => number) =>
    measured({ part: 'restore', measure, unit }, rounds.map(of));
  const phases = Object.keys(rounds[0]?.phases ?? {});
  return [
    row('restores a second', '/s', ({ seconds }) => restores / seconds),
    row('jobs of a restore', 'jobs', ({ jobs }) => jobs / restores),
    row('calls to Aura of a restore', 'calls', ({ auraCalls }) => auraCalls / restores),
    row('calls to Slack of a restore', 'calls', ({ slackCalls }) => slackCalls / restores),
    row('of them messages posted', 'calls', ({ slackPosts }) => slackPosts / restores),
    row('of them edits of the card', 'calls', ({ slackEdits }) => slackEdits / restores),
    row('Redis commands of a restore', 'commands', ({ commands }) => commands / restores),
    row('from approval to the end, mean', 'ms', ({ latencyMs }) => latencyMs),
    ...phases.map((phase) => row(`of it in ${phase}, mean`, 'ms', (round) => round.phases[phase] ?? 0)),
  ];
}
