import { z } from 'zod';
import { AuraRefusedError, type RefusalMeaning } from './errors.ts';

/** Aura's own error form, `{"errors":[{message, reason}]}`, and its gateway's, `{"error": "…"}`. Others are read as empty. */
const errorBody = z.object({
  errors: z.array(z.object({ reason: z.string().optional() })).optional(),
});

export function reasonIn(body: unknown): string | undefined {
  return errorBody.safeParse(body).data?.errors?.[0]?.reason;
}

const BY_REASON: Readonly<Record<string, RefusalMeaning>> = {
  'ongoing-database-operation': 'busy-retry-later',
  'snapshot-not-allowed': 'busy-retry-later',
  'instance-action-unavailable': 'not-now',
  'db-not-found': 'not-found-instance',
  'snapshot-not-found': 'not-found-snapshot',
  'db-already-deleted': 'not-found-instance',
  'missing-billing-details': 'payment',
  'database-incapable-of-action': 'unsupported',
};

const BY_STATUS: Readonly<Record<number, RefusalMeaning>> = {
  401: 'credentials',
  402: 'payment',
  403: 'permission',
  404: 'not-found-instance',
  405: 'instance-limit',
  409: 'busy-retry-later',
  410: 'not-found-instance',
  420: 'unsupported',
  429: 'rate-limited',
};

/** The definite no in an answer. `reason` decides, because 409 has two meanings and messages differ from place to place. */
export function refusalOf(status: number, body: unknown, requestId: string | undefined): AuraRefusedError {
  const reason = reasonIn(body);
  const meaning = (reason && BY_REASON[reason]) || BY_STATUS[status] || 'other';
  return new AuraRefusedError({ status, reason, meaning, requestId });
}

const envelope = z.object({ data: z.unknown() });

const text = z.string().nullish();
const instance = z.object({
  id: z.string(),
  name: z.string(),
  status: z.string().transform((status) => status.trim().toLowerCase()),
  connection_url: text,
  type: text,
  memory: text,
  storage: text,
  tenant_id: text,
});
const snapshot = z.object({
  snapshot_id: z.string(),
  instance_id: text,
  profile: z.string().default('unknown'),
  status: z.string(),
  timestamp: z.iso.datetime({ offset: true }).transform((timestamp) => new Date(timestamp).toISOString()),
  exportable: z.boolean().nullish(),
});

/** Only the fields the bot uses; everything else may come and go. */
export const ANSWER = {
  instance,
  snapshot,
  snapshots: z.array(snapshot),
  snapshotTaken: z.object({ snapshot_id: z.string() }),
  instances: z.array(z.object({ id: z.string(), name: z.string() })),
  listed: z.array(
    z.object({
      id: z.string().transform((id) => id.toLowerCase()),
      name: z.string(),
      tenant_id: text,
      created_at: z.string().nullish(),
    }),
  ),
  shape: instance.extend({
    tenant_id: z.string(),
    region: z.string(),
    cloud_provider: z.string(),
    type: z.string(),
    memory: z.string(),
  }),
  project: z.object({
    instance_configurations: z.array(
      z.object({ type: z.string(), region: z.string(), memory: z.string(), cloud_provider: text }),
    ),
  }),
  made: z.object({
    id: z.string().transform((id) => id.toLowerCase()),
    username: z.string().default('neo4j'),
    password: z.string().min(1),
    connection_url: text,
  }),
  removal: z.object({ id: text }),
  token: z.object({ access_token: z.string().min(1), expires_in: z.number().positive() }),
};

export function dataOf(body: unknown): unknown {
  return envelope.safeParse(body).data?.data;
}
