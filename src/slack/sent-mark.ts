import { setTimeout as sleep } from 'node:timers/promises';
import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import { z } from 'zod';
import { MESSAGE_EVENT } from '../../messages/action-ids.ts';
import type { Restore } from '../restore/restore.ts';
import type { SentBefore } from '../restore/sending.ts';
import { CARD_POST, type MessagePlaces } from '../store/message-places.ts';
import { messageAt } from './message-at.ts';

const marked = z.object({
  metadata: z.object({
    event_type: z.literal(MESSAGE_EVENT),
    event_payload: z.object({ restore_id: z.string(), attempt_id: z.string(), sent_at: z.iso.datetime() }),
  }),
});

/** How long the restore call waits for Slack, which must not hold it up. */
const PATIENCE_MS = 5_000;

/**
 * What a card carries besides its words once the restore call was about to be sent. Slack keeps it when an edit says nothing of
 * it, so a record that went back does not wipe it out.
 */
export function sentMark({ id, state }: Restore) {
  const intent = 'intent' in state ? state.intent : undefined;
  if (!intent) return {};
  const { attemptId, at } = intent;
  return {
    metadata: {
      event_type: MESSAGE_EVENT,
      event_payload: { restore_id: id, key: CARD_POST, attempt_id: attemptId, sent_at: at },
    },
  };
}

/** Reads the mark on the card of a restore. Undefined also when Slack does not say: then only the record is left to go by. */
export function createSentBefore(parts: {
  readonly client: WebClient;
  readonly places: Pick<MessagePlaces, 'card'>;
  readonly log: Logger;
}): SentBefore {
  async function read({ id }: Restore): ReturnType<SentBefore> {
    const place = await parts.places.card(id);
    if (!place) return undefined;
    const found = marked.safeParse(await messageAt(parts.client, place.channel, place.ts));
    if (!found.success) return undefined;
    const { restore_id, attempt_id, sent_at } = found.data.metadata.event_payload;
    return restore_id === id ? { attemptId: attempt_id, at: sent_at } : undefined;
  }

  return async function sentBefore(restore) {
    const unread = (error: unknown) => {
      parts.log.warn({ err: error, restoreId: restore.id }, 'the card could not be read before the restore call');
      return undefined;
    };
    const tooLong = sleep(PATIENCE_MS, undefined, { ref: false });
    return Promise.race([read(restore).catch(unread), tooLong]);
  };
}
