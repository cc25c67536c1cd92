import { describe, expect, it } from 'vitest';
import { createLine } from '../src/line.ts';

/** A line that carries out whatever comes and notes what went together. The first of each batch may be held up. */
function startLine(most = 100) {
  const batches: string[][] = [];
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const enter = createLine<string, string>(async (key, items) => {
    batches.push([...items]);
    if (items.includes('slow')) await held;
    if (items.includes('broken')) throw new Error('it broke');
    return items.map((item) => `${key} ${item}`);
  }, most);
  return { enter, batches, release };
}

describe('a line', () => {
  it('carries out the first at once and all who came meanwhile together, each with a result of its own', async () => {
    const { enter, batches, release } = startLine();
    const all = Promise.all(['slow', 'b', 'c'].map((item) => enter('R-1', item)));
    release();
    expect(await all).toEqual(['R-1 slow', 'R-1 b', 'R-1 c']);
    expect(batches).toEqual([['slow'], ['b', 'c']]);
  });

  it('never takes more together than it may', async () => {
    const { enter, batches, release } = startLine(2);
    const all = Promise.all(['slow', 'b', 'c', 'd'].map((item) => enter('R-1', item)));
    release();
    await all;
    expect(batches).toEqual([['slow'], ['b', 'c'], ['d']]);
  });

  it('goes on after a failure, which only those who were carried out together hear of', async () => {
    const { enter, release } = startLine();
    const [slow, broken, same] = [enter('R-1', 'slow'), enter('R-1', 'broken'), enter('R-1', 'same')];
    const settled = Promise.allSettled([slow, broken, same]);
    release();
    expect((await settled).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
    expect(await enter('R-1', 'later')).toBe('R-1 later');
  });

  it('is one of many: a key that is held up holds up no other', async () => {
    const { enter, release } = startLine();
    const slow = enter('R-1', 'slow');
    expect(await enter('R-2', 'quick')).toBe('R-2 quick');
    release();
    await slow;
  });
});
