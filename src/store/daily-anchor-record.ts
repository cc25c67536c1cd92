import type { Redis } from 'ioredis';
import { z } from 'zod';
import { KEY } from './keys.ts';
import { createScript } from './script.ts';

/** A daily anchor that is owed: over what was recorded after one position in the audit stream, up to another. */
export interface OwedAnchor {
  /** `2026-11-21`, in UTC: the day it was begun, which may be later than the day it was due. */
  readonly day: string;
  readonly after: string;
  readonly through: string;
}

/** When the daily anchor was last done and how far it came. All of it may be repeated. */
export interface DailyAnchorRecord {
  /**
   * The anchor that is owed on this day, undefined when it was done. Begun by one worker and the same for every other,
   * until it is finished; after days without a bot it is one anchor over all of them.
   */
  owed(today: string): Promise<OwedAnchor | undefined>;
  /** The day of an anchor that was begun and not finished. */
  unfinished(): Promise<string | undefined>;
  /** Which of its messages were settled, by key. */
  settled(): Promise<ReadonlySet<string>>;
  settle(key: string): Promise<void>;
  /** Slack will not take this channel's anchor: what came after this position stays owed there, however many days it takes. */
  refused(channel: string, after: string): Promise<void>;
  /** Channels that lack anchors, each with the position after which they do. */
  behind(): Promise<ReadonlyMap<string, string>>;
  /** A channel that was refused nothing since the anchor was begun lacks nothing any more. */
  finish(anchor: OwedAnchor): Promise<void>;
  /** True when this worker, and no other, may post for `leaseMs` from now on. */
  lease(worker: string, leaseMs: number): Promise<boolean>;
  release(worker: string): Promise<void>;
}

const OWED_SCRIPT = `
local daily, stream, today = KEYS[1], KEYS[2], ARGV[1]
local day = redis.call('HGET', daily, 'day') or ''
local after = redis.call('HGET', daily, 'after') or '0-0'
local through = redis.call('HGET', daily, 'through')
if through then return {day, after, through} end
if day >= today then return {} end
local last = redis.call('XREVRANGE', stream, '+', '-', 'COUNT', 1)[1]
through = last and last[1] or after
redis.call('HSET', daily, 'day', today, 'through', through)
return {today, after, through}
`;

const FINISH_SCRIPT = `
if redis.call('HGET', KEYS[1], 'through') ~= ARGV[1] then return 0 end
local behind = {}
local fields = redis.call('HGETALL', KEYS[1])
for at = 1, #fields, 2 do
  local channel = string.match(fields[at], '^behind:(.+)$')
  if channel and redis.call('HEXISTS', KEYS[1], 'refused:' .. channel) == 1 then behind[fields[at]] = fields[at + 1] end
end
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 'day', ARGV[2], 'after', ARGV[1])
for field, after in pairs(behind) do redis.call('HSET', KEYS[1], field, after) end
return 1
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

const SETTLED = 'settled:';
const BEHIND = 'behind:';
const REFUSED = 'refused:';
const owedReply = z.union([z.tuple([]), z.tuple([z.string(), z.string(), z.string()])]);

export function createDailyAnchorRecord(redis: Redis): DailyAnchorRecord {
  const readOwed = createScript(redis, OWED_SCRIPT);
  const finish = createScript(redis, FINISH_SCRIPT);
  const takeLease = createScript(redis, LEASE_SCRIPT);
  const releaseLease = createScript(redis, RELEASE_SCRIPT);

  return {
    async owed(today) {
      const [day, after, through] = owedReply.parse(await readOwed([KEY.auditDaily, KEY.audit], [today]));
      return day === undefined || after === undefined || through === undefined ? undefined : { day, after, through };
    },
    async unfinished() {
      const { day, through } = await redis.hgetall(KEY.auditDaily);
      return through === undefined ? undefined : day;
    },
    async settled() {
      const fields = await redis.hkeys(KEY.auditDaily);
      return new Set(fields.filter((field) => field.startsWith(SETTLED)).map((field) => field.slice(SETTLED.length)));
    },
    async settle(key) {
      await redis.hset(KEY.auditDaily, `${SETTLED}${key}`, '1');
    },
    async refused(channel, after) {
      await redis.hsetnx(KEY.auditDaily, `${BEHIND}${channel}`, after);
      await redis.hset(KEY.auditDaily, `${REFUSED}${channel}`, '1');
    },
    async behind() {
      const fields = Object.entries(await redis.hgetall(KEY.auditDaily));
      return new Map(
        fields.flatMap(([field, after]) => (field.startsWith(BEHIND) ? [[field.slice(BEHIND.length), after]] : [])),
      );
    },
    async finish({ day, through }) {
      await finish([KEY.auditDaily], [through, day]);
    },
    async lease(worker, leaseMs) {
      return (await takeLease([KEY.auditDailyLease], [worker, String(leaseMs)])) === 1;
    },
    async release(worker) {
      await releaseLease([KEY.auditDailyLease], [worker]);
    },
  };
}
