import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { RefusedRequestStore } from '../coordinator.ts';
import { isOnRecord } from '../restore/history.ts';
import type { RefusedRequest, RefusedRequestId } from '../restore/refused-request.ts';
import { historyEntry } from './history-schema.ts';
import { KEY } from './keys.ts';
import { createScript } from './script.ts';
import { text } from './stored-values.ts';
import { notAfter, replyForSure } from './sure-save.ts';

/**
 * KEYS: record, audit, click, submission
 * ARGV: id, document, its history entry as JSON, not after ms, save id
 * Replies: {'saved'}, {'repeated'}, {'accepted', id of the restore that the form became}, {'conflict'}, {'late'}
 */
const SAVE_SCRIPT = `
local save = redis.call('HGET', KEYS[1], 'save')
-- A connection that was lost sends what was not answered once more: then this very save was carried out already.
if save then return {save == ARGV[5] and 'saved' or 'conflict'} end
local time = redis.call('TIME')
if time[1] * 1000 + time[2] / 1000 > tonumber(ARGV[4]) then return {'late'} end
local restore = redis.call('GET', KEYS[4])
if restore then return {'accepted', restore} end
if redis.call('EXISTS', KEYS[3]) == 1 then return {'repeated'} end
redis.call('SET', KEYS[3], ARGV[1], 'PX', 3600000)
redis.call('HSET', KEYS[1], 'document', ARGV[2], 'save', ARGV[5])
redis.call('XADD', KEYS[2], '*', 'restore', ARGV[1], 'entry', ARGV[3])
return {'saved'}
`;

const saveReply = z.union([
  z.tuple([z.enum(['saved', 'repeated', 'conflict', 'late'])]),
  z.tuple([z.literal('accepted'), z.string()]),
]);

const record = z.object({
  schemaVersion: z.literal(1),
  id: text,
  instance: z.object({ alias: text, auraId: text }).exactOptional(),
  auditChannel: text.exactOptional(),
  history: z.array(historyEntry),
});

/** Refused requests in Redis: one script writes the record and its audit entry, once for each click or submission. */
export function createRefusedRequestStore(redis: Redis): RefusedRequestStore {
  const runSave = createScript(redis, SAVE_SCRIPT);

  async function load(id: RefusedRequestId): Promise<RefusedRequest | undefined> {
    const document = await redis.hget(KEY.refused(id), 'document');
    return document === null ? undefined : record.parse(JSON.parse(document));
  }

  return {
    load,
    async save(refused, submission) {
      const { id, history } = refused;
      const [entry] = history;
      const lastMoment = await notAfter(redis);
      const saving = runSave(
        [
          KEY.refused(id),
          KEY.audit,
          KEY.submission(String(entry?.facts.interaction ?? id)),
          KEY.submission(submission ?? id),
        ],
        [id, JSON.stringify(refused), JSON.stringify(entry), lastMoment, randomUUID()],
      );
      const onRecord = async () => (isOnRecord(refused, await load(id)) ? ['saved'] : undefined);
      const [kind, restore] = saveReply.parse(await replyForSure(saving, onRecord, `refused request ${id}`));
      if (kind === 'late') throw new Error(`refused request ${id} was not saved: Redis took too long`);
      if (kind === 'conflict') throw new Error(`refused request ${id} exists already`);
      return kind === 'accepted' ? { kind, as: restore ?? '' } : { kind };
    },
    async becameOf(submission) {
      const became = await redis.get(KEY.submission(submission));
      return became?.startsWith('R-') ? became : undefined;
    },
    nextId: async () => `N-${await redis.incr(KEY.refusedSequence)}`,
  };
}
