import { type Setting, seeThrough } from './acts.ts';
import { type Arena, startArena } from './arena.ts';
import type { BuiltBot } from './built-bot.ts';
import { conclude, merge, type PartResult, play, suits, untilQuiet } from './campaign.ts';
import { createCast } from './cast.ts';
import { type PointsOfScenes, pointsOfScenes, type Stage, takeFitting } from './points-of-scenes.ts';
import { createProgress } from './progress.ts';
import type { Random } from './random.ts';
import { endOfDay, hourPasses } from './records.ts';
import { LONG_SCENES, SCENE_NAMES, SCENES_OF_EQUIPPED, type SceneName } from './scenes.ts';
import { EVENTS_OF_LONG_SCENES, eventsIn, isElsewhere, siteOf, sitesIn } from './sites.ts';
import type { Arm } from './strikes.ts';
import type { Violation } from './violation.ts';

const INSTANCES = 36;
const EQUIPPED = 9;
/** How many points are armed at once: each death also disturbs the others' scenes, as it would in life. */
const ARMED_AT_ONCE = 8;
const MOST_TRIES = 5;
/** Asks for the scenes without a death. */
const NO_POINTS = 'none';
/** What happens once to all that is played at the time, so that each death takes it from the others. */
const FEW_AT_ONCE: ReadonlySet<SceneName> = new Set(['a day ends', 'posts are answered by silence']);

/** Who plays one scene in which nobody dies is in a hurry. */
const ONE_SCENE_PATIENCE_MS = { scene: 15_000, quiet: 10_000 };
/** Deaths wait for locks to run out, so several arenas die side by side. */
const ARENAS = 3;

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
  },
): Promise<PartResult> {
  const isHurried = options.scene !== undefined && options.points?.includes(NO_POINTS);
  const arenas = await Promise.all(
    arenasFor(options.scene).map((kinds) =>
      startArena(bot, {
        ...kinds,
        people: 12,
        roles: ['slack', 'worker', 'worker'],
        patienceMs: isHurried ? ONE_SCENE_PATIENCE_MS : undefined,
      }),
    ),
  );
  try {
    const stages: readonly Stage[] = arenas.map((arena, index) => ({
      arena,
      cast: createCast(arena),
      random: random.fork(`arena ${index}`),
    }));
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
      const isSaved = (event: string) => points.some((point) => point.endsWith(` save ${event}`));
      return [
        ...sites.filter((site) => !reached.has(site)),
        ...events.filter((event) => !isSaved(event)).map((event) => `a save of ${event}`),
      ];
    };
    const found = await pointsOfScenes(stages, scenes, newMark, (points) => leftOut(points).length === 0);
    const points = [...found.byScene.values()].flat();
    const jobs = [...found.byScene].flatMap(([scene, own]) => batches(scene, armsAt(own, options, random)));
    const deaths = jobs.reduce((sum, { arms }) => sum + arms.length, 0);
    options.say(`${points.length} points at ${sites.length} places that write or call out; ${deaths} deaths to die`);

    const progress = createProgress('deaths are died', deaths, options.say);
    const never: string[] = [];
    const played: Setting[] = [];
    await Promise.all(
      stages.map(async (stage) => {
        for (let job = takeFitting(jobs, stage); job; job = takeFitting(jobs, stage)) {
          const { settings, left } = await killAtEach(stage, job, found, random);
          played.push(...settings);
          never.push(...left);
          progress.done(job.arms.length);
        }
      }),
    );
    // Whoever was kept from it by the deaths of others answers now: what is open after that is stuck.
    await Promise.all(played.filter(({ cast, mark }) => cast.card(mark)).map(seeThrough));
    await Promise.all(played.map(({ cast, requester, mark }) => cast.withdrawTwins(requester, mark)));
    const parts = await Promise.all(
      stages.map(async ({ arena, cast }) => {
        await untilQuiet(arena);
        return conclude(arena, 'crash points', cast.deeds, { faults: {}, notes: [] });
      }),
    );
    // A part of the points claims no completeness; what was drawn and not reached again, as chance had it, is said.
    if (!hasTime) for (const point of never) options.say(`  not reached again: ${point}`);
    const inAll = arenas.flatMap(({ fleet }) => fleet.strikes().map(({ point }) => point));
    return merge('crash points', parts, [
      ...leftOut(hasTime ? points : inAll).map((site) => incomplete(`no scene reaches ${site}`)),
      ...(hasTime ? never.map((point) => incomplete(`never died at ${point}`)) : []),
    ]);
  } finally {
    await Promise.all(arenas.map((arena) => arena.close()));
  }
}

type Kinds = 'instances' | 'equipped' | 'settings';

/** What stands in each arena: equipped instances, of which few scenes are, have one of their own. */
function arenasFor(scene: string | undefined): readonly Pick<Parameters<typeof startArena>[1], Kinds>[] {
  // A look every two minutes would be reached by chance.
  const plain = { instances: INSTANCES, equipped: 0, settings: { shadow_restores: 'off' } };
  const equipped = { instances: 0, equipped: EQUIPPED };
  if (scene !== undefined) return [SCENES_OF_EQUIPPED.has(scene as SceneName) ? equipped : plain];
  return [...Array.from({ length: ARENAS }, () => plain), equipped];
}

interface Job {
  readonly scene: SceneName;
  readonly arms: readonly Arm[];
}

function armsAt(
  points: readonly string[],
  { share, points: wanted }: { readonly share: number; readonly points?: readonly string[]; readonly scene?: string },
  random: Random,
): readonly Arm[] {
  return points
    .filter((point) => !isElsewhere(point) && (wanted?.some((words) => point.includes(words)) ?? true))
    .flatMap((point): Arm[] => [
      { point, when: 'before' },
      { point, when: 'after' },
    ])
    .filter(() => wanted !== undefined || random.next() < share);
}

function batches(scene: SceneName, arms: readonly Arm[]): readonly Job[] {
  const atOnce = FEW_AT_ONCE.has(scene) ? 2 : ARMED_AT_ONCE;
  const count = Math.ceil(arms.length / atOnce);
  return Array.from({ length: count }, (_, index) => ({
    scene,
    arms: arms.slice(index * atOnce, (index + 1) * atOnce),
  }));
}

function incomplete(words: string): Violation {
  return { promise: 'nothing lost', restoreId: '', words: `the campaign is not complete: ${words}` };
}

let marks = 0;
function newMark(): string {
  marks++;
  return `crash-${marks}`;
}

/** Some points are only reached by a process that starts, or that has no good token. */
async function provokeRareThings(arena: Arena): Promise<void> {
  await hourPasses(arena.redis.outside);
  await endOfDay(arena.redis.outside);
  await arena.redis.outside.script('FLUSH');
  arena.aura.revokeAllTokens();
  arena.fleet.kill(0);
  arena.fleet.kill(1);
}

/** Answers with who played, and with what was armed and never reached. */
async function killAtEach(
  { arena, cast }: Stage,
  { scene, arms }: Job,
  { isAtStart }: PointsOfScenes,
  random: Random,
): Promise<{ readonly settings: readonly Setting[]; readonly left: readonly string[] }> {
  const isSpent = (arm: Arm) =>
    arena.fleet
      .strikes()
      .some((strike) => strike.kind === 'killed' && strike.point === arm.point && strike.when === arm.when);
  const settings: Setting[] = [];
  let left = [...arms];
  for (let attempt = 0; attempt < MOST_TRIES && left.length > 0; attempt++) {
    arena.fleet.arm(left);
    if (attempt > 0 || left.some(({ point }) => isAtStart(point))) await provokeRareThings(arena);
    const suitable = arena.instances.filter((one) => suits(scene, one));
    const from = random.below(suitable.length);
    const played = await Promise.all(
      left.flatMap((_, index) => {
        const instance = suitable[(from + index) % suitable.length];
        return instance ? [play(arena, cast, scene, instance, newMark(), random)] : [];
      }),
    );
    settings.push(...played);
    arena.fleet.arm([]);
    left = left.filter((arm) => !isSpent(arm));
  }
  return { settings, left: left.map(({ point, when }) => `${point} (${when})`) };
}
