import type { KnownBlock } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { MESSAGE_EVENT } from '../../messages/action-ids.ts';
import type { Instant, RestoreId } from '../restore/names.ts';
import type { Left, PostLeases } from '../store/post-leases.ts';
import { channelOf } from './channel-of.ts';
import { createLookForPost } from './look-for-post.ts';
import { type SlackTrouble, troubleOf } from './slack-errors.ts';

export interface SlackMessage {
  readonly text: string;
  readonly blocks: readonly KnownBlock[];
}

export type Posted =
  | {
      readonly kind: 'posted';
      readonly channel: string;
      readonly ts: string;
      /** It was there already: what it says may be older. */
      readonly isFound: boolean;
    }
  | {
      readonly kind: 'refused';
      readonly code: string;
      /** Slack may have taken an earlier attempt, and nobody can look: it is not sent again. */
      readonly mayHaveArrived?: true;
    }
  /** Not now, or nobody knows; whoever tries again will look first. */
  | { readonly kind: 'unsettled'; readonly retryAfterMs: number };

/** A reply to the message at `ts`; one that is announced stands in the channel as well. */
export interface Thread {
  readonly ts: string;
  readonly isAnnounced: boolean;
}

export interface PostRequest {
  readonly restoreId: RestoreId;
  /** Names this message among all of its restore; at most one message with it is ever posted. */
  readonly key: string;
  /** A channel id, or a person's id for a direct message. */
  readonly to: string;
  readonly message: SlackMessage;
  /** Absent: the message begins no thread and is in none. */
  readonly thread?: Thread;
  readonly now: Instant;
}

const UNSETTLED_RETRY_MS = 5_000;
/** How long after its begin a post may leave, so that with Slack's time to answer it is over before another may begin. */
const LEAVES_WITHIN_MS = 4_000;

const UNSETTLED: Posted = { kind: 'unsettled', retryAfterMs: UNSETTLED_RETRY_MS };

/**
 * Posts a message at most once, although `chat.postMessage` knows no idempotency key: the attempt is noted first, and
 * after any doubt the channel's history is searched for the message's own metadata before it is posted again, when Slack
 * has had the time to finish what it may have been at. Of two processes at once one posts. May be called again with the same key until it answers `posted` or `refused`; the caller
 * calls `release` when it has noted the answer.
 */
export function createPostOnce(client: WebClient, places: PostLeases) {
  const look = createLookForPost(client);

  return async function postOnce(request: PostRequest): Promise<Posted> {
    const { restoreId, key, message, thread } = request;
    let lease: string | undefined;
    let isSent = false;
    try {
      const channel = await channelOf(client, request.to);
      let leavesBy = Date.now() + LEAVES_WITHIN_MS;
      const begun = await places.begin(restoreId, key, request.now);
      if (begun.kind === 'busy') return UNSETTLED;
      lease = begun.lease;
      if (begun.earlier) {
        const found = await look(channel, request, begun.earlier);
        if (found.kind === 'there') return { kind: 'posted', channel, ts: found.ts, isFound: true };
        if (found.kind === 'unknown') return { kind: 'refused', code: found.code, mayHaveArrived: true };
        // A look may take long, and another may have begun meanwhile.
        leavesBy = Date.now() + LEAVES_WITHIN_MS;
        lease = await places.renew(restoreId, key, lease);
      }
      // This process may have been frozen since; another may have posted meanwhile.
      if (lease === undefined || Date.now() > leavesBy) return UNSETTLED;
      const post = {
        channel,
        text: message.text,
        blocks: [...message.blocks],
        metadata: { event_type: MESSAGE_EVENT, event_payload: { restore_id: restoreId, key } },
        unfurl_links: false,
        unfurl_media: false,
        parse: 'none',
        link_names: false,
      } as const;
      isSent = true;
      const answer = await client.chat.postMessage(inThread(post, thread));
      return { kind: 'posted', channel: answer.channel ?? channel, ts: z.string().parse(answer.ts), isFound: false };
    } catch (error) {
      const trouble = troubleOf(error);
      if (lease !== undefined) await places.leave(restoreId, key, lease, leftBy(trouble, isSent));
      switch (trouble.kind) {
        case 'refused':
          return trouble;
        case 'not-now':
          return { kind: 'unsettled', retryAfterMs: trouble.retryAfterMs };
        case 'unclear':
          return UNSETTLED;
        default:
          return trouble satisfies never;
      }
    }
  };
}

function leftBy({ kind }: SlackTrouble, isSent: boolean): Left {
  if (kind === 'refused') return 'refused';
  return kind === 'unclear' && isSent ? 'in-doubt' : 'over';
}

function inThread<P extends { readonly channel: string; readonly text: string }>(post: P, thread: Thread | undefined) {
  if (!thread) return post;
  return thread.isAnnounced
    ? { ...post, thread_ts: thread.ts, reply_broadcast: true as const }
    : { ...post, thread_ts: thread.ts };
}

export type PostOnce = ReturnType<typeof createPostOnce>;
