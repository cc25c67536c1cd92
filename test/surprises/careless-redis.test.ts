import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { persistenceProblems } from '../../src/store/redis.ts';
import { startTestStore, type TestStore } from '../support/store.ts';

let test: TestStore;
beforeEach(async () => {
  test = await startTestStore();
});
afterEach(() => test.stop());

async function problemsWith(settings: Readonly<Record<string, string>>): Promise<readonly string[]> {
  for (const [name, value] of Object.entries(settings)) await test.redis.config('SET', name, value);
  return persistenceProblems(test.redis);
}

describe('a Redis that may lose records says so at the start, in words that tell what to set', () => {
  it.each(['everysec', 'no'])('when it does not write every approval down at once: appendfsync %s', async (fsync) => {
    expect(await problemsWith({ appendfsync: fsync })).toEqual([
      `appendfsync is "${fsync}": set "appendfsync always", or a power loss may forget an approval`,
    ]);
  });

  it.each(['allkeys-lru', 'allkeys-random', 'volatile-lru', 'volatile-ttl'])(
    'when it drops what it thinks nobody needs: maxmemory-policy %s',
    async (policy) => {
      expect(await problemsWith({ 'maxmemory-policy': policy })).toEqual([
        `maxmemory-policy is "${policy}": set "noeviction", or Redis may drop records when it is full`,
      ]);
    },
  );

  it('all of it at once, so that nobody has to start it again for each', async () => {
    const problems = await problemsWith({ appendfsync: 'everysec', 'maxmemory-policy': 'allkeys-lru' });
    expect(problems).toEqual([expect.stringContaining('appendfsync'), expect.stringContaining('maxmemory-policy')]);
  });

  it('that keeps snapshots only is told so, whatever its appendfsync is', async () => {
    expect(await problemsWith({ save: '60 1', appendonly: 'no', appendfsync: 'everysec' })).toEqual([
      'appendonly is off: set "appendonly yes", or a restart forgets every restore',
    ]);
  });
});
