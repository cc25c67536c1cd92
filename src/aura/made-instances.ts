import { instantOf } from '../restore/instant.ts';
import type { Instant } from '../restore/names.ts';
import { ANSWER } from './answer.ts';
import type { Priority } from './budget.ts';
import { AuraRefusedError } from './errors.ts';
import { instancePath } from './instance-path.ts';
import { OneTimePassword } from './one-time-password.ts';
import { type AuraAccess, createSender } from './sender.ts';

/** An instance as Aura lists it: without its status. Names are not unique. */
export interface ListedInstance {
  readonly id: string;
  readonly name: string;
  readonly projectId?: string;
  /** Absent: Aura does not say. */
  readonly createdAt?: Instant;
}

/** What Aura needs to know of an instance to make one like it. */
export interface InstanceShape {
  readonly type: string;
  readonly memory: string;
  readonly region: string;
  readonly cloudProvider: string;
  readonly projectId: string;
}

/** What a project may have: the authority for types, regions and sizes. */
export interface InstanceConfiguration {
  readonly type: string;
  readonly region: string;
  readonly memory: string;
  readonly cloudProvider?: string;
}

/** An instance to be made from a snapshot, which must be exportable. */
export interface WantedInstance extends InstanceShape {
  /** 1 to 30 characters. */
  readonly name: string;
  readonly sourceAuraId: string;
  readonly snapshotId: string;
}

/** What Aura answers when it took the call. The credentials are told this once and never again. */
export interface CreatedInstance {
  readonly auraId: string;
  readonly connectionUrl?: string;
  readonly user: string;
  readonly password: OneTimePassword;
  readonly requestId?: string;
}

/** The calls of Aura API v1 by which instances are made, found and removed. */
export interface AuraInstances {
  listInstances(priority: Priority): Promise<readonly ListedInstance[]>;
  shapeOf(instanceId: string, priority: Priority): Promise<InstanceShape>;
  configurationsOf(projectId: string, priority: Priority): Promise<readonly InstanceConfiguration[]>;
  /**
   * Sent exactly once, whatever the answer: Aura has no idempotency key, and each call that it takes is an instance that costs
   * money. Not sent at all after `notAfterMs` (epoch).
   */
  createFromSnapshot(wanted: WantedInstance, notAfterMs: number): Promise<CreatedInstance>;
  /**
   * May be repeated: an instance that is gone already counts as removed. Nothing of it can be recovered, so it is not sent at all
   * after `notAfterMs` (epoch): by then the look it goes by may be an old one.
   */
  deleteInstance(instanceId: string, notAfterMs: number): Promise<'removing' | 'gone'>;
}

/** The version that means the latest one. */
const LATEST = '5';

export function createAuraInstances(access: AuraAccess): AuraInstances {
  const { read, actOnce } = createSender(access);
  return {
    async listInstances(priority) {
      const listed = await read('/instances', ANSWER.listed, priority);
      return listed.map(({ id, name, tenant_id, created_at }) => ({
        id,
        name,
        ...(tenant_id ? { projectId: tenant_id } : {}),
        ...createdAtOf(created_at),
      }));
    },
    async shapeOf(instanceId, priority) {
      const found = await read(instancePath(instanceId), ANSWER.shape, priority);
      const { type, memory, region, cloud_provider: cloudProvider, tenant_id } = found;
      return { type, memory, region, cloudProvider, projectId: tenant_id };
    },
    async configurationsOf(projectId, priority) {
      const project = await read(`/tenants/${encodeURIComponent(projectId)}`, ANSWER.project, priority);
      return project.instance_configurations.map(({ type, region, memory, cloud_provider }) => ({
        type,
        region,
        memory,
        ...(cloud_provider ? { cloudProvider: cloud_provider } : {}),
      }));
    },
    async createFromSnapshot(wanted, notAfterMs) {
      const body = {
        version: LATEST,
        region: wanted.region,
        memory: wanted.memory,
        name: wanted.name,
        type: wanted.type,
        tenant_id: wanted.projectId,
        cloud_provider: wanted.cloudProvider,
        source_instance_id: wanted.sourceAuraId,
        source_snapshot_id: wanted.snapshotId,
      };
      const made = await actOnce({ method: 'POST', path: '/instances', body }, ANSWER.made, notAfterMs);
      return {
        auraId: made.id,
        user: made.username,
        password: new OneTimePassword(made.password),
        ...(made.connection_url ? { connectionUrl: made.connection_url } : {}),
        ...(made.requestId ? { requestId: made.requestId } : {}),
      };
    },
    async deleteInstance(instanceId, notAfterMs) {
      try {
        await actOnce({ method: 'DELETE', path: instancePath(instanceId) }, ANSWER.removal, notAfterMs);
        return 'removing';
      } catch (error) {
        if (error instanceof AuraRefusedError && error.meaning === 'not-found-instance') return 'gone';
        throw error;
      }
    },
  };
}

function createdAtOf(said: string | null | undefined): { readonly createdAt?: Instant } {
  const ms = Date.parse(said ?? '');
  return Number.isNaN(ms) ? {} : { createdAt: instantOf(ms) };
}
