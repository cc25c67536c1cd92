import { randomBytes } from 'node:crypto';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import { type MadeStore, UnreadableMadeError } from '../new-instances/made-store.ts';
import { instantOf } from '../restore/instant.ts';
import type { MadeInstance } from '../restore/new-instance/made-instance.ts';
import { type MadeId, markFrom } from '../restore/new-instance/name.ts';
import { KEY } from './keys.ts';
import { createScript } from './script.ts';
import { instant, text } from './stored-values.ts';

/**
 * KEYS: record, by end, open, ledger
 * ARGV: id, expected version ('0' to begin), document, end in ms, expected ledger, new version
 */
const SAVE_SCRIPT = `
local current = redis.call('HGET', KEYS[1], 'version') or '0'
if ARGV[2] == '0' then
  if current ~= '0' then return 'exists' end
  if (redis.call('GET', KEYS[4]) or '0') ~= ARGV[5] then return 'ledger-moved' end
  redis.call('INCR', KEYS[4])
elseif current ~= ARGV[2] then
  return 'conflict'
end
redis.call('HSET', KEYS[1], 'version', ARGV[6], 'document', ARGV[3])
redis.call('ZADD', KEYS[2], ARGV[4], ARGV[1])
redis.call('SADD', KEYS[3], ARGV[1])
return 'saved'
`;

const LEASE_SCRIPT = `
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
`;

const RELEASE_SCRIPT = `
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
return 1
`;

const saveReply = z.enum(['saved', 'exists', 'ledger-moved', 'conflict']);

const record = z.object({
  schemaVersion: z.literal(1),
  id: text,
  version: z.number(),
  restoreId: text,
  owner: text,
  name: text,
  source: z.object({ alias: text, auraId: text, snapshotId: text }),
  shape: z.object({ type: text, memory: text, region: text, cloudProvider: text, projectId: text }),
  price: z.object({ perHour: z.number(), currency: text, asOf: text }),
  auditChannel: text,
  ownersChannel: text,
  sentAt: instant,
  removeAt: instant,
  state: z.discriminatedUnion('status', [
    z.object({ status: z.literal('sent') }),
    z.object({
      status: z.literal('made'),
      auraId: text,
      at: instant,
      connectionUrl: text.exactOptional(),
      password: z.enum(['handed-over', 'lost', 'unknown']),
    }),
    z.object({ status: z.literal('not-made'), at: instant, why: text, neverWas: z.literal(true).exactOptional() }),
    z.object({ status: z.literal('removing'), auraId: text, at: instant }),
    z.object({ status: z.literal('removed'), auraId: text, at: instant, by: z.enum(['bot', 'others']) }),
  ]),
  foundAt: instant.exactOptional(),
  leftAlone: z.object({ at: instant, name: text }).exactOptional(),
  said: z.record(text, instant),
});

/** Made instances in Redis. Never holds a password. */
export function createMadeStore(redis: Redis): MadeStore {
  const runSave = createScript(redis, SAVE_SCRIPT);
  const takeLease = createScript(redis, LEASE_SCRIPT);
  const releaseLease = createScript(redis, RELEASE_SCRIPT);

  async function now() {
    const [seconds, microseconds] = await redis.time();
    return instantOf(Number(seconds) * 1000 + Math.floor(Number(microseconds) / 1000));
  }

  async function load(id: MadeId): Promise<MadeInstance | undefined> {
    const document = await redis.hget(KEY.made(id), 'document');
    if (document === null) return undefined;
    try {
      return record.parse(JSON.parse(document));
    } catch (cause) {
      throw new UnreadableMadeError(id, { cause });
    }
  }

  async function loadAll(ids: readonly MadeId[]): Promise<readonly MadeInstance[]> {
    return (await Promise.all(ids.map(load))).filter((found) => found !== undefined);
  }

  async function write(made: MadeInstance, expectedVersion: number, ledger: number) {
    const end = Math.max(Date.parse(made.removeAt), 'at' in made.state ? Date.parse(made.state.at) : 0);
    const reply = await runSave(
      [KEY.made(made.id), KEY.madeByEnd, KEY.madeOpen, KEY.madeLedger],
      [made.id, String(expectedVersion), JSON.stringify(made), String(end), String(ledger), String(made.version)],
    );
    return saveReply.parse(reply);
  }

  return {
    now,
    load,
    async mark() {
      await redis.setnx(KEY.madeMark, markFrom(randomBytes(8)));
      return z.string().parse(await redis.get(KEY.madeMark));
    },
    async costly(at) {
      const date = new Date(at);
      const begin = Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
      const ledger = Number((await redis.get(KEY.madeLedger)) ?? '0');
      const ids = await Promise.all([redis.zrangebyscore(KEY.madeByEnd, begin, '+inf'), redis.smembers(KEY.madeOpen)]);
      return { made: await loadAll([...new Set(ids.flat())]), ledger };
    },
    async begin(made, ledger) {
      const reply = await write(made, 0, ledger);
      return reply === 'exists' || reply === 'ledger-moved' ? reply : 'begun';
    },
    async save(made) {
      return (await write(made, made.version - 1, 0)) === 'saved' ? 'saved' : 'conflict';
    },
    async close(id) {
      await redis.srem(KEY.madeOpen, id);
    },
    async open(onUnreadable) {
      const ids = await redis.smembers(KEY.madeOpen);
      const found = ids.map((id) =>
        load(id).catch((error: unknown) => {
          if (!(error instanceof UnreadableMadeError)) throw error;
          onUnreadable?.(error, id);
          return undefined;
        }),
      );
      return (await Promise.all(found)).filter((made) => made !== undefined);
    },
    isStrayNoted: async (auraId) => (await redis.hexists(KEY.madeStrays, auraId)) === 1,
    async noteStray(auraId) {
      await redis.hsetnx(KEY.madeStrays, auraId, await now());
    },
    lease: async (worker, leaseMs) => (await takeLease([KEY.madeLease], [worker, String(leaseMs)])) === 1,
    async release(worker) {
      await releaseLease([KEY.madeLease], [worker]);
    },
  };
}
