import { describe, expect, it } from 'vitest';
import { requestBlocks } from '../../messages/card-request.ts';
import type { FailureReason, InstanceCondition } from '../../src/restore/failure.ts';
import { addMinutes } from '../../src/restore/instant.ts';
import { owedMessages } from '../../src/restore/owed-messages.ts';
import { METHODS } from '../../src/restore/plan.ts';
import type { Restore } from '../../src/restore/restore.ts';
import type { Status } from '../../src/restore/state.ts';
import { transition } from '../../src/restore/transition.ts';
import { isUndoOf, undoneBy, undoOffer, wayBackFrom } from '../../src/restore/undo.ts';
import { exampleEvent } from '../support/example-events.ts';
import {
  afterEvents,
  EVENTS_TO,
  followedBy,
  inStatus,
  makeRestore,
  NOW,
  SNAPSHOT,
  STATUSES,
  TAKEN_AT,
} from '../support/make-restore.ts';

const DAY = 24 * 60;
const FILE = { name: 'orders.backup', kind: 'backup', sizeBytes: 17 } as const;
const PRICE = { perHour: 1, currency: 'USD', asOf: '2026-11-01' };
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

describe('what people are told to do with the way back', () => {
  const completed = makeRestore('completed');
  const until = addMinutes(safetySnapshotOf(completed).completedAt, 7 * DAY);
  const failedAs = (reason: FailureReason, condition: InstanceCondition): Restore => {
    const failed = makeRestore('failed');
    return { ...failed, state: { ...failed.state, reason, condition } };
  };

  it('is to undo what was restored while Aura keeps the snapshot, and not after that', () => {
    expect(undoOffer(completed, addMinutes(until, -1))).toEqual({ kind: 'possible', until });
    expect(undoOffer(completed, until)).toEqual({ kind: 'too-late', until });
  });

  it.each<[FailureReason, InstanceCondition, string | undefined]>([
    ['restore-failed', 'broken', 'when-it-runs'],
    ['step-gave-up', 'unknown', 'possible'],
    ['step-gave-up', 'restored', 'possible'],
    ['restore-refused', 'unchanged', undefined],
    ['did-not-run', 'unchanged', undefined],
    ['instance-deleted', 'broken', undefined],
    ['instance-deleted', 'unknown', undefined],
  ])('after a failure by %s that left the instance %s is %s', (reason, condition, kind) => {
    const failed = failedAs(reason, condition);
    const at = addMinutes(safetySnapshotOf(failed).completedAt, 60);
    expect(undoOffer(failed, at)?.kind).toBe(kind);
  });

  it('is nothing where Aura keeps one snapshot only: another safety snapshot would destroy the one to go back to', () => {
    const instance = { name: 'Orders', type: 'free-db', memory: '1GB' };
    const loaded = makeRestore('completed', {
      policy: { methods: METHODS },
      draft: { instance, chosen: { method: 'backup-file', file: FILE, savedAt: TAKEN_AT } },
    });
    expect(wayBackFrom(loaded)).toBeDefined();
    expect(undoOffer(loaded, addMinutes(safetySnapshotOf(loaded).completedAt, 60))).toBeUndefined();
  });

  it('is nothing once it was undone, or while it goes on', () => {
    expect(undoOffer({ ...completed, undone: { by: 'R-18', at: until } }, addMinutes(until, -1))).toBeUndefined();
    expect(undoOffer(makeRestore('restoring'), addMinutes(until, -1))).toBeUndefined();
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

describe('a request undoes a restore', () => {
  const earlier = makeRestore('completed');
  const { auraId } = earlier.plan.instance;
  const { snapshotId } = safetySnapshotOf(earlier);

  it.each(METHODS)('only when it puts the instance itself back to the safety snapshot: %s', (method) => {
    expect(isUndoOf(earlier, { method, auraId, snapshotId })).toBe(method === 'restore-snapshot');
  });

  it('not when it goes to another snapshot, or to none, or puts another instance back', () => {
    const method = 'restore-snapshot';
    expect(isUndoOf(earlier, { method, auraId, snapshotId: 'snapshot-1' })).toBe(false);
    expect(isUndoOf(earlier, { method, auraId, snapshotId: undefined })).toBe(false);
    expect(isUndoOf(earlier, { method, auraId: 'b5c6d7e8', snapshotId })).toBe(false);
  });

  it('not when that was undone already', () => {
    const undone = afterEvents(earlier, ['undone']);
    expect(isUndoOf(undone, { method: 'restore-snapshot', auraId, snapshotId })).toBe(false);
  });
});

describe('what a restore says that it undid', () => {
  const asked = makeRestore('awaiting-approval', { draft: { undoes: 'R-16' } });
  const owesTheWord = (restore: Restore) => owedMessages(restore).some(({ key }) => key === 'undone:R-16');
  const says = (restore: Restore) => JSON.stringify(requestBlocks(restore, NOW)).includes('Undoes R-16');

  it('is said on its card, and told once it is complete', () => {
    expect(says(asked)).toBe(true);
    expect(owesTheWord(asked)).toBe(false);
    expect(owesTheWord(afterEvents(asked, EVENTS_TO.completed))).toBe(true);
    expect(owesTheWord(afterEvents(asked, EVENTS_TO.failed))).toBe(false);
  });

  it('is nothing by its dry run, which changes nothing', () => {
    expect(owesTheWord(makeRestore('rehearsed', { draft: { undoes: 'R-16', isDryRun: true } }))).toBe(false);
  });

  it('is nothing in a record that was edited to another snapshot, or asks for a new instance', () => {
    const elsewhere = followedBy(asked, exampleEvent('edited', asked));
    const toMake = { type: 'professional-db', memory: '8GB', liveForMinutes: 60, price: PRICE, monthlyCap: 100 };
    const chosen = { method: 'new-instance', snapshot: { ...SNAPSHOT, exportable: true }, toMake, spent: 0 } as const;
    const made = makeRestore('awaiting-approval', { draft: { undoes: 'R-16', chosen } });
    for (const restore of [elsewhere, made]) {
      expect(restore.request.undoes).toBe('R-16');
      expect(undoneBy(restore)).toBeUndefined();
      expect(says(restore)).toBe(false);
    }
    expect(owesTheWord(afterEvents(elsewhere, EVENTS_TO.completed))).toBe(false);
    const { state } = makeRestore('completed');
    expect(owesTheWord({ ...made, state })).toBe(false);
  });

  it('cannot be mended by another snapshot when the safety snapshot is gone: people are told what can be done', () => {
    const says = (undoes?: string) => {
      const approved = makeRestore('approved', { draft: undoes ? { undoes } : {} });
      const gone = { ...exampleEvent('drifted', approved), reason: 'snapshot-not-found' } as const;
      return JSON.stringify(requestBlocks(followedBy(approved, gone), NOW));
    };
    expect(says('R-16')).toContain('Withdraw this request, and ask for another restore point');
    expect(says('R-16')).not.toContain('can choose another restore point with');
    expect(says()).toContain('can choose another restore point with');
  });

  it('stays when something else of it was edited', () => {
    const { checks, noticeChannels } = asked.plan;
    const change = { start: { kind: 'at', at: addMinutes(NOW, 40) }, checks, noticeChannels } as const;
    const later = followedBy(asked, { ...exampleEvent('edited', asked), change });
    expect(undoneBy(later)).toBe('R-16');
    expect(says(later)).toBe(true);
  });
});
