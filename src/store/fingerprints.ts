import type { Redis } from 'ioredis';
import type { Instant } from '../restore/names.ts';
import type { Fingerprints, KeptFingerprint } from '../restore/receipt/kept-fingerprint.ts';
import { KEY } from './keys.ts';
import { keptFingerprint } from './receipt-schema.ts';
import { createScript } from './script.ts';

/** So many of the latest tell how far apart snapshots usually are. */
const LATEST = 8;

/**
 * KEYS fingerprints by snapshot id, times of their snapshots; ARGV snapshot id, time of the snapshot in epoch ms, the fingerprint,
 * '1' when it counts more than any, how many are kept.
 */
const KEEP_SCRIPT = `
local id, at, kept, isBetter, most = ARGV[1], ARGV[2], ARGV[3], ARGV[4], tonumber(ARGV[5])
if isBetter ~= '1' and redis.call('HEXISTS', KEYS[1], id) == 1 then return 0 end
redis.call('HSET', KEYS[1], id, kept)
redis.call('ZADD', KEYS[2], at, id)
local over = redis.call('ZCARD', KEYS[2]) - most
if over > 0 then
  for _, old in ipairs(redis.call('ZPOPMIN', KEYS[2], over)) do redis.call('HDEL', KEYS[1], old) end
end
return 1
`;

/** Fingerprints of snapshots in Redis, so many of each instance at most. */
export function createFingerprints(redis: Redis, most: number): Fingerprints {
  const runKeep = createScript(redis, KEEP_SCRIPT);

  async function read(auraId: string, snapshotId: string | undefined): Promise<KeptFingerprint | undefined> {
    if (snapshotId === undefined) return undefined;
    const json = await redis.hget(KEY.fingerprints(auraId), snapshotId);
    // What a later release wrote is as good as nothing.
    return json === null ? undefined : keptFingerprint.safeParse(JSON.parse(json)).data;
  }

  return {
    async keep(auraId, kept) {
      await runKeep(
        [KEY.fingerprints(auraId), KEY.fingerprintTimes(auraId)],
        [
          kept.snapshotId,
          String(Date.parse(kept.snapshotAt)),
          JSON.stringify(kept),
          kept.source === 'preview' ? '1' : '',
          String(most),
        ],
      );
    },

    async around(auraId, snapshotId, snapshotAt) {
      const times = KEY.fingerprintTimes(auraId);
      const at = Date.parse(snapshotAt);
      const own = await read(auraId, snapshotId);
      if (own) return { own };
      const [[earlier], [later]] = await Promise.all([
        redis.zrevrangebyscore(times, `(${at}`, '-inf', 'LIMIT', 0, 1),
        redis.zrangebyscore(times, `(${at}`, '+inf', 'LIMIT', 0, 1),
      ]);
      const [before, after] = await Promise.all([read(auraId, earlier), read(auraId, later)]);
      return { ...(before ? { before } : {}), ...(after ? { after } : {}) };
    },

    async known(auraId, snapshotIds) {
      if (snapshotIds.length === 0) return new Set();
      const found = await redis.hmget(KEY.fingerprints(auraId), ...snapshotIds);
      return new Set(snapshotIds.filter((_, index) => found[index] !== null));
    },

    async latestTimes(auraId): Promise<readonly Instant[]> {
      const scored = await redis.zrevrange(KEY.fingerprintTimes(auraId), 0, LATEST - 1, 'WITHSCORES');
      return scored.filter((_, index) => index % 2 === 1).map((ms) => new Date(Number(ms)).toISOString());
    },
  };
}
