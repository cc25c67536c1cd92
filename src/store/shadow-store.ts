import type { Redis } from 'ioredis';
import { z } from 'zod';
import { isOnRecord } from '../restore/history.ts';
import { instantOf } from '../restore/instant.ts';
import { isAtRest } from '../restore/shadow/owed.ts';
import type { ShadowRestore } from '../restore/shadow/shadow-restore.ts';
import type { ShadowStore } from '../shadow/shadow-keeper.ts';
import { delivery, historyEntry } from './history-schema.ts';
import { KEY } from './keys.ts';
import { createScript } from './script.ts';
import { instant, text } from './stored-values.ts';
import { IN_TIME, saveInTime } from './sure-save.ts';
import { validationOutcome } from './validation-schema.ts';

/**
 * Opens a record, together with what is kept of its instance. A look that was held up must not open one when others have
 * looked since: what is kept has another time then.
 *
 * KEYS: record, audit, open on the instance, active, instances seen, all of the instance
 * ARGV: id, document, entry, Aura id, when the instance was seen ('' for never), seen from now on, '1' if under way, when it
 * was found in epoch ms
 */
const OPEN_SCRIPT = `
if redis.call('EXISTS', KEYS[1]) == 1 or redis.call('EXISTS', KEYS[3]) == 1 then return 'conflict' end
local seen = redis.call('HGET', KEYS[5], ARGV[4])
local at = seen and cjson.decode(seen).at or ''
if at ~= ARGV[5] then return 'conflict' end
redis.call('HSET', KEYS[1], 'version', '1', 'document', ARGV[2])
redis.call('HSET', KEYS[5], ARGV[4], ARGV[6])
if ARGV[7] == '1' then redis.call('SET', KEYS[3], ARGV[1]) end
redis.call('SADD', KEYS[4], ARGV[1])
redis.call('ZADD', KEYS[6], ARGV[8], ARGV[1])
redis.call('XADD', KEYS[2], '*', 'restore', ARGV[1], 'entry', ARGV[3])
return 'saved'
`;

/**
 * KEYS: record, audit, open on the instance, active
 * ARGV: id, expected version, new version, document, entry, '1' if under way, '1' if there is more to do, not after ms, save id
 */
const SAVE_SCRIPT = `${IN_TIME}
local current = redis.call('HGET', KEYS[1], 'version') or '0'
if current ~= ARGV[2] then return 'conflict' end
redis.call('HSET', KEYS[1], 'version', ARGV[3], 'document', ARGV[4], 'save', ARGV[9])
if ARGV[6] ~= '1' and redis.call('GET', KEYS[3]) == ARGV[1] then redis.call('DEL', KEYS[3]) end
redis.call(ARGV[7] == '1' and 'SADD' or 'SREM', KEYS[4], ARGV[1])
redis.call('XADD', KEYS[2], '*', 'restore', ARGV[1], 'entry', ARGV[5])
return 'saved'
`;

const saveReply = z.enum(['saved', 'conflict']);
const seenStatus = z.object({ status: text, at: instant });

const record = z.object({
  schemaVersion: z.literal(1),
  id: text,
  version: z.number(),
  instance: z.object({ alias: text, auraId: text, environment: z.enum(['production', 'staging', 'development']) }),
  terms: z.object({
    auditChannel: text,
    noticeChannels: z.array(text),
    people: z.array(text),
    contact: text,
    actionRequired: text,
  }),
  found: seenStatus.extend({ before: seenStatus.exactOptional(), during: text.exactOptional() }),
  state: z.discriminatedUnion('status', [
    z.object({ status: z.literal('under-way'), auraStatus: text, runningSeenAt: instant.exactOptional() }),
    z.object({ status: z.literal('running-again'), at: instant }),
    z.object({ status: z.literal('failed'), at: instant, auraStatus: text }),
    z.object({ status: z.literal('gone'), at: instant }),
  ]),
  verification: z.object({ by: text, askedAt: instant, outcome: validationOutcome.exactOptional() }).exactOptional(),
  announced: z.object({ by: text, at: instant }).exactOptional(),
  deliveries: z.record(text, delivery),
  history: z.array(historyEntry),
});

/** Shadow restores in Redis: each save is one script that compares first and writes the audit entry with the record. */
export function createShadowStore(redis: Redis): ShadowStore {
  const runOpen = createScript(redis, OPEN_SCRIPT);
  const runSave = createScript(redis, SAVE_SCRIPT);
  const isUnderWay = ({ state }: ShadowRestore) => (state.status === 'under-way' ? '1' : '0');
  const entryOf = ({ history }: ShadowRestore) => JSON.stringify(history.at(-1));

  async function load(id: string): Promise<ShadowRestore | undefined> {
    const document = await redis.hget(KEY.shadow(id), 'document');
    return document === null ? undefined : record.parse(JSON.parse(document));
  }

  return {
    load,
    async open(shadow, { seen, next }) {
      const { id, instance } = shadow;
      const reply = await runOpen(
        [
          KEY.shadow(id),
          KEY.audit,
          KEY.shadowOn(instance.auraId),
          KEY.shadowsActive,
          KEY.instancesSeen,
          KEY.shadowsOf(instance.auraId),
        ],
        [
          id,
          JSON.stringify(shadow),
          entryOf(shadow),
          instance.auraId,
          seen?.at ?? '',
          JSON.stringify(next),
          isUnderWay(shadow),
          String(Date.parse(shadow.found.at)),
        ],
      );
      return saveReply.parse(reply);
    },
    async save(expectedVersion, shadow) {
      const { id, version, instance } = shadow;
      const save = (last: readonly string[]) =>
        runSave(
          [KEY.shadow(id), KEY.audit, KEY.shadowOn(instance.auraId), KEY.shadowsActive],
          [
            id,
            String(expectedVersion),
            String(version),
            JSON.stringify(shadow),
            entryOf(shadow),
            isUnderWay(shadow),
            isAtRest(shadow) ? '0' : '1',
            ...last,
          ],
        );
      const onRecord = async () => isOnRecord(shadow, await load(id));
      return saveInTime(redis, save, { what: `restore ${id} in the console`, isOnRecord: onRecord });
    },
    nextId: async () => `X-${await redis.incr(KEY.shadowSequence)}`,
    async now() {
      const [seconds, microseconds] = await redis.time();
      return instantOf(Number(seconds) * 1000 + Math.floor(Number(microseconds) / 1000));
    },
    openOn: async (auraId) => (await redis.get(KEY.shadowOn(auraId))) ?? undefined,
    async foundSince(auraId, since) {
      const after = `(${Date.parse(since)}`;
      const [id, foundMs] = await redis.zrevrangebyscore(
        KEY.shadowsOf(auraId),
        '+inf',
        after,
        'WITHSCORES',
        'LIMIT',
        0,
        1,
      );
      return id === undefined ? undefined : { id, foundAt: instantOf(Number(foundMs)) };
    },
    active: () => redis.smembers(KEY.shadowsActive),
  };
}
