import { goalOf, type Replacement } from '../src/restore/goal.ts';
import type { Instant } from '../src/restore/names.ts';
import type { Restore } from '../src/restore/restore.ts';
import { fileName } from './file-words.ts';
import { escaped, past, utc } from './slack-text.ts';
import type { GoalSaid, Ways } from './words/ways.ts';
import type { Words } from './words/words.ts';

interface How {
  /** How the instance that it is about is called; absent: by its alias. */
  readonly target?: string;
  /** How a time is said; undefined keeps the time of a replacement unsaid, for whoever is asked for it. */
  readonly time?: (at: Instant) => string | undefined;
}

type Facts = Pick<Restore, 'plan' | 'state'>;

/** What a restore does to which data, ready to be put into sentences. */
export function goalSaid({ plan, state }: Facts, words: Words, { target, time = past }: How = {}): GoalSaid {
  const goal = goalOf(plan);
  const named = target ?? escaped(goal.target.alias);
  if (goal.kind !== 'replaced') return { kind: goal.kind, target: named, point: time(goal.takenAt) ?? '' };
  const hasBegun = 'intent' in state && state.intent !== undefined;
  return { kind: 'replaced', target: named, by: byWords(goal.by, { hasBegun, time }, words) };
}

function byWords(
  by: Replacement,
  { hasBegun, time }: { readonly hasBegun: boolean; readonly time: NonNullable<How['time']> },
  { goals }: Words,
): string {
  switch (by.kind) {
    case 'live':
      return goals.by.live({ source: escaped(by.source.alias), hasBegun });
    case 'snapshot':
      return goals.by.snapshot({ source: escaped(by.source.alias), point: time(by.takenAt) });
    case 'file':
      return goals.by.file({ file: fileName(by.file.name), point: time(by.takenAt) });
    default:
      return by satisfies never;
  }
}

/** The sentence of the way in which this goal changes data. */
export function inWay<More extends object>(ways: Ways<More>, goal: GoalSaid, more: More): string {
  switch (goal.kind) {
    case 'back':
      return ways.back({ ...goal, ...more });
    case 'replaced':
      return ways.replaced({ ...goal, ...more });
    case 'beside':
      return ways.beside({ ...goal, ...more });
    default:
      return goal satisfies never;
  }
}

/** What is done to which instance, as a title; with times that need nothing of Slack. */
export function deedWords(restore: Facts, words: Words, target?: string): string {
  return inWay(words.goals.deed, goalSaid(restore, words, { time: utc, ...(target ? { target } : {}) }), {});
}
