import { addMinutes } from '../instant.ts';
import type { Instant } from '../names.ts';
import { isOver, type MadeInstance } from './made-instance.ts';

/** What people are told of a made instance, each once. */
export type Saying = 'made' | 'found' | 'not-made' | 'ends-soon' | 'left-alone' | 'removed';

export interface OwedSaying {
  readonly saying: Saying;
  /** A channel, or a person. */
  readonly to: string;
}

/** How long before its end the owner is warned: two hours, or a quarter of a shorter life. */
const WARNED_MINUTES = 2 * 60;

export function warnAt({ sentAt, removeAt }: Pick<MadeInstance, 'sentAt' | 'removeAt'>): Instant {
  const lifeMinutes = (Date.parse(removeAt) - Date.parse(sentAt)) / 60_000;
  return addMinutes(removeAt, -Math.min(WARNED_MINUTES, lifeMinutes / 4));
}

/** What is still to be said at `now`. */
export function owedSayings(made: MadeInstance, now: Instant): readonly OwedSaying[] {
  return due(made, now)
    .filter((saying) => made.said[saying] === undefined)
    .map((saying) => ({ saying, to: saying === 'ends-soon' ? made.owner : made.auditChannel }));
}

function due(made: MadeInstance, now: Instant): readonly Saying[] {
  const { state } = made;
  const found: readonly Saying[] = made.foundAt ? ['found'] : [];
  const alone: readonly Saying[] = made.leftAlone ? ['left-alone'] : [];
  switch (state.status) {
    case 'sent':
      return alone;
    case 'not-made':
      return ['not-made'];
    case 'made': {
      const isEnding = now >= warnAt(made) && now < made.removeAt;
      return [...(made.foundAt ? found : (['made'] as const)), ...(isEnding ? (['ends-soon'] as const) : []), ...alone];
    }
    case 'removing':
      return found;
    case 'removed':
      return [...found, 'removed'];
    default:
      return state satisfies never;
  }
}

/** True when nothing is left to do or to say. */
export function isSettled(made: MadeInstance, now: Instant): boolean {
  return isOver(made, now) && owedSayings(made, now).length === 0;
}
