import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createCoordinator } from '../src/coordinator/create-coordinator.ts';
import type { NewEvent } from '../src/coordinator.ts';
import type { Clocks } from '../src/restore/clock-difference.ts';
import { firstBrokenEntry } from '../src/restore/history.ts';
import { instantOf } from '../src/restore/instant.ts';
import type { Restore } from '../src/restore/restore.ts';
import { transition } from '../src/restore/transition.ts';
import { KEY } from '../src/store/keys.ts';
import { makeDraft, makePolicy, makeRestore, SAME_PEOPLE, SNAPSHOT } from './support/make-restore.ts';
import { APPROVER, APPROVERS_GROUP, BYSTANDER, GUEST, makePerson, REQUESTER } from './support/people.ts';
import { startTestStore, type TestStore } from './support/store.ts';

let test: TestStore;
beforeAll(async () => {
  test = await startTestStore();
});
afterAll(() => test.stop());
beforeEach(() => test.clear());

const log = pino({ level: 'silent' });

/** A coordinator as one process has it, and what it rang for. */
function coordinatorOn(store: TestStore['store'], clocks: Clocks = { apart: () => undefined }) {
  const rung: Restore[] = [];
  const alarm = { ring: (restore: Restore) => rung.push(restore) };
  return { ...createCoordinator({ store, alarm, samePeople: SAME_PEOPLE, log, clocks }), rung };
}

/** A fresh request of the example person, dated by Redis. */
async function requested(draft = makeDraft()): Promise<Restore> {
  const answer = await coordinatorOn(test.store).request(await freshened(draft), makePolicy());
  if (answer.kind === 'refused') throw new Error(`the request was refused: ${answer.refusal.reason}`);
  return answer.restore;
}

/** The example draft with a restore point that is three hours old by Redis' clock. */
async function freshened(draft = makeDraft()) {
  const takenAt = new Date(Date.parse(await test.store.now()) - 3 * 3_600_000).toISOString();
  return { ...draft, chosen: { method: 'restore-snapshot', snapshot: { ...SNAPSHOT, takenAt } } } as const;
}

const approval = ({ planHash }: Restore, person = APPROVER): NewEvent => ({ type: 'approved', person, planHash });

describe('a request', () => {
  it('is on record, holds its instance and is rung for, dated by Redis', async () => {
    const coordinator = coordinatorOn(test.store);
    const before = await test.store.now();
    const answer = await coordinator.request(await freshened(), makePolicy());
    expect(answer).toMatchObject({ kind: 'requested', restore: { state: { status: 'awaiting-approval' } } });
    expect(coordinator.rung).toHaveLength(1);
    const loaded = await coordinator.find(coordinator.rung[0]?.id ?? '');
    expect(loaded?.restore).toEqual(coordinator.rung[0]);
    expect((loaded?.restore.since ?? '') >= before).toBe(true);
  });

  it('that the rules refuse leaves nothing behind', async () => {
    const coordinator = coordinatorOn(test.store);
    const answer = await coordinator.request(makeDraft({ person: GUEST }), makePolicy());
    expect(answer).toEqual({ kind: 'refused', refusal: { reason: 'guest' } });
    expect(await test.redis.keys('*')).toEqual([]);
    expect(coordinator.rung).toEqual([]);
  });

  it('is one of many at once for the same instance; the others are told whose it is', async () => {
    const other = await test.another();
    const coordinators = [coordinatorOn(test.store), coordinatorOn(other.store)] as const;
    const draft = await freshened();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => coordinators[index % 2 ? 0 : 1].request(draft, makePolicy())),
    );
    other.close();
    const won = answers.flatMap((answer) => (answer.kind === 'requested' ? [answer.restore.id] : []));
    expect(won).toHaveLength(1);
    for (const answer of answers) {
      if (answer.kind === 'refused') expect(answer.refusal).toEqual({ reason: 'instance-claimed', by: won[0] });
    }
    expect(await test.store.open()).toEqual(won);
  });
});

describe('an event', () => {
  it('changes the record, is dated by Redis and rung for', async () => {
    const restore = await requested();
    const coordinator = coordinatorOn(test.store);
    const applied = await coordinator.apply(restore.id, approval(restore));
    if (applied.kind !== 'changed') throw new Error('the approval should count');
    expect(applied.restore).toMatchObject({ since: applied.now, state: { status: 'approved' } });
    expect(coordinator.rung).toEqual([applied.restore]);
    expect((await coordinator.find(restore.id))?.restore).toEqual(applied.restore);
  });

  it('for a restore nobody knows is answered so', async () => {
    const coordinator = coordinatorOn(test.store);
    expect(await coordinator.apply('R-99', { type: 'withdrawn', person: REQUESTER })).toEqual({ kind: 'unknown' });
  });

  it('that a person may not do changes nothing but the history', async () => {
    const restore = await requested();
    const coordinator = coordinatorOn(test.store);
    const applied = await coordinator.apply(restore.id, approval(restore, REQUESTER));
    expect(applied).toMatchObject({ kind: 'refused', refusal: { reason: 'own-request' } });
    const found = (await coordinator.find(restore.id))?.restore;
    expect(found?.state).toEqual(restore.state);
    expect(found?.history.at(-1)).toMatchObject({
      event: 'attempt-refused',
      by: REQUESTER.id,
      facts: { attempt: 'approve', reason: 'own-request' },
    });
  });

  it('of a worker that comes too late is refused without a trace', async () => {
    const restore = await requested();
    const coordinator = coordinatorOn(test.store);
    const applied = await coordinator.apply(restore.id, { type: 'restore-intended', attemptId: 'attempt-1' });
    expect(applied).toMatchObject({ kind: 'refused', refusal: { reason: 'stale' } });
    expect((await coordinator.find(restore.id))?.restore).toEqual(restore);
    expect(coordinator.rung).toEqual([]);
  });

  it('moves nothing when the claim on the instance is gone or another’s', async () => {
    const restore = await requested();
    const coordinator = coordinatorOn(test.store);
    await test.redis.del(KEY.claim(restore.plan.instance.auraId));
    await expect(coordinator.apply(restore.id, approval(restore))).rejects.toThrow(/does not hold its instance/);
    await test.redis.set(KEY.claim(restore.plan.instance.auraId), 'R-99');
    await expect(coordinator.apply(restore.id, approval(restore))).rejects.toThrow(/R-99/);
    expect((await coordinator.find(restore.id))?.restore).toEqual(restore);
  });

  it('that meets another writer is judged again by the newer record', async () => {
    const restore = await requested();
    const [one, other] = [coordinatorOn(test.store), coordinatorOn(test.store)];
    const answers = await Promise.all([
      one.apply(restore.id, { type: 'denied', person: APPROVER, why: 'No.' }),
      other.apply(restore.id, approval(restore, makePerson('U0GRETA', { groups: [APPROVERS_GROUP] }))),
    ]);
    expect(answers.map(({ kind }) => kind).sort()).toEqual(['changed', 'refused']);
    const loser = answers.find((answer) => answer.kind === 'refused');
    expect(loser).toMatchObject({ refusal: { reason: 'already-past' } });
  });

  it('that a handler refused early is written down, and repeated only so often', async () => {
    const restore = await requested();
    const coordinator = coordinatorOn(test.store);
    for (let click = 0; click < 7; click++) {
      await coordinator.recordRefusal(
        restore.id,
        { by: BYSTANDER.id, attempt: 'open-approval' },
        { reason: 'not-an-approver' },
      );
    }
    const history = (await coordinator.find(restore.id))?.restore.history ?? [];
    expect(history.filter(({ event, by }) => event === 'attempt-refused' && by === BYSTANDER.id)).toHaveLength(5);
  });
});

describe('an event on top of what was found a moment ago', () => {
  /** The test's store, and how often a record was read from it. */
  function countingStore() {
    const reads: string[] = [];
    const store = {
      ...test.store,
      load: (id: string) => {
        reads.push(id);
        return test.store.load(id);
      },
    };
    return { store, reads };
  }

  it('is saved without another look, and dated by Redis as of now', async () => {
    const restore = await requested();
    const { store, reads } = countingStore();
    const coordinator = coordinatorOn(store);
    const seen = await coordinator.find(restore.id);
    await sleep(200);
    const before = await test.store.now();
    const applied = await coordinator.apply(restore.id, approval(restore), seen);
    expect(applied).toMatchObject({ kind: 'changed', restore: { state: { status: 'approved' } } });
    expect(Date.parse(applied.kind === 'changed' ? applied.now : '')).toBeGreaterThanOrEqual(Date.parse(before) - 100);
    expect(reads).toHaveLength(1);
  });

  it('is judged by the newer record when that moved on, and what moved it stays', async () => {
    const restore = await requested();
    const { store, reads } = countingStore();
    const coordinator = coordinatorOn(store);
    const seen = await coordinator.find(restore.id);
    await coordinatorOn(test.store).apply(restore.id, { type: 'denied', person: APPROVER, why: 'No.' });
    const applied = await coordinator.apply(restore.id, approval(restore), seen);
    expect(applied).toMatchObject({ kind: 'refused', refusal: { reason: 'already-past' } });
    expect(reads).toHaveLength(3);
    const found = (await test.store.load(restore.id))?.restore;
    expect(found?.state.status).toBe('denied');
    expect(found?.history.map(({ event }) => event)).toEqual(['requested', 'denied', 'attempt-refused']);
  });

  it('is not refused by an older record than there is', async () => {
    const restore = await requested();
    const coordinator = coordinatorOn(test.store);
    const seen = await coordinator.find(restore.id);
    await coordinator.apply(restore.id, approval(restore));
    const passed = { type: 'preflight-passed', preflight: { at: restore.since, lossMinutes: 1 } } as const;
    expect(await coordinator.apply(restore.id, passed, seen)).toMatchObject({ kind: 'changed' });
  });

  it('that seems past its deadline by the clock that was read with the record is judged anew on the record before it is refused', async () => {
    const restore = await requested();
    const coordinator = coordinatorOn(test.store);
    const found = await coordinator.find(restore.id);
    if (!found || restore.state.status !== 'awaiting-approval') throw new Error('the request should be on record');
    const lastMoment = instantOf(Date.parse(restore.state.expiresAt) - 1_000);
    const seen = { ...found, now: lastMoment, steadyMs: performance.now() - 2_000 };
    // The record itself is not past its deadline: what is refused on top of what was seen is judged anew.
    const { store, reads } = countingStore();
    expect(await coordinatorOn(store).apply(restore.id, approval(restore), seen)).toMatchObject({ kind: 'changed' });
    expect(reads).toHaveLength(1);
  });

  it.each([
    ['found long ago', { steadyMs: -60_000 }],
    ['found nobody knows when', { steadyMs: undefined }],
  ])('counts for nothing when it was %s', async (_, { steadyMs }) => {
    const restore = await requested();
    const { store, reads } = countingStore();
    const found = await test.store.load(restore.id);
    if (!found) throw new Error('the request should be on record');
    const seen = { restore: found.restore, now: found.now, ...(steadyMs === undefined ? {} : { steadyMs }) };
    await coordinatorOn(store).apply(restore.id, approval(restore), seen);
    expect(reads).toHaveLength(1);
  });
});

describe('a change of the plan that is delivered twice', () => {
  it('is as good as taken the second time, also when people have agreed to it and its start has come', async () => {
    const restore = await requested();
    const { plan, planHash } = restore;
    const coordinator = coordinatorOn(test.store);
    const edit = {
      person: REQUESTER,
      planHash,
      snapshot: { ...(await freshened()).chosen.snapshot, snapshotId: 'another-snapshot' },
      start: plan.start,
      checks: plan.checks,
      noticeChannels: plan.noticeChannels,
      interaction: 'one-form',
    };
    const edited = await coordinator.edit(restore.id, edit, makePolicy());
    if (edited.kind !== 'changed') throw new Error(`the edit was ${edited.kind}`);
    expect(await coordinator.apply(restore.id, approval(edited.restore))).toMatchObject({ kind: 'changed' });
    const started = { ...edit, start: { kind: 'at', at: restore.since } } as const;
    for (const again of [edit, started]) {
      expect(await coordinator.edit(restore.id, again, makePolicy())).toMatchObject({
        kind: 'repeated',
        restore: { plan: { restorePoint: { snapshotId: 'another-snapshot' } } },
      });
    }
    const events = (await coordinator.find(restore.id))?.restore.history.map(({ event }) => event);
    expect(events).toEqual(['requested', 'edited', 'approved']);
    const another = await coordinator.edit(restore.id, { ...edit, interaction: 'another-form' }, makePolicy());
    expect(another).toMatchObject({ kind: 'refused', refusal: { reason: 'already-past' } });
  });
});

describe('clocks that are too far apart', () => {
  const clocks: Clocks = { apart: () => ({ clock: 'aura', aheadMs: 95_000 }) };
  const REFUSED = { kind: 'refused', refusal: { reason: 'clocks-apart', clock: 'aura', aheadMs: 95_000 } };

  it('let nobody confirm, and the history keeps the attempt', async () => {
    const restore = await requested();
    const coordinator = coordinatorOn(test.store, clocks);
    expect(await coordinator.apply(restore.id, approval(restore))).toMatchObject(REFUSED);
    const found = (await coordinator.find(restore.id))?.restore;
    expect(found?.state).toEqual(restore.state);
    expect(found?.history.at(-1)).toMatchObject({
      event: 'attempt-refused',
      by: APPROVER.id,
      facts: { attempt: 'approve', reason: 'clocks-apart' },
    });
  });

  it('are not what somebody hears who may not confirm anyway', async () => {
    const restore = await requested();
    const applied = await coordinatorOn(test.store, clocks).apply(restore.id, approval(restore, REQUESTER));
    expect(applied).toMatchObject({ kind: 'refused', refusal: { reason: 'own-request' } });
  });

  it('let nobody ask for a restore, and claim nothing', async () => {
    const draft = await freshened();
    const policy = makePolicy();
    expect(await coordinatorOn(test.store, clocks).request(draft, policy)).toMatchObject(REFUSED);
    expect(await test.store.open()).toEqual([]);
    expect(await test.store.holderOf(policy.auraId)).toBeUndefined();
  });

  it('let nobody judge whether a restore ran', async () => {
    const restore = makeRestore('start-unclear');
    expect(await test.store.save(0, restore)).toEqual({ kind: 'saved' });
    const judged = { type: 'start-judged', person: APPROVER, ran: false } as const;
    expect(await coordinatorOn(test.store, clocks).apply(restore.id, judged)).toMatchObject(REFUSED);
    expect((await coordinatorOn(test.store).find(restore.id))?.restore.history.at(-1)?.facts).toEqual({
      attempt: 'judge-start',
      reason: 'clocks-apart',
    });
  });

  it('let no worker write down that it is about to restore', async () => {
    // A process that stood still is refused for its own reasons, so this one is in time.
    const policy = { lossBoundMinutes: 1_000_000, executionExpiryMinutes: 1_000_000 };
    const restore = makeRestore('ready-to-restore', { policy });
    expect(await test.store.save(0, restore)).toEqual({ kind: 'saved' });
    const intended = { type: 'restore-intended', attemptId: 'attempt-1' } as const;
    expect(await coordinatorOn(test.store, clocks).apply(restore.id, intended)).toMatchObject(REFUSED);
    expect((await coordinatorOn(test.store).find(restore.id))?.restore).toEqual(restore);
  });

  it.each([
    ['withdrawn', { type: 'withdrawn', person: REQUESTER }],
    ['denied', { type: 'denied', person: APPROVER, why: 'Not now.' }],
    ['cancelled', { type: 'cancelled', person: REQUESTER }],
  ] as const)('do not keep a restore from being %s', async (status, event) => {
    const restore = await requested();
    const applied = await coordinatorOn(test.store, clocks).apply(restore.id, event);
    expect(applied).toMatchObject({ kind: 'changed', restore: { state: { status } } });
  });
});

describe('a clock that was set back', () => {
  it('lets nobody confirm what may have expired long ago, however often they try; denying still works', async () => {
    const restore = await requested();
    const later = instantOf(Date.parse(restore.since) + 60 * 60_000);
    const outcome = transition(restore, {
      type: 'attempt-refused',
      at: later,
      by: 'U0X',
      attempt: 'approve',
      reason: 'not-asked',
    });
    if (outcome.kind !== 'changed') throw new Error('the attempt should be on record');
    expect(await test.store.save(restore.version, outcome.restore)).toEqual({ kind: 'saved' });
    const coordinator = coordinatorOn(test.store);
    const refused = { kind: 'refused', refusal: { reason: 'clock-set-back', lastAt: later } };
    expect(await coordinator.apply(restore.id, approval(restore))).toMatchObject(refused);
    expect(await coordinator.apply(restore.id, approval(restore))).toMatchObject(refused);
    const denied = { type: 'denied', person: APPROVER, why: 'Not now.' } as const;
    expect(await coordinator.apply(restore.id, denied)).toMatchObject({ kind: 'changed' });
  });
});

describe('200 people who approve at once, in two processes', () => {
  it('are one approver and 199 who hear that it is past, all of them on record', async () => {
    const restore = await requested();
    const other = await test.another();
    const coordinators = [coordinatorOn(test.store), coordinatorOn(other.store)] as const;
    const people = Array.from({ length: 200 }, (_, index) => makePerson(`U0A${index}`, { groups: [APPROVERS_GROUP] }));
    const answers = await Promise.allSettled(
      people.map((person, index) => coordinators[index % 2 ? 0 : 1].apply(restore.id, approval(restore, person))),
    );
    other.close();
    const kinds = answers.map((answer) => (answer.status === 'fulfilled' ? answer.value.kind : String(answer.reason)));
    const record = (await coordinators[0].find(restore.id))?.restore;
    const events = (record?.history ?? []).map(({ event }) => event);
    expect(record?.state.status).toBe('approved');
    expect(events.filter((event) => event === 'approved')).toHaveLength(1);
    expect(firstBrokenEntry(record?.history ?? [])).toBeUndefined();
    expect(count(kinds)).toEqual({ changed: 1, refused: 199 });
    expect(count(events)).toEqual({ requested: 1, approved: 1, 'attempt-refused': 199 });
  });

  it('are one approval when they are one person with a shaking finger', async () => {
    const restore = await requested();
    const coordinator = coordinatorOn(test.store);
    const clicks = Array.from({ length: 200 }, () => coordinator.apply(restore.id, approval(restore)));
    expect(count((await Promise.all(clicks)).map(({ kind }) => kind))).toEqual({ changed: 1, refused: 199 });
    const history = (await coordinator.find(restore.id))?.restore.history ?? [];
    expect(count(history.map(({ event }) => event))).toEqual({ requested: 1, approved: 1, 'attempt-refused': 5 });
  });
});

function count(words: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}
