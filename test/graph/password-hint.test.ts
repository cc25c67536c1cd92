import { expect, it } from 'vitest';
import { passwordHint } from '../../src/graph/password-hint.ts';
import type { MethodPlan } from '../../src/restore/plan.ts';
import { makeRestore, TAKEN_AT } from '../support/make-restore.ts';
import { SOURCE } from '../support/message-facts.ts';
import { TO_MAKE } from '../support/new-instance-messages.ts';

const snapshot = { snapshotId: 's-1', takenAt: TAKEN_AT, profile: 'AdHoc' };
const file = { file: { name: 'orders.dump', kind: 'dump', sizeBytes: 17 }, takenAt: TAKEN_AT } as const;
const PLANS: readonly (readonly [plan: MethodPlan, hint: RegExp])[] = [
  [{ method: 'restore-snapshot', restorePoint: snapshot }, /may be the one of the snapshot/],
  [
    { method: 'overwrite', source: SOURCE, restorePoint: { isLive: true, takenAt: TAKEN_AT } },
    /may be the one of items/,
  ],
  [{ method: 'overwrite', source: SOURCE, restorePoint: snapshot }, /may be the one of items/],
  [{ method: 'backup-file', restorePoint: file }, /file that is loaded leaves the password/],
  [{ method: 'upload', restorePoint: file }, /file that is loaded leaves the password/],
  [{ method: 'new-instance', restorePoint: snapshot, toMake: TO_MAKE }, /the new instance/],
];

it.each(PLANS)('after %o, a refused password is told with where another may come from', (plan, hint) => {
  const { plan: planned } = makeRestore('verifying');
  expect(passwordHint({ ...planned, ...plan })).toMatch(hint);
});
