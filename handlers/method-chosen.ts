import { COPIED, FIELD } from '../messages/action-ids.ts';
import { type Chosen, methodsOf } from '../src/restore/chosen-method.ts';
import type { Method } from '../src/restore/plan.ts';
import { type InstancePolicy, instanceByName, type Policy } from '../src/restore/policy.ts';
import type { Desk } from './desk.ts';
import { isFromFile } from './file-chosen.ts';
import type { FormValues } from './slack-input.ts';

/** What a form says of the method. */
export interface MethodChoice {
  readonly method: Method;
  /** Where the data of an overwrite comes from. */
  readonly source?: InstancePolicy | undefined;
  readonly isLive: boolean;
}

/** The method that was chosen for an instance, or the first that it offers. */
export function methodIn(policy: Policy, instance: InstancePolicy | undefined, values: FormValues): MethodChoice {
  const offered = instance ? methodsOf(instance) : [];
  const wanted = values.choice(`${FIELD.method}:${instance?.alias ?? ''}`);
  const method = offered.find((one) => one === wanted) ?? offered[0] ?? 'restore-snapshot';
  const source = values.choice(`${FIELD.source}:${instance?.alias ?? ''}`);
  return {
    method,
    source: method === 'overwrite' && source ? instanceByName(policy, source) : undefined,
    isLive: method === 'overwrite' && values.choice(FIELD.copied) === COPIED.live,
  };
}

/** Whose snapshots a form offers; undefined when none. */
export function pointsOf(policy: InstancePolicy | undefined, { method, source, isLive }: MethodChoice) {
  if (method === 'overwrite') return isLive ? undefined : source;
  if (isFromFile(method)) return undefined;
  return policy;
}

/** Reads from Aura what the chosen method goes by. Undefined when the form leaves a part of it open. */
export async function readChosen(
  desk: Desk,
  policy: InstancePolicy,
  { method, source, isLive, snapshotId }: MethodChoice & { readonly snapshotId?: string | undefined },
): Promise<Chosen | undefined> {
  if (method === 'restore-snapshot') {
    return snapshotId ? { method, snapshot: await desk.aura.snapshot(policy.auraId, snapshotId) } : undefined;
  }
  if (method !== 'overwrite' || !source || !(isLive || snapshotId)) return undefined;
  const [instance, snapshot] = await Promise.all([
    desk.aura.instance(source.auraId),
    isLive || !snapshotId ? undefined : desk.aura.snapshot(source.auraId, snapshotId),
  ]);
  return {
    method,
    source: {
      alias: source.alias,
      auraId: source.auraId,
      name: instance.name,
      environment: source.environment,
      ...(instance.type ? { type: instance.type } : {}),
      ...(instance.memory ? { memory: instance.memory } : {}),
      ...(instance.projectId ? { projectId: instance.projectId } : {}),
    },
    ...(snapshot ? { snapshot } : {}),
  };
}
