import { describe, expect, it } from 'vitest';
import { adviceForRequest, type RequestSoFar, snapshotsRead } from '../../src/restore/advice-for-request.ts';
import { draftRefusal, newRestore } from '../../src/restore/draft.ts';
import { METHODS, type Method } from '../../src/restore/plan.ts';
import type { Snapshot } from '../../src/restore/snapshot.ts';
import { makeDraft, makePolicy, NOW, SNAPSHOT } from '../support/make-restore.ts';

const POLICY = makePolicy({ methods: METHODS });
const OLD: Snapshot = { ...SNAPSHOT, status: 'Completed', takenAt: '2026-11-15T00:00:00.000Z' };
const BROKEN: Snapshot = { ...OLD, status: 'Failed' };
const WHOLE = { daysRead: 8, daysKept: 8 };
const KEPT = snapshotsRead({ snapshots: [OLD, BROKEN], ...WHOLE });
const NONE = snapshotsRead({ snapshots: [BROKEN], ...WHOLE });
const PART = snapshotsRead({ snapshots: [], daysRead: 2, daysKept: 8 });
const UNREAD = snapshotsRead({ snapshots: [], daysRead: 0, daysKept: 0 });
const BEFORE = '2026-11-01T00:00:00.000Z';
const AFTER = '2026-11-16T00:00:00.000Z';

const advised = (method: Method, seen: Partial<RequestSoFar>) =>
  adviceForRequest({ policy: POLICY, method, ...seen })?.method;

describe('what a request is advised to take, by what was seen of the instance', () => {
  it.each(METHODS)('is the usable snapshot that Aura keeps, also for who chose %s', (method) => {
    expect(advised(method, { snapshots: KEPT })).toBe('restore-snapshot');
  });

  it.each<[string, Method, Partial<RequestSoFar>, Method]>([
    ['a file, where Aura keeps nothing usable', 'backup-file', { snapshots: NONE }, 'backup-file'],
    ['a file, also for who copies another instance', 'overwrite', { snapshots: NONE }, 'backup-file'],
    ['the upload, for who wants nobody at the console', 'upload', { snapshots: NONE }, 'upload'],
    [
      'the upload of a file that the console does not take',
      'backup-file',
      { snapshots: NONE, fileBytes: 9e9 },
      'upload',
    ],
    ['a file of before the oldest snapshot', 'backup-file', { snapshots: KEPT, savedAt: BEFORE }, 'backup-file'],
    ['a snapshot, for a file of since then', 'backup-file', { snapshots: KEPT, savedAt: AFTER }, 'restore-snapshot'],
    ['a snapshot, while days are unread', 'upload', { snapshots: PART }, 'restore-snapshot'],
    ['a snapshot, while nothing is read', 'upload', { snapshots: UNREAD }, 'restore-snapshot'],
    ['a snapshot, where Aura cannot be asked', 'upload', {}, 'restore-snapshot'],
    [
      'the snapshot that it goes back to, younger than the list',
      'restore-snapshot',
      { snapshots: NONE, snapshot: OLD },
      'restore-snapshot',
    ],
    ['no snapshot of another instance', 'overwrite', { snapshots: NONE, snapshot: OLD }, 'backup-file'],
    [
      'an instance beside, to rehearse',
      'restore-snapshot',
      { snapshots: KEPT, reasonKind: 'rollback-test' },
      'new-instance',
    ],
    [
      'what it was advised before, by what must hold',
      'restore-snapshot',
      { snapshots: KEPT, given: { alias: POLICY.alias, method: 'overwrite', reasons: ['another-instance'] } },
      'overwrite',
    ],
    [
      'an instance beside, where a restore in place would destroy its restore point',
      'restore-snapshot',
      { snapshots: KEPT, type: 'free-db' },
      'new-instance',
    ],
    [
      'nothing that was advised before and is not possible on its tier',
      'overwrite',
      {
        snapshots: KEPT,
        type: 'free-db',
        given: { alias: POLICY.alias, method: 'overwrite', reasons: ['another-instance'] },
      },
      'new-instance',
    ],
    [
      'nothing that was advised for another instance',
      'overwrite',
      { snapshots: KEPT, given: { alias: 'other', method: 'overwrite', reasons: ['another-instance'] } },
      'restore-snapshot',
    ],
  ])('is %s', (_, method, seen, expected) => {
    expect(advised(method, seen)).toBe(expected);
  });

  it.each<[string, Partial<RequestSoFar>]>([
    ['a preview', { previewOf: 'R-1', snapshots: KEPT }],
    ['the only way that is allowed', { policy: makePolicy({ methods: ['overwrite'] }), snapshots: KEPT }],
    ['ways of which none fits', { policy: makePolicy({ methods: ['overwrite', 'upload'] }), snapshots: KEPT }],
  ])('is nothing for %s', (_, seen) => {
    expect(adviceForRequest({ policy: POLICY, method: 'overwrite', ...seen })).toBeUndefined();
  });
});

describe('a request that takes another way than advised', () => {
  const file = { name: 'orders.backup', kind: 'backup', sizeBytes: 1_000 } as const;
  const draft = (more: Parameters<typeof makeDraft>[0]) =>
    makeDraft({ chosen: { method: 'backup-file', file, savedAt: BEFORE }, ...more });

  it.each([undefined, '', ' \n'])('is refused without a reason: %j', (whyOther) => {
    const why = whyOther === undefined ? {} : { whyOther };
    expect(draftRefusal(draft({ advised: 'restore-snapshot', ...why }), POLICY, NOW)).toEqual({
      reason: 'other-way-unexplained',
      advised: 'restore-snapshot',
    });
  });

  it('is taken with its reason, which is on record', () => {
    const explained = draft({ advised: 'restore-snapshot', whyOther: 'The auditors want that file.' });
    expect(draftRefusal(explained, POLICY, NOW)).toBeUndefined();
    const { request, history } = newRestore('R-1', explained, POLICY, { samePeople: [] }, NOW);
    expect(request.otherThanAdvised).toEqual({ advised: 'restore-snapshot', why: 'The auditors want that file.' });
    expect(history[0]?.facts).toMatchObject({ advised: 'restore-snapshot' });
  });

  it.each([
    {},
    { advised: 'backup-file' as const },
    { advised: 'backup-file' as const, whyOther: 'I typed it first.' },
  ])('is none when it takes what was advised, or nothing was: %j', (advice) => {
    expect(draftRefusal(draft(advice), POLICY, NOW)).toBeUndefined();
    const { request, history } = newRestore('R-1', draft(advice), POLICY, { samePeople: [] }, NOW);
    expect(request.otherThanAdvised).toBeUndefined();
    expect(history[0]?.facts).not.toHaveProperty('advised');
  });
});
