import type { Arena } from './arena.ts';
import { play, suits, untilQuiet } from './campaign.ts';
import type { Cast } from './cast.ts';
import type { Random } from './random.ts';
import type { SceneName } from './scenes.ts';

/** Where scenes are played undisturbed. */
export interface Stage {
  readonly arena: Arena;
  readonly cast: Cast;
}

/** Which points each scene reached; a point stands at the first scene that reached it. */
export interface PointsOfScenes {
  readonly byScene: ReadonlyMap<SceneName, readonly string[]>;
  /** The other scenes that reached it: one may have done so by chance alone. */
  elsewhere(point: string, scene: SceneName): readonly SceneName[];
  /** Whether processes reach it when they start, before anybody does anything. */
  isAtStart(point: string): boolean;
}

/**
 * Plays every scene undisturbed, on several stages side by side, and notes what it reaches. What chance decides, as which of two
 * processes is first, may keep a scene from a place: while `isEnough` says no, all are played again, a few times at most.
 */
export async function pointsOfScenes(
  stages: readonly Stage[],
  scenes: readonly SceneName[],
  {
    newMark,
    random,
    isEnough,
  }: {
    readonly newMark: () => string;
    readonly random: Random;
    readonly isEnough: (points: readonly string[]) => boolean;
  },
): Promise<PointsOfScenes> {
  const atStart = new Set(stages.flatMap(({ arena }) => arena.fleet.strikes().map(({ point }) => point)));
  const reached = new Map(scenes.map((scene) => [scene, new Set<string>()]));
  const all = () => [...reached.values()].flatMap((points) => [...points]);
  for (let round = 0; round < MOST_ROUNDS && (round === 0 || !isEnough(all())); round++) {
    const left = scenes.map((scene) => ({ scene }));
    await Promise.all(
      stages.map(async (stage) => {
        for (let next = takeFitting(left, stage); next; next = takeFitting(left, stage)) {
          const { scene } = next;
          const chosen = { scene, mark: newMark(), random: random.fork(`${scene} ${round}`) };
          for (const point of await pointsOf(stage, chosen, atStart)) reached.get(scene)?.add(point);
        }
      }),
    );
  }
  const elsewhere = (point: string, scene: SceneName) =>
    scenes.filter((other) => other !== scene && reached.get(other)?.has(point));
  return { byScene: eachOnce(reached), elsewhere, isAtStart: (point) => atStart.has(point) };
}

/** Takes the next that can be played on this stage out of the list. */
export function takeFitting<T extends { readonly scene: SceneName }>(left: T[], { arena }: Stage): T | undefined {
  const chosen = left.find(({ scene }) => arena.instances.some((one) => suits(scene, one)));
  if (chosen) left.splice(left.indexOf(chosen), 1);
  return chosen;
}

const MOST_ROUNDS = 3;

function eachOnce(reached: ReadonlyMap<SceneName, ReadonlySet<string>>): ReadonlyMap<SceneName, readonly string[]> {
  const known = new Set<string>();
  return new Map(
    [...reached].map(([scene, points]) => {
      const own = [...points].filter((point) => !known.has(point));
      for (const point of own) known.add(point);
      return [scene, own];
    }),
  );
}

/** What this scene reaches, and what was reached when the arena's processes started. */
async function pointsOf(
  { arena, cast }: Stage,
  { scene, mark, random }: { readonly scene: SceneName; readonly mark: string; readonly random: Random },
  atStart: ReadonlySet<string>,
): Promise<ReadonlySet<string>> {
  const before = new Set(arena.fleet.strikes().map(({ at, point, pid }) => `${at} ${pid} ${point}`));
  const instance = random.pick(arena.instances.filter((one) => suits(scene, one)));
  await play(arena, cast, scene, instance, mark, random);
  await untilQuiet(arena);
  const now = arena.fleet
    .strikes()
    .filter(
      ({ kind, at, pid, point }) => kind === 'reached' && (!before.has(`${at} ${pid} ${point}`) || atStart.has(point)),
    );
  return new Set(now.map(({ point }) => point));
}
