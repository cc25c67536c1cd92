import { parseArgs } from 'node:util';
import { ensureRedisServer } from '../scripts/ensure-redis.ts';
import { buildBot } from './built-bot.ts';
import type { PartResult } from './campaign.ts';
import { crashPoints } from './crash-points.ts';
import { type OutageLengths, outages } from './outages.ts';
import { races } from './races.ts';
import { createRandom } from './random.ts';
import { randomRestores } from './random-restores.ts';
import { culpritsOf, tableOf, verdictOn } from './report.ts';
import { COMPLETE } from './violation.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    only: { type: 'string', multiple: true, default: [] },
    long: { type: 'boolean', default: false },
    points: { type: 'string', multiple: true },
    scene: { type: 'string' },
    patience: { type: 'string' },
    restores: { type: 'string' },
    project: { type: 'string', default: '.' },
    help: { type: 'boolean', default: false },
  },
});

const HELP = `npm run chaos [-- options]: kills, disturbs and races the real bot, and judges it from outside.
  --seed N       repeat the run with this seed
  --long         all crash points, more than 1,000 random restores, more races (default: a short form)
  --only PART    crash-points, random, races or outages; may be given several times
  --points TEXT  of the crash points all whose name has this in it, and no other; may be given several times; "none" plays the
                 scenes undisturbed
  --scene NAME   of the scenes for the crash points only this one; with no points, steps must follow within 15 s
  --patience S   at the crash points steps must follow within so many seconds (default: 150, as work that hangs is taken up late)
  --restores N   so many random restores
  --project DIR  the project to build and run (default: this one)`;

/** What an operator may meet: a Redis that is started afresh, a bad hour of Slack's or Aura's. */
const LONG_OUTAGES: OutageLengths = { redisSeconds: 60, slackSeconds: 600, auraSeconds: 600 };
const SHORT_OUTAGES: OutageLengths = { redisSeconds: 6, slackSeconds: 20, auraSeconds: 18 };

/** Some of those who are to ask for a restore are refused, or end without one: of so many more than 1,000 and 50 become records. */
const RANDOM_LONG = 1_100;
/** The short form, which is part of the suite. */
const SHORT = { share: 0.2, restores: 60, approvers: 100, rounds: 20 };

function patienceOf(seconds: string): { readonly scene: number; readonly quiet: number } {
  const ms = Number(seconds) * 1000;
  if (!Number.isInteger(ms) || ms <= 0) throw new Error('--patience must be a number of seconds');
  return { scene: ms, quiet: ms };
}

async function main(): Promise<number> {
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const seed = values.seed === undefined ? Date.now() % 1_000_000 : Number(values.seed);
  if (!Number.isInteger(seed)) throw new Error('--seed must be a whole number');
  const say = (line: string) => console.log(line);
  say(`seed ${seed}`);
  await ensureRedisServer(say);
  const bot = buildBot(values.project);
  const isWanted = (part: string) => values.only.length === 0 || values.only.includes(part);
  const results: PartResult[] = [];
  const done = (result: PartResult) => {
    results.push(result);
    say(verdictOn(result));
  };
  const random = createRandom(seed);
  if (isWanted('crash-points')) {
    say('crash points');
    done(
      await crashPoints(bot, random.fork('crash-points'), {
        say,
        share: values.long ? 1 : SHORT.share,
        ...(values.points === undefined ? {} : { points: values.points }),
        ...(values.scene === undefined ? {} : { scene: values.scene }),
        ...(values.patience === undefined ? {} : { patienceMs: patienceOf(values.patience) }),
      }),
    );
  }
  if (isWanted('random')) {
    say('random restores');
    const restores = Number(values.restores ?? (values.long ? RANDOM_LONG : SHORT.restores));
    if (!Number.isInteger(restores)) throw new Error('--restores must be a whole number');
    done(await randomRestores(bot, random.fork('random'), { say, restores }));
  }
  if (isWanted('races')) {
    say('races');
    const size = values.long ? { approvers: 1000, rounds: 100 } : { approvers: SHORT.approvers, rounds: SHORT.rounds };
    done(await races(bot, random.fork('races'), { say, ...size }));
  }
  if (isWanted('outages')) {
    say('outages');
    const lengths = values.long ? LONG_OUTAGES : SHORT_OUTAGES;
    done(await outages(bot, random.fork('outages'), { say, lengths }));
  }
  say('');
  say(tableOf(results));
  const violations = results.flatMap((result) => result.violations);
  if (violations.length === 0) return 0;
  const incomplete = violations.filter(({ promise }) => promise === COMPLETE).length;
  say(
    `\n${violations.length - incomplete} promises broken, ${incomplete} things left out by the campaign, seed ${seed}`,
  );
  for (const result of results) say(culpritsOf(result));
  return 1;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? (error.stack ?? error.message) : error);
    process.exit(2);
  },
);
