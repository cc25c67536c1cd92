import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { RestoreId } from '../restore/names.ts';
import { KEY } from './keys.ts';
import { createPostLeases, leaseOf, type PostLeases } from './post-leases.ts';
import { createScript } from './script.ts';

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
 * may have reached Slack; whoever finds the mark looks before posting again.
 */
export interface MessagePlaces extends PostLeases {
  card(id: RestoreId): Promise<CardPlace | undefined>;
  saveCard(id: RestoreId, place: CardPlace): Promise<void>;
  /**
   * The card at `ts` does not stand there any more, so that nobody looks for it before another is posted. False when
   * somebody else noted that first: then they see to the new one.
   */
  cardGone(id: RestoreId, ts: string): Promise<boolean>;
  /** Notes that the card is about to change, so that a crash in between leaves it owed and not taken for drawn. */
  cardBegun(id: RestoreId, version: number): Promise<void>;
  /**
   * The card shows the record as of `version`, in the message of this digest. False when the record is at a later version:
   * then a redraw is owed.
   */
  cardDrawn(id: RestoreId, version: number, digest: string): Promise<boolean>;
}

/** KEYS: card, posts that were begun. ARGV: ts, the card's post, its lease. */
const CARD_GONE_SCRIPT = `
if redis.call('HGET', KEYS[1], 'ts') ~= ARGV[1] then return 0 end
redis.call('DEL', KEYS[1])
redis.call('HDEL', KEYS[2], ARGV[2], ARGV[3])
return 1
`;

/** The key under which the post of a card is noted. */
export const CARD_POST = 'card';

/** KEYS: redraws owed, card. ARGV: restore, version. */
const CARD_BEGUN_SCRIPT = `
redis.call('HSETNX', KEYS[1], ARGV[1], ARGV[2])
redis.call('HSET', KEYS[2], 'digest', '')
`;

/**
 * KEYS: redraws owed, record, card. ARGV: restore, version, digest. A drawing that was held up may come after a later one,
 * and then must be drawn over.
 */
const DRAWN_SCRIPT = `
redis.call('HSET', KEYS[3], 'digest', ARGV[3])
local version = redis.call('HGET', KEYS[2], 'version') or '0'
if tonumber(version) > tonumber(ARGV[2]) then
  redis.call('HSET', KEYS[1], ARGV[1], version)
  return 0
end
redis.call('HDEL', KEYS[1], ARGV[1])
return 1
`;

export function createMessagePlaces(redis: Redis): MessagePlaces {
  const noteDrawn = createScript(redis, DRAWN_SCRIPT);
  const noteCardBegun = createScript(redis, CARD_BEGUN_SCRIPT);
  const noteCardGone = createScript(redis, CARD_GONE_SCRIPT);

  return {
    ...createPostLeases(redis),
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
    async cardGone(id, ts) {
      const keys = [KEY.card(id), KEY.sending(id)];
      return (await noteCardGone(keys, [ts, CARD_POST, leaseOf(CARD_POST)])) === 1;
    },
    async cardBegun(id, version) {
      await noteCardBegun([KEY.redraw, KEY.card(id)], [id, String(version)]);
    },
    async cardDrawn(id, version, digest) {
      return (await noteDrawn([KEY.redraw, KEY.restore(id), KEY.card(id)], [id, String(version), digest])) === 1;
    },
  };
}

function throwFailure(results: [error: Error | null, result: unknown][] | null): void {
  const failure = results?.find(([error]) => error !== null)?.[0];
  if (failure) throw failure;
}
