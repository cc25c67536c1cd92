import type { Random } from './random.ts';
import type { SceneName } from './scenes.ts';
import { isElsewhere } from './sites.ts';
import type { Arm } from './strikes.ts';

/** Points of one scene at which processes are to die while it is played. */
export interface Job {
  readonly scene: SceneName;
  readonly arms: readonly Arm[];
}

/** How many points are armed at once: each death also disturbs the others' scenes, as it would in life. */
const ARMED_AT_ONCE = 8;
/** What happens once to all that is played at the time, so that each death takes it from the others. */
const FEW_AT_ONCE: ReadonlySet<SceneName> = new Set(['a day ends', 'posts are answered by silence']);

/** Written once, when Redis is empty and knows no script: its effect is that of the script sent whole, which has a death of its own. */
const KNOWN_TO_NO_EMPTY_REDIS = / save policy-first$/;

/** The deaths of each scene, some at once. */
export function jobsOf(
  byScene: ReadonlyMap<SceneName, readonly string[]>,
  options: { readonly share: number; readonly points?: readonly string[] },
  random: Random,
): readonly Job[] {
  return [...byScene].flatMap(([scene, points]) => batches(scene, armsAt(points, options, random)));
}

/** Each death is drawn for itself, so that neither the order in which points were reached nor another point changes the draw. */
function armsAt(
  points: readonly string[],
  { share, points: wanted }: { readonly share: number; readonly points?: readonly string[] },
  random: Random,
): readonly Arm[] {
  return [...points]
    .sort()
    .filter((point) => !isElsewhere(point) && (wanted?.some((words) => point.includes(words)) ?? true))
    .flatMap((point): Arm[] => [
      { point, when: 'before' },
      { point, when: 'after' },
    ])
    .filter(({ point, when }) => when === 'before' || !KNOWN_TO_NO_EMPTY_REDIS.test(point))
    .filter((arm) => wanted !== undefined || random.fork(nameOf(arm)).next() < share);
}

/** Names a death, as choices about it are named. */
export function nameOf({ point, when }: Arm): string {
  return `${when} ${point}`;
}

function batches(scene: SceneName, arms: readonly Arm[]): readonly Job[] {
  const atOnce = FEW_AT_ONCE.has(scene) ? 2 : ARMED_AT_ONCE;
  const count = Math.ceil(arms.length / atOnce);
  return Array.from({ length: count }, (_, index) => ({
    scene,
    arms: arms.slice(index * atOnce, (index + 1) * atOnce),
  }));
}
