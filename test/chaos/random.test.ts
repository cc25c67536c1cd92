import { describe, expect, it } from 'vitest';
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
