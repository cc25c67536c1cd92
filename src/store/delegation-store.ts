import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { DelegationStore } from '../delegations.ts';
import type { Delegation, DelegationId } from '../restore/delegation.ts';
import { owedWords } from '../restore/delegation-words.ts';
import { isOnRecord } from '../restore/history.ts';
import { instantOf } from '../restore/instant.ts';
import { delivery } from './history-schema.ts';
import { KEY } from './keys.ts';
import { createScript } from './script.ts';
import { instant, text } from './stored-values.ts';
import { notAfter, replyForSure } from './sure-save.ts';

/**
 * KEYS: record, audit, by whose place, by who holds it, submission, all, owing
 * ARGV: id, expected version ('0' to create), new version, document, ends at ms, the new history entry as JSON, '1' when it owes,
 *       not after ms, save id
 */
const SAVE_SCRIPT = `
local time = redis.call('TIME')
if time[1] * 1000 + time[2] / 1000 > tonumber(ARGV[8]) then return {'late'} end
local current = redis.call('HGET', KEYS[1], 'version') or '0'
if current ~= ARGV[2] then
  -- A connection that was lost sends what was not answered once more: then this very save was carried out already.
  if current == ARGV[3] and redis.call('HGET', KEYS[1], 'save') == ARGV[9] then return {'saved'} end
  return {'conflict'}
end
if ARGV[2] == '0' then
  local earlier = redis.call('GET', KEYS[5])
  if earlier then return {'repeated', earlier} end
  redis.call('SET', KEYS[5], ARGV[1], 'PX', 3600000)
end
redis.call('HSET', KEYS[1], 'version', ARGV[3], 'document', ARGV[4], 'save', ARGV[9])
redis.call('ZADD', KEYS[3], ARGV[5], ARGV[1])
redis.call('ZADD', KEYS[4], ARGV[5], ARGV[1])
redis.call('ZADD', KEYS[6], ARGV[5], ARGV[1])
redis.call(ARGV[7] == '1' and 'SADD' or 'SREM', KEYS[7], ARGV[1])
redis.call('XADD', KEYS[2], '*', 'restore', ARGV[1], 'entry', ARGV[6])
return {'saved'}
`;

/** No clock is so wrong; what is over by Redis' own clock is left out by whoever asks. */
const FURTHEST_CLOCK_MS = 86_400_000;

const saveReply = z.union([
  z.tuple([z.enum(['saved', 'conflict', 'late'])]),
  z.tuple([z.literal('repeated'), z.string()]),
]);

const record = z.object({
  schemaVersion: z.literal(1),
  id: text,
  version: z.number(),
  from: text,
  to: text,
  startsAt: instant,
  endsAt: instant,
  revoked: z.object({ by: text, at: instant }).exactOptional(),
  deliveries: z.record(text, delivery).exactOptional(),
  history: z.array(
    z.object({
      seq: z.number(),
      at: instant,
      event: text,
      by: text.exactOptional(),
      facts: z.record(text, z.union([text, z.number(), z.boolean()])),
      previous: text,
      hash: text,
    }),
  ),
});

/** Delegations in Redis: each save is one script that compares the version first and writes the audit entry with the record. */
export function createDelegationStore(redis: Redis): DelegationStore {
  const runSave = createScript(redis, SAVE_SCRIPT);

  async function load(id: DelegationId): Promise<Delegation | undefined> {
    const document = await redis.hget(KEY.delegation(id), 'document');
    return document === null ? undefined : record.parse(JSON.parse(document));
  }

  async function loadAll(ids: readonly DelegationId[]): Promise<readonly Delegation[]> {
    return (await Promise.all(ids.map(load))).filter((found) => found !== undefined);
  }

  const notLongOver = async (key: string) =>
    loadAll(await redis.zrangebyscore(key, Date.now() - FURTHEST_CLOCK_MS, '+inf'));

  return {
    load,
    async save(expectedVersion, delegation) {
      const { id, version, from, to, endsAt, history } = delegation;
      const entry = history.at(-1);
      const { interaction } = history[0]?.facts ?? {};
      const lastMoment = await notAfter(redis);
      const saving = runSave(
        [
          KEY.delegation(id),
          KEY.audit,
          KEY.delegatedFrom(from),
          KEY.delegatedTo(to),
          KEY.submission(String(interaction ?? id)),
          KEY.delegations,
          KEY.delegationsOwing,
        ],
        [
          id,
          String(expectedVersion),
          String(version),
          JSON.stringify(delegation),
          String(Date.parse(endsAt)),
          JSON.stringify(entry),
          owedWords(delegation).length > 0 ? '1' : '0',
          lastMoment,
          randomUUID(),
        ],
      );
      const onRecord = async () => (isOnRecord(delegation, await load(id)) ? ['saved'] : undefined);
      const [kind, earlier] = saveReply.parse(await replyForSure(saving, onRecord, `delegation ${id}`));
      if (kind === 'late') throw new Error(`delegation ${id} was not saved: Redis took too long`);
      return kind === 'repeated' ? { kind, as: earlier ?? '' } : { kind };
    },
    nextId: async () => `D-${await redis.incr(KEY.delegationSequence)}`,
    async now() {
      const [seconds, microseconds] = await redis.time();
      return instantOf(Number(seconds) * 1000 + Math.floor(Number(microseconds) / 1000));
    },
    from: (person) => notLongOver(KEY.delegatedFrom(person)),
    to: (person) => notLongOver(KEY.delegatedTo(person)),
    all: () => notLongOver(KEY.delegations),
    owing: async () => loadAll(await redis.smembers(KEY.delegationsOwing)),
  };
}
