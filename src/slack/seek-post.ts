import type { WebClient } from '@slack/web-api';
import type { Left, PostLeases } from '../store/post-leases.ts';
import { channelOf } from './channel-of.ts';
import { createLookForPost } from './look-for-post.ts';
import type { PostRequest } from './post-once.ts';
import { troubleOf } from './slack-errors.ts';

export type Sought =
  | { readonly kind: 'there'; readonly channel: string; readonly ts: string }
  /** It did not reach Slack. Whoever posts it after all does so anew. */
  | { readonly kind: 'not-there' }
  /** Nobody can look, so it may stand there. `code`: Slack's refusal. */
  | { readonly kind: 'unknown'; readonly code: string }
  /** Somebody may still be at it, or Slack does not answer now. */
  | { readonly kind: 'not-now' };

/** Looks for a message whose post was begun, and posts nothing. May be repeated at will; never rejects for Slack's sake. */
export type SeekPost = (request: Pick<PostRequest, 'restoreId' | 'key' | 'to' | 'thread' | 'now'>) => Promise<Sought>;

export function createSeekPost(client: WebClient, places: PostLeases): SeekPost {
  const look = createLookForPost(client);

  return async function seek(request) {
    const { restoreId, key, now } = request;
    const begun = await places.begin(restoreId, key, now);
    if (begun.kind === 'busy') return { kind: 'not-now' };
    let left: Left = 'over';
    try {
      const channel = await channelOf(client, request.to);
      const found = await look(channel, request, begun.earlier ?? now);
      if (found.kind === 'there') return { ...found, channel };
      if (found.kind === 'not-there') left = 'refused';
      return found;
    } catch (error) {
      const trouble = troubleOf(error);
      return trouble.kind === 'refused' ? { kind: 'unknown', code: trouble.code } : { kind: 'not-now' };
    } finally {
      await places.leave(restoreId, key, begun.lease, left);
    }
  };
}
