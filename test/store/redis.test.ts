import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createCoordinator } from '../../src/coordinator/create-coordinator.ts';
import { startLocalRedis } from '../../src/store/local-redis.ts';
import { connectForClicks, persistenceProblems } from '../../src/store/redis.ts';
import { createRefusedRequestStore } from '../../src/store/refused-request-store.ts';
import { createRestoreStore } from '../../src/store/restore-store.ts';
import { afterEvents, makeRestore, SAME_PEOPLE } from '../support/make-restore.ts';
import { APPROVER } from '../support/people.ts';
import { startTestStore, type TestStore } from '../support/store.ts';
import { until } from '../support/until.ts';

let test: TestStore;
beforeAll(async () => {
  test = await startTestStore();
});
afterAll(() => test.stop());
beforeEach(() => test.clear());

async function requestedNow(store = test.store) {
  const restore = makeRestore('awaiting-approval', { requestedAt: await store.now() });
  await store.save(0, restore);
  return restore;
}

function approve(planHash: string, store = test.store) {
  const log = pino({ level: 'silent' });
  const coordinator = createCoordinator({
    store,
    refusedRequests: createRefusedRequestStore(test.redis),
    alarm: { ring: () => undefined },
    samePeople: SAME_PEOPLE,
    log,
  });
  return coordinator.apply('R-17', { type: 'approved', person: APPROVER, planHash });
}

describe('a click while Redis is away', () => {
  it('fails within two seconds, and is not carried out behind anybody’s back when Redis returns', async () => {
    const directory = join(test.server.directory, 'leaving');
    const leaving = await startLocalRedis(test.server.program, directory);
    const redis = connectForClicks({ socketPath: leaving.socketPath });
    redis.on('error', () => undefined);
    await redis.connect();
    const store = createRestoreStore(redis);
    const restore = await requestedNow(store);

    await leaving.stop();
    const before = Date.now();
    await expect(approve(restore.planHash, store)).rejects.toThrow();
    expect(Date.now() - before).toBeLessThan(2_000);

    const returned = await startLocalRedis(test.server.program, directory);
    await until('the connection to return', () => redis.status === 'ready');
    expect((await store.load('R-17'))?.restore).toEqual(restore);
    redis.disconnect();
    await returned.stop();
  });
});

describe('a click while Redis is there but does not answer', () => {
  it('fails while the person still waits, and nothing of it is recorded when Redis answers again', async () => {
    const restore = await requestedNow();
    await withRedisFrozen(() => expect(approve(restore.planHash)).rejects.toThrow(/timed out/));
    expect((await test.store.load('R-17'))?.restore).toEqual(restore);
  });

  it('that had come as far as saving is not recorded either, since its person was told that it failed', async () => {
    const restore = await requestedNow();
    const approved = afterEvents(restore, ['approved']);
    await withRedisFrozen(() => expect(test.store.save(1, approved)).rejects.toThrow(/may be saved/));
    expect((await test.store.load('R-17'))?.restore.state.status).toBe('awaiting-approval');
  });

  /** Redis takes commands but answers none for three seconds; then it carries out what it took. */
  async function withRedisFrozen(work: () => Promise<unknown>): Promise<void> {
    await test.redis.call('CLIENT', 'PAUSE', '3000', 'ALL');
    await work();
    const operator = test.redis.duplicate({ commandTimeout: 10_000 });
    await operator.connect();
    await operator.ping();
    operator.disconnect();
  }
});

describe("the operator's question whether this Redis keeps records", () => {
  it('is answered with nothing for the settings of production', async () => {
    expect(await persistenceProblems(test.redis)).toEqual([]);
  });

  it.each([
    ['appendonly', 'no', /appendonly is off/],
    ['appendfsync', 'everysec', /appendfsync is "everysec"/],
    ['maxmemory-policy', 'allkeys-lru', /maxmemory-policy is "allkeys-lru"/],
  ])('names %s %s and what to set instead', async (name, value, words) => {
    const careless = await startTestStore();
    await careless.redis.config('SET', name, value);
    const problems = await persistenceProblems(careless.redis);
    await careless.stop();
    expect(problems).toEqual([expect.stringMatching(words)]);
    expect(problems[0]).toMatch(/set "/);
  });

  it('is answered with a request to look oneself where Redis refuses to tell', async () => {
    const hosted = await startTestStore();
    await hosted.redis.call('ACL', 'SETUSER', 'default', '-config');
    const problems = await persistenceProblems(hosted.redis);
    await hosted.stop();
    expect(problems).toEqual([expect.stringMatching(/check them by hand/)]);
  });
});

it('a connection for clicks does not wait for a Redis that was never there', async () => {
  const redis = connectForClicks({ socketPath: `${test.server.directory}/nothing.sock` });
  redis.on('error', () => undefined);
  await expect(redis.connect()).rejects.toThrow();
  await expect(redis.get('anything')).rejects.toThrow();
  redis.disconnect();
});
