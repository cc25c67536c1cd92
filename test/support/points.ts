import type { Plan, SnapshotPoint } from '../../src/restore/plan.ts';

/** The snapshot that a plan puts back. */
export function pointOf({ restorePoint }: Pick<Plan, 'restorePoint'>): SnapshotPoint {
  if ('snapshotId' in restorePoint) return restorePoint;
  throw new Error('the restore point is no snapshot');
}
