import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type Instances, type NewDatabase, Refused, type SimInstance } from './instances.ts';

const createBody = z
  .object({
    name: z
      .string()
      .min(1)
      .max(30)
      .refine((name) => name.trim() === name),
    type: z.string(),
    region: z.string(),
    memory: z.string(),
    tenant_id: z.string(),
    cloud_provider: z.string(),
    version: z.string(),
    source_instance_id: z.string().optional(),
    source_snapshot_id: z.string().optional(),
  })
  .refine((body) => body.source_instance_id !== undefined || body.source_snapshot_id === undefined);

const TYPES = ['professional-db', 'business-critical', 'enterprise-db'];
const SIZES = ['2GB', '4GB', '8GB', '16GB', '32GB'];

/** The types, regions and sizes that every simulated project may have. */
export function configurationsOf(instances: Instances) {
  const places = new Map<string, Pick<SimInstance, 'region' | 'cloud_provider'>>();
  for (const { region, cloud_provider } of instances.all.values()) places.set(region, { region, cloud_provider });
  return [...places.values()].flatMap(({ region, cloud_provider }) =>
    TYPES.flatMap((type) =>
      SIZES.map((memory) => ({
        type,
        region,
        region_name: region,
        memory,
        storage: `${2 * Number.parseInt(memory, 10)}GB`,
        version: '5',
        cloud_provider,
      })),
    ),
  );
}

/** Begins an instance, from a snapshot where one is named; answers it with its password. Throws `Refused`, or on a malformed body. */
export function createInstance(
  text: string,
  {
    instances,
    now,
    newDatabase,
  }: { readonly instances: Instances; readonly now: () => number; readonly newDatabase?: NewDatabase | undefined },
): { readonly created: SimInstance; readonly password: string } {
  const { source_instance_id, source_snapshot_id, version: _, ...wanted } = createBody.parse(JSON.parse(text));
  const configuration = configurationsOf(instances).find(
    ({ type, memory, region }) => type === wanted.type && memory === wanted.memory && region === wanted.region,
  );
  if (!configuration) throw new Refused(400, 'invalid-memory-size', `No configuration ${wanted.type} ${wanted.memory}`);
  const source = source_instance_id === undefined ? undefined : instances.find(source_instance_id);
  const snapshot = source && source_snapshot_id ? instances.snapshot(source, source_snapshot_id) : undefined;
  if (snapshot && !snapshot.exportable) {
    throw new Refused(400, 'not-exportable', `Source snapshot ${snapshot.snapshot_id} is not exportable`);
  }
  const id = randomUUID().slice(0, 8);
  const created: SimInstance = {
    ...wanted,
    id,
    created_at: new Date(now()).toISOString(),
    connection_url: newDatabase?.boltUrl ?? `neo4j+s://${id}.databases.neo4j.io`,
    status: 'creating',
    operation: undefined,
    dataVersion: snapshot?.dataVersion ?? source?.dataVersion ?? 'empty',
    snapshots: [],
    backing: newDatabase,
  };
  instances.create(created, snapshot?.snapshot_id);
  return { created, password: newDatabase?.password ?? randomUUID() };
}
