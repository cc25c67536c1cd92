import type { AuraInstance } from '../../aura/client.ts';
import { AuraRefusedError } from '../../aura/errors.ts';
import { instanceStatusClass, showsRestore } from '../../aura/status.ts';
import type { FailureReason } from '../../restore/failure.ts';
import type { PlannedInstance, SnapshotPoint } from '../../restore/plan.ts';
import { type Snapshot, usability } from '../../restore/snapshot.ts';
import type { Step } from '../../restore/state.ts';
import { readingFailed } from '../aura-trouble.ts';
import { drifted, giveUp, lookAgain, type StepOutcome } from '../step.ts';
import type { PlanLook } from './method.ts';

/** Looks by reading Aura; what cannot be read is the obstacle. */
export async function lookByReading(step: Step, read: () => Promise<PlanLook>): Promise<PlanLook> {
  try {
    return await read();
  } catch (error) {
    const isSnapshotGone = error instanceof AuraRefusedError && error.meaning === 'not-found-snapshot';
    return obstacle(
      isSnapshotGone
        ? drifted({ step, reason: 'snapshot-not-found', why: error.forPeople })
        : readingFailed(error, step),
    );
  }
}

export function obstacle(outcome: StepOutcome): PlanLook {
  return { kind: 'obstacle', outcome };
}

/** All is well, or the first thing that is not. */
export function firstObstacle(requestId: string | undefined, ...found: readonly (StepOutcome | undefined)[]): PlanLook {
  const first = found.find((outcome) => outcome !== undefined);
  return first ? obstacle(first) : { kind: 'as-planned', ...(requestId ? { requestId } : {}) };
}

/**
 * Why the instance cannot be restored now: wait while it is busy, ask anew when it is parked, failed or changed, or when
 * somebody else restores it, end when it is gone.
 */
export function instanceObstacle(
  step: Step,
  instance: AuraInstance,
  planned: PlannedInstance,
  pollMs: number,
): StepOutcome | undefined {
  switch (instanceStatusClass(instance.status)) {
    case 'ready':
      break;
    case 'parked':
    case 'failed':
      return drifted({ step, reason: 'instance-not-running', why: notRunningWords(instance) });
    case 'gone':
      return refuse(step, 'instance-not-running', notRunningWords(instance));
    default:
      if (showsRestore(instance.status)) {
        return drifted({ step, reason: 'instance-not-running', why: restoredElsewhereWords(instance) });
      }
      return lookAgain(pollMs, `Aura reports the instance as "${instance.status}"; waiting until it is running.`);
  }
  return changedObstacle(step, instance, planned);
}

function changedObstacle(step: Step, instance: AuraInstance, planned: PlannedInstance): StepOutcome | undefined {
  const isChanged = (was: string | undefined, is: string | undefined) =>
    was !== undefined && is !== undefined && was !== is;
  const changed = (why: string) => drifted({ step, reason: 'instance-changed', why, seen: seenOf(instance) });
  if (isChanged(planned.projectId, instance.projectId)) {
    return changed('The instance belongs to another Aura project than when the plan was made.');
  }
  if (isChanged(planned.type, instance.type) || isChanged(planned.memory, instance.memory)) {
    return changed('The instance was changed in type or size after the plan was made.');
  }
  return undefined;
}

/** The instance as the plan would name it now. */
function seenOf({ type, memory, projectId }: AuraInstance): Pick<PlannedInstance, 'type' | 'memory' | 'projectId'> {
  return {
    ...(type === undefined ? {} : { type }),
    ...(memory === undefined ? {} : { memory }),
    ...(projectId === undefined ? {} : { projectId }),
  };
}

/** Why the snapshot no longer is the one that was agreed to. */
export function snapshotObstacle(step: Step, snapshot: Snapshot, planned: SnapshotPoint): StepOutcome | undefined {
  if (usability(snapshot).usable && snapshot.takenAt === planned.takenAt) return undefined;
  return drifted({
    step,
    reason: 'snapshot-not-usable',
    why: `Aura now reports the snapshot as "${snapshot.status}", taken ${snapshot.takenAt}.`,
  });
}

function notRunningWords({ status }: AuraInstance): string {
  return `Aura reports the instance as "${status}", not as running.`;
}

function restoredElsewhereWords({ status }: AuraInstance): string {
  return `Aura reports the instance as "${status}", and this restore has sent nothing: somebody else restores it or loads other data into it, probably in the Aura console. Nobody agreed to restore what it will be then.`;
}

/** The step cannot go on; nothing was changed. */
export function refuse(step: Step, reason: FailureReason, why: string): StepOutcome {
  return giveUp({ step, reason, why, condition: 'unchanged' });
}
