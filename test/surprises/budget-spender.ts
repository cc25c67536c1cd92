import { createAuraClient } from '../../src/aura/client.ts';
import { createAuraBudget } from '../../src/store/aura-budget.ts';
import { createAuraTokenCache } from '../../src/store/aura-token-cache.ts';
import { connectForClicks } from '../../src/store/redis.ts';

/** One worker process that wants far more of Aura than the budget has: many restores at once, until it is killed. */
const [socketPath = '', baseUrl = '', perMinute = '', burst = '', restores = ''] = process.argv.slice(2);
const redis = connectForClicks({ socketPath });
await redis.connect();
const client = createAuraClient({
  baseUrl,
  clientId: 'demo-client',
  clientSecret: 'demo-secret',
  tokens: createAuraTokenCache(redis, 'demo-secret'),
  budget: createAuraBudget(redis, { perMinute: Number(perMinute), burst: Number(burst) }),
  timeoutMs: 5_000,
});

async function restoreForEver(): Promise<void> {
  for (;;) {
    await client.getInstance('a1b2c3d4', 'person-waiting').catch(() => undefined);
    await client.restoreSnapshot('a1b2c3d4', 'none', Date.now() + 20_000).catch(() => undefined);
    await client.getInstance('a1b2c3d4', 'reconcile').catch(() => undefined);
    await client.getInstance('a1b2c3d4', 'poll').catch(() => undefined);
  }
}
await Promise.all(Array.from({ length: Number(restores) }, restoreForEver));
