import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createExportKeeper } from '../../src/exports/export-keeper.ts';
import { createExportPlanner } from '../../src/exports/export-planner.ts';
import type { ExportPlan } from '../../src/restore/exports/export-plan.ts';
import { owedExportMessages } from '../../src/restore/exports/owed.ts';
import { firstBrokenEntry } from '../../src/restore/history.ts';
import { addMinutes } from '../../src/restore/instant.ts';
import { headsBetween } from '../../src/store/audit-stream.ts';
import { createExportStore } from '../../src/store/export-store.ts';
import { KEY } from '../../src/store/keys.ts';
import { answerLost, connectBadly, heldUp, type Mishap, sentAgain, untilItAnswers } from '../support/bad-line.ts';
import { makePolicy } from '../support/make-restore.ts';
import { makePerson, REQUESTER } from '../support/people.ts';
import { startTestStore, type TestStore } from '../support/store.ts';

let server: TestStore;
beforeAll(async () => {
  server = await startTestStore();
});
afterEach(() => server.clear());
afterAll(() => server.stop());

const DAILY = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
const PLAN: ExportPlan = {
  name: 'off-site',
  schedule: { every: 'week', days: DAILY, at: '00:00', zone: 'UTC' },
  beforeDeployments: true,
  keepDays: 30,
  fileName: '{instance}.backup',
  place: 'the vault',
  owners: { users: ['U1'], groups: [] },
  overdueMinutes: 60,
};
const POLICY = makePolicy({ exports: [PLAN] });
const log = pino({ level: 'silent' });

function start(redis = server.redis) {
  const store = createExportStore(redis);
  const door = createExportKeeper({ store, log });
  const asked: string[] = [];
  const planner = () =>
    createExportPlanner({
      policy: () => ({ instances: [POLICY], samePeople: [] }),
      exports: door,
      store,
      aura: {
        async listSnapshots(_, day) {
          asked.push(day);
          const takenAt = `${day}T00:00:01.000Z`;
          return [{ snapshotId: `of ${day}`, takenAt, profile: 'Scheduled', status: 'Completed', exportable: true }];
        },
      },
      postMessages: async () => undefined,
      log,
    });
  return { store, door, planner, asked };
}

const report = (takenAt: string) => ({
  fileName: 'orders.backup',
  sizeBytes: 12,
  sha256: 'a'.repeat(64),
  place: 'the vault',
  takenAt,
});

describe('exports in the store', () => {
  it('what fell due before anybody knew of the plan is nobody’s', async () => {
    const { store, planner } = start();
    await planner()();
    expect(await store.active()).toEqual([]);
  });

  it('what fell due is opened once by many workers, and its owners get the exact snapshot once', async () => {
    const { store, door, planner, asked } = start();
    await store.countsFrom(POLICY.auraId, PLAN.name, addMinutes(await store.now(), -2 * 1440));
    await Promise.all(Array.from({ length: 6 }, () => planner()()));
    const [id = '', ...others] = await store.active();
    expect(others).toEqual([]);
    const task = await door.find(id);
    const today = (await store.now()).slice(0, 10);
    expect(task?.dueAt).toBe(`${today}T00:00:00.000Z`);
    expect(task?.reminded).toMatchObject({ nth: 1, offer: { kind: 'snapshot', snapshotId: `of ${today}` } });
    const before = asked.length;
    await planner()();
    expect(asked).toHaveLength(before);
  });

  it('the next one makes the one before it missed, and each change is in its chain and in the audit', async () => {
    const { store, door } = start();
    const now = await store.now();
    const first = await door.fallDue(POLICY, PLAN, addMinutes(now, -1440));
    expect(await door.fallDue(POLICY, PLAN, addMinutes(now, -1440))).toBeUndefined();
    const second = await door.fallDue(POLICY, PLAN, now);
    expect(second?.id).not.toBe(first?.id);
    expect((await door.find(first?.id ?? ''))?.state.status).toBe('missed');
    expect(await door.fallDue(POLICY, PLAN, addMinutes(now, -1440)), 'by a worker that slept').toBeUndefined();
    const missed = await door.find(first?.id ?? '');
    expect(firstBrokenEntry(missed?.history ?? [])).toBeUndefined();
    const end = (await server.redis.xrevrange(KEY.audit, '+', '-', 'COUNT', 1))[0]?.[0] ?? '';
    expect(await headsBetween(server.redis, '0-0', end)).toMatchObject([
      { restoreId: first?.id, seq: 2 },
      { restoreId: second?.id, seq: 1 },
    ]);
  });

  it('recorded files are listed until they need not be kept, the newest data first', async () => {
    const { store, door } = start();
    const now = await store.now();
    for (const days of [3, 1, 40]) {
      const task = await door.fallDue(POLICY, PLAN, addMinutes(now, -days));
      const asked = task ?? (await door.askBeforeDeployment(POLICY, REQUESTER));
      const id = 'id' in asked ? asked.id : asked.kind === 'done' ? (asked.tasks[0]?.id ?? '') : '';
      const takenAt = addMinutes(now, -days * 1440);
      expect((await door.record(id, report(takenAt), makePerson('U1'))).kind).toBe('done');
    }
    const files = await door.listExportedFiles('orders');
    expect(files.map(({ takenAt }) => takenAt)).toEqual([addMinutes(now, -1440), addMinutes(now, -3 * 1440)]);
    expect(await door.listExportedFiles('stock')).toEqual([]);
  });

  it('before a deployment it is asked for once, by people who may ask for a restore', async () => {
    const { store, door } = start();
    const owned = { ...POLICY, requesters: { users: ['U5'], groups: [] } };
    expect(await door.askBeforeDeployment(owned, REQUESTER)).toMatchObject({
      kind: 'refused',
      refusal: { reason: 'not-a-requester' },
    });
    expect(await door.askBeforeDeployment(makePolicy(), REQUESTER)).toMatchObject({
      refusal: { reason: 'no-deployment-export' },
    });
    const first = await door.askBeforeDeployment(POLICY, REQUESTER);
    const again = await door.askBeforeDeployment(POLICY, REQUESTER);
    expect(first).toMatchObject({ kind: 'done', tasks: [{ because: { kind: 'deployment', by: REQUESTER.id } }] });
    expect(again).toEqual(first);
    const [id = ''] = await store.active();
    await door.record(id, report(addMinutes(await store.now(), -5)), makePerson('U1'));
    for (const { key, to } of owedExportMessages((await door.find(id)) ?? fail())) {
      await door.said(id, key, { status: 'posted', channel: to, ts: '1.0', at: await store.now() });
    }
    expect(await store.active()).toEqual([]);
  });
});

function fail(): never {
  throw new Error('there is no record');
}

describe('an export that is recorded over a bad line', () => {
  /** An open export, and the door to it on a line with this mishap. */
  async function openBadly(mishap: Mishap) {
    const { door } = start();
    const asked = await door.askBeforeDeployment(POLICY, REQUESTER);
    const [task] = asked.kind === 'done' ? asked.tasks : [];
    if (!task) throw new Error('it was not asked for');
    await door.remind(task.id, { kind: 'none' });
    const line = await connectBadly(server.redis, mishap);
    onTestFinished(() => line.disconnect());
    const owner = makePerson('U1');
    const record = () => start(line).door.record(task.id, report(task.dueAt), owner);
    return { id: task.id, record, kept: () => start().store.load(task.id) };
  }

  it('is not recorded by a Redis that was stuck until its owner was told that it failed', async () => {
    const { record, kept } = await openBadly(heldUp(server.redis));
    await expect(record()).rejects.toThrow();
    await untilItAnswers(server.redis);
    expect((await kept())?.state.status).toBe('open');
  }, 20_000);

  it.each([
    ['the answer is lost', answerLost],
    ['the line sends it again', sentAgain],
  ])('counts once when %s', async (_, mishap) => {
    const { record, kept } = await openBadly(mishap);
    const before = await server.redis.xlen(KEY.audit);
    expect(await record()).toMatchObject({ kind: 'done' });
    expect((await kept())?.state.status).toBe('done');
    expect(await server.redis.xlen(KEY.audit)).toBe(before + 1);
  });
});
