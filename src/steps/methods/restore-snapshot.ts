import type { AuraClient } from '../../aura/client.ts';
import type { PlanOf } from '../../restore/plan.ts';
import type { Timing } from '../step.ts';
import { firstObstacle, instanceObstacle, lookByReading, snapshotObstacle } from './instance-look.ts';
import type { MethodSteps } from './method.ts';

/** The instance goes back to one of its own snapshots, in one call. */
export function createRestoreSnapshot({
  aura,
  timing,
}: {
  readonly aura: Pick<AuraClient, 'getInstance' | 'getSnapshot' | 'restoreSnapshot'>;
  readonly timing: Pick<Timing, 'pollMs'>;
}): MethodSteps<PlanOf<'restore-snapshot'>> {
  return {
    look: ({ instance: planned, restorePoint }, { step, priority }) =>
      lookByReading(step, async () => {
        const instance = await aura.getInstance(planned.auraId, priority);
        const snapshot = await aura.getSnapshot(planned.auraId, restorePoint.snapshotId, priority);
        return firstObstacle(
          instance.requestId,
          instanceObstacle(step, instance, planned, timing.pollMs),
          snapshotObstacle(step, snapshot, restorePoint),
        );
      }),
    calls: ({ instance, restorePoint }) => [
      `POST /v1/instances/${instance.auraId}/snapshots/${restorePoint.snapshotId}/restore`,
    ],
    send: ({ instance, restorePoint }, { notAfterMs }) =>
      aura.restoreSnapshot(instance.auraId, restorePoint.snapshotId, notAfterMs),
  };
}
