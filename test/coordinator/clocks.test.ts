import { describe, expect, it } from 'vitest';
import type { Clocks } from '../../src/restore/clock-difference.ts';
import { instantOf } from '../../src/restore/instant.ts';
import { transition } from '../../src/restore/transition.ts';
import { approvalOf as approval, useCoordinators } from '../support/coordinators.ts';
import { makePolicy, makeRestore } from '../support/make-restore.ts';
import { APPROVER, REQUESTER } from '../support/people.ts';

const test = useCoordinators();
const { coordinatorOn, freshened, requested } = test;

describe('clocks that are too far apart', () => {
  const clocks: Clocks = { apart: () => ({ clock: 'aura', aheadMs: 95_000 }), known: () => [] };
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
