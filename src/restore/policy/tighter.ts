/** What a difference between two policies means for the people bound by them. */
export type Weight = 'loosens' | 'tightens' | 'neutral';

/** How two values of one setting are told apart, and which of the two holds until people have agreed. */
export interface SettingRule<T> {
  /** What the step from one value to the other means; nothing for equal ones, and both when it does both. */
  readonly weigh: (inForce: T, proposed: T, now: string) => readonly Weight[];
  /** A value that is looser than neither; asked only where the step from one to the other loosens something. */
  readonly tighter: (inForce: T, proposed: T) => T;
}

/** Any value is as good as the other: it binds nobody. */
export function free<T>(): SettingRule<T> {
  return { weigh: (one, other) => (isEqual(one, other) ? [] : ['neutral']), tighter: (_, proposed) => proposed };
}

/** Nobody can tell which is tighter, so a change counts as looser and what is in force stays. */
export function held<T>(): SettingRule<T> {
  return { weigh: (one, other) => (isEqual(one, other) ? [] : ['loosens']), tighter: (inForce) => inForce };
}

/** The smaller the number, the tighter. */
export const LESS_IS_TIGHTER: SettingRule<number> = {
  weigh: (inForce, proposed) => (proposed === inForce ? [] : [proposed > inForce ? 'loosens' : 'tightens']),
  tighter: Math.min,
};

/** The larger the number, the tighter. */
export const MORE_IS_TIGHTER: SettingRule<number> = {
  weigh: (inForce, proposed) => (proposed === inForce ? [] : [proposed < inForce ? 'loosens' : 'tightens']),
  tighter: Math.max,
};

/** Each thing that is asked for is one more to fulfil. */
export function allMustBeGiven<T extends string>(): SettingRule<readonly T[]> {
  return {
    weigh: (inForce, proposed) => [
      ...(inForce.every((one) => proposed.includes(one)) ? [] : ['loosens' as const]),
      ...(proposed.every((one) => inForce.includes(one)) ? [] : ['tightens' as const]),
    ],
    tighter: (inForce, proposed) => [...new Set([...inForce, ...proposed])],
  };
}

/** The same values, whatever the order of their keys and lists: no list of a policy means more by its order. */
export function isEqual(one: unknown, other: unknown): boolean {
  return canonical(one) === canonical(other);
}

/** JSON that is the same for equal values: keys and lists in code unit order. What cannot be JSON is left out. */
export function canonical(value: unknown): string {
  return JSON.stringify(inOrder(value)) ?? '';
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value
      .map(inOrder)
      .map((part) => ({ part, text: JSON.stringify(part) ?? '' }))
      .sort((one, other) => (one.text < other.text ? -1 : 1))
      .map(({ part }) => part);
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([key, part]) => [key, inOrder(part)]));
}
