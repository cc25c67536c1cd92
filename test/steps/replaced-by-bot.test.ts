import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addMinutes } from '../../src/restore/instant.ts';
import { mayHaveReplacedSince } from '../../src/restore/replaced.ts';
import { type Restore, SCHEMA_VERSION } from '../../src/restore/restore.ts';
import type { Status } from '../../src/restore/state.ts';
import { createReplacedByBot } from '../../src/steps/replaced-by-bot.ts';
import { KEY } from '../../src/store/keys.ts';
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
  await kept.store.save(0, { ...asked, id: restore.id });
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
    const found = await look(restore, -60);
    expect(found && 'id' in found ? found.id : undefined).toBe(id && restore.id);
  });

  describe('whose record cannot be read', () => {
    const OTHER = 'f0f0f0f0';
    const damaged = async (damage: (document: string) => string) => {
      const restore = await onRecord('completed');
      const key = KEY.restore(restore.id);
      await kept.redis.hset(key, 'document', damage((await kept.redis.hget(key, 'document')) ?? ''));
      return { restore, since: addMinutes(restore.since, -60) };
    };
    const withoutTerms = (document: string, others = {}) =>
      JSON.stringify({ ...JSON.parse(document), terms: undefined, ...others });

    it('is no matter of another instance than the one that it names', async () => {
      const { restore, since } = await damaged((document) => withoutTerms(document));
      expect(await createReplacedByBot(kept.store)(OTHER, since)).toBeUndefined();
      expect(await createReplacedByBot(kept.store)(restore.plan.instance.auraId, since)).toEqual({
        unreadable: restore.id,
      });
    });

    it.each([
      ['is no JSON', () => '{'],
      ['names no instance', () => '{}'],
      ['is of another schema', (document: string) => withoutTerms(document, { schemaVersion: 99 })],
      ['is that of another restore', (document: string) => withoutTerms(document, { id: 'R-99' })],
    ] as const)('may be of any instance when it %s', async (_, damage) => {
      const { restore, since } = await damaged(damage);
      expect(await createReplacedByBot(kept.store)(OTHER, since)).toEqual({ unreadable: restore.id });
    });

    it('is about the instance that it holds, whatever it names', async () => {
      const { id, since } = await onRecord('restoring');
      const elsewhere = { schemaVersion: SCHEMA_VERSION, id, plan: { instance: { auraId: OTHER } } };
      await kept.redis.hset(KEY.restore(id), 'document', JSON.stringify(elsewhere));
      const { auraId } = makeRestore('restoring').plan.instance;
      expect(await createReplacedByBot(kept.store)(auraId, since)).toEqual({ unreadable: id });
    });

    it('hides none that is known to have replaced the data', async () => {
      const { restore, since } = await damaged(() => '{');
      const { id, plan } = await onRecord('restoring', () => ({ id: 'R-18' }));
      expect(restore.id).not.toBe(id);
      expect(await createReplacedByBot(kept.store)(plan.instance.auraId, since)).toMatchObject({ id, isOurs: true });
    });
  });

  it('that made a new instance has replaced nothing', () => {
    const { plan, state } = makeRestore('completed');
    const toMake = { type: 'professional-db', memory: '2GB', liveForMinutes: 60, monthlyCap: 10, price: PRICE };
    const beside = { ...plan, method: 'new-instance' as const, restorePoint: RESTORE_POINT, toMake };
    expect(mayHaveReplacedSince({ plan: beside, state }, addMinutes(state.at, -60))).toBe(false);
  });
});
