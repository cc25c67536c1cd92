import { describe, expect, it } from 'vitest';
import type { ChosenFile } from '../../src/restore/backup-file.ts';
import { type Chosen, methodPlanOf, withSnapshot } from '../../src/restore/chosen-method.ts';
import {
  hashPlan,
  METHODS,
  type MethodPlan,
  type PlannedFile,
  type PlannedInstance,
  type SnapshotPoint,
} from '../../src/restore/plan.ts';
import { minuteAfter } from '../support/example-events.ts';
import { followedBy, makeRestore, NOW, SNAPSHOT, TAKEN_AT } from '../support/make-restore.ts';
import { TO_MAKE } from '../support/new-instance-messages.ts';
import { REQUESTER } from '../support/people.ts';

const SHA = 'ab'.repeat(32);
const FILE: PlannedFile = { name: 'orders.backup', kind: 'backup', sizeBytes: 17, sha256: SHA };
const SOURCE: PlannedInstance = { alias: 'stock', auraId: 'b2c3d4e5', name: 'Stock', environment: 'staging' };
const EXPORTED = {
  exportId: 'E-7',
  instance: { alias: 'orders', auraId: 'a1b2c3d4' },
  place: 'the vault',
  recordedBy: 'U0OMA',
};
const POINT: SnapshotPoint = { snapshotId: 'snapshot-1', takenAt: TAKEN_AT, profile: 'Scheduled' };
const LIVE = { isLive: true, takenAt: NOW } as const;
const CHOSEN_FILE: ChosenFile = { method: 'backup-file', file: FILE, savedAt: TAKEN_AT };

describe('what people agree to', () => {
  const snapshot = SNAPSHOT;
  it.each<[string, Chosen, MethodPlan]>([
    ['a snapshot', { method: 'restore-snapshot', snapshot }, { method: 'restore-snapshot', restorePoint: POINT }],
    [
      'a snapshot of which Aura says whether it is exportable',
      { method: 'restore-snapshot', snapshot: { ...snapshot, exportable: false } },
      { method: 'restore-snapshot', restorePoint: { ...POINT, exportable: false } },
    ],
    [
      'a snapshot of another instance',
      { method: 'overwrite', source: SOURCE, snapshot },
      { method: 'overwrite', source: SOURCE, restorePoint: POINT },
    ],
    [
      'another instance as it is then, named by the time of the request',
      { method: 'overwrite', source: SOURCE },
      { method: 'overwrite', source: SOURCE, restorePoint: LIVE },
    ],
    ['a file', CHOSEN_FILE, { method: 'backup-file', restorePoint: { file: FILE, takenAt: TAKEN_AT } }],
    [
      'a file that a worker uploads, with the record of its export',
      { ...CHOSEN_FILE, method: 'upload', expectedSha256: SHA, exported: EXPORTED },
      { method: 'upload', restorePoint: { file: FILE, takenAt: TAKEN_AT, exported: EXPORTED } },
    ],
    [
      'a new instance',
      { method: 'new-instance', snapshot, toMake: TO_MAKE, spent: 7 },
      { method: 'new-instance', restorePoint: POINT, toMake: TO_MAKE },
    ],
  ])('is exactly %s', (_, chosen, plan) => {
    expect(methodPlanOf(chosen, NOW)).toStrictEqual(plan);
  });
});

describe('another snapshot for the same plan', () => {
  const other: SnapshotPoint = { ...POINT, snapshotId: 'snapshot-2' };
  const file = { file: FILE, takenAt: TAKEN_AT };

  it.each<[MethodPlan, MethodPlan]>([
    [
      { method: 'restore-snapshot', restorePoint: POINT },
      { method: 'restore-snapshot', restorePoint: other },
    ],
    [
      { method: 'overwrite', source: SOURCE, restorePoint: LIVE },
      { method: 'overwrite', source: SOURCE, restorePoint: other },
    ],
    [
      { method: 'new-instance', toMake: TO_MAKE, restorePoint: POINT },
      { method: 'new-instance', toMake: TO_MAKE, restorePoint: other },
    ],
    [
      { method: 'backup-file', restorePoint: file },
      { method: 'backup-file', restorePoint: file },
    ],
    [
      { method: 'upload', restorePoint: file },
      { method: 'upload', restorePoint: file },
    ],
  ])('takes the place of its own, unless that is a file ($method)', (plan, after) => {
    expect(withSnapshot(plan, other)).toStrictEqual(after);
    expect(withSnapshot(plan, undefined)).toStrictEqual(plan);
  });

  it.each(['backup-file', 'upload'] as const)(
    'leaves no override in a plan for a file (%s) whose requester asks for none any more',
    (method) => {
      const freezeOverride = { freezes: ['Audit'], reason: 'The shop is down.' };
      const asked = makeRestore('awaiting-approval', {
        policy: { methods: METHODS },
        draft: { chosen: { ...CHOSEN_FILE, method } },
      });
      const plan = { ...asked.plan, freezeOverride };
      const planHash = hashPlan(plan);
      const { start, checks, noticeChannels } = plan;
      const change = { start, checks, noticeChannels, freezeOverride: 'none' } as const;
      const edited = { type: 'edited', at: minuteAfter(asked), person: REQUESTER, planHash, change } as const;
      expect(followedBy({ ...asked, plan, planHash }, edited).plan).toStrictEqual(asked.plan);
    },
  );
});
