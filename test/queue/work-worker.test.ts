import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Work } from '../../src/queue/work-queue.ts';
import type { Rest } from '../../src/queue/work-worker.ts';
import type { Restore } from '../../src/restore/restore.ts';
import { startLocalRedis } from '../../src/store/local-redis.ts';
import { afterEvents, makeRestore } from '../support/make-restore.ts';
import { startTestStore, type TestStore } from '../support/store.ts';
import { until } from '../support/until.ts';
import { makeGate, openWorkplace, type Workplace } from './workplace.ts';

const DONE: Rest = { kind: 'done' };
const restoring = makeRestore('restoring');

let test: TestStore;
let place: Workplace;
beforeAll(async () => {
  test = await startTestStore();
});
afterAll(() => test.stop());
beforeEach(async () => {
  await test.clear();
  place = openWorkplace(test.server.target);
});
afterEach(() => place.close());

describe('work that rests', () => {
  it('comes back as often as it says, and holds no worker meanwhile', async () => {
    const looks: number[] = [];
    place.startWorker(async () => {
      looks.push(Date.now());
      return looks.length < 4 ? { kind: 'again', afterMs: 60 } : DONE;
    });
    await place.queue.ensureStep(restoring, Date.now());
    await until('the work to rest', async () => (await place.jobs.getDelayedCount()) === 1);
    expect(await place.jobs.getActiveCount()).toBe(0);
    await until('four looks', () => looks.length === 4);
    await place.idle();
    expect(looks).toHaveLength(4);
    for (const [index, at] of looks.slice(1).entries()) expect(at - (looks[index] ?? at)).toBeGreaterThanOrEqual(60);
  });

  it('is not doubled by being asked for while it rests or runs', async () => {
    let runs = 0;
    const gate = makeGate();
    place.startWorker(async () => {
      runs++;
      if (runs === 1) return { kind: 'again', afterMs: 300 };
      await gate.opened;
      return DONE;
    });
    await place.queue.ensureStep(restoring, Date.now());
    await until('the work to rest', async () => (await place.jobs.getDelayedCount()) === 1);
    await place.queue.ensureStep(restoring, Date.now());
    expect(await place.jobs.getJobCountByTypes('waiting', 'delayed')).toBe(1);
    await until('the work to run', () => runs === 2);
    await place.queue.ensureStep(restoring, Date.now());
    gate.open();
    await place.idle();
    expect(runs).toBe(2);
  });
});

describe('a runner that never ends', () => {
  it('has its work taken up once more, beside it', async () => {
    let runs = 0;
    place.startWorker(async () => {
      runs++;
      return runs === 1 ? new Promise<Rest>(() => undefined) : DONE;
    }, 300);
    await place.queue.ensureStep(restoring, Date.now());
    await place.idle();
    expect(runs).toBe(2);
  });
});

describe('a runner that throws', () => {
  it('has its step looked at again in a few seconds, and again, never failed for good', async () => {
    let runs = 0;
    place.startWorker(async () => {
      runs++;
      if (runs < 4) throw new Error('nobody foresaw this');
      return DONE;
    });
    await place.queue.ensureStep(restoring, Date.now());
    for (const times of [1, 2, 3]) {
      await until(`look ${times}`, async () => runs === times && (await place.jobs.getDelayedCount()) === 1);
      const [job] = await place.jobs.getDelayed();
      expect(job?.delay).toBeGreaterThan(1_000);
      expect(job?.delay).toBeLessThan(30_000);
      await job?.promote();
    }
    await place.idle();
    expect(runs).toBe(4);
    expect(await place.jobs.getFailedCount()).toBe(0);
  });

  it('leaves a card to the sweep, and does not block the next drawing', async () => {
    let runs = 0;
    place.startWorker(async () => {
      runs++;
      throw new Error('Slack is away');
    });
    for (const times of [1, 2]) {
      await place.queue.ensureCard('R-17');
      await until('the drawing to be tried', () => runs === times);
      await place.idle();
    }
    expect(await place.jobs.getFailedCount()).toBe(0);
  });
});

describe('a late duplicate', () => {
  it('finds another turn on record and does nothing', async () => {
    let onRecord: Restore = restoring;
    const carriedOut: number[] = [];
    const reminders: Work[] = [];
    place.startWorker(async (work) => {
      reminders.push(work);
      if (work.kind === 'step' && work.turn === onRecord.turn) {
        carriedOut.push(work.turn);
        onRecord = afterEvents(onRecord, ['running-seen', 'restore-finished']);
      }
      return DONE;
    });
    for (const times of [1, 2]) {
      await place.queue.ensureStep(restoring, Date.now());
      await until('the reminder', () => reminders.length === times);
      await place.idle();
    }
    expect(carriedOut).toEqual([restoring.turn]);
  });
});

describe('closing', () => {
  it('waits for the work in hand', async () => {
    const gate = makeGate();
    let hasEnded = false;
    let hasBegun = false;
    const worker = place.startWorker(async () => {
      hasBegun = true;
      await gate.opened;
      hasEnded = true;
      return DONE;
    });
    await place.queue.ensureStep(restoring, Date.now());
    await until('the work to begin', () => hasBegun);
    const closed = worker.close(10_000);
    gate.open();
    await closed;
    expect(hasEnded).toBe(true);
  });

  it('leaves work that does not end to another worker, at its deadline', async () => {
    const gate = makeGate();
    let hasBegun = false;
    const worker = place.startWorker(async () => {
      hasBegun = true;
      await gate.opened;
      return DONE;
    });
    await place.queue.ensureStep(restoring, Date.now());
    await until('the work to begin', () => hasBegun);
    const before = Date.now();
    await worker.close(300);
    expect(Date.now() - before).toBeLessThan(3_000);
    gate.open();
  });
});

describe('with Redis gone', () => {
  let abandoned: Workplace;
  let server: Awaited<ReturnType<typeof startLocalRedis>>;
  const startServer = () => startLocalRedis(test.server.program, `${test.server.directory}/going`);
  beforeEach(async () => {
    server = await startServer();
    abandoned = openWorkplace({ socketPath: server.socketPath });
    await abandoned.jobs.waitUntilReady();
  });
  afterEach(async () => {
    // What still waits for Redis can only end with it.
    server = await startServer();
    await abandoned.close();
    await server.stop();
  });

  it('a worker that was at work closes at its deadline', async () => {
    let runs = 0;
    const worker = abandoned.startWorker(async () => {
      runs++;
      return DONE;
    });
    await abandoned.queue.ensureStep(restoring, Date.now());
    await until('the work to be done', () => runs === 1);
    await server.stop();
    expect(await endsWithin(8_000, worker.close(400))).toBe(true);
  });

  it('the asking side closes too, instead of keeping the process alive', async () => {
    await abandoned.queue.ensureStep(restoring, Date.now());
    await server.stop();
    expect(await endsWithin(8_000, abandoned.queue.close())).toBe(true);
  });

  it('a ring that cannot reach the queue fails nobody and is given up, so that the process can end', async () => {
    await server.stop();
    abandoned.queue.ring(restoring);
    expect(await endsWithin(8_000, abandoned.queue.quiet())).toBe(true);
  });
});

async function endsWithin(deadlineMs: number, work: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), deadlineMs);
  });
  const isInTime = await Promise.race([work.then(() => true), deadline]);
  clearTimeout(timer);
  return isInTime;
}
