import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { RestoreId } from '../restore/names.ts';
import { KEY } from './keys.ts';
import { leaseOf } from './post-leases.ts';
import { createScript } from './script.ts';

/** Where a head message stands and what was drawn there last. */
export interface HeadPlace {
  readonly channel: string;
  readonly ts: string;
  /** Digest of the message as drawn, so that an equal one is not sent again. */
  readonly digest: string;
}

const headPlace = z.object({ channel: z.string(), ts: z.string(), digest: z.string() });

/** Where the head messages of restores are. All of it may be repeated. */
export interface HeadPlaces {
  /** By the place that each is for: a channel or a person. */
  heads(id: RestoreId): Promise<ReadonlyMap<string, HeadPlace>>;
  saveHead(id: RestoreId, place: string, head: HeadPlace): Promise<void>;
  /** Notes what this head message says; nothing changes when another stands in its place by now. */
  headDrawn(id: RestoreId, place: string, head: HeadPlace): Promise<void>;
  /**
   * The head message at `ts` does not stand there any more, so that nobody looks for what was posted under `postKey` before
   * another is. Whoever is not the first to say so changes nothing.
   */
  headGone(id: RestoreId, place: string, gone: { readonly ts: string; readonly postKey: string }): Promise<void>;
}

const STANDS = `
local stored = redis.call('HGET', KEYS[1], ARGV[1])
if not stored or cjson.decode(stored).ts ~= ARGV[2] then return 0 end
`;

/** KEYS: heads. ARGV: place, ts, the head as JSON. */
const DRAWN_SCRIPT = `${STANDS}
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
return 1
`;

/** KEYS: heads, posts that were begun. ARGV: place, ts, post, its lease. */
const GONE_SCRIPT = `${STANDS}
redis.call('HDEL', KEYS[1], ARGV[1])
redis.call('HDEL', KEYS[2], ARGV[3], ARGV[4])
return 1
`;

export function createHeadPlaces(redis: Redis): HeadPlaces {
  const noteDrawn = createScript(redis, DRAWN_SCRIPT);
  const noteGone = createScript(redis, GONE_SCRIPT);

  return {
    async heads(id) {
      const stored = await redis.hgetall(KEY.heads(id));
      return new Map(
        Object.entries(stored).map(([place, head]) => [place, headPlace.parse(JSON.parse(head))] as const),
      );
    },
    async saveHead(id, place, head) {
      await redis.hset(KEY.heads(id), place, JSON.stringify(head));
    },
    async headDrawn(id, place, head) {
      await noteDrawn([KEY.heads(id)], [place, head.ts, JSON.stringify(head)]);
    },
    async headGone(id, place, { ts, postKey }) {
      await noteGone([KEY.heads(id), KEY.sending(id)], [place, ts, postKey, leaseOf(postKey)]);
    },
  };
}
