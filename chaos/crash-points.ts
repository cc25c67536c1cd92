import { setTimeout as sleep } from 'node:timers/promises';
import { type Setting, seeThrough } from './acts.ts';
import { type Arena, startArena } from './arena.ts';
import type { BuiltBot } from './built-bot.ts';
import { conclude, merge, type PartResult, play, suits, untilQuiet } from './campaign.ts';
import { createCast } from './cast.ts';
import { type Job, jobsOf, nameOf } from './deaths.ts';
import { dieAtFirstStarts, isSpent, type Missed } from './first-start.ts';
import { type PointsOfScenes, pointsOfScenes, type Stage, takeFitting } from './points-of-scenes.ts';
import { createProgress } from './progress.ts';
import type { Random } from './random.ts';
import { endOfDay, hourPasses } from './records.ts';
import { LONG_SCENES, SCENE_NAMES, SCENES_OF_EQUIPPED, type SceneName } from './scenes.ts';
import { snapshotLookIsDue } from './side-records.ts';
import { EVENTS_OF_LONG_SCENES, eventsIn, siteOf, sitesIn } from './sites.ts';
import type { Arm } from './strikes.ts';
import { COMPLETE, type Violation } from './violation.ts';

const INSTANCES = 36;
const EQUIPPED = 9;
const MOST_TRIES = 5;
/** After a first try in vain, so many at least play at once: chance decides which of them gets there. */
const PLAYERS_OF_LATER_TRIES = 3;
const AFTERMATH_MS = 1_500;
/** Asks for the scenes without a death. */
const NO_POINTS = 'none';

/** Who plays one scene in which nobody dies is in a hurry. */
const ONE_SCENE_PATIENCE_MS = { scene: 15_000, quiet: 10_000 };
/** Deaths wait for locks to run out, so several arenas die side by side. */
const ARENAS = 3;

/** Who stands in each arena. */
const COMPANY = { people: 12, roles: ['slack', 'worker', 'worker'] } as const;

/**
 * Kills a process once before and once after every point where the bot writes or calls out. The points are those that
 * its code has: a line that no scene reaches is a failure of the campaign. `share` is the part of the deaths to die.
 */
export async function crashPoints(
  bot: BuiltBot,
  random: Random,
  options: {
    readonly say: (line: string) => void;
    readonly share: number;
    readonly points?: readonly string[];
    readonly scene?: string;
    /** Absent: long enough for every death, and little where one scene is played in which nobody dies. */
    readonly patienceMs?: Arena['patienceMs'];
  },
): Promise<PartResult> {
  const isHurried = options.scene !== undefined && options.points?.includes(NO_POINTS);
  const patienceMs = options.patienceMs ?? (isHurried ? ONE_SCENE_PATIENCE_MS : undefined);
  const arenas = await Promise.all(
    arenasFor(options.scene).map((kinds) =>
      startArena(bot, {
        ...kinds,
        ...COMPANY,
        patienceMs,
      }),
    ),
  );
  try {
    const stages: readonly Stage[] = arenas.map((arena) => ({ arena, cast: createCast(arena) }));
    const hasTime = options.share >= 1 || options.points !== undefined;
    const scenes = SCENE_NAMES.filter((name) =>
      options.scene === undefined ? hasTime || !LONG_SCENES.has(name) : name === options.scene,
    );
    const sites = sitesIn(bot.compiled);
    const events = eventsIn(bot.compiled).filter((event) => hasTime || !EVENTS_OF_LONG_SCENES.has(event));
    /** Places and events of the code that these points leave out. */
    const leftOut = (points: readonly string[]) => {
      if (options.scene !== undefined) return [];
      const reached = new Set(points.map((point) => siteOf(point, sites)));
      const saves = points.map((point) => / save ([\w-]+)(?: of [\w-]+)?$/.exec(point)?.[1]);
      const isSaved = (event: string) => saves.includes(event);
      return [
        ...sites.filter((site) => !reached.has(site)),
        ...events.filter((event) => !isSaved(event)).map((event) => `a save of ${event}`),
      ];
    };
    const found = await pointsOfScenes(stages, scenes, {
      newMark,
      random: random.fork('undisturbed'),
      isEnough: (points) => leftOut(points).length === 0,
    });
    const points = [...found.byScene.values()].flat();
    const jobs = jobsOf(found.byScene, options, random.fork('drawn'));
    const deaths = jobs.reduce((sum, { arms }) => sum + arms.length, 0);
    options.say(`${points.length} points at ${sites.length} places that write or call out; ${deaths} deaths to die`);

    const progress = createProgress('deaths are died', deaths, options.say);
    const played: Setting[] = [];
    const dieAt = async (all: readonly Job[], say: (count: number) => void) => {
      const due = [...all];
      const missed: Missed[] = [];
      await Promise.all(
        stages.map(async (stage) => {
          for (let job = takeFitting(due, stage); job; job = takeFitting(due, stage)) {
            const own = random.fork(`${job.scene} ${job.arms.map(nameOf).join()}`);
            const { settings, left } = await killAtEach(stage, job, found, own);
            played.push(...settings);
            missed.push(...left.map((arm) => ({ arm, scene: job.scene })));
            say(job.arms.length);
          }
        }),
      );
      return missed;
    };
    const missedAtFirst = await dieAt(jobs, progress.done);
    const again = jobsElsewhere(missedAtFirst, found);
    if (again.length > 0) options.say(`${again.length} of them are tried in another scene that reached them`);
    const missed = [
      ...missedAtFirst.filter(({ arm }) => !again.some(({ arms }) => arms.includes(arm))),
      ...(await dieAt(again, () => undefined)),
    ];
    // Whoever was kept from it by the deaths of others answers now: what is open after that is stuck.
    await Promise.all(played.filter(({ cast, mark }) => cast.card(mark)).map(seeThrough));
    await Promise.all(played.map(({ cast, requester, mark }) => cast.withdrawTwins(requester, mark)));
    const parts = await Promise.all(
      stages.map(async ({ arena, cast }) => {
        await untilQuiet(arena);
        return conclude(arena, 'crash points', cast.deeds, { notes: [] });
      }),
    );
    const atFirst = missed.filter(({ arm }) => found.isAtStart(arm.point));
    if (atFirst.length > 0) options.say(`${atFirst.length} of them are died in a first start`);
    const arenaOf = (scene: SceneName) => ({ ...arenaFor(scene), ...COMPANY, patienceMs });
    const firsts = await dieAtFirstStarts(bot, atFirst, { arenaOf, newMark, random, atOnce: ARENAS });
    const never = missed
      .filter((one) => !firsts.some(({ missed: of, isDied }) => of === one && isDied))
      .map(({ arm: { point, when }, scene }) => `${point} (${when}), in "${scene}"`);
    // A part of the points claims no completeness; what was drawn and not reached again, as chance had it, is said.
    if (!hasTime) for (const point of never) options.say(`  not reached again: ${point}`);
    const inAll = arenas.flatMap(({ fleet }) => fleet.strikes().map(({ point }) => point));
    return merge(
      'crash points',
      [...parts, ...firsts.map(({ part }) => part)],
      [
        ...leftOut(hasTime ? points : inAll).map((site) => incomplete(`no scene reaches ${site}`)),
        ...(hasTime ? never.map((point) => incomplete(`never died at ${point}`)) : []),
      ],
    );
  } finally {
    await Promise.all(arenas.map((arena) => arena.close()));
  }
}

type Kinds = Pick<Parameters<typeof startArena>[1], 'instances' | 'equipped' | 'settings'>;

// A look every two minutes would be reached by chance.
const PLAIN: Kinds = { instances: INSTANCES, equipped: 0, settings: { shadow_restores: 'off' } };
const ON_EQUIPPED: Kinds = { instances: 0, equipped: EQUIPPED };

/** What stands in each arena: equipped instances, of which few scenes are, have one of their own. */
function arenasFor(scene: string | undefined): readonly Kinds[] {
  if (scene !== undefined) return [arenaFor(scene)];
  return [...Array.from({ length: ARENAS }, () => PLAIN), ON_EQUIPPED];
}

function arenaFor(scene: string): Kinds {
  return SCENES_OF_EQUIPPED.has(scene as SceneName) ? ON_EQUIPPED : PLAIN;
}

function incomplete(words: string): Violation {
  return { promise: COMPLETE, restoreId: '', words };
}

let marks = 0;
function newMark(): string {
  marks++;
  return `crash-${marks}`;
}

/** Some points are only reached by a process that starts, or that has no good token. */
async function provokeRareThings(arena: Arena, arms: readonly Arm[]): Promise<void> {
  const { outside } = arena.redis;
  await hourPasses(outside);
  await endOfDay(outside);
  // A script that Redis has forgotten takes effect when it is sent whole, and not where it is named.
  if (arms.some(({ point }) => point.endsWith('sent whole'))) await outside.script('FLUSH');
  if (arms.some(({ point }) => point.includes('/fingerprints.js'))) await snapshotsAreTaken(arena);
  arena.aura.revokeAllTokens();
  arena.fleet.kill(0);
  arena.fleet.kill(1);
}

/** Aura took snapshots by itself of what a fingerprint can be taken of, and the bot looks at once. */
async function snapshotsAreTaken({ aura, instances, redis }: Arena): Promise<void> {
  const timestamp = `${new Date().toISOString().slice(0, 19)}Z`;
  for (const { auraId } of instances.filter(({ isEquipped }) => isEquipped)) {
    aura.addSnapshot(auraId, { timestamp, profile: 'AdHoc' });
    await snapshotLookIsDue(redis.outside, auraId);
  }
}

/** A scene may have reached a place by chance: the last other one that did may do so each time it is played. */
function jobsElsewhere(missed: readonly Missed[], found: PointsOfScenes): readonly Job[] {
  return missed.flatMap(({ arm, scene }) => {
    const other = found.isAtStart(arm.point) ? undefined : found.elsewhere(arm.point, scene).at(-1);
    return other ? [{ scene: other, arms: [arm] }] : [];
  });
}

/** Answers with who played, and with what was armed and never reached. What is chosen depends on the job alone, not on its stage. */
async function killAtEach(
  { arena, cast }: Stage,
  { scene, arms }: Job,
  { isAtStart }: PointsOfScenes,
  random: Random,
): Promise<{ readonly settings: readonly Setting[]; readonly left: readonly Arm[] }> {
  const settings: Setting[] = [];
  let left = [...arms];
  for (let attempt = 0; attempt < MOST_TRIES && left.length > 0; attempt++) {
    arena.fleet.arm(left);
    if (attempt > 0 || left.some(({ point }) => isAtStart(point))) await provokeRareThings(arena, left);
    const own = random.fork(`try ${attempt}`);
    const suitable = arena.instances.filter((one) => suits(scene, one));
    const from = own.below(suitable.length);
    const atLeast = attempt > 0 ? Math.min(PLAYERS_OF_LATER_TRIES, suitable.length) : 0;
    const played = await Promise.all(
      Array.from({ length: Math.max(left.length, atLeast) }).flatMap((_, index) => {
        const instance = suitable[(from + index) % suitable.length];
        return instance ? [play(arena, cast, scene, instance, newMark(), own.fork(`player ${index}`))] : [];
      }),
    );
    settings.push(...played);
    // A scene may be over before what its last change leads to is done.
    await sleep(AFTERMATH_MS);
    arena.fleet.arm([]);
    left = left.filter((arm) => !isSpent(arena, arm));
  }
  return { settings, left };
}
