import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { RestoreId } from '../restore/names.ts';
import { KEY } from './keys.ts';
import { createScript } from './script.ts';

/** One drawing of a card and of the head messages that are drawn with it. */
export interface Drawing {
  readonly restoreId: RestoreId;
  /** Of the record that is drawn. */
  readonly version: number;
  /** Unique among all drawings. */
  readonly key: string;
}

/**
 * `unsettled`: another drawing was begun and its end is not known, so that what it sent may still reach Slack after this one. The
 * card is to be drawn once more when that is over.
 */
const DRAWN = ['done', 'record-moved-on', 'unsettled'] as const;
export type Drawn = (typeof DRAWN)[number];

/**
 * Which drawings are under way. Two processes may draw at once, when the lock of one ran out; Slack takes edits in the order in
 * which they arrive, and an older one that arrives last would stand. So a card counts as drawn only when no other drawing can
 * still arrive.
 */
export interface CardDrawings {
  /** Notes that messages are about to change, so that a crash in between leaves them owed and not taken for drawn. May be repeated. */
  begun(drawing: Drawing): Promise<void>;
  /** The card shows the record as of this version, in the message of this digest. Unless it is done, a redraw is owed. */
  drawn(drawing: Drawing, digest: string): Promise<Drawn>;
}

/** Far longer than one call to Slack may take, which is not repeated: see `web-client.ts`. */
const ARRIVES_WITHIN_MS = 30_000;

const NOW_MS = `
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
`;

/** KEYS: redraws owed, card, drawings. ARGV: restore, version, drawing, how long what it sends may take to arrive, in ms. */
const BEGUN_SCRIPT = `${NOW_MS}
redis.call('HSETNX', KEYS[1], ARGV[1], ARGV[2])
if redis.call('EXISTS', KEYS[2]) == 1 then redis.call('HSET', KEYS[2], 'digest', '') end
redis.call('HSET', KEYS[3], ARGV[3], now + tonumber(ARGV[4]))
redis.call('PEXPIRE', KEYS[3], ARGV[4])
`;

/**
 * KEYS: redraws owed, record, card, drawings, heads. ARGV: restore, version, digest, drawing. A drawing that was held up may come
 * after a later one, and then must be drawn over. What another may still change counts as unknown, until it cannot any more.
 */
const DRAWN_SCRIPT = `${NOW_MS}
redis.call('HDEL', KEYS[4], ARGV[4])
local settles = 0
for _, arrives in ipairs(redis.call('HVALS', KEYS[4])) do
  if tonumber(arrives) > now then settles = math.max(settles, tonumber(arrives)) end
end
if settles == 0 then
  redis.call('HSET', KEYS[3], 'digest', ARGV[3])
  redis.call('HDEL', KEYS[3], 'shownVersion', 'settlesAtMs')
else
  redis.call('HSET', KEYS[3], 'digest', '', 'shownVersion', ARGV[2], 'settlesAtMs', settles)
  local heads = redis.call('HGETALL', KEYS[5])
  for index = 1, #heads, 2 do
    local head = cjson.decode(heads[index + 1])
    head.digest = ''
    redis.call('HSET', KEYS[5], heads[index], cjson.encode(head))
  end
end
local version = redis.call('HGET', KEYS[2], 'version') or '0'
local isLater = tonumber(version) > tonumber(ARGV[2])
if isLater or settles > 0 then
  redis.call('HSET', KEYS[1], ARGV[1], version)
  return isLater and 'record-moved-on' or 'unsettled'
end
redis.call('HDEL', KEYS[1], ARGV[1])
return 'done'
`;

export function createCardDrawings(redis: Redis, arrivesWithinMs = ARRIVES_WITHIN_MS): CardDrawings {
  const noteBegun = createScript(redis, BEGUN_SCRIPT);
  const noteDrawn = createScript(redis, DRAWN_SCRIPT);

  return {
    async begun({ restoreId: id, version, key }) {
      const keys = [KEY.redraw, KEY.card(id), KEY.drawings(id)];
      await noteBegun(keys, [id, String(version), key, String(arrivesWithinMs)]);
    },
    async drawn({ restoreId: id, version, key }, digest) {
      const keys = [KEY.redraw, KEY.restore(id), KEY.card(id), KEY.drawings(id), KEY.heads(id)];
      return z.enum(DRAWN).parse(await noteDrawn(keys, [id, String(version), digest, key]));
    },
  };
}
