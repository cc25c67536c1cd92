import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { ExportStore } from '../exports/export-keeper.ts';
import type { ExportTask } from '../restore/exports/export-task.ts';
import { isExportAtRest } from '../restore/exports/owed.ts';
import { isOnRecord } from '../restore/history.ts';
import { instantOf } from '../restore/instant.ts';
import { FILE_KINDS } from '../restore/plan.ts';
import { delivery, historyEntry } from './history-schema.ts';
import { KEY } from './keys.ts';
import { createScript } from './script.ts';
import { instant, text } from './stored-values.ts';
import { IN_TIME, saveInTime } from './sure-save.ts';

/**
 * Instants of equal form compare as text.
 *
 * KEYS: record, audit, active, open by plan, due by plan
 * ARGV: id, document, entry, plan and reason, plan, due at if it fell due ('' otherwise), not after ms, save id
 */
const OPEN_SCRIPT = `${IN_TIME}
if redis.call('EXISTS', KEYS[1]) == 1 or redis.call('HEXISTS', KEYS[4], ARGV[4]) == 1 then return 'conflict' end
if ARGV[6] ~= '' then
  if (redis.call('HGET', KEYS[5], ARGV[5]) or '') >= ARGV[6] then return 'conflict' end
  redis.call('HSET', KEYS[5], ARGV[5], ARGV[6])
end
redis.call('HSET', KEYS[1], 'version', '1', 'document', ARGV[2], 'save', ARGV[8])
redis.call('HSET', KEYS[4], ARGV[4], ARGV[1])
redis.call('SADD', KEYS[3], ARGV[1])
redis.call('XADD', KEYS[2], '*', 'restore', ARGV[1], 'entry', ARGV[3])
return 'saved'
`;

/**
 * KEYS: record, audit, active, open by plan, files of the instance
 * ARGV: id, expected version, new version, document, entry, plan and reason, '1' if open, '1' if there is more to do, when
 * the data of its file was saved in epoch ms ('' when there is no file), not after ms, save id
 */
const SAVE_SCRIPT = `${IN_TIME}
local current = redis.call('HGET', KEYS[1], 'version') or '0'
if current ~= ARGV[2] then return 'conflict' end
redis.call('HSET', KEYS[1], 'version', ARGV[3], 'document', ARGV[4], 'save', ARGV[11])
if ARGV[7] ~= '1' and redis.call('HGET', KEYS[4], ARGV[6]) == ARGV[1] then redis.call('HDEL', KEYS[4], ARGV[6]) end
redis.call(ARGV[8] == '1' and 'SADD' or 'SREM', KEYS[3], ARGV[1])
if ARGV[9] ~= '' then redis.call('ZADD', KEYS[5], ARGV[9], ARGV[1]) end
redis.call('XADD', KEYS[2], '*', 'restore', ARGV[1], 'entry', ARGV[5])
return 'saved'
`;

const exportedFile = z.object({
  exportId: text,
  instance: z.object({ alias: text, auraId: text }),
  file: z.object({ name: text, kind: z.enum(FILE_KINDS), sizeBytes: z.number(), sha256: text }),
  takenAt: instant,
  snapshotId: text.exactOptional(),
  place: text,
  keepUntil: instant,
  recordedBy: text,
  recordedAt: instant,
});
const record = z.object({
  schemaVersion: z.literal(1),
  id: text,
  version: z.number(),
  instance: z.object({ alias: text, auraId: text, environment: z.enum(['production', 'staging', 'development']) }),
  auditChannel: text,
  plan: z.object({
    name: text,
    keepDays: z.number(),
    fileName: text,
    place: text,
    owners: z.object({ users: z.array(text), groups: z.array(text) }),
    overdueMinutes: z.number(),
  }),
  because: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('schedule') }),
    z.object({ kind: z.literal('deployment'), by: text }),
  ]),
  dueAt: instant,
  reminded: z
    .object({
      nth: z.number(),
      at: instant,
      offer: z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('snapshot'), snapshotId: text, takenAt: instant }),
        z.object({ kind: z.literal('none') }),
        z.object({ kind: z.literal('unknown') }),
      ]),
    })
    .exactOptional(),
  state: z.discriminatedUnion('status', [
    z.object({ status: z.literal('open') }),
    z.object({ status: z.literal('done'), by: text, at: instant, file: exportedFile }),
    z.object({ status: z.literal('missed'), at: instant }),
  ]),
  deliveries: z.record(text, delivery),
  history: z.array(historyEntry),
});

/** Exports in Redis: each save is one script that compares first and writes the audit entry with the record. */
export function createExportStore(redis: Redis): ExportStore {
  const runOpen = createScript(redis, OPEN_SCRIPT);
  const runSave = createScript(redis, SAVE_SCRIPT);
  const planField = (auraId: string, plan: string) => `${auraId} ${plan}`;
  const openField = ({ instance, plan, because }: ExportTask) =>
    `${because.kind} ${planField(instance.auraId, plan.name)}`;
  const entryOf = ({ history }: ExportTask) => JSON.stringify(history.at(-1));

  async function load(id: string): Promise<ExportTask | undefined> {
    const document = await redis.hget(KEY.export(id), 'document');
    return document === null ? undefined : record.parse(JSON.parse(document));
  }

  const sought = (task: ExportTask) => ({
    what: `export ${task.id}`,
    isOnRecord: async () => isOnRecord(task, await load(task.id)),
  });

  async function now() {
    const [seconds, microseconds] = await redis.time();
    return instantOf(Number(seconds) * 1000 + Math.floor(Number(microseconds) / 1000));
  }

  return {
    load,
    now,
    async open(task) {
      const { id, instance, plan, because, dueAt } = task;
      const open = (last: readonly string[]) =>
        runOpen(
          [KEY.export(id), KEY.audit, KEY.exportsActive, KEY.exportsOpen, KEY.exportsDue],
          [
            id,
            JSON.stringify(task),
            entryOf(task),
            openField(task),
            planField(instance.auraId, plan.name),
            because.kind === 'schedule' ? dueAt : '',
            ...last,
          ],
        );
      return saveInTime(redis, open, sought(task));
    },
    async save(expectedVersion, task) {
      const { id, version, state, instance } = task;
      const save = (last: readonly string[]) =>
        runSave(
          [KEY.export(id), KEY.audit, KEY.exportsActive, KEY.exportsOpen, KEY.exportedFiles(instance.alias)],
          [
            id,
            String(expectedVersion),
            String(version),
            JSON.stringify(task),
            entryOf(task),
            openField(task),
            state.status === 'open' ? '1' : '0',
            isExportAtRest(task) ? '0' : '1',
            state.status === 'done' ? String(Date.parse(state.file.takenAt)) : '',
            ...last,
          ],
        );
      return saveInTime(redis, save, sought(task));
    },
    async countsFrom(auraId, plan, at) {
      const field = planField(auraId, plan);
      await redis.hsetnx(KEY.exportsDue, field, at);
      return (await redis.hget(KEY.exportsDue, field)) ?? at;
    },
    async openOf(auraId, plan, because) {
      return (await redis.hget(KEY.exportsOpen, `${because} ${planField(auraId, plan)}`)) ?? undefined;
    },
    nextId: async () => `E-${await redis.incr(KEY.exportSequence)}`,
    active: () => redis.smembers(KEY.exportsActive),
    async listExportedFiles(alias) {
      const ids = await redis.zrevrange(KEY.exportedFiles(alias), 0, '-1');
      const [at, ...tasks] = await Promise.all([now(), ...ids.map(load)] as const);
      return tasks.flatMap((task) =>
        task?.state.status === 'done' && task.state.file.keepUntil > at ? [task.state.file] : [],
      );
    },
  };
}
