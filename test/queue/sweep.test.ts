import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startSweep } from '../../src/queue/sweep.ts';
import type { Work, WorkQueue } from '../../src/queue/work-queue.ts';
import { addMinutes } from '../../src/restore/instant.ts';
import type { Restore } from '../../src/restore/restore.ts';
import type { Status } from '../../src/restore/state.ts';
import { createCardDrawings } from '../../src/store/card-drawings.ts';
import { makeRestore, NOW } from '../support/make-restore.ts';
import { forgetTheLists } from '../support/mortal-redis.ts';
import { startTestStore, type TestStore } from '../support/store.ts';
import { until } from '../support/until.ts';
import { openWorkplace, type Workplace } from './workplace.ts';

let test: TestStore;
let place: Workplace;
let done: Work[];
beforeAll(async () => {
  test = await startTestStore();
});
afterAll(() => test.stop());
beforeEach(async () => {
  await test.clear();
  place = openWorkplace(test.server.target);
  done = [];
});
afterEach(() => place.close());

function startSweepOf(store: TestStore['store'] = test.store, queue: WorkQueue = place.queue, everyMs = 30) {
  const refreshCard = () => undefined;
  return startSweep({ store, queue, everyMs, refreshCardsEveryMs: 3_600_000, refreshCard, log: place.log });
}

/** Saves a restore of this status that was requested an hour and a half ago. */
async function saved(id: string, status: Status): Promise<Restore> {
  const requestedAt = addMinutes(await test.store.now(), -90);
  const facts = { id, policy: { auraId: id }, requestedAt };
  await test.store.save(0, makeRestore('awaiting-approval', facts));
  const restore = makeRestore(status, facts);
  if (restore.version > 1) await test.store.save(1, restore);
  return restore;
}

const steps = () => done.flatMap((work) => (work.kind === 'step' ? [`${work.restoreId} turn ${work.turn}`] : []));
const workOf = (kind: Work['kind']) => done.filter((work) => work.kind === kind).map(({ restoreId }) => restoreId);

describe('the sweep', () => {
  it('rebuilds every job after the whole queue was lost, and loses no restore', async () => {
    const restoring = await saved('R-1', 'restoring');
    const overdue = await saved('R-2', 'awaiting-approval');
    const completed = await saved('R-3', 'completed');
    for (const restore of [restoring, overdue, completed]) place.queue.ring(restore);
    await place.queue.quiet();
    const lost = await test.redis.keys('{rb}:restore-work:*');
    expect(lost.length).toBeGreaterThan(5);
    await test.redis.del(...lost);

    place.startWorker(async (work) => {
      done.push(work);
      return { kind: 'done' };
    });
    const sweep = startSweepOf();
    await until('all that is owed to be asked for', () => new Set([...steps(), ...workOf('messages')]).size === 4);
    await sweep.stop();
    expect(new Set(steps())).toEqual(new Set([`R-1 turn ${restoring.turn}`, `R-2 turn ${overdue.turn}`]));
    expect(new Set(workOf('messages'))).toEqual(new Set(['R-1', 'R-3']));
    expect(new Set(workOf('card'))).toEqual(new Set(['R-1', 'R-2', 'R-3']));
  });

  it('rebuilds what was lost when the lists are gone and what stood in them is not', async () => {
    const restoring = await saved('R-1', 'restoring');
    const completed = await saved('R-2', 'completed');
    for (const restore of [restoring, completed]) place.queue.ring(restore);
    await place.queue.quiet();
    await forgetTheLists(test.redis);
    expect(await test.redis.exists(`{rb}:restore-work:step_R-1_${restoring.turn}`)).toBe(1);

    place.startWorker(async (work) => {
      done.push(work);
      return { kind: 'done' };
    });
    const sweep = startSweepOf();
    await until('step, card and messages', () => {
      const isThere = [steps(), workOf('card'), workOf('messages')].map((all) => new Set<string>(all));
      return (
        isThere[0]?.has(`R-1 turn ${restoring.turn}`) === true &&
        isThere[1]?.has('R-1') === true &&
        isThere[2]?.has('R-2') === true
      );
    });
    await sweep.stop();
  });

  it('does no harm when two run at once: the step is one job', async () => {
    await saved('R-1', 'restoring');
    const sweeps = [startSweepOf(), startSweepOf()];
    await until('the step to be asked for', async () =>
      (await place.jobs.getJobs()).some(({ name }) => name === 'step'),
    );
    for (const sweep of sweeps) await sweep.stop();
    const jobs = await place.jobs.getJobs();
    expect(jobs.map(({ name }) => name).sort()).toEqual(['card', 'messages', 'step']);
  });

  it('reads a record again only when it has changed or its step is missing from the queue', async () => {
    await saved('R-1', 'restoring');
    const read: string[] = [];
    const counting = {
      ...test.store,
      load: (id: string) => {
        read.push(id);
        return test.store.load(id);
      },
    };
    let sweeps = 0;
    const due = (limit: number) => {
      sweeps++;
      return test.store.due(limit);
    };
    const sweep = startSweepOf({ ...counting, due }, place.queue, 5);
    const fewMore = async () => {
      const enough = sweeps + 4;
      await until('some sweeps', () => sweeps >= enough);
    };
    await fewMore();
    expect(read).toEqual(['R-1']);

    const { restore } = (await test.store.load('R-1')) ?? {};
    if (!restore) throw new Error('there is no record');
    await test.store.save(restore.version, { ...restore, version: restore.version + 1, turn: restore.turn + 1 });
    await fewMore();
    expect(read).toEqual(['R-1', 'R-1']);
    const stepJobs = async () => (await place.jobs.getJobs()).flatMap(({ id, name }) => (name === 'step' ? [id] : []));
    expect((await stepJobs()).sort()).toEqual([`step_R-1_${restore.turn}`, `step_R-1_${restore.turn + 1}`]);

    await test.redis.del(...(await test.redis.keys('{rb}:restore-work:*')));
    await until('the step to be back', async () => (await stepJobs()).length === 1);
    await sweep.stop();
    expect(read).toEqual(['R-1', 'R-1', 'R-1']);
  });

  it('leaves alone what is not due, drawn and said', async () => {
    await test.store.save(0, makeRestore('awaiting-approval', { requestedAt: await test.store.now() }));
    await createCardDrawings(test.redis).drawn({ restoreId: 'R-17', version: 1, key: 'one' }, 'digest');
    const asked = recordingQueue();
    const sweep = startSweep({
      store: test.store,
      queue: asked.queue,
      everyMs: 10,
      refreshCardsEveryMs: 50,
      refreshCard: (id) => void asked.cards.push(id),
      log: place.log,
    });
    await until('the open card to be refreshed twice', () => asked.cards.length >= 2);
    await sweep.stop();
    expect(asked).toMatchObject({ steps: [], messages: [] });
    expect(new Set(asked.cards)).toEqual(new Set(['R-17']));
  });

  it('goes on after Redis failed it', async () => {
    await saved('R-1', 'restoring');
    let failures = 0;
    const asked = recordingQueue();
    const failing = {
      ...test.store,
      due: async (limit: number) => {
        if (failures++ < 2) throw new Error('Redis is away');
        return test.store.due(limit);
      },
    };
    const sweep = startSweepOf(failing, asked.queue);
    await until('the step', () => asked.steps.includes('R-1'));
    await sweep.stop();
  });

  it('reaches every restore that is due, also when more are under way than one sweep takes', async () => {
    const ids = Array.from({ length: 250 }, (_, index) => `R-${index}`);
    const everywhere = {
      ...test.store,
      // A restore under way stays due until its state changes, so the list does not get shorter by asking.
      due: async (limit: number) => ids.slice(0, limit),
      versions: async (asked: readonly string[]) => asked.map(() => 1),
      load: async (id: string) => ({ restore: makeRestore('restoring', { id }), now: NOW }),
      undrawn: async () => [],
      owing: async () => [],
      open: async () => [],
    };
    const asked = recordingQueue();
    const sweep = startSweepOf(everywhere, asked.queue, 1);
    await until('three sweeps', () => asked.steps.filter((id) => id === 'R-0').length >= 3);
    await sweep.stop();
    expect(new Set(asked.steps).size).toBe(250);
  });

  it('stops although the queue no longer answers, so that the process can end', async () => {
    await saved('R-1', 'restoring');
    const asked = recordingQueue();
    const silent = {
      ...asked.queue,
      ensureStep: async (restore: Restore) => {
        asked.steps.push(restore.id);
        return new Promise<void>(() => undefined);
      },
    };
    const sweep = startSweepOf(test.store, silent);
    await until('the sweep to wait for the queue', () => asked.steps.length === 1);
    let hasStopped = false;
    void sweep.stop().then(() => {
      hasStopped = true;
    });
    await until('the sweep to stop', () => hasStopped, 8_000);
  });
});

/** A queue that writes down what it was asked for. */
function recordingQueue() {
  const asked = { steps: [] as string[], cards: [] as string[], messages: [] as string[] };
  const queue: WorkQueue = {
    hasSteps: async (steps) => steps.map(() => false),
    ensureStep: async ({ id }) => void asked.steps.push(id),
    ensureCard: async (id) => void asked.cards.push(id),
    ensureMessages: async (id) => void asked.messages.push(id),
    dropOrphans: async () => 0,

    ring: () => undefined,
    quiet: async () => undefined,
    close: async () => undefined,
  };
  return { ...asked, queue };
}
