import type { AuraClient } from '../../aura/client.ts';
import { tierRefusal } from '../../restore/chosen-method.ts';
import type { PlanOf } from '../../restore/plan.ts';
import type { Timing } from '../step.ts';
import { firstObstacle, instanceObstacle, lookByReading, refuse, snapshotObstacle } from './instance-look.ts';
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
          tierRefusal('restore-snapshot', instance.type) &&
            refuse(
              step,
              'restore-refused',
              'Aura keeps only the latest snapshot of this instance: the safety snapshot would take the place of the one to go back to.',
            ),
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
