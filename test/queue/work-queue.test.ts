import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Work } from '../../src/queue/work-queue.ts';
import type { Rest } from '../../src/queue/work-worker.ts';
import { AGREEMENT_LOOK_MINUTES } from '../../src/restore/agreement-look.ts';
import { dueStep } from '../../src/restore/due-step.ts';
import { addMinutes, instantOf } from '../../src/restore/instant.ts';
import { plannedKey } from '../../src/restore/message-key.ts';
import { owedMessages } from '../../src/restore/owed-messages.ts';
import { exampleEvent } from '../support/example-events.ts';
import { followedBy, makeRestore } from '../support/make-restore.ts';
import { startTestStore, type TestStore } from '../support/store.ts';
import { until } from '../support/until.ts';
import { makeGate, openWorkplace, type Workplace } from './workplace.ts';

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

async function note(work: Work): Promise<Rest> {
  done.push(work);
  return { kind: 'done' };
}

describe('a step', () => {
  const restoring = makeRestore('restoring');

  it('is done once, however often it is asked for', async () => {
    for (let times = 0; times < 3; times++) await place.queue.ensureStep(restoring, Date.now());
    place.startWorker(note);
    place.startWorker(note);
    await until('the step to be done', () => done.length > 0);
    await place.idle();
    expect(done).toEqual([{ kind: 'step', restoreId: 'R-17', turn: restoring.turn }]);
  });

  it('of another turn or restore is another piece of work', async () => {
    await place.queue.ensureStep(makeRestore('restore-sent'), Date.now());
    await place.queue.ensureStep(restoring, Date.now());
    await place.queue.ensureStep(makeRestore('restoring', { id: 'R-18' }), Date.now());
    place.startWorker(note);
    await until('three steps', () => done.length === 3);
  });

  it('can be asked for again after it was done, since only the record says whether it is due', async () => {
    place.startWorker(note);
    for (const times of [1, 2]) {
      await place.queue.ensureStep(restoring, Date.now());
      await until('the step to be done', () => done.length === times);
      await place.idle();
    }
  });

  it('that is not due yet is left alone until its time', async () => {
    const started: number[] = [];
    place.startWorker(async () => {
      started.push(Date.now());
      return { kind: 'done' };
    });
    const dueMs = Date.now() + 400;
    const waiting = makeRestore('awaiting-approval', {
      requestedAt: instantOf(dueMs - AGREEMENT_LOOK_MINUTES * 60_000),
    });
    expect(Date.parse(dueStep(waiting)?.at ?? '')).toBe(dueMs);
    await place.queue.ensureStep(waiting, Date.now());
    expect(await place.jobs.getDelayedCount()).toBe(1);
    await until('the step to begin', () => started.length > 0);
    expect(started[0]).toBeGreaterThanOrEqual(dueMs);
  });

  it('is not asked for when the restore has ended', async () => {
    await place.queue.ensureStep(makeRestore('completed'), Date.now());
    expect(await place.jobs.getJobCountByTypes()).toBe(0);
  });

  it('carries ids and nothing else', async () => {
    await place.queue.ensureStep(restoring, Date.now());
    const [job] = await place.jobs.getJobs();
    expect(job?.data).toEqual({ kind: 'step', restoreId: 'R-17', turn: restoring.turn });
  });
});

describe('ringing for a restore', () => {
  it('asks for its step, its card and what it owes', async () => {
    place.queue.ring(makeRestore('restoring'));
    await place.queue.quiet();
    place.startWorker(note);
    await until('three pieces of work', () => done.length === 3);
    expect(done.map(({ kind }) => kind).sort()).toEqual(['card', 'messages', 'step']);
  });

  it('asks for no messages when none are owed', async () => {
    const withdrawn = makeRestore('withdrawn');
    place.queue.ring(followedBy(withdrawn, { ...exampleEvent('message-settled', withdrawn), key: 'anchor' }));
    await place.queue.quiet();
    place.startWorker(note);
    await until('the card', () => done.length === 1);
    await place.idle();
    expect(done.map(({ kind }) => kind)).toEqual(['card']);
  });
});

describe('ringing for a change', () => {
  const approved = makeRestore('approved', { requestedAt: addMinutes(instantOf(Date.now()), -60) });
  const [first] = owedMessages(approved);
  const settled = followedBy(approved, { ...exampleEvent('message-settled', approved), key: first?.key ?? '' });

  async function askedFor(): Promise<readonly string[]> {
    await place.queue.quiet();
    return (await place.jobs.getJobs()).map(({ name }) => name).sort();
  }

  it('asks for what the change began, and for the card', async () => {
    place.queue.ring(makeRestore('completed'), makeRestore('verifying'));
    expect(await askedFor()).toEqual(['card', 'messages']);
    place.queue.ring(makeRestore('restoring', { id: 'R-18' }), makeRestore('restore-sent', { id: 'R-18' }));
    expect(await askedFor()).toEqual(['card', 'card', 'messages', 'step']);
  });

  it('asks for the step of a start as soon as its last notice is out, and not before', async () => {
    place.queue.ring(approved, makeRestore('awaiting-approval'));
    expect(await askedFor()).toEqual(['card', 'messages']);
    const told = followedBy(
      approved,
      ...approved.plan.noticeChannels.map((channel) => ({
        ...exampleEvent('message-settled', approved),
        key: plannedKey(channel),
      })),
    );
    place.queue.ring(told, approved);
    expect(await askedFor()).toEqual(['card', 'messages', 'step']);
  });

  it('leaves to those who are at it what was owed before', async () => {
    expect(owedMessages(settled).length, 'more is owed').toBeGreaterThan(0);
    place.queue.ring(settled, approved);
    expect(await askedFor()).toEqual(['card']);
  });

  it('keeps what an earlier change asked for when a later one follows at once', async () => {
    place.queue.ring(approved, makeRestore('awaiting-approval'));
    place.queue.ring(settled, approved);
    expect(await askedFor()).toEqual(['card', 'messages']);
  });

  it('asks for the new message when settling one makes another owed', async () => {
    const cardRefused = followedBy(approved, {
      type: 'message-settled',
      at: approved.since,
      key: 'card',
      delivery: { status: 'undeliverable', why: 'not_in_channel', at: approved.since },
    });
    place.queue.ring(cardRefused, approved);
    expect(await askedFor()).toEqual(['card', 'messages']);
  });

  it('draws the card once for changes that come close together', async () => {
    place.startWorker(note);
    for (let change = 0; change < 5; change++) {
      place.queue.ring(settled, approved);
      await place.queue.quiet();
    }
    await until('the card', () => done.length > 0);
    await place.idle();
    expect(done).toEqual([{ kind: 'card', restoreId: 'R-17' }]);
  });

  it('asks for each step as soon as it is due by the clock of the records, also where that is ahead of ours', async () => {
    const requestedAt = instantOf(Date.now() + 25_000);
    place.queue.ring(makeRestore('restoring', { requestedAt }), makeRestore('restore-sent', { requestedAt }));
    place.queue.ring(makeRestore('restore-sent', { id: 'R-18', requestedAt }), makeRestore('ready-to-restore'));
    await place.queue.quiet();
    const steps = (await place.jobs.getJobs()).filter(({ name }) => name === 'step');
    expect(Object.fromEntries(steps.map(({ data, delay }) => [data.restoreId, delay]))).toEqual({
      'R-17': 0,
      'R-18': 2_000,
    });
  });

  it('asks at once for what is under way since a moment that has not come again, as the clock was set back', async () => {
    const restoring = makeRestore('restoring', { requestedAt: addMinutes(instantOf(Date.now()), 60) });
    place.queue.ring(followedBy(restoring, { ...exampleEvent('step-observed', restoring), at: instantOf(Date.now()) }));
    await place.queue.quiet();
    const steps = (await place.jobs.getJobs()).filter(({ name }) => name === 'step');
    expect(steps.map(({ delay }) => delay)).toEqual([0]);
  });

  it('lets a start whose notices are not out rest, since the last of them wakes it', async () => {
    const atOnce = makeRestore('approved', { requestedAt: instantOf(Date.now()) });
    const startMs = Date.parse(dueStep(atOnce)?.at ?? '');
    await place.queue.ensureStep(atOnce, startMs);
    await place.queue.ensureStep({ ...atOnce, id: 'R-18', plan: { ...atOnce.plan, noticeChannels: [] } }, startMs);
    const delays = Object.fromEntries((await place.jobs.getJobs()).map(({ data, delay }) => [data.restoreId, delay]));
    expect(delays).toEqual({ 'R-17': 1_000, 'R-18': 0 });
  });
});

describe('ringing for many changes at once', () => {
  it('asks for everything of every restore, and only for the latest step of each', async () => {
    const ids = Array.from({ length: 120 }, (_, index) => `R-${index}`);
    for (const id of ids) {
      place.queue.ring(makeRestore('restore-sent', { id }));
      place.queue.ring(makeRestore('restoring', { id }));
    }
    await place.queue.quiet();
    place.startWorker(note);
    await until('all of it', () => done.length >= 3 * ids.length);
    await place.idle();
    const { turn } = makeRestore('restoring');
    const stepsOf = (id: string) => done.filter((work) => work.kind === 'step' && work.restoreId === id);
    for (const id of ids) expect(stepsOf(id)).toEqual([{ kind: 'step', restoreId: id, turn }]);
    expect(done).toHaveLength(3 * ids.length);
  });

  it('takes a change that came late for no newer one', async () => {
    place.queue.ring(makeRestore('restoring'));
    place.queue.ring(makeRestore('restore-sent'));
    await place.queue.quiet();
    place.startWorker(note);
    await place.idle();
    expect(done).toContainEqual({ kind: 'step', restoreId: 'R-17', turn: makeRestore('restoring').turn });
  });
});

describe('the last notice that a start waits for', () => {
  const approved = makeRestore('approved', { requestedAt: addMinutes(instantOf(Date.now()), -60) });
  const told = followedBy(
    approved,
    ...approved.plan.noticeChannels.map((channel) => ({
      ...exampleEvent('message-settled', approved),
      key: plannedKey(channel),
    })),
  );

  it('wakes the step that rests until it is told, and leaves it one job', async () => {
    let looks = 0;
    place.startWorker(async ({ kind }) => {
      if (kind !== 'step') return { kind: 'done' };
      looks++;
      return looks === 1 ? { kind: 'again', afterMs: 60_000 } : { kind: 'done' };
    });
    await place.queue.ensureStep(approved, Date.now());
    const restingSteps = async () => (await place.jobs.getDelayed()).filter(({ name }) => name === 'step').length;
    await until('the step to rest', async () => (await restingSteps()) === 1);
    place.queue.ring(approved);
    await place.queue.quiet();
    expect(await restingSteps(), 'another change does not wake it').toBe(1);
    place.queue.ring(told);
    place.queue.ring(followedBy(told, exampleEvent('step-observed', told)));
    await until('the second look', () => looks === 2);
    await place.idle();
    expect(looks).toBe(2);
  });
});

describe('drawing a card', () => {
  it('is one piece of work for many changes that nobody has begun to draw', async () => {
    for (let change = 0; change < 10; change++) await place.queue.ensureCard('R-17');
    place.startWorker(note);
    await until('the card', () => done.length > 0);
    await place.idle();
    expect(done).toEqual([{ kind: 'card', restoreId: 'R-17' }]);
  });

  it('is done exactly once more for all the changes that come while it is being drawn', async () => {
    const drawing = makeGate();
    place.startWorker(async (work) => {
      done.push(work);
      await drawing.opened;
      return { kind: 'done' };
    });
    await place.queue.ensureCard('R-17');
    await until('the drawing to begin', () => done.length === 1);
    for (let change = 0; change < 10; change++) await place.queue.ensureCard('R-17');
    expect(done).toHaveLength(1);
    drawing.open();
    await until('the drawing to be repeated', () => done.length === 2);
    await place.idle();
    expect(done).toHaveLength(2);
  });

  it('always sees the last change, never two at a time, and not once for every change', async () => {
    let version = 0;
    let drawn = 0;
    let runs = 0;
    let atOnce = 0;
    let mostAtOnce = 0;
    const draw = async (): Promise<Rest> => {
      runs++;
      mostAtOnce = Math.max(mostAtOnce, ++atOnce);
      const seen = version;
      await sleep(4);
      drawn = seen;
      atOnce--;
      return { kind: 'done' };
    };
    place.startWorker(draw);
    place.startWorker(draw);
    for (let change = 0; change < 150; change++) {
      version++;
      await place.queue.ensureCard('R-17');
      if (change % 7 === 0) await sleep(change % 5);
    }
    await place.idle();
    expect(drawn).toBe(version);
    expect(mostAtOnce).toBe(1);
    expect(runs).toBeLessThan(version);
  });

  it('does not wait for the card of another restore', async () => {
    const slow = makeGate();
    place.startWorker(async (work) => {
      if (work.restoreId === 'R-1') await slow.opened;
      return note(work);
    });
    await place.queue.ensureCard('R-1');
    await place.queue.ensureCard('R-2');
    await until('the other card', () => done.length === 1);
    expect(done[0]?.restoreId).toBe('R-2');
    slow.open();
  });
});
