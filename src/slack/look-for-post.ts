import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { MESSAGE_EVENT } from '../../messages/action-ids.ts';
import type { Instant, RestoreId } from '../restore/names.ts';
import { messageAt } from './message-at.ts';
import { GONE, troubleOf } from './slack-errors.ts';

const message = z.object({
  ts: z.string(),
  latest_reply: z.string().optional(),
  metadata: z.object({ event_type: z.string(), event_payload: z.record(z.string(), z.unknown()) }).optional(),
});
const history = z.array(message);

/** How far before the noted beginning to look, because Slack's clock is not ours. */
const LOOK_BACK_SECONDS = 120;

/** What tells one message from all others, and where it would stand. */
interface Sought {
  readonly restoreId: RestoreId;
  readonly key: string;
  readonly thread?: { readonly ts: string };
}

/** What a look for the message of an earlier attempt found. */
type Sighting =
  | { readonly kind: 'there'; readonly ts: string }
  | { readonly kind: 'not-there' }
  /** Slack does not let the bot read where it would stand, and what it does tell leaves it open. `code`: Slack's refusal. */
  | { readonly kind: 'unknown'; readonly code: string };

/**
 * Finds the message of an earlier attempt by its metadata. Reads as many pages as there are: in a busy channel the message may be
 * many back. Slack lets bots read the history of channels, but not everywhere their threads: there, what the history tells of
 * the thread decides. Rejects when Slack does not answer.
 */
export function createLookForPost(client: WebClient) {
  /** A thread is read whole: it is short, and Slack does not say what it answers when all of it is older. */
  async function pageOf(channel: string, { thread }: Sought, begunAt: Instant, cursor: string | undefined) {
    const where = { channel, include_all_metadata: true, limit: 200, ...(cursor ? { cursor } : {}) };
    if (thread) return client.conversations.replies({ ...where, ts: thread.ts });
    return client.conversations.history({ ...where, oldest: since(begunAt) });
  }

  async function inPages(channel: string, sought: Sought, begunAt: Instant): Promise<string | undefined> {
    let cursor: string | undefined;
    do {
      const page = await pageOf(channel, sought, begunAt, cursor);
      const mine = history
        .parse(page.messages ?? [])
        .find(
          ({ metadata }) =>
            metadata?.event_type === MESSAGE_EVENT &&
            metadata.event_payload.restore_id === sought.restoreId &&
            metadata.event_payload.key === sought.key,
        );
      if (mine) return mine.ts;
      cursor = page.response_metadata?.next_cursor;
    } while (cursor);
    return undefined;
  }

  /** A reply that is announced stands in the history; of others it tells when the latest came. */
  async function pastTheThread(channel: string, sought: Sought, begunAt: Instant, code: string): Promise<Sighting> {
    const { thread, ...inChannel } = sought;
    if (thread === undefined) return { kind: 'unknown', code };
    const ts = await inPages(channel, inChannel, begunAt);
    if (ts !== undefined) return { kind: 'there', ts };
    const parent = await messageAt(client, channel, thread.ts);
    const mayBeIt = !parent || Number(message.parse(parent).latest_reply ?? 0) >= Number(since(begunAt));
    return mayBeIt ? { kind: 'unknown', code } : { kind: 'not-there' };
  }

  return async function look(channel: string, sought: Sought, begunAt: Instant): Promise<Sighting> {
    try {
      const ts = await inPages(channel, sought, begunAt);
      return ts === undefined ? { kind: 'not-there' } : { kind: 'there', ts };
    } catch (error) {
      const trouble = troubleOf(error);
      if (trouble.kind !== 'refused' || !sought.thread || GONE.has(trouble.code)) throw error;
      return pastTheThread(channel, sought, begunAt, trouble.code);
    }
  };
}

/** From when on the message may have been said, as Slack counts time. */
function since(begunAt: Instant): string {
  return String(Date.parse(begunAt) / 1000 - LOOK_BACK_SECONDS);
}
