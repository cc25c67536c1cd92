/** A side of a comparison, measured once per round. */
export type Side<T> = (round: number) => Promise<T>;

/**
 * Measures every side once per round, one after the other, and turns the order around in every second round, so that
 * neither always runs on a warmer machine. Answers each side's results, one per round.
 */
export async function inRounds<T>(rounds: number, sides: readonly Side<T>[]): Promise<readonly (readonly T[])[]> {
  const results: T[][] = sides.map(() => []);
  for (let round = 0; round < rounds; round++) {
    const order = sides.map((_, index) => (round % 2 === 0 ? index : sides.length - 1 - index));
    for (const index of order) {
      const result = await sides[index]?.(round);
      if (result !== undefined) results[index]?.push(result);
    }
  }
  return results;
}
