/** Reproducible chance: the same seed gives the same sequence. */
export interface Random {
  /** At least 0 and below 1. */
  next(): number;
  below(limit: number): number;
  pick<T>(from: readonly T[]): T;
  /** Another sequence that does not disturb this one. */
  fork(name: string): Random;
}

/** Mulberry32: small, fast, and good enough to choose what goes wrong. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    next,
    below,
    pick<T>(from: readonly T[]): T {
      const picked = from[below(from.length)];
      if (picked === undefined) throw new Error('nothing to pick from');
      return picked;
    },
    fork: (name) =>
      createRandom(seed ^ [...name].reduce((sum, letter) => Math.imul(sum, 31) + letter.charCodeAt(0), 7)),
  };
}
