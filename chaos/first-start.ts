import { seeThrough } from './acts.ts';
import { type Arena, startArena } from './arena.ts';
import type { BuiltBot } from './built-bot.ts';
import { conclude, type PartResult, play, suits, untilQuiet } from './campaign.ts';
import { createCast } from './cast.ts';
import { nameOf } from './deaths.ts';
import type { Random } from './random.ts';
import type { SceneName } from './scenes.ts';
import type { Arm } from './strikes.ts';

type ArenaOptions = Omit<Parameters<typeof startArena>[1], 'arms'>;

/** An arm that was not reached in the scene in which its point stands. */
export interface Missed {
  readonly arm: Arm;
  readonly scene: SceneName;
}

interface FirstStart {
  readonly missed: Missed;
  readonly part: PartResult;
  readonly isDied: boolean;
}

/**
 * Kills a bot at what it does once only, in its first start with an empty Redis. Each death has an arena of its own, `atOnce` of them
 * side by side, in which a scene is played to its end and judged after that.
 */
export async function dieAtFirstStarts(
  bot: BuiltBot,
  all: readonly Missed[],
  options: {
    readonly arenaOf: (scene: SceneName) => ArenaOptions;
    readonly newMark: () => string;
    readonly random: Random;
    readonly atOnce: number;
  },
): Promise<readonly FirstStart[]> {
  const left = [...all];
  const done: FirstStart[] = [];
  const dieOneByOne = async () => {
    for (let next = left.shift(); next; next = left.shift()) {
      done.push(
        await dieAtFirstStart(
          bot,
          next,
          options.arenaOf(next.scene),
          options.newMark(),
          options.random.fork(nameOf(next.arm)),
        ),
      );
    }
  };
  await Promise.all(Array.from({ length: options.atOnce }, dieOneByOne));
  return done;
}

async function dieAtFirstStart(
  bot: BuiltBot,
  missed: Missed,
  company: ArenaOptions,
  mark: string,
  random: Random,
): Promise<FirstStart> {
  const { arm, scene } = missed;
  const arena = await startArena(bot, { ...company, arms: [arm] });
  try {
    const cast = createCast(arena);
    const instance = random.pick(arena.instances.filter((one) => suits(scene, one)));
    const setting = await play(arena, cast, scene, instance, mark, random);
    if (cast.card(mark)) await seeThrough(setting);
    await untilQuiet(arena);
    const part = await conclude(arena, 'crash points', cast.deeds, { notes: [] });
    return { missed, part: { ...part, notes: [] }, isDied: isSpent(arena, arm) };
  } finally {
    await arena.close();
  }
}

/** Whether a process of this arena has died there. */
export function isSpent({ fleet }: Arena, { point, when }: Arm): boolean {
  return fleet.strikes().some((strike) => strike.kind === 'killed' && strike.point === point && strike.when === when);
}
