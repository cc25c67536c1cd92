import { expect, it } from 'vitest';
import { giveMemoryBack } from '../src/give-memory-back.ts';

it('what was taken and is not used any more is given back', async () => {
  let taken: unknown[] | undefined = Array.from({ length: 1_000_000 }, (_, at) => ({ at, words: [at] }));
  expect(taken).toHaveLength(1_000_000);
  taken = undefined;
  const before = process.memoryUsage().heapTotal;
  await giveMemoryBack();
  expect(before - process.memoryUsage().heapTotal).toBeGreaterThan(20_000_000);
});
