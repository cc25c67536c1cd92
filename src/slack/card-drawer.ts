import { createHash } from 'node:crypto';
import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import { restoreCard } from '../../messages/restore-card.ts';
import type { Loaded } from '../coordinator.ts';
import type { RestoreId } from '../restore/restore.ts';
import type { CardPlace, MessagePlaces } from '../store/message-places.ts';
import type { PostOnce, SlackMessage } from './post-once.ts';
import { troubleOf } from './slack-errors.ts';

/** Draws the card of a restore from its latest record: posts it once, then edits it. May be repeated at will. */
export type DrawCard = (id: RestoreId) => Promise<void>;

/** A record that changes faster than Slack can be told is left to the next reminder. */
const MOST_DRAWINGS = 3;

/** Equals no digest: what a card found in the channel says may be older than the record. */
const UNKNOWN_DIGEST = '';

/** Slack's words for "that message is not there any more". */
const GONE: ReadonlySet<string> = new Set(['message_not_found', 'cant_update_message', 'edit_window_closed']);

export function createCardDrawer(parts: {
  readonly client: WebClient;
  readonly find: (id: RestoreId) => Promise<Loaded | undefined>;
  readonly places: MessagePlaces;
  readonly postOnce: PostOnce;
  readonly log: Logger;
}): DrawCard {
  const { client, places, log } = parts;

  async function post(loaded: Loaded, message: SlackMessage, digest: string): Promise<boolean> {
    const { restore, now } = loaded;
    const { id } = restore;
    const posted = await parts.postOnce({
      restoreId: id,
      key: 'card',
      to: restore.terms.approvalsChannel,
      message,
      now,
    });
    if (posted.kind !== 'posted') {
      log.error({ restoreId: id, posted }, 'card could not be posted');
      return false;
    }
    const { channel, ts } = posted;
    const link = await linkTo(channel, ts);
    const place = { channel, ts, digest: posted.isFound ? UNKNOWN_DIGEST : digest, ...(link ? { link } : {}) };
    await places.saveCard(id, place);
    await places.release(id, 'card');
    return (await edit(id, restore.version, place, message, digest)) === 'done';
  }

  async function edit(
    id: RestoreId,
    version: number,
    place: CardPlace,
    message: SlackMessage,
    digest: string,
  ): Promise<'done' | 'gone'> {
    if (place.digest === digest) return 'done';
    await places.cardBegun(id, version);
    try {
      // chat.update parses links and names by default, unlike chat.postMessage.
      await client.chat.update({
        channel: place.channel,
        ts: place.ts,
        text: message.text,
        blocks: [...message.blocks],
        parse: 'none',
        link_names: false,
      });
    } catch (error) {
      const trouble = troubleOf(error);
      if (trouble.kind === 'refused' && GONE.has(trouble.code)) return 'gone';
      throw error;
    }
    await places.saveCard(id, { ...place, digest });
    return 'done';
  }

  async function linkTo(channel: string, ts: string): Promise<string | undefined> {
    return client.chat
      .getPermalink({ channel, message_ts: ts })
      .then((answer) => answer.permalink)
      .catch(() => undefined);
  }

  /** False when the record moved on meanwhile. A card that cannot be drawn now stays owed, which the sweep sees to. */
  async function drawOnce(id: RestoreId): Promise<boolean> {
    const loaded = await parts.find(id);
    if (!loaded) return true;
    const { version } = loaded.restore;
    const message = restoreCard(loaded.restore, loaded.now);
    const digest = createHash('sha256').update(JSON.stringify(message)).digest('base64url');
    const place = await places.card(id);
    const isEdited = place !== undefined && (await edit(id, version, place, message, digest)) === 'done';
    // One that stands there but cannot be edited any more must not be found instead of posted anew.
    if (place && !isEdited) await places.forget(id, 'card');
    return isEdited || (await post(loaded, message, digest)) ? places.cardDrawn(id, version) : true;
  }

  return async function drawCard(id) {
    for (let drawings = 0; drawings < MOST_DRAWINGS; drawings++) {
      if (await drawOnce(id)) return;
    }
  };
}
