import { describe, expect, it } from 'vitest';
import { jobsOf } from '../../chaos/deaths.ts';
import { createRandom } from '../../chaos/random.ts';
import { siteOf } from '../../chaos/sites.ts';

describe('a seed', () => {
  it('gives the same choices again', () => {
    const choices = (seed: number) => Array.from({ length: 20 }, createRandom(seed).next);
    expect(choices(7)).toEqual(choices(7));
    expect(choices(7)).not.toEqual(choices(8));
  });

  it('gives a part its own choices, whatever the others chose', () => {
    const one = createRandom(7);
    one.below(10);
    expect(one.fork('races').next()).toBe(createRandom(7).fork('races').next());
    expect(createRandom(7).fork('races').next()).not.toBe(createRandom(7).fork('random').next());
  });
});

describe('the place of a point', () => {
  const sites = ['src/a.js:10', 'src/a.js:20', 'src/b.js:5'];

  it.each([
    ['src/a.js:10 save approved', 'src/a.js:10'],
    ['src/a.js:13 exec', 'src/a.js:10'],
    ['src/a.js:25 set', 'src/a.js:20'],
    ['src/a.js:9 set', undefined],
    ['bullmq moveToActive', undefined],
  ])('%s is %s', (point, site) => {
    expect(siteOf(point, sites)).toBe(site);
  });
});

describe('the deaths that are drawn', () => {
  const points = Array.from({ length: 400 }, (_, index) => `src/store/restore-store.js:${index + 1} save approved`);
  const drawn = (of: readonly string[], seed = 7) =>
    jobsOf(new Map([['the whole way', of]]), { share: 0.2 }, createRandom(seed)).flatMap(({ arms }) =>
      arms.map(({ point, when }) => `${when} ${point}`),
    );

  it('are the same in whatever order the points were reached', () => {
    expect(drawn([...points].reverse())).toEqual(drawn(points));
    expect(drawn(points, 8)).not.toEqual(drawn(points));
  });

  it('do not change with points that were reached besides', () => {
    const fewer = points.filter((_, index) => index % 3 > 0);
    const kept = new Set(drawn(fewer));
    expect(drawn(points).filter((one) => fewer.some((point) => one.endsWith(` ${point}`)))).toEqual([...kept]);
  });

  it('are about the share that was asked for', () => {
    const share = drawn(points).length / (2 * points.length);
    expect(share).toBeGreaterThan(0.15);
    expect(share).toBeLessThan(0.25);
  });
});
