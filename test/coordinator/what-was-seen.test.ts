import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { instantOf } from '../../src/restore/instant.ts';
import { approvalOf as approval, useCoordinators } from '../support/coordinators.ts';
import { makePolicy } from '../support/make-restore.ts';
import { APPROVER, REQUESTER } from '../support/people.ts';

const test = useCoordinators();
const { coordinatorOn, freshened, requested } = test;

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
    await sleep(2_000);
    const before = await test.store.now();
    const applied = await coordinator.apply(restore.id, approval(restore), seen);
    expect(applied).toMatchObject({ kind: 'changed', restore: { state: { status: 'approved' } } });
    expect(Date.parse(applied.kind === 'changed' ? applied.now : '')).toBeGreaterThanOrEqual(
      Date.parse(before) - 1_000,
    );
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
