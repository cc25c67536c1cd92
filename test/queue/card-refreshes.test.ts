import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createCardRefreshes } from '../../src/queue/card-refreshes.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it('cards are refreshed one every two seconds, those first that wait longest, and each once however often it is asked for', async () => {
  const refreshed: string[] = [];
  const refreshes = createCardRefreshes(
    async (id) => void refreshed.push(id),
    () => undefined,
  );
  for (const id of ['R-1', 'R-2', 'R-1', 'R-3']) refreshes.ask(id);
  await vi.advanceTimersByTimeAsync(100);
  expect(refreshed).toEqual(['R-1']);
  refreshes.ask('R-1');
  await vi.advanceTimersByTimeAsync(10_000);
  expect(refreshed).toEqual(['R-1', 'R-2', 'R-3', 'R-1']);
  await refreshes.stop();
});

it('one that cannot be refreshed does not keep the others from it', async () => {
  const failures: unknown[] = [];
  const refreshed: string[] = [];
  const refreshes = createCardRefreshes(
    async (id) => {
      if (id === 'R-1') throw new Error('Redis is away');
      refreshed.push(id);
    },
    (error) => failures.push(error),
  );
  for (const id of ['R-1', 'R-2']) refreshes.ask(id);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(refreshed).toEqual(['R-2']);
  expect(failures).toHaveLength(1);
  await refreshes.stop();
});
