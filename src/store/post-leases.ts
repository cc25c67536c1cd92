import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { Instant, RestoreId } from '../restore/names.ts';
import { KEY } from './keys.ts';
import { createScript } from './script.ts';

/** Which posts were begun, and whose turn each is. */
export interface PostLeases {
  /**
   * Notes that a post begins, and keeps everybody else from the same post for `POST_LEASE_MS`. `earlier` is when it was
   * first begun, if it was before: then it may have reached Slack.
   */
  begin(id: RestoreId, key: string, at: Instant): Promise<Begun>;
  /** Gives a post that is still this one's as much time again. Undefined when it is not any more. */
  renew(id: RestoreId, key: string, lease: string): Promise<string | undefined>;
  /** This attempt is over and noted, and so is every other: the next one may begin at once, and looks first. */
  release(id: RestoreId, key: string): Promise<void>;
  /** An attempt is over before anything is noted; nothing changes when it is another's turn by now. */
  leave(id: RestoreId, key: string, lease: string, how: Left): Promise<void>;
  /** The posts of this restore that were begun at any time and not refused or forgotten since. */
  begun(id: RestoreId): Promise<readonly string[]>;
  /** The post is known not to have reached Slack: nothing to look for. */
  forget(id: RestoreId, key: string): Promise<void>;
}

/** What is known of an attempt that is left. */
export type Left =
  /** Slack answered, or was never asked: the next attempt may begin at once, and looks first. */
  | 'over'
  /** Slack may still be at it: nobody looks for `DOUBT_MS`, because a look now could come before the message. */
  | 'in-doubt'
  /** Slack said no, or a look found that it is not there: nothing to look for. */
  | 'refused';

export type Begun =
  | {
      readonly kind: 'mine';
      readonly earlier: Instant | undefined;
      /** Names this attempt among all of the post. */
      readonly lease: string;
    }
  /** Another process is at it, or was until it was killed. */
  | { readonly kind: 'busy' };

/** Longer than an attempt may take from its begin to Slack's answer. */
const POST_LEASE_MS = 10_000;

/** How long a call whose answer was lost may still be carried out by Slack. */
const DOUBT_MS = 3_000;

const NOW = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
`;

/** KEYS: posts that were begun. ARGV: post, its lease, now as an instant, lease ms. */
const BEGIN_SCRIPT = `${NOW}
if tonumber(redis.call('HGET', KEYS[1], ARGV[2]) or '0') > now then return {'busy', '', ''} end
local earlier = redis.call('HGET', KEYS[1], ARGV[1]) or ''
local lease = string.format('%.0f', now + ARGV[4])
redis.call('HSET', KEYS[1], ARGV[2], lease)
if earlier == '' then redis.call('HSET', KEYS[1], ARGV[1], ARGV[3]) end
return {'mine', earlier, lease}
`;

/** KEYS: posts that were begun. ARGV: post, its lease, the lease that must be there still, 'refused' or '', lease ms or ''. */
const CHANGE_LEASE_SCRIPT = `${NOW}
if redis.call('HGET', KEYS[1], ARGV[2]) ~= ARGV[3] then return '' end
if ARGV[4] == 'refused' then redis.call('HDEL', KEYS[1], ARGV[1]) end
if ARGV[5] == '' then redis.call('HDEL', KEYS[1], ARGV[2]) return '' end
local lease = string.format('%.0f', now + ARGV[5])
redis.call('HSET', KEYS[1], ARGV[2], lease)
return lease
`;

const begunReply = z.tuple([z.enum(['mine', 'busy']), z.string(), z.string()]);

const LEASE = ' until';

/** Where the lease of a post is noted. */
export const leaseOf = (key: string) => `${key}${LEASE}`;

export function createPostLeases(redis: Redis): PostLeases {
  const noteBegun = createScript(redis, BEGIN_SCRIPT);
  const changeLease = createScript(redis, CHANGE_LEASE_SCRIPT);

  return {
    async begin(id, key, at) {
      const reply = await noteBegun([KEY.sending(id)], [key, leaseOf(key), at, String(POST_LEASE_MS)]);
      const [kind, earlier, lease] = begunReply.parse(reply);
      return kind === 'busy' ? { kind } : { kind, earlier: earlier || undefined, lease };
    },
    async renew(id, key, lease) {
      const renewed = await changeLease([KEY.sending(id)], [key, leaseOf(key), lease, '', String(POST_LEASE_MS)]);
      return z.string().parse(renewed) || undefined;
    },
    async leave(id, key, lease, how) {
      const forMs = how === 'in-doubt' ? String(DOUBT_MS) : '';
      await changeLease([KEY.sending(id)], [key, leaseOf(key), lease, how === 'refused' ? how : '', forMs]);
    },
    async release(id, key) {
      await redis.hdel(KEY.sending(id), leaseOf(key));
    },
    async begun(id) {
      return (await redis.hkeys(KEY.sending(id))).filter((key) => !key.endsWith(LEASE));
    },
    async forget(id, key) {
      await redis.hdel(KEY.sending(id), key, leaseOf(key));
    },
  };
}
