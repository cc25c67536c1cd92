import { afterEach, expect, it, vi } from 'vitest';
import { approvalOf as approval, useCoordinators } from '../support/coordinators.ts';

const test = useCoordinators();
const { coordinatorOn, requested } = test;

afterEach(() => {
  vi.restoreAllMocks();
});

it('a decision that took too long to be judged is judged anew, and dated as of then', async () => {
  const restore = await requested();
  const looks: number[] = [];
  let aheadMs = 0;
  const steady = performance.now.bind(performance);
  vi.spyOn(performance, 'now').mockImplementation(() => steady() + aheadMs);
  const store = {
    ...test.store,
    load: async (id: string) => {
      const loaded = await test.store.load(id);
      looks.push(Date.parse(loaded?.now ?? ''));
      return loaded;
    },
  };
  let isFirst = true;
  const clocks = {
    // Asked while a decision is judged: the process stands still at this moment.
    known: () => [],
    apart: () => {
      if (isFirst) aheadMs += 6_000;
      isFirst = false;
      return undefined;
    },
  };
  const applied = await coordinatorOn(store, clocks).apply(restore.id, approval(restore));
  expect(applied.kind).toBe('changed');
  expect(looks).toHaveLength(2);
  const at = applied.kind === 'changed' ? Date.parse(applied.now) : Number.NaN;
  expect(at).toBe(looks[1]);
});
