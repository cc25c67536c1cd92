import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { MESSAGE_EVENT } from '../../messages/action-ids.ts';
import type { Instant, RestoreId } from '../restore/names.ts';

const history = z.array(
  z.object({
    ts: z.string(),
    metadata: z.object({ event_type: z.string(), event_payload: z.record(z.string(), z.unknown()) }).optional(),
  }),
);

/** How far before the noted beginning to look, because Slack's clock is not ours. */
const LOOK_BACK_SECONDS = 120;

/** What tells one message from all others, and where it would stand. */
interface Sought {
  readonly restoreId: RestoreId;
  readonly key: string;
  readonly thread?: { readonly ts: string };
}

/**
 * Finds the message of an earlier attempt by its metadata, and answers with its `ts`; undefined when Slack has none. Reads as
 * many pages as there are: in a busy channel the message may be many back. Rejects when Slack does not answer.
 */
export function createLookForPost(client: WebClient) {
  /** A thread is read whole: it is short, and Slack does not say what it answers when all of it is older. */
  async function pageOf(channel: string, { thread }: Sought, begunAt: Instant, cursor: string | undefined) {
    const where = { channel, include_all_metadata: true, limit: 200, ...(cursor ? { cursor } : {}) };
    if (thread) return client.conversations.replies({ ...where, ts: thread.ts });
    const oldest = String(Date.parse(begunAt) / 1000 - LOOK_BACK_SECONDS);
    return client.conversations.history({ ...where, oldest });
  }

  return async function look(channel: string, sought: Sought, begunAt: Instant): Promise<string | undefined> {
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
  };
}
