import { z } from 'zod';
import { configurationsOf, createInstance } from './creation.ts';
import type { Route } from './faults.ts';
import { type Instances, type NewDatabase, Refused, type SimInstance, type SimSnapshot } from './instances.ts';

export interface Matched {
  readonly name: Route;
  readonly id: string;
  readonly snapshotId: string;
}

const TABLE: readonly (readonly [method: string, path: RegExp, name: Route])[] = [
  ['POST', /^\/oauth\/token$/, 'token'],
  ['GET', /^\/v1\/tenants(?:\/([^/]+))?$/, 'tenants'],
  ['GET', /^\/v1\/instances$/, 'list-instances'],
  ['POST', /^\/v1\/instances$/, 'create-instance'],
  ['GET', /^\/v1\/instances\/([^/]+)$/, 'get-instance'],
  ['PATCH', /^\/v1\/instances\/([^/]+)$/, 'patch-instance'],
  ['DELETE', /^\/v1\/instances\/([^/]+)$/, 'delete-instance'],
  ['POST', /^\/v1\/instances\/([^/]+)\/pause$/, 'pause'],
  ['POST', /^\/v1\/instances\/([^/]+)\/resume$/, 'resume'],
  ['POST', /^\/v1\/instances\/([^/]+)\/overwrite$/, 'overwrite'],
  ['GET', /^\/v1\/instances\/([^/]+)\/snapshots$/, 'list-snapshots'],
  ['POST', /^\/v1\/instances\/([^/]+)\/snapshots$/, 'take-snapshot'],
  ['GET', /^\/v1\/instances\/([^/]+)\/snapshots\/([^/]+)$/, 'get-snapshot'],
  ['POST', /^\/v1\/instances\/([^/]+)\/snapshots\/([^/]+)\/restore$/, 'restore'],
];

export function routeOf(method: string, path: string): Matched | undefined {
  for (const [verb, form, name] of TABLE) {
    const match = verb === method ? form.exec(path) : null;
    if (match) return { name, id: decodeURIComponent(match[1] ?? ''), snapshotId: decodeURIComponent(match[2] ?? '') };
  }
  return undefined;
}

interface Answer {
  readonly status: number;
  readonly body: { readonly data?: unknown };
  readonly applied: boolean;
}

const overwriteBody = z.object({
  source_instance_id: z.string().optional(),
  source_snapshot_id: z.string().optional(),
});
const patchBody = z.object({ name: z.string().optional(), memory: z.string().optional() });

/** Answers a permitted request. Throws `Refused` for Aura's own refusals; anything else thrown is a malformed body. */
export function answerTo(
  route: Matched,
  request: {
    readonly url: URL;
    readonly body: string;
    readonly instances: Instances;
    readonly now: () => number;
    readonly newDatabase?: NewDatabase | undefined;
  },
): Answer {
  const { instances } = request;
  const seen = (data: unknown): Answer => ({ status: 200, body: { data }, applied: false });
  const begun = (instance: SimInstance): Answer => ({
    status: 202,
    // Aura answers with the status of the operation even while reads still lag behind.
    body: { data: { ...detail(instance), status: instance.operation ?? instance.status } },
    applied: true,
  });
  switch (route.name) {
    case 'tenants':
      return route.id
        ? seen(project(route.id, instances))
        : seen(
            [...new Set([...instances.all.values()].map(({ tenant_id }) => tenant_id))].map((id) => ({
              id,
              name: 'Demo',
            })),
          );
    case 'list-instances':
      return seen(
        instances.visible().map(({ id, name, tenant_id, cloud_provider, created_at }) => ({
          id,
          name,
          tenant_id,
          cloud_provider,
          created_at,
        })),
      );
    case 'create-instance': {
      const { created, password } = createInstance(request.body, request);
      const { status: _, memory: __, storage: ___, ...shown } = detail(created);
      return { status: 202, body: { data: { ...shown, username: 'neo4j', password } }, applied: true };
    }
    case 'get-instance':
      return seen(detail(instances.find(route.id)));
    case 'patch-instance': {
      const instance = instances.find(route.id);
      const { name, memory } = patchBody.parse(JSON.parse(request.body));
      if (name) instance.name = name;
      if (memory) {
        instance.memory = memory;
        instances.operate(instance, 'updating', 'running');
      }
      return { status: memory ? 202 : 200, body: { data: detail(instance) }, applied: true };
    }
    case 'delete-instance': {
      const instance = instances.find(route.id);
      instances.operate(instance, 'destroying', 'deleted');
      return begun(instance);
    }
    case 'pause':
    case 'resume': {
      const instance = instances.find(route.id);
      instances.operate(
        instance,
        route.name === 'pause' ? 'pausing' : 'resuming',
        route.name === 'pause' ? 'paused' : 'running',
      );
      return begun(instance);
    }
    case 'overwrite': {
      const target = instances.find(route.id);
      const { source_instance_id, source_snapshot_id } = overwriteBody.parse(JSON.parse(request.body));
      instances.overwrite(target, source_instance_id ? instances.find(source_instance_id) : target, source_snapshot_id);
      return begun(target);
    }
    case 'list-snapshots': {
      const day = request.url.searchParams.get('date') ?? new Date(request.now()).toISOString().slice(0, 10);
      return seen(
        instances
          .find(route.id)
          .snapshots.filter(({ timestamp }) => timestamp.startsWith(day))
          .map(listed),
      );
    }
    case 'take-snapshot':
      return {
        status: 202,
        body: { data: { snapshot_id: instances.takeSnapshot(instances.find(route.id)).snapshot_id } },
        applied: true,
      };
    case 'get-snapshot':
      return seen(listed(instances.snapshot(instances.find(route.id), route.snapshotId)));
    case 'restore': {
      const instance = instances.find(route.id);
      instances.restore(instance, instances.snapshot(instance, route.snapshotId));
      return begun(instance);
    }
    case 'token':
      throw new Refused(404, 'not-found', 'handled elsewhere');
    default:
      return route.name satisfies never;
  }
}

function project(id: string, instances: Instances) {
  if (![...instances.all.values()].some(({ tenant_id }) => tenant_id === id)) {
    throw new Refused(404, 'tenant-not-found', 'The tenant you specified could not be found');
  }
  return { id, name: 'Demo', instance_configurations: configurationsOf(instances) };
}

function detail(instance: SimInstance) {
  const { operation: _, dataVersion: __, snapshots: ___, backing: ____, visibleAt: _____, ...shown } = instance;
  const storage = `${2 * Number.parseInt(instance.memory, 10)}GB`;
  return {
    ...shown,
    storage,
    connection_url: instance.status === 'resuming' ? null : instance.connection_url,
    vector_optimized: false,
  };
}

function listed({ dataVersion: _, ...snapshot }: SimSnapshot) {
  return snapshot;
}
