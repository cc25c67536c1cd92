import { describe, expect, it } from 'vitest';
import { type Snapshot, usability } from '../../src/restore/snapshot.ts';
import { TAKEN_AT } from '../support/make-restore.ts';

const snapshot = (facts: Partial<Snapshot>): Snapshot => ({
  snapshotId: 'snapshot-1',
  takenAt: TAKEN_AT,
  profile: 'Scheduled',
  status: 'Completed',
  ...facts,
});

describe('a snapshot', () => {
  it.each([
    ['Completed', { usable: true }],
    ['COMPLETED', { usable: true }],
    ['Pending', { usable: false, why: 'still-running' }],
    ['InProgress', { usable: false, why: 'still-running' }],
    ['Failed', { usable: false, why: 'failed' }],
    ['Cancelled', { usable: false, why: 'cancelled' }],
    ['Archived', { usable: false, why: 'unknown-status' }],
    ['', { usable: false, why: 'unknown-status' }],
  ])('that Aura calls "%s" is judged %o', (status, expected) => {
    expect(usability(snapshot({ status }))).toEqual(expected);
  });

  it.each([
    ['Scheduled', false, 'may-be-differential'],
    ['scheduled', false, 'may-be-differential'],
    ['Scheduled', true, undefined],
    ['AdHoc', false, undefined],
    ['AdHoc', true, undefined],
  ])('taken %s and exportable: %s carries the caution %s', (profile, exportable, caution) => {
    expect(usability(snapshot({ profile, exportable }))).toEqual({ usable: true, ...(caution ? { caution } : {}) });
  });

  it('carries no caution when Aura does not say whether it is exportable', () => {
    expect(usability(snapshot({}))).toEqual({ usable: true });
  });

  it('that is not complete is never usable, exportable or not', () => {
    for (const exportable of [true, false])
      expect(usability(snapshot({ status: 'Pending', exportable })).usable).toBe(false);
  });
});
