import { createHash } from 'node:crypto';
import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import { headMessage } from '../../messages/head-message.ts';
import type { Loaded } from '../coordinator.ts';
import { headKey } from '../restore/message-key.ts';
import type { Policy } from '../restore/policy.ts';
import { publicLanguage } from '../restore/public-language.ts';
import { isPerson, noticePlaces } from '../restore/stakeholders.ts';
import type { HeadPlace, HeadPlaces } from '../store/head-places.ts';
import type { MessagePlaces } from '../store/message-places.ts';
import type { Posted, PostOnce, SlackMessage } from './post-once.ts';
import type { Readers } from './readers.ts';
import { GONE, troubleOf } from './slack-errors.ts';

/** Keeps one head message in each place where stakeholders are told. */
export interface HeadKeeper {
  /** The head message of a place, posted now if there is none yet. May be repeated until it is posted or refused. */
  stand(loaded: Loaded, place: string): Promise<Posted>;
  /** A head message that was begun was found to stand there: from now on it is drawn. */
  found(loaded: Loaded, place: string, at: Pick<HeadPlace, 'channel' | 'ts'>): Promise<void>;
  /** The head message at `ts` is not there any more: the next `stand` posts another. */
  lost(loaded: Loaded, place: string, ts: string): Promise<void>;
  /**
   * Edits those that stand so that they say what the record says, and calls `begin` before each edit. False when one could not be
   * edited now.
   */
  draw(loaded: Loaded, begin: () => Promise<void>): Promise<boolean>;
}

/** Equals no digest: what a message that was begun or found says may be older than the record. */
const UNKNOWN_DIGEST = '';

export function createHeadKeeper(parts: {
  readonly client: WebClient;
  readonly heads: HeadPlaces;
  readonly places: Pick<MessagePlaces, 'release'>;
  readonly postOnce: PostOnce;
  readonly readerOf: Readers['readerOf'];
  readonly policy: Policy;
  readonly log: Logger;
}): HeadKeeper {
  const { client, heads, places, postOnce, log } = parts;

  async function compose({ restore }: Loaded, place: string): Promise<SlackMessage> {
    const language = publicLanguage(parts.policy, restore.plan.instance.auraId, place);
    return headMessage(restore, place, isPerson(place) ? await parts.readerOf(place) : { language });
  }

  async function lost({ restore }: Loaded, place: string, ts: string): Promise<void> {
    await heads.headGone(restore.id, place, { ts, postKey: headKey(place) });
  }

  /** False when Slack does not take it now. What Slack refuses for good is left as it is, which the log says. */
  async function edit(
    loaded: Loaded,
    [place, head]: readonly [string, HeadPlace],
    begin: () => Promise<void>,
  ): Promise<boolean> {
    const { id } = loaded.restore;
    const message = await compose(loaded, place);
    const digest = digestOf(message);
    if (head.digest === digest) return true;
    await begin();
    // A crash in between must leave it to be drawn again.
    await heads.headDrawn(id, place, { ...head, digest: UNKNOWN_DIGEST });
    try {
      const { channel, ts } = head;
      const blocks = [...message.blocks];
      await client.chat.update({ channel, ts, text: message.text, blocks, parse: 'none', link_names: false });
    } catch (error) {
      const trouble = troubleOf(error);
      if (trouble.kind !== 'refused') return false;
      log.error({ restoreId: id, place, code: trouble.code }, 'head message could not be edited');
      if (GONE.has(trouble.code)) await lost(loaded, place, head.ts);
      return true;
    }
    await heads.headDrawn(id, place, { ...head, digest });
    return true;
  }

  async function found({ restore }: Loaded, place: string, { channel, ts }: Pick<HeadPlace, 'channel' | 'ts'>) {
    await heads.saveHead(restore.id, place, { channel, ts, digest: UNKNOWN_DIGEST });
    await places.release(restore.id, headKey(place));
  }

  return {
    lost,
    found,

    async stand(loaded, place) {
      const { restore, now } = loaded;
      const { id } = restore;
      const standing = (await heads.heads(id)).get(place);
      if (standing) return { kind: 'posted', channel: standing.channel, ts: standing.ts, isFound: true };
      const message = await compose(loaded, place);
      const posted = await postOnce({ restoreId: id, key: headKey(place), to: place, message, now });
      if (posted.kind !== 'posted') return posted;
      const { channel, ts, isFound } = posted;
      await heads.saveHead(id, place, { channel, ts, digest: isFound ? UNKNOWN_DIGEST : digestOf(message) });
      await places.release(id, headKey(place));
      return posted;
    },

    async draw(loaded, begin) {
      const { restore } = loaded;
      const told = noticePlaces(restore);
      const standing = [...(await heads.heads(restore.id))].filter(([place]) => told.includes(place));
      const drawn = await Promise.all(standing.map((one) => edit(loaded, one, begin)));
      return drawn.every(Boolean);
    },
  };
}

function digestOf(message: SlackMessage): string {
  return createHash('sha256').update(JSON.stringify(message)).digest('base64url');
}
