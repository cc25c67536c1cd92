import { type ChosenFile, fileObstacle } from './backup-file.ts';
import { gigabytesOf } from './gigabytes.ts';
import type { Instant, RestoreId } from './names.ts';
import { newInstanceProblem } from './new-instance/rules.ts';
import type { FilePoint, InstanceToMake, Method, MethodPlan, PlannedInstance, SnapshotPoint } from './plan.ts';
import type { InstancePolicy } from './policy.ts';
import type { RequestRefusal } from './refusal.ts';
import { type Snapshot, usability } from './snapshot.ts';
import { tierOf } from './tier.ts';

/** The method that a requester chose, with what Aura or the disk says of its parts at that moment. */
export type Chosen =
  | { readonly method: 'restore-snapshot'; readonly snapshot: Snapshot }
  | {
      readonly method: 'overwrite';
      readonly source: PlannedInstance;
      /** Absent: the source as it is when the call is sent. */
      readonly snapshot?: Snapshot;
    }
  | ChosenFile
  | {
      readonly method: 'new-instance';
      readonly snapshot: Snapshot;
      readonly toMake: InstanceToMake;
      /** What all instances that the bot made cost in this month already. */
      readonly spent: number;
    };

/** The methods that every release knew; the others are there where the operator names them. */
export const USUAL_METHODS: readonly Method[] = ['restore-snapshot'];

/** The methods a request for this instance may choose from. */
export function methodsOf(policy: Pick<InstancePolicy, 'methods'>): readonly Method[] {
  return policy.methods ?? USUAL_METHODS;
}

/**
 * The methods a request for this instance may choose from: whoever undoes a restore may go back to its safety snapshot whatever
 * the rules name, since a restore that went wrong could not be undone otherwise. The same people must agree.
 */
export function methodsFor(policy: Pick<InstancePolicy, 'methods'>, undoes: RestoreId | undefined): readonly Method[] {
  const named = methodsOf(policy);
  if (undoes === undefined || named.includes('restore-snapshot')) return named;
  return ['restore-snapshot', ...named];
}

/** Why this method cannot be used as it was chosen at this moment. `instance` is the one that would get the data. */
export function chosenRefusal(
  chosen: Chosen,
  policy: InstancePolicy,
  instance: Pick<PlannedInstance, 'memory' | 'type'> & { readonly storage?: string },
  now: Instant,
): RequestRefusal | undefined {
  const { method } = chosen;
  const allowed = methodsOf(policy);
  if (!allowed.includes(method)) return { reason: 'method-not-allowed', method, allowed };
  const onTier = tierRefusal(method, instance.type);
  if (onTier) return onTier;
  if (method === 'overwrite') {
    const source = sourceRefusal(chosen.source, { auraId: policy.auraId, ...instance });
    if (source) return source;
  }
  if ('file' in chosen) {
    const { consoleFileBytes } = policy;
    const limit = consoleFileBytes === undefined ? {} : { consoleFileBytes };
    const why = fileObstacle(chosen, { ...instance, ...limit, now });
    return why && { reason: 'file-not-usable', why };
  }
  if (method === 'new-instance') {
    const about = { rules: policy.newInstance, sourceMemory: instance.memory, spent: chosen.spent };
    const problem = newInstanceProblem(chosen.toMake, about);
    if (problem) return { reason: 'new-instance-not-possible', problem };
  }
  return 'snapshot' in chosen && chosen.snapshot ? snapshotRefusal(method, chosen.snapshot) : undefined;
}

/**
 * Why a method cannot be used for an instance of this type: where Aura keeps one snapshot only, the safety snapshot that comes before
 * every restore would destroy the very one to go back to.
 */
export function tierRefusal(
  method: Method,
  type: string | undefined,
): Extract<RequestRefusal, { reason: 'not-on-this-tier' }> | undefined {
  const { keepsOne, name } = tierOf(type);
  if (!keepsOne || (method !== 'restore-snapshot' && method !== 'overwrite')) return undefined;
  return { reason: 'not-on-this-tier', method, tier: name };
}

/** Those of these methods that can be used for an instance of this type. */
export function methodsOn(type: string | undefined, methods: readonly Method[]): readonly Method[] {
  return methods.filter((method) => tierRefusal(method, type) === undefined);
}

/** Why the data cannot come back from this snapshot by this method. */
export function snapshotRefusal(method: Method, snapshot: Snapshot): RequestRefusal | undefined {
  const usable = usability(snapshot);
  if (!usable.usable) return { reason: 'snapshot-not-usable', why: usable.why };
  // Aura makes instances and overwrites them from exportable snapshots only.
  const mustBeExportable = method === 'overwrite' || method === 'new-instance';
  return mustBeExportable && snapshot.exportable === false ? { reason: 'snapshot-not-exportable' } : undefined;
}

/** Aura does not copy an instance into a smaller one, by the size that was paid for and not by what is in it. */
function sourceRefusal(
  source: Pick<PlannedInstance, 'auraId' | 'memory'>,
  target: Pick<PlannedInstance, 'auraId' | 'memory'>,
): RequestRefusal | undefined {
  if (source.auraId.toLowerCase() === target.auraId.toLowerCase()) return { reason: 'source-is-target' };
  const needed = gigabytesOf(source.memory);
  const there = gigabytesOf(target.memory);
  if (needed === undefined || there === undefined || needed <= there) return undefined;
  return { reason: 'target-too-small', source: source.memory ?? '', target: target.memory ?? '' };
}

/** What the plan says of the chosen method. `at` is the time of the request. */
export function methodPlanOf(chosen: Chosen, at: Instant): MethodPlan {
  switch (chosen.method) {
    case 'restore-snapshot':
      return { method: 'restore-snapshot', restorePoint: restorePointOf(chosen.snapshot) };
    case 'overwrite':
      return {
        method: 'overwrite',
        source: chosen.source,
        restorePoint: chosen.snapshot ? restorePointOf(chosen.snapshot) : { isLive: true, takenAt: at },
      };
    case 'backup-file':
    case 'upload':
      return { method: chosen.method, restorePoint: filePointOf(chosen) };
    case 'new-instance':
      return { method: 'new-instance', restorePoint: restorePointOf(chosen.snapshot), toMake: chosen.toMake };
    default:
      return chosen satisfies never;
  }
}

function filePointOf({ file, savedAt, exported }: ChosenFile): FilePoint {
  return { file, takenAt: savedAt, ...(exported ? { exported } : {}) };
}

/** A snapshot as a plan names it. */
export function restorePointOf({ snapshotId, takenAt, profile, exportable }: Snapshot): SnapshotPoint {
  return { snapshotId, takenAt, profile, ...(exportable === undefined ? {} : { exportable }) };
}

/** The plan's method with another snapshot as its restore point; a restore point that is no snapshot stays as it is. */
export function withSnapshot(plan: MethodPlan, point: SnapshotPoint | undefined): MethodPlan {
  switch (plan.method) {
    case 'restore-snapshot':
      return { method: plan.method, restorePoint: point ?? plan.restorePoint };
    case 'overwrite':
      return { method: plan.method, source: plan.source, restorePoint: point ?? plan.restorePoint };
    case 'new-instance':
      return { method: plan.method, toMake: plan.toMake, restorePoint: point ?? plan.restorePoint };
    case 'backup-file':
    case 'upload':
      return { method: plan.method, restorePoint: plan.restorePoint };
    default:
      return plan satisfies never;
  }
}
