import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createDistantAlarm, startHeeding } from '../../src/queue/distant-alarm.ts';
import { createEar, ringBell } from '../../src/store/bell.ts';
import { KEY } from '../../src/store/keys.ts';
import { connectForQueue } from '../../src/store/redis.ts';
import { makeRestore } from '../support/make-restore.ts';
import { startTestStore, type TestStore } from '../support/store.ts';
import { until } from '../support/until.ts';

const log = pino({ level: 'silent' });

let test: TestStore;
const heeding: { stop(): Promise<void> }[] = [];
beforeAll(async () => {
  test = await startTestStore();
});
afterAll(() => test.stop());
beforeEach(() => test.clear());
afterEach(async () => {
  for (const one of heeding.splice(0)) await one.stop();
});

const distant = () => createDistantAlarm((ids) => ringBell(test.redis, ids), log);

/** A worker that hears the bell, and what it rang for. */
function worker(store: Pick<TestStore['store'], 'load'> = test.store) {
  const rung: string[] = [];
  const connection = connectForQueue(test.server.target);
  connection.on('error', () => undefined);
  const alarm = { ring: ({ id, version }: { id: string; version: number }) => void rung.push(`${id} v${version}`) };
  const one = startHeeding({ ear: createEar(connection), store, alarm, log });
  heeding.push(one);
  return { rung, stop: one.stop };
}

async function saved(id: string) {
  const restore = makeRestore('awaiting-approval', { id, policy: { auraId: id } });
  await test.store.save(0, restore);
  return restore;
}

describe('the alarm of a process without a worker', () => {
  it('has a worker ring for the restore as it stands on record, once for what changed in a moment', async () => {
    const { rung } = worker();
    const restore = await saved('R-1');
    const alarm = distant();
    for (let change = 0; change < 5; change++) alarm.ring(restore);
    await alarm.quiet();
    await until('the ring', () => rung.length > 0);
    alarm.ring(await saved('R-2'));
    await until('the next', () => rung.length > 1);
    expect(rung).toEqual(['R-1 v1', 'R-2 v1']);
    expect(await test.redis.exists(KEY.bell)).toBe(0);
  });

  it('is heard by one of several workers, and later when there was none', async () => {
    const ids = Array.from({ length: 120 }, (_, index) => `R-${index + 1}`);
    const alarm = distant();
    for (const id of ids) alarm.ring(await saved(id));
    await alarm.quiet();
    expect(await test.redis.llen(KEY.bell)).toBe(ids.length);
    const workers = [worker(), worker()];
    const all = () => workers.flatMap(({ rung }) => rung);
    await until('everything', () => all().length >= ids.length);
    expect(all().toSorted()).toEqual(ids.map((id) => `${id} v1`).toSorted());
  });

  it('is heeded for the others when one record cannot be read, or is not there', async () => {
    const broken = {
      load: (id: string) => (id === 'R-1' ? Promise.reject(new Error('unreadable')) : test.store.load(id)),
    };
    await saved('R-1');
    await saved('R-3');
    await ringBell(test.redis, ['R-1', 'R-2', 'R-3']);
    const { rung } = worker(broken);
    await until('the readable one', () => rung.length > 0);
    expect(rung).toEqual(['R-3 v1']);
  });

  it('fails nobody when Redis does not take it', async () => {
    const alarm = createDistantAlarm(() => Promise.reject(new Error('away')), log);
    alarm.ring(await saved('R-1'));
    await expect(alarm.quiet()).resolves.toBeUndefined();
  });

  it('lets a worker stop at once while it listens', async () => {
    const { stop } = worker();
    const begun = performance.now();
    await stop();
    expect(performance.now() - begun).toBeLessThan(1_500);
  });
});
