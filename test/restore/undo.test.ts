import { describe, expect, it } from 'vitest';
import { addMinutes } from '../../src/restore/instant.ts';
import type { Restore } from '../../src/restore/restore.ts';
import type { Status } from '../../src/restore/state.ts';
import { transition } from '../../src/restore/transition.ts';
import { wayBackFrom } from '../../src/restore/undo.ts';
import { exampleEvent } from '../support/example-events.ts';
import { afterEvents, inStatus, makeRestore, STATUSES } from '../support/make-restore.ts';

const DAY = 24 * 60;
/** Ended after their call was sent: something was changed. */
const CHANGED: readonly Status[] = ['completed', 'failed'];

function safetySnapshotOf(restore: Restore) {
  const { state } = restore;
  const safety = 'safetySnapshot' in state ? state.safetySnapshot : undefined;
  if (!safety) throw new Error('no safety snapshot was taken');
  return safety;
}

describe('the way back', () => {
  it.each(STATUSES.filter((status) => CHANGED.includes(status)))(
    'from a restore that is %s is its safety snapshot',
    (status) => {
      const restore = makeRestore(status);
      const safetySnapshot = safetySnapshotOf(restore);
      expect(safetySnapshot).toMatchObject({ snapshotId: 'safety-1' });
      expect(wayBackFrom(restore)).toEqual({
        safetySnapshot,
        until: addMinutes(safetySnapshot.completedAt, 7 * DAY),
      });
    },
  );

  it.each(STATUSES.filter((status) => !CHANGED.includes(status)))(
    'is none while or after a restore is %s',
    (status) => {
      expect(wayBackFrom(makeRestore(status))).toBeUndefined();
    },
  );

  it('is none from one that was stopped after its safety snapshot, since nothing was changed', () => {
    const cancelled = makeRestore('cancelled');
    expect(safetySnapshotOf(cancelled)).toBeDefined();
    expect(wayBackFrom(cancelled)).toBeUndefined();
  });

  it('is none from one that took no safety snapshot, as of a new instance', () => {
    const completed = makeRestore('completed');
    const { safetySnapshot: _, ...state } = completed.state;
    expect(wayBackFrom({ ...completed, state })).toBeUndefined();
  });

  it('lasts as long as the operator says that Aura keeps snapshots', () => {
    const restore = makeRestore('completed', { policy: { retentionDays: 3 } });
    expect(wayBackFrom(restore)?.until).toBe(addMinutes(safetySnapshotOf(restore).completedAt, 3 * DAY));
  });

  it('lasts as long as the tier says where the operator does not', () => {
    const instance = { name: 'Orders', type: 'enterprise-db', memory: '8GB' };
    const restore = makeRestore('completed', { draft: { instance } });
    expect(wayBackFrom(restore)?.until).toBe(addMinutes(safetySnapshotOf(restore).completedAt, 60 * DAY));
  });
});

describe('a restore that another one undid', () => {
  const undo = (restore: Restore) => transition(restore, exampleEvent('undone', restore));

  it('says which, stays as it ended, and has no way back any more', () => {
    const completed = makeRestore('completed');
    const undone = inStatus(afterEvents(completed, ['undone']), 'completed');
    expect(undone.undone).toEqual({ by: 'R-99', at: undone.history.at(-1)?.at });
    expect(undone.state).toEqual(completed.state);
    expect(wayBackFrom(undone)).toBeUndefined();
    expect(undo(undone)).toMatchObject({ kind: 'refused', refusal: { reason: 'stale' } });
  });

  it.each(STATUSES.filter((status) => !CHANGED.includes(status)))('is never one that is %s', (status) => {
    expect(undo(makeRestore(status))).toMatchObject({ kind: 'refused', refusal: { reason: 'stale' } });
  });
});
