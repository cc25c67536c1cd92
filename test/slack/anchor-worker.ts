import { pino } from 'pino';
import { createAnchorDaily } from '../../src/slack/daily-anchor.ts';
import { createPostOnce } from '../../src/slack/post-once.ts';
import { createSlackClient } from '../../src/slack/web-client.ts';
import { headsBetween } from '../../src/store/audit-stream.ts';
import { createDailyAnchorRecord } from '../../src/store/daily-anchor-record.ts';
import { createMessagePlaces } from '../../src/store/message-places.ts';
import { connectForClicks, type RedisTarget } from '../../src/store/redis.ts';
import { createRestoreStore } from '../../src/store/restore-store.ts';

/** What a worker has to post daily anchors, with connections of its own. */
export async function openAnchorWorker(parts: {
  readonly target: RedisTarget;
  readonly apiUrl: string;
  readonly token: string;
  readonly name: string;
  /** Those in force. */
  readonly auditChannels?: readonly string[];
  /** Throws after one more post than this, before it is noted. */
  readonly killedAfterPosts?: number;
}) {
  const redis = connectForClicks(parts.target);
  await redis.connect();
  const places = createMessagePlaces(redis);
  const postOnce = createPostOnce(createSlackClient(parts.token, parts.apiUrl, 2_000), places);
  const { killedAfterPosts = Number.POSITIVE_INFINITY } = parts;
  let posts = 0;
  const anchorDaily = createAnchorDaily({
    record: createDailyAnchorRecord(redis),
    store: createRestoreStore(redis),
    headsBetween: (after, through) => headsBetween(redis, after, through, () => undefined),
    places,
    auditChannels: async () => parts.auditChannels ?? [],
    async postOnce(request) {
      const posted = await postOnce(request);
      if (++posts > killedAfterPosts) throw new Error('killed');
      return posted;
    },
    worker: parts.name,
    log: pino({ level: 'silent' }),
  });
  return { anchorDaily, end: () => redis.disconnect() };
}
