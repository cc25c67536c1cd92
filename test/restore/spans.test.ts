import fc from 'fast-check';
import { expect, it } from 'vitest';
import { intersection, type Span, union, without } from '../../src/restore/spans.ts';

const MOMENTS = Array.from({ length: 13 }, (_, moment) => moment);
const spans = fc.array(
  fc
    .tuple(fc.nat(12), fc.integer({ min: -1, max: 4 }))
    .map(([fromMs, lengthMs]): Span => ({ fromMs, toMs: fromMs + lengthMs })),
  { maxLength: 5 },
);
const isIn = (times: readonly Span[], moment: number) =>
  times.some(({ fromMs, toMs }) => fromMs <= moment && moment < toMs);

function isInOrder(times: readonly Span[]): boolean {
  return times.every(({ fromMs, toMs }, index) => fromMs < toMs && (times[index - 1]?.toMs ?? -1) < fromMs);
}

it.each<[string, typeof without, (one: boolean, other: boolean) => boolean]>([
  ['the times of either', (some, others) => union([...some, ...others]), (one, other) => one || other],
  ['the times of both', intersection, (one, other) => one && other],
  ['the times of one without those of the other', without, (one, other) => one && !other],
])('%s are exactly those, in order, and nothing of no length', (_, together, isMeant) => {
  fc.assert(
    fc.property(spans, spans, (some, others) => {
      const times = together(some, others);
      expect(isInOrder(times)).toBe(true);
      for (const moment of MOMENTS) expect(isIn(times, moment)).toBe(isMeant(isIn(some, moment), isIn(others, moment)));
    }),
    { numRuns: 300 },
  );
});
