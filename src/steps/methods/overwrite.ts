import type { AuraClient, AuraInstance } from '../../aura/client.ts';
import { AuraRefusedError } from '../../aura/errors.ts';
import { showsRestore } from '../../aura/status.ts';
import { gigabytesOf } from '../../restore/gigabytes.ts';
import type { PlannedInstance, PlanOf } from '../../restore/plan.ts';
import type { Step } from '../../restore/state.ts';
import { drifted, giveUp, lookAgain, type StepOutcome, type Timing } from '../step.ts';
import { firstObstacle, instanceObstacle, lookByReading, obstacle, refuse, snapshotObstacle } from './instance-look.ts';
import type { MethodSteps } from './method.ts';

/** The instance gets the data of another one, or of a snapshot of that, in one call. The other one keeps its own. */
export function createOverwrite({
  aura,
  timing,
}: {
  readonly aura: Pick<AuraClient, 'getInstance' | 'getSnapshot' | 'overwriteInstance'>;
  readonly timing: Pick<Timing, 'pollMs'>;
}): MethodSteps<PlanOf<'overwrite'>> {
  return {
    look: ({ instance: planned, source, restorePoint }, { step, priority }) =>
      lookByReading(step, async () => {
        const target = await aura.getInstance(planned.auraId, priority);
        const from = await aura.getInstance(source.auraId, priority).catch(sourceGone(step));
        if ('kind' in from) return obstacle(from);
        // First what no new agreement mends: people are not asked anew about a copy that Aura would refuse.
        const found = [
          sizeObstacle(step, from, target),
          instanceObstacle(step, target, planned, timing.pollMs),
          sourceObstacle(step, from, source, timing.pollMs),
        ];
        if (!('snapshotId' in restorePoint)) return firstObstacle(target.requestId, ...found);
        const snapshot = await aura.getSnapshot(source.auraId, restorePoint.snapshotId, priority);
        const exportable =
          snapshot.exportable === false
            ? drifted({
                step,
                reason: 'snapshot-not-usable',
                why: 'Aura now says that the snapshot is not exportable: it cannot be copied to another instance.',
              })
            : undefined;
        return firstObstacle(target.requestId, ...found, snapshotObstacle(step, snapshot, restorePoint), exportable);
      }),
    calls: ({ instance, source, restorePoint }) => [
      `POST /v1/instances/${instance.auraId}/overwrite, source ${source.auraId}${'snapshotId' in restorePoint ? `, snapshot ${restorePoint.snapshotId}` : ''}`,
    ],
    send: ({ instance, source, restorePoint }, { notAfterMs }) =>
      aura.overwriteInstance(
        instance.auraId,
        {
          instanceId: source.auraId,
          ...('snapshotId' in restorePoint ? { snapshotId: restorePoint.snapshotId } : {}),
        },
        notAfterMs,
      ),
  };
}

function sourceGone(step: Step) {
  return (error: unknown): StepOutcome => {
    if (!(error instanceof AuraRefusedError) || error.meaning !== 'not-found-instance') throw error;
    return giveUp({
      step,
      reason: 'instance-not-found',
      why: 'Aura no longer knows the instance that the data was to come from.',
      condition: 'unchanged',
    });
  };
}

/** The source is read while Aura copies it: it must be running, or rest, and not be in the middle of something. */
function sourceObstacle(
  step: Step,
  source: AuraInstance,
  planned: PlannedInstance,
  pollMs: number,
): StepOutcome | undefined {
  const waiting = lookAgain(
    pollMs,
    `Aura reports the source ${planned.alias} as "${source.status}"; waiting until it is running.`,
  );
  // The source is nobody's claim: a restore of it may well be one of ours.
  if (showsRestore(source.status)) return waiting;
  const found = instanceObstacle(step, source, planned, pollMs);
  if (!found) return undefined;
  if (found.kind === 'look-again') return waiting;
  if (found.kind !== 'event' || found.event.type !== 'drifted') return found;
  const { seen: _, ...event } = found.event;
  return drifted({ ...event, why: `The source ${planned.alias}: ${found.event.why}` });
}

/** Aura answers a copy into a smaller instance with a server error that never passes. */
function sizeObstacle(step: Step, source: AuraInstance, target: AuraInstance): StepOutcome | undefined {
  const needed = gigabytesOf(source.memory);
  const there = gigabytesOf(target.memory);
  if (needed === undefined || there === undefined || needed <= there) return undefined;
  return refuse(
    step,
    'instance-changed',
    `The source has ${source.memory} and the target ${target.memory}: Aura does not copy into a smaller instance.`,
  );
}
