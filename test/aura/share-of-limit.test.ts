import { describe, expect, it } from 'vitest';
import { shareOfLimit } from '../../src/aura/share-of-limit.ts';

describe("the bot's share of Aura's limit", () => {
  it.each([
    [100, { perMinute: 100, burst: 20 }],
    [110, { perMinute: 110, burst: 15 }],
    [124, { perMinute: 120, burst: 5 }],
    [20, { perMinute: 20, burst: 5 }],
    [25, { perMinute: 20, burst: 5 }],
    [5, { perMinute: 5, burst: 20 }],
    [250, { perMinute: 240, burst: 10 }],
    [3000, { perMinute: 2980, burst: 20 }],
  ])('with %i a minute is %o', (requestsPerMinute, share) => {
    expect(shareOfLimit(requestsPerMinute)).toEqual(share);
  });

  it('never adds up to more than Aura allows, and leaves room to be late where there is some', () => {
    for (let asked = 5; asked <= 200; asked++) {
      const { perMinute, burst } = shareOfLimit(asked);
      expect(perMinute + burst).toBeLessThanOrEqual(asked <= 25 ? 25 : Math.max(125, asked));
      expect(perMinute).toBeLessThanOrEqual(asked);
      expect(burst).toBeGreaterThanOrEqual(5);
    }
  });
});
