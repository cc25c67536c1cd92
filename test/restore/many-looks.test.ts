import { describe, expect, it } from 'vitest';
import type { Took } from '../../src/restore/watch.ts';
import { asTheBotDoes, inTurn, POLL_MS, type Watched } from './simulated-looks.ts';

const MINUTE = 60_000;
const THREE_MINUTES = 12 * POLL_MS;
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
function numbersOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * As in the bench: each instance has a usual time of 4 to 12 minutes, and one restore of it differs by up to 10 %. All are
 * restored so often before, from which the bot learns, and then once more, when both are compared.
 */
function compared(seed: number, count: number, before: number): { readonly bot: Watched; readonly plain: Watched } {
  const number = numbersOf(seed);
  const usual = Array.from({ length: count }, () => (4 + 8 * number()) * MINUTE);
  let known: readonly (readonly Took[])[] = usual.map(() => []);
  for (let wave = 0; ; wave++) {
    const restores = usual.map((usualMs, index) => ({
      endMs: usualMs * (0.9 + 0.2 * number()),
      earlier: known[index] ?? [],
    }));
    const bot = asTheBotDoes(restores);
    if (wave === before) return { bot, plain: inTurn(restores) };
    known = known.map((earlier, index) => [...bot.seen.slice(index, index + 1).map(({ took }) => took), ...earlier]);
  }
}

const mean = (numbers: readonly number[]) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
const meanLag = ({ seen }: Watched) => mean(seen.map(({ lagMs }) => lagMs));

describe('three hundred open restores', () => {
  it('that each went three times before are seen to end with less than half the mean lag of polling in turn', () => {
    for (const seed of SEEDS) {
      const { bot, plain } = compared(seed, 300, 3);
      expect(meanLag(bot) / meanLag(plain), `seed ${seed}`).toBeLessThan(0.5);
    }
  });

  it('that each went once before are seen with three quarters of it on average', () => {
    const ratios = SEEDS.map((seed) => compared(seed, 300, 1)).map(({ bot, plain }) => meanLag(bot) / meanLag(plain));
    expect(mean(ratios)).toBeLessThan(0.75);
  });

  it('are never left alone for longer than twelve minutes and what the line takes', () => {
    for (const seed of SEEDS) {
      const { bot } = compared(seed, 300, 3);
      expect(bot.longestSilenceMs, `seed ${seed}`).toBeLessThan(4 * THREE_MINUTES + MINUTE);
    }
  });
});

it('thirty open restores leave most of the budget alone, and none of them unseen for much longer than three minutes', () => {
  for (const seed of SEEDS) {
    const { bot } = compared(seed, 30, 3);
    expect(bot.longestSilenceMs, `seed ${seed}`).toBeLessThan(1.5 * THREE_MINUTES);
    expect(bot.requests / bot.lastedMs, `seed ${seed}`).toBeLessThan(0.5 * (100 / MINUTE));
  }
});
