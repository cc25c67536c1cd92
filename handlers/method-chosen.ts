import { COPIED, FIELD } from '../messages/action-ids.ts';
import type { PreviewAsked } from '../messages/form-purpose.ts';
import { type Chosen, methodsFor } from '../src/restore/chosen-method.ts';
import { policyOfMethod } from '../src/restore/deciding-policy.ts';
import type { RestoreId } from '../src/restore/names.ts';
import { sizesFor } from '../src/restore/new-instance/rules.ts';
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
  /** Type and memory of a new instance as the form names them: `professional-db 4GB`. */
  readonly size?: string | undefined;
  /** How long a new instance is to live. */
  readonly liveForMinutes?: number | undefined;
  /** The request whose restore point would be looked at in the new instance. */
  readonly previewOf?: RestoreId | undefined;
}

/** The method that was chosen for an instance, or the first that it offers for what the form was opened for. */
export function methodIn(
  policy: Policy,
  instance: InstancePolicy | undefined,
  { values, undoes }: { readonly values: FormValues; readonly undoes?: RestoreId | undefined },
): MethodChoice {
  const offered = instance ? methodsFor(instance, undoes) : [];
  const wanted = values.choice(`${FIELD.method}:${instance?.alias ?? ''}`);
  const method = offered.find((one) => one === wanted) ?? offered[0] ?? 'restore-snapshot';
  const source = values.choice(`${FIELD.source}:${instance?.alias ?? ''}`);
  return {
    method,
    source: method === 'overwrite' && source ? instanceByName(policy, source) : undefined,
    isLive: method === 'overwrite' && values.choice(FIELD.copied) === COPIED.live,
    ...(method === 'new-instance' ? newInstanceIn(instance, values) : {}),
  };
}

/** The choice as it stands when the form was opened to preview a request: it is one while that restore point is chosen. */
export function asPreview(
  choice: MethodChoice,
  preview: PreviewAsked | undefined,
  snapshotId: string | undefined,
): MethodChoice {
  const isOne = choice.method === 'new-instance' && preview?.snapshotId === snapshotId;
  return isOne && preview ? { ...choice, previewOf: preview.of } : choice;
}

function newInstanceIn(instance: InstancePolicy | undefined, values: FormValues) {
  const minutes = Number(values.choice(`${FIELD.life}:${instance?.alias ?? ''}`));
  return {
    size: values.choice(`${FIELD.newSize}:${instance?.alias ?? ''}`),
    ...(minutes > 0 ? { liveForMinutes: minutes } : {}),
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
  choice: MethodChoice & { readonly snapshotId?: string | undefined },
): Promise<Chosen | undefined> {
  const { method, source, isLive, snapshotId } = choice;
  if (method === 'restore-snapshot') {
    return snapshotId ? { method, snapshot: await desk.aura.snapshot(policy.auraId, snapshotId) } : undefined;
  }
  if (method === 'new-instance')
    return snapshotId ? readNewInstance(desk, policy, { ...choice, snapshotId }) : undefined;
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

async function readNewInstance(
  desk: Desk,
  policy: InstancePolicy,
  { size, liveForMinutes, snapshotId, previewOf }: MethodChoice & { readonly snapshotId: string },
): Promise<Chosen | undefined> {
  const { newInstance: rules } = policyOfMethod(policy, { method: 'new-instance', previewOf });
  if (!rules) return undefined;
  const [instance, snapshot, spent] = await Promise.all([
    desk.aura.instance(policy.auraId),
    desk.aura.snapshot(policy.auraId, snapshotId),
    desk.spentOnNewInstances(),
  ]);
  const wanted = sizesFor(rules, instance).find(({ type, memory }) => `${type} ${memory}` === size);
  if (!wanted) return undefined;
  const toMake = {
    ...wanted,
    liveForMinutes: liveForMinutes ?? rules.usualMinutes,
    monthlyCap: rules.monthlyCap,
    ...(previewOf === undefined ? {} : { previewOf }),
  };
  return { method: 'new-instance', snapshot, toMake, spent };
}
