import { describe, expect, it } from 'vitest';
import { compared, measured, meetsAim } from '../../bench/row.ts';
import { mean, median, mostInWindow, percentile } from '../../bench/statistics.ts';

describe('the figures of the bench', () => {
  it('take percentiles by the nearest rank', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect([0.5, 0.99, 1].map((share) => percentile(hundred, share))).toEqual([50, 99, 100]);
    expect(percentile([7], 0.5)).toBe(7);
    expect(() => percentile([], 0.5)).toThrow();
  });

  it('take the middle of an even count', () => {
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(median([3, 1, 2])).toBe(2);
    expect(mean([1, 2, 6])).toBe(3);
  });

  it('count the most requests in any window, wherever it begins', () => {
    expect(mostInWindow([0, 900, 950, 1000, 1899, 1900], 1000)).toBe(4);
    expect(mostInWindow([0, 1000], 1000)).toBe(1);
    expect(mostInWindow([], 1000)).toBe(0);
  });

  it('take ratios within each round, not of the medians', () => {
    const row = compared({ part: 'p', measure: 'm', unit: 'ms', aim: { atMost: 2 } }, [10, 100, 30], [10, 10, 15]);
    expect(row).toMatchObject({ ours: 30, bare: 10, ratio: 2, range: [1, 10], rounds: 3 });
    expect(meetsAim(row)).toBe(true);
  });

  it('say when an aim is missed, and nothing where there is none', () => {
    expect(meetsAim(measured({ part: 'p', measure: 'm', unit: '', aim: { atLeast: 5 } }, [4]))).toBe(false);
    expect(meetsAim(measured({ part: 'p', measure: 'm', unit: '' }, [4]))).toBeUndefined();
  });
});
