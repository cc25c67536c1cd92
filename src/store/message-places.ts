import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { Instant, RestoreId } from '../restore/names.ts';
import { KEY } from './keys.ts';
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
export interface MessagePlaces {
  card(id: RestoreId): Promise<CardPlace | undefined>;
  saveCard(id: RestoreId, place: CardPlace): Promise<void>;
  /** Notes that the card is about to change, so that a crash in between leaves it owed and not taken for drawn. */
  cardBegun(id: RestoreId, version: number): Promise<void>;
  /**
   * The card shows the record as of `version`, in the message of this digest. False when the record is at a later version:
   * then a redraw is owed.
   */
  cardDrawn(id: RestoreId, version: number, digest: string): Promise<boolean>;
  /**
   * Notes that a post begins, and keeps everybody else from the same post for `POST_LEASE_MS`. `earlier` is when it was
   * first begun, if it was before: then it may have reached Slack.
   */
  begin(id: RestoreId, key: string, at: Instant): Promise<Begun>;
  /** This attempt is over, whatever came of it: the next one may begin at once, and looks first. */
  release(id: RestoreId, key: string): Promise<void>;
  /** The post is known not to have reached Slack: nothing to look for. */
  forget(id: RestoreId, key: string): Promise<void>;
}

export type Begun =
  | { readonly kind: 'mine'; readonly earlier: Instant | undefined }
  /** Another process is at it, or was until it was killed. */
  | { readonly kind: 'busy' };

/** Longer than an attempt may take from its begin to Slack's answer. */
const POST_LEASE_MS = 10_000;

/** KEYS: posts that were begun. ARGV: post, its lease, now as an instant, lease ms. */
const BEGIN_SCRIPT = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
if tonumber(redis.call('HGET', KEYS[1], ARGV[2]) or '0') > now then return {'busy', ''} end
local earlier = redis.call('HGET', KEYS[1], ARGV[1]) or ''
redis.call('HSET', KEYS[1], ARGV[2], string.format('%.0f', now + ARGV[4]))
if earlier == '' then redis.call('HSET', KEYS[1], ARGV[1], ARGV[3]) end
return {'mine', earlier}
`;

const begunReply = z.tuple([z.enum(['mine', 'busy']), z.string()]);
const leaseOf = (key: string) => `${key} until`;

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
  const noteBegun = createScript(redis, BEGIN_SCRIPT);

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
      await noteCardBegun([KEY.redraw, KEY.card(id)], [id, String(version)]);
    },
    async cardDrawn(id, version, digest) {
      return (await noteDrawn([KEY.redraw, KEY.restore(id), KEY.card(id)], [id, String(version), digest])) === 1;
    },
    async begin(id, key, at) {
      const reply = await noteBegun([KEY.sending(id)], [key, leaseOf(key), at, String(POST_LEASE_MS)]);
      const [kind, earlier] = begunReply.parse(reply);
      return kind === 'busy' ? { kind } : { kind, earlier: earlier || undefined };
    },
    async release(id, key) {
      await redis.hdel(KEY.sending(id), leaseOf(key));
    },
    async forget(id, key) {
      await redis.hdel(KEY.sending(id), key, leaseOf(key));
    },
  };
}

function throwFailure(results: [error: Error | null, result: unknown][] | null): void {
  const failure = results?.find(([error]) => error !== null)?.[0];
  if (failure) throw failure;
}
