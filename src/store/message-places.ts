import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { Instant, RestoreId } from '../restore/restore.ts';
import { KEY } from './keys.ts';

/** Where the card of a restore stands and what was drawn there last. */
export interface CardPlace {
  readonly channel: string;
  readonly ts: string;
  readonly link?: string;
  /** Digest of the message as drawn, so that an equal one is not sent again. */
  readonly digest: string;
}

const cardPlace = z.object({
  channel: z.string(),
  ts: z.string(),
  link: z.string().exactOptional(),
  digest: z.string(),
});

/**
 * What Slack knows and the record does not need: where the card is, and which posts were begun. A post that was begun
 * and never settled may have reached Slack; whoever finds the mark looks before posting again.
 */
export interface MessagePlaces {
  card(id: RestoreId): Promise<CardPlace | undefined>;
  saveCard(id: RestoreId, place: CardPlace): Promise<void>;
  /** Notes that the card is about to change, so that a crash in between leaves it owed and not taken for drawn. */
  cardBegun(id: RestoreId, version: number): Promise<void>;
  /** The card shows the record as of `version`. False when the record has moved on since: it is to be drawn again. */
  cardDrawn(id: RestoreId, version: number): Promise<boolean>;
  /** When the post with this key was begun, if it was. */
  begunAt(id: RestoreId, key: string): Promise<Instant | undefined>;
  begin(id: RestoreId, key: string, at: Instant): Promise<void>;
  /** The post is known to have failed or to be on record: nothing to look for. */
  forget(id: RestoreId, key: string): Promise<void>;
}

/** Judged by the record: whoever drew the record's version before may have cleared the mark already. */
const DRAWN_SCRIPT = `
local version = redis.call('HGET', KEYS[2], 'version') or '0'
if tonumber(version) > tonumber(ARGV[2]) then
  redis.call('HSET', KEYS[1], ARGV[1], version)
  return 0
end
redis.call('HDEL', KEYS[1], ARGV[1])
return 1
`;

export function createMessagePlaces(redis: Redis): MessagePlaces {
  return {
    async card(id) {
      const place = await redis.hgetall(KEY.card(id));
      return place.ts === undefined ? undefined : cardPlace.parse(place);
    },
    async saveCard(id, place) {
      // Replaced whole: a card posted anew must not keep the link of the old one.
      const results = await redis
        .multi()
        .del(KEY.card(id))
        .hset(KEY.card(id), { ...place })
        .exec();
      throwFailure(results);
    },
    async cardBegun(id, version) {
      const results = await redis.multi().hsetnx(KEY.redraw, id, version).hset(KEY.card(id), { digest: '' }).exec();
      throwFailure(results);
    },
    async cardDrawn(id, version) {
      return (await redis.eval(DRAWN_SCRIPT, 2, KEY.redraw, KEY.restore(id), id, String(version))) === 1;
    },
    async begunAt(id, key) {
      return (await redis.hget(KEY.sending(id), key)) ?? undefined;
    },
    async begin(id, key, at) {
      await redis.hset(KEY.sending(id), key, at);
    },
    async forget(id, key) {
      await redis.hdel(KEY.sending(id), key);
    },
  };
}

function throwFailure(results: [error: Error | null, result: unknown][] | null): void {
  const failure = results?.find(([error]) => error !== null)?.[0];
  if (failure) throw failure;
}
