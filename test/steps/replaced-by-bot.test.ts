import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addMinutes } from '../../src/restore/instant.ts';
import { mayHaveReplacedSince } from '../../src/restore/replaced.ts';
import type { Restore } from '../../src/restore/restore.ts';
import type { Status } from '../../src/restore/state.ts';
import { createReplacedByBot } from '../../src/steps/replaced-by-bot.ts';
import { makeRestore } from '../support/make-restore.ts';
import { startTestStore, type TestStore } from '../support/store.ts';
import { RESTORE_POINT } from './fake-aura.ts';

const PRICE = { perHour: 0.18, currency: 'USD', asOf: '2026-11-01' };

let kept: TestStore;
beforeAll(async () => {
  kept = await startTestStore();
});
afterAll(() => kept.stop());
beforeEach(() => kept.clear());

/** The example in a status, as if it was saved when its first form was sent, and again as it is now. */
async function onRecord(status: Status, changes: (restore: Restore) => Partial<Restore> = () => ({})) {
  const made: Restore = makeRestore(status);
  const restore = { ...made, ...changes(made) };
  const asked: Restore = { ...makeRestore('awaiting-approval'), plan: restore.plan };
  await kept.store.save(0, asked);
  if (status !== 'awaiting-approval') await kept.store.save(asked.version, restore);
  return restore;
}

async function look({ plan, since }: Restore, minutes: number) {
  return createReplacedByBot(kept.store)(plan.instance.auraId, addMinutes(since, minutes));
}

describe('a restore of this bot', () => {
  it('that ended since has replaced the data of its instance, and of no other', async () => {
    const restore = await onRecord('completed');
    expect(await look(restore, -60)).toMatchObject({ id: restore.id, isOurs: true });
    expect(await createReplacedByBot(kept.store)('f0f0f0f0', addMinutes(restore.since, -60))).toBeUndefined();
  });

  it('that ended before has not', async () => {
    expect(await look(await onRecord('completed'), 1)).toBeUndefined();
  });

  it('whose data was back before and whose checks ended since has not', async () => {
    const restore = await onRecord('completed', ({ state }) =>
      state.status === 'completed' ? { state: { ...state, restoredAt: addMinutes(state.at, -90) } } : {},
    );
    expect(await look(restore, -60)).toBeUndefined();
  });

  it.each(['restore-sent', 'start-unclear', 'restoring'] as const)('that is %s may have', async (status) => {
    const restore = await onRecord(status);
    expect(await look(restore, 60)).toMatchObject({ id: restore.id });
  });

  it.each(['awaiting-approval', 'approved', 'ready-to-restore'] as const)('that is %s has not', async (status) => {
    expect(await look(await onRecord(status), -60)).toBeUndefined();
  });

  it.each([
    ['unchanged', undefined],
    ['unknown', 'R-17'],
    ['broken', 'R-17'],
  ] as const)('that failed and left the instance %s is judged by that', async (condition, id) => {
    const sent = makeRestore('restore-sent').state;
    const restore = await onRecord('failed', ({ state }) =>
      state.status === 'failed' ? { state: { ...state, intent: sent.intent, condition } } : {},
    );
    expect((await look(restore, -60))?.id).toBe(id && restore.id);
  });

  it('that made a new instance has replaced nothing', () => {
    const { plan, state } = makeRestore('completed');
    const toMake = { type: 'professional-db', memory: '2GB', liveForMinutes: 60, monthlyCap: 10, price: PRICE };
    const beside = { ...plan, method: 'new-instance' as const, restorePoint: RESTORE_POINT, toMake };
    expect(mayHaveReplacedSince({ plan: beside, state }, addMinutes(state.at, -60))).toBe(false);
  });
});
