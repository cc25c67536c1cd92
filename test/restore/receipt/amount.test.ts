import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Amount,
  difference,
  known,
  sampled,
  UNKNOWN_BECAUSE,
  unknown,
} from '../../../src/restore/receipt/amount.ts';

const number = fc.integer({ min: 0, max: 1_000_000 });
const anUnknown = fc.constantFrom(...UNKNOWN_BECAUSE).map(unknown);
const anAmount: fc.Arbitrary<Amount> = fc.oneof(
  number.map(known),
  number.map((value): Amount => ({ kind: 'estimated', value })),
  fc.tuple(number, number, number).map(([found, looked, of]) => sampled(Math.min(found, looked), looked, looked + of)),
  anUnknown,
);

describe('a difference', () => {
  it('is never a number when either side is unknown', () => {
    fc.assert(
      fc.property(anAmount, anUnknown, (some, none) => {
        expect(difference(some, none).kind).toBe('unknown');
        expect(difference(none, some).kind).toBe('unknown');
      }),
    );
  });

  it('is known only when both sides are', () => {
    fc.assert(
      fc.property(anAmount, anAmount, (now, before) => {
        const areKnown = now.kind === 'known' && before.kind === 'known';
        expect(difference(now, before).kind === 'known').toBe(areKnown);
      }),
    );
  });

  it('says how much would be lost, and below zero how much would come back', () => {
    expect(difference(known(205), known(200))).toEqual(known(5));
    expect(difference(known(963), known(1000))).toEqual(known(-37));
    expect(difference(known(3), { kind: 'estimated', value: 5 })).toEqual({ kind: 'estimated', value: -2 });
  });
});

describe('a sample', () => {
  it('that found nothing still says how many there may be', () => {
    expect(sampled(0, 1000, 500_000)).toEqual({
      kind: 'sampled',
      value: 0,
      atMost: expect.toSatisfy((most: number) => most > 1000 && most < 3000),
      looked: 1000,
      of: 500_000,
    });
  });

  it.each([
    [12, 1000, 103_000, 1236, 2149],
    [50, 100, 1000, 500, 597],
    [1, 10, 100, 10, 41],
    [3, 3, 10, 10, 10],
  ])("of %i among %i of %i says about %i, and at most %i by Wilson's bound", (found, looked, of, value, atMost) => {
    expect(sampled(found, looked, of)).toEqual({ kind: 'sampled', value, atMost, looked, of });
  });

  it.each([
    [0, 0, 10],
    [-1, 3, 10],
    [4, 3, 10],
  ])('of %i among %i is no sample', (found, looked, of) => {
    expect(sampled(found, looked, of)).toEqual(unknown('no-number'));
  });

  it('that looked at all is known, and one that looked at none is unknown', () => {
    expect(sampled(12, 300, 300)).toEqual(known(12));
    expect(sampled(0, 0, 300).kind).toBe('unknown');
  });

  it('never gives fewer than were found, nor more than there are', () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.integer({ min: 1, max: 1000 }), fc.nat(1_000_000), (found, looked, more) => {
        fc.pre(found <= looked);
        const amount = sampled(found, looked, looked + more);
        if (amount.kind !== 'sampled') return;
        expect(amount.value).toBeGreaterThanOrEqual(found);
        expect(amount.atMost).toBeGreaterThanOrEqual(amount.value);
        expect(amount.atMost).toBeLessThanOrEqual(amount.of);
      }),
    );
  });
});
