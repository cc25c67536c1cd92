import type { NewEntry } from './history.ts';
import type { MethodPlan, RestorePoint } from './plan.ts';

/** What the history keeps of a restore point. */
export function pointFacts(point: RestorePoint): NewEntry['facts'] {
  if ('snapshotId' in point) return { snapshotId: point.snapshotId };
  if ('file' in point) {
    const { file, exported } = point;
    return {
      file: file.name,
      ...(file.sha256 ? { sha256: file.sha256 } : {}),
      ...(exported ? { export: exported.exportId } : {}),
    };
  }
  return { sourceAsItIs: true };
}

/** The same with the method, where it is another than the usual one. */
export function restorePointFacts(plan: MethodPlan): NewEntry['facts'] {
  return {
    ...pointFacts(plan.restorePoint),
    ...(plan.method === 'restore-snapshot' ? {} : { method: plan.method }),
    ...(plan.method === 'overwrite' ? { source: plan.source.auraId } : {}),
    ...(plan.method === 'new-instance' && plan.toMake.previewOf ? { previewOf: plan.toMake.previewOf } : {}),
  };
}
