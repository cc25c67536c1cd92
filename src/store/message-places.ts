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
  /** As of which version of the record it was drawn last, when an earlier drawing may still arrive after that one. */
  readonly shownVersion?: number;
  /** When that one has arrived at the latest, in epoch ms of Redis' clock. */
  readonly settlesAtMs?: number;
}

const cardPlace = z.object({
  channel: z.string(),
  ts: z.string(),
  link: z.string().exactOptional(),
  digest: z.string(),
  shownVersion: z.coerce.number().exactOptional(),
  settlesAtMs: z.coerce.number().exactOptional(),
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
   * somebody else noted that first: then they see to the new one. `post`: under whose id and which key it is noted, where that is
   * not a restore's own card.
   */
  cardGone(id: RestoreId, ts: string, post?: { readonly id: RestoreId; readonly key: string }): Promise<boolean>;
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

export function createMessagePlaces(redis: Redis): MessagePlaces {
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
    async cardGone(id, ts, post = { id, key: CARD_POST }) {
      const keys = [KEY.card(id), KEY.sending(post.id)];
      return (await noteCardGone(keys, [ts, post.key, leaseOf(post.key)])) === 1;
    },
  };
}

function throwFailure(results: [error: Error | null, result: unknown][] | null): void {
  const failure = results?.find(([error]) => error !== null)?.[0];
  if (failure) throw failure;
}
