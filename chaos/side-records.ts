import type { Redis } from 'ioredis';
import { z } from 'zod';
import { PLAN_OF_EXPORTS } from './equipment.ts';
import { entry } from './records.ts';

/** The records besides those of restores, as they lie in Redis, read without any code of the bot. */
const shadow = z.object({
  id: z.string(),
  version: z.number(),
  instance: z.object({ auraId: z.string() }),
  found: z.object({ at: z.string(), status: z.string() }),
  state: z.looseObject({ status: z.string() }),
  verification: z.looseObject({ outcome: z.unknown().optional() }).optional(),
  announced: z.looseObject({ by: z.string() }).optional(),
  deliveries: z.record(z.string(), z.looseObject({ status: z.string() })),
  history: z.array(z.looseObject({ event: z.string() })),
});
export type ShadowSeen = z.infer<typeof shadow>;

const exported = z.object({
  id: z.string(),
  version: z.number(),
  instance: z.object({ alias: z.string(), auraId: z.string() }),
  because: z.object({ kind: z.string() }),
  state: z.looseObject({ status: z.string(), by: z.string().optional() }),
  deliveries: z.record(z.string(), z.looseObject({ status: z.string() })),
  history: z.array(z.looseObject({ event: z.string() })),
});
export type ExportSeen = z.infer<typeof exported>;

const refused = z.object({
  id: z.string(),
  instance: z.object({ alias: z.string(), auraId: z.string() }).optional(),
  history: z.array(entry),
});
export type RefusedSeen = z.infer<typeof refused>;

const made = z.looseObject({
  id: z.string(),
  restoreId: z.string(),
  name: z.string(),
  sentAt: z.string(),
  removeAt: z.string(),
  state: z.looseObject({ status: z.string(), auraId: z.string().optional() }),
  said: z.record(z.string(), z.string()),
});
export type MadeSeen = z.infer<typeof made>;

export const readShadows = (redis: Redis) => readAll(redis, 'shadow', 'X', shadow);
export const readExports = (redis: Redis) => readAll(redis, 'export', 'E', exported);
export const readRefused = (redis: Redis) => readAll(redis, 'refused', 'N', refused);

async function readAll<T>(redis: Redis, kind: string, letter: string, schema: z.ZodType<T>): Promise<readonly T[]> {
  const count = Number((await redis.get(`{rb}:${kind}-sequence`)) ?? 0);
  const found: T[] = [];
  for (let number = 1; number <= count; number++) {
    const document = await redis.hget(`{rb}:${kind}:${letter}-${number}`, 'document');
    if (document !== null) found.push(schema.parse(JSON.parse(document)));
  }
  return found;
}

export async function readMade(redis: Redis, restoreId: string): Promise<MadeSeen | undefined> {
  const document = await redis.hget(`{rb}:made:${restoreId}`, 'document');
  return document === null ? undefined : made.parse(JSON.parse(document));
}

const REPLACE_SCRIPT = `
if redis.call('HGET', KEYS[1], 'document') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'document', ARGV[2])
return 1
`;
const LONG_AGO_MS = 3_600_000;

/**
 * The time of a made instance passes: it was asked for long ago and, unless it is only to be waited for, ends now. A save of
 * the bot's may overtake this: whoever wants it looks again.
 */
export async function timeOfMadePasses(redis: Redis, restoreId: string, isOver: boolean): Promise<void> {
  const key = `{rb}:made:${restoreId}`;
  const document = await redis.hget(key, 'document');
  if (document === null) return;
  const { sentAt, removeAt, ...rest } = JSON.parse(document);
  const now = new Date().toISOString();
  const longAgo = new Date(Date.now() - LONG_AGO_MS).toISOString();
  if (sentAt <= longAgo && (!isOver || removeAt <= now)) return;
  const changed = { ...rest, sentAt: longAgo, removeAt: isOver ? now : removeAt };
  await redis.eval(REPLACE_SCRIPT, 1, key, document, JSON.stringify(changed));
}

/** The last export of an instance was asked for days ago, so that another is due. */
export async function exportFallsDue(redis: Redis, auraId: string): Promise<void> {
  await redis.hset('{rb}:exports-due', `${auraId} ${PLAN_OF_EXPORTS}`, '2020-01-01T00:00:00.000Z');
}

const SHORTEN_SCRIPT = `
if redis.call('PTTL', KEYS[1]) > tonumber(ARGV[1]) then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
return 1
`;
const LEASE_MS = 4_000;

/** A worker that died while it reaped holds the others up for two minutes: in the arena for seconds. */
export async function leasePasses(redis: Redis): Promise<void> {
  await redis.eval(SHORTEN_SCRIPT, 1, '{rb}:made:lease', LEASE_MS);
}

/** Whoever looked at the instance's snapshots last did so long ago. */
export async function snapshotLookIsDue(redis: Redis, auraId: string): Promise<void> {
  await redis.del(`{rb}:lease:snapshots:${auraId}`);
}

/** A worker that offered files is gone, since so long that its offer is over. */
export async function workerIsGone(redis: Redis): Promise<void> {
  await redis.hset('{rb}:file-offers', 'gone', JSON.stringify({ until: 0, files: [] }));
}
