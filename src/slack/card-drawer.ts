import { createHash, randomUUID } from 'node:crypto';
import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import { cardAsPosted } from '../../messages/card-ring.ts';
import { restoreCard } from '../../messages/restore-card.ts';
import type { Message } from '../../messages/slack-text.ts';
import { wordsFor } from '../../messages/words/words.ts';
import type { Coordinator, Loaded } from '../coordinator.ts';
import { type StartLimit, startLimitOf } from '../restore/closing.ts';
import type { Language } from '../restore/language.ts';
import type { RestoreId } from '../restore/names.ts';
import { CARD_KEY } from '../restore/owed-messages.ts';
import type { Policy } from '../restore/policy.ts';
import { updateIsDue } from '../restore/promised-update.ts';
import { publicLanguage } from '../restore/public-language.ts';
import type { Restore } from '../restore/restore.ts';
import type { CardDrawings, Drawing } from '../store/card-drawings.ts';
import { CARD_POST, type CardPlace, type MessagePlaces } from '../store/message-places.ts';
import type { HeadKeeper } from './head-keeper.ts';
import type { PostOnce } from './post-once.ts';
import { sentMark } from './sent-mark.ts';
import { GONE, troubleOf } from './slack-errors.ts';

/** Draws the card of a restore from its latest record: posts it once, then edits it; and edits its head messages. May be repeated at will. */
export type DrawCard = (id: RestoreId) => Promise<void>;

/** A record that changes faster than Slack can be told is left to the next reminder. */
const MOST_DRAWINGS = 3;

/** Equals no digest: a card found in the channel may say less than the record, and so does one as it is posted. */
const UNKNOWN_DIGEST = '';

/** What is drawn. */
interface Sheet {
  readonly message: Message;
  readonly digest: string;
  /** To be called before any message is edited. */
  readonly begin: () => Promise<void>;
}

/** This version stands there, and would be drawn in vain as long as an earlier drawing may still arrive after it. */
function isUnsettled(place: CardPlace | undefined, { restore, now }: Loaded): boolean {
  return (
    place?.settlesAtMs !== undefined && place.shownVersion === restore.version && Date.parse(now) < place.settlesAtMs
  );
}

export function createCardDrawer(parts: {
  readonly client: WebClient;
  readonly coordinator: Pick<Coordinator, 'find' | 'apply' | 'rulesFor'>;
  readonly places: MessagePlaces;
  readonly drawings: CardDrawings;
  readonly postOnce: PostOnce;
  /** The head messages are drawn with the card, and owed with it. */
  readonly heads: Pick<HeadKeeper, 'draw'>;
  /** A word that was promised to stakeholders is due. Cards of open restores are drawn often enough to see it in time. */
  readonly onUpdateDue: (id: RestoreId) => void;
  readonly policy: Policy;
  /** The restore with those who stand in for somebody who is asked now. Absent: those of the request. */
  readonly withStandIns?: (restore: Restore) => Promise<Restore>;
  readonly log: Logger;
}): DrawCard {
  const { client, places, drawings, log } = parts;

  async function post(loaded: Loaded, { message, digest, begin }: Sheet): Promise<boolean> {
    const { restore, now } = loaded;
    const { id } = restore;
    const first = cardAsPosted(message, restore, wordsFor({ language: languageOf(restore) }));
    const posted = await parts.postOnce({
      restoreId: id,
      key: CARD_POST,
      to: restore.terms.approvalsChannel,
      message: first,
      now,
    });
    if (posted.kind !== 'posted') {
      log.error({ restoreId: id, posted }, 'card could not be posted');
      if (posted.kind === 'refused') await noteRefused(loaded, posted.code);
      return false;
    }
    const { channel, ts } = posted;
    const link = await linkTo(channel, ts);
    const place = {
      channel,
      ts,
      digest: posted.isFound || first !== message ? UNKNOWN_DIGEST : digest,
      ...(link ? { link } : {}),
    };
    await places.saveCard(id, place);
    await places.release(id, CARD_POST);
    return (await edit(loaded, place, { message, digest, begin })) === 'done';
  }

  /** The requester is told, once: see `owed-messages.ts`. The card stays owed, and comes when Slack takes it. */
  async function noteRefused({ restore, now }: Loaded, why: string): Promise<void> {
    const delivery = { status: 'undeliverable', why, at: now } as const;
    await parts.coordinator.apply(restore.id, { type: 'message-settled', key: CARD_KEY, delivery });
  }

  function languageOf({ plan, terms }: Restore): Language {
    return publicLanguage(parts.policy, plan.instance.auraId, terms.approvalsChannel);
  }

  /** A card without this line is better than none. */
  async function closingFor({ restore, now }: Loaded): Promise<StartLimit | undefined> {
    const { status } = restore.state;
    if (status !== 'awaiting-approval' && status !== 'approved') return undefined;
    const rules = await parts.coordinator.rulesFor(restore).catch((error: unknown) => {
      log.warn({ err: error, restoreId: restore.id }, 'card is drawn without its calendar');
      return undefined;
    });
    return rules && startLimitOf(restore, rules.calendar, now);
  }

  async function edit(
    loaded: Loaded,
    place: CardPlace,
    { message, digest, begin }: Sheet,
  ): Promise<'done' | 'gone' | 'refused'> {
    const { id } = loaded.restore;
    if (place.digest === digest) return 'done';
    await begin();
    try {
      // chat.update parses links and names by default, unlike chat.postMessage.
      await client.chat.update({
        channel: place.channel,
        ts: place.ts,
        text: message.text,
        blocks: [...message.blocks],
        parse: 'none',
        link_names: false,
        ...sentMark(loaded.restore),
      });
    } catch (error) {
      const trouble = troubleOf(error);
      if (trouble.kind === 'refused' && GONE.has(trouble.code)) return 'gone';
      if (trouble.kind !== 'refused') throw error;
      log.error({ restoreId: id, code: trouble.code }, 'card could not be edited');
      await noteRefused(loaded, trouble.code);
      return 'refused';
    }
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
    const loaded = await parts.coordinator.find(id);
    if (!loaded) return true;
    const { version } = loaded.restore;
    const place = await places.card(id);
    if (isUnsettled(place, loaded)) return true;
    const drawing: Drawing = { restoreId: id, version, key: randomUUID() };
    const begin = () => drawings.begun(drawing);
    const shown = (await parts.withStandIns?.(loaded.restore)) ?? loaded.restore;
    const message = restoreCard(shown, loaded.now, { language: languageOf(shown) }, await closingFor(loaded));
    const digest = createHash('sha256').update(JSON.stringify(message)).digest('base64url');
    if (updateIsDue(loaded.restore, loaded.now)) parts.onUpdateDue(id);
    const isDrawn = await drawCardOf(loaded, place, { message, digest, begin });
    const areHeadsDrawn = await parts.heads.draw(loaded, begin);
    return isDrawn && areHeadsDrawn ? (await drawings.drawn(drawing, digest)) !== 'record-moved-on' : true;
  }

  async function drawCardOf(loaded: Loaded, place: CardPlace | undefined, sheet: Sheet): Promise<boolean> {
    const { id } = loaded.restore;
    const edited = place && (await edit(loaded, place, sheet));
    if (edited === 'done') return true;
    if (edited === 'refused') return false;
    // Of all who find it gone one posts anew; one that cannot be edited any more must not be found instead.
    if (place && edited === 'gone' && !(await places.cardGone(id, place.ts))) return false;
    return post(loaded, sheet);
  }

  return async function drawCard(id) {
    for (let drawings = 0; drawings < MOST_DRAWINGS; drawings++) {
      if (await drawOnce(id)) return;
    }
  };
}
