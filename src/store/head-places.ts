import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { RestoreId } from '../restore/names.ts';
import { KEY } from './keys.ts';

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
  /** It does not stand there any more. */
  forgetHead(id: RestoreId, place: string): Promise<void>;
}

export function createHeadPlaces(redis: Redis): HeadPlaces {
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
    async forgetHead(id, place) {
      await redis.hdel(KEY.heads(id), place);
    },
  };
}
