import { afterEach, describe, expect, it } from 'vitest';
import { startAuraSimulator } from '../../playground/aura/simulator.ts';
import { createAuraClient } from '../../src/aura/client.ts';
import { createAuraBudget } from '../../src/store/aura-budget.ts';
import { createAuraTokenCache } from '../../src/store/aura-token-cache.ts';
import { startTestStore } from '../support/store.ts';

const ID = '2f49c2b3';
const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** Worker processes that share one Redis and one pair of credentials. */
async function startWorkers(count: number) {
  const store = await startTestStore();
  ends.push(store.stop);
  const aura = await startAuraSimulator({
    instances: [{ id: ID, name: 'Orders', type: 'business-critical', memory: '8GB' }],
    requestsPerMinute: 10_000,
  });
  ends.push(aura.close);
  const workers = Array.from({ length: count }, () =>
    createAuraClient({
      baseUrl: aura.url,
      clientId: 'demo-client',
      clientSecret: 'demo-secret',
      tokens: createAuraTokenCache(store.redis, 'demo-secret'),
      budget: createAuraBudget(store.redis, { perMinute: 6000, burst: 100 }),
      timeoutMs: 5_000,
    }),
  );
  const look = (worker: (typeof workers)[number] | undefined) => worker?.getInstance(ID, 'person-waiting');
  return { aura, workers, look, lookAll: () => Promise.all(workers.map(look)) };
}

describe('workers that share their credentials', () => {
  it('and start together fetch one token, since Aura gives out fifteen an hour', async () => {
    const { aura, lookAll } = await startWorkers(20);
    aura.faults.add({ kind: 'slow', route: 'token', delayMs: 300, times: 100 });
    await lookAll();
    expect(aura.calls('token')).toHaveLength(1);
  });

  it('fetch one more when all tokens are revoked at once', async () => {
    const { aura, lookAll } = await startWorkers(20);
    await lookAll();
    aura.revokeAllTokens();
    await lookAll();
    expect(aura.calls('token').length).toBeLessThanOrEqual(3);
  });

  it('do not take a token that another left, and that was revoked with their own, for refused credentials', async () => {
    const { aura, workers, look } = await startWorkers(2);
    const [one, other] = workers;
    await look(one);
    aura.revokeAllTokens();
    // The other fetches its own, which the first does not know yet.
    await look(other);
    aura.revokeAllTokens();
    await expect(look(one)).resolves.toMatchObject({ status: 'running' });
    expect(aura.calls('token')).toHaveLength(3);
  });

  it('whose credentials are refused hear so, at the cost of one token each time', async () => {
    const { aura, workers, look } = await startWorkers(1);
    await look(workers[0]);
    aura.faults.add({ kind: 'status', route: 'get-instance', status: 403, when: 'before', times: 100 });
    await expect(look(workers[0])).rejects.toMatchObject({ meaning: 'permission' });
    expect(aura.calls('token')).toHaveLength(2);
  });
});
