import { type Arena, startArena } from './arena.ts';
import type { BuiltBot } from './built-bot.ts';
import { conclude, merge, type PartResult, play, suits, untilQuiet } from './campaign.ts';
import { type Cast, createCast } from './cast.ts';
import { createProgress } from './progress.ts';
import type { Random } from './random.ts';
import { endOfDay, hourPasses } from './records.ts';
import { SCENE_NAMES, type SceneName } from './scenes.ts';
import { eventsIn, isElsewhere, siteOf, sitesIn } from './sites.ts';
import type { Arm } from './strikes.ts';
import type { Violation } from './violation.ts';

const INSTANCES = 36;
/** How many points are armed at once: each death also disturbs the others' scenes, as it would in life. */
const ARMED_AT_ONCE = 8;
const MOST_TRIES = 5;
/** What happens once to all that is played at the time, so that each death takes it from the others. */
const FEW_AT_ONCE: ReadonlySet<SceneName> = new Set(['a day ends', 'posts are answered by silence']);

/** Who plays one scene is in a hurry. */
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
    readonly points?: string;
    readonly scene?: string;
  },
): Promise<PartResult> {
  const arenas = await Promise.all(
    Array.from({ length: options.scene === undefined ? ARENAS : 1 }, () =>
      startArena(bot, {
        instances: INSTANCES,
        people: 12,
        roles: ['slack', 'worker', 'worker'],
        patienceMs: options.scene === undefined ? undefined : ONE_SCENE_PATIENCE_MS,
      }),
    ),
  );
  try {
    const casts = arenas.map((arena) => createCast(arena));
    const scenes = SCENE_NAMES.filter((name) => options.scene === undefined || name === options.scene);
    const byScene = await pointsByScene(
      arenas.map((arena, index) => ({
        arena,
        cast: casts[index] ?? createCast(arena),
        random: random.fork(`arena ${index}`),
      })),
      scenes,
    );
    const sites = sitesIn(bot.compiled);
    const points = [...byScene.values()].flat();
    const reached = new Set(points.map((point) => siteOf(point, sites)));
    const isSaved = (event: string) => points.some((point) => point.endsWith(` save ${event}`));
    const missed =
      options.scene === undefined
        ? [
            ...sites.filter((site) => !reached.has(site)),
            ...eventsIn(bot.compiled)
              .filter((event) => !isSaved(event))
              .map((event) => `a save of ${event}`),
          ]
        : [];
    const jobs = [...byScene].flatMap(([scene, found]) => batches(scene, armsAt(found, options, random)));
    const deaths = jobs.reduce((sum, { arms }) => sum + arms.length, 0);
    options.say(`${points.length} points at ${sites.length} places that write or call out; ${deaths} deaths to die`);

    const progress = createProgress('deaths are died', deaths, options.say);
    const never: string[] = [];
    await Promise.all(
      arenas.map(async (one, index) => {
        const ownCast = casts[index];
        for (let job = jobs.shift(); ownCast && job; job = jobs.shift()) {
          never.push(...(await killAtEach(one, ownCast, job.scene, job.arms, random)));
          progress.done(job.arms.length);
        }
        await untilQuiet(one);
      }),
    );
    const parts = await Promise.all(
      arenas.map((one, index) => conclude(one, 'crash points', casts[index]?.deeds ?? [], { faults: {}, notes: [] })),
    );
    // A part of the points claims no completeness; what was drawn and not reached again, as chance had it, is said.
    const isComplete = options.share >= 1 || options.points !== undefined;
    if (!isComplete) for (const point of never) options.say(`  not reached again: ${point}`);
    return merge('crash points', parts, [
      ...missed.map((site) => incomplete(`no scene reaches ${site}`)),
      ...(isComplete ? never.map((point) => incomplete(`never died at ${point}`)) : []),
    ]);
  } finally {
    await Promise.all(arenas.map((arena) => arena.close()));
  }
}

interface Job {
  readonly scene: SceneName;
  readonly arms: readonly Arm[];
}

function armsAt(
  points: readonly string[],
  { share, points: wanted }: { readonly share: number; readonly points?: string; readonly scene?: string },
  random: Random,
): readonly Arm[] {
  return points
    .filter((point) => !isElsewhere(point) && (wanted === undefined || point.includes(wanted)))
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

interface Stage {
  readonly arena: Arena;
  readonly cast: Cast;
  readonly random: Random;
}

/** Plays every scene undisturbed, in several arenas side by side, and assigns each point to the first scene that reached it. */
async function pointsByScene(
  stages: readonly Stage[],
  scenes: readonly SceneName[],
): Promise<ReadonlyMap<SceneName, readonly string[]>> {
  const reached = new Map<SceneName, readonly string[]>();
  const left = [...scenes];
  await Promise.all(
    stages.map(async (stage) => {
      for (const { point } of stage.arena.fleet.strikes()) atStart.add(point);
      for (let scene = left.shift(); scene; scene = left.shift()) reached.set(scene, await pointsOf(stage, scene));
    }),
  );
  const known = new Set<string>();
  return new Map(
    scenes.map((scene) => {
      const own = (reached.get(scene) ?? []).filter((point) => !known.has(point));
      for (const point of own) known.add(point);
      return [scene, own];
    }),
  );
}

/** What this scene reaches, and what was reached when the arena's processes started. */
async function pointsOf({ arena, cast, random }: Stage, scene: SceneName): Promise<readonly string[]> {
  const before = new Set(arena.fleet.strikes().map(({ at, point, pid }) => `${at} ${pid} ${point}`));
  const instance = random.pick(arena.instances.filter((one) => suits(scene, one)));
  await play(arena, cast, scene, instance, newMark(), random);
  await untilQuiet(arena);
  const now = arena.fleet
    .strikes()
    .filter(
      ({ kind, at, pid, point }) => kind === 'reached' && (!before.has(`${at} ${pid} ${point}`) || atStart.has(point)),
    );
  return [...new Set(now.map(({ point }) => point))];
}

/** Points that processes reach when they start, before anybody does anything. */
const atStart = new Set<string>();

/** Some points are only reached by a process that starts, or that has no good token. */
async function provokeRareThings(arena: Arena): Promise<void> {
  await hourPasses(arena.redis.outside);
  await endOfDay(arena.redis.outside);
  await arena.redis.outside.script('FLUSH');
  arena.aura.revokeAllTokens();
  arena.fleet.kill(0);
  arena.fleet.kill(1);
}

/** Returns what was armed and never reached. */
async function killAtEach(
  arena: Arena,
  cast: Cast,
  scene: SceneName,
  arms: readonly Arm[],
  random: Random,
): Promise<readonly string[]> {
  const isSpent = (arm: Arm) =>
    arena.fleet
      .strikes()
      .some((strike) => strike.kind === 'killed' && strike.point === arm.point && strike.when === arm.when);
  let left = [...arms];
  for (let attempt = 0; attempt < MOST_TRIES && left.length > 0; attempt++) {
    arena.fleet.arm(left);
    if (attempt > 0 || left.some(({ point }) => atStart.has(point))) await provokeRareThings(arena);
    const suitable = arena.instances.filter((one) => suits(scene, one));
    const from = random.below(suitable.length);
    await Promise.all(
      left.map((_, index) => {
        const instance = suitable[(from + index) % suitable.length];
        return instance ? play(arena, cast, scene, instance, newMark(), random) : undefined;
      }),
    );
    arena.fleet.arm([]);
    left = left.filter((arm) => !isSpent(arm));
  }
  return left.map(({ point, when }) => `${point} (${when})`);
}
