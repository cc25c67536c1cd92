import type { Logger } from 'pino';
import { restoreAnchor } from '../../messages/anchor.ts';
import { directMessage } from '../../messages/direct-message.ts';
import { lateNotice } from '../../messages/late-notice.ts';
import { outcomeNotice } from '../../messages/outcome-notice.ts';
import { plannedNotice } from '../../messages/planned-notice.ts';
import { putOffNotice } from '../../messages/put-off-notice.ts';
import { escalationMessage, reminderReply } from '../../messages/reminder.ts';
import type { Coordinator, Loaded } from '../coordinator.ts';
import { headOf } from '../restore/history.ts';
import { type OwedMessage, owedMessages } from '../restore/owed-messages.ts';
import type { Policy } from '../restore/policy.ts';
import { publicLanguage } from '../restore/public-language.ts';
import type { Delivery, Instant, Restore, RestoreId } from '../restore/restore.ts';
import type { CardPlace, MessagePlaces } from '../store/message-places.ts';
import type { PostOnce, SlackMessage } from './post-once.ts';
import type { Readers } from './readers.ts';

/** Says what a restore owes, in order. Stops at the first message Slack will not take now; may be repeated at will. */
export type DeliverMessages = (id: RestoreId) => Promise<void>;

type Composed =
  | ({ readonly kind: 'message'; readonly place?: Pick<CardPlace, 'channel' | 'ts'> } & SlackMessage)
  /** It is said where something stands that is not there yet. */
  | { readonly kind: 'not-yet' }
  | { readonly kind: 'incomplete'; readonly missing: readonly string[] };

export function createMessageDeliverer(parts: {
  readonly coordinator: Pick<Coordinator, 'find' | 'apply'>;
  readonly places: MessagePlaces;
  readonly postOnce: PostOnce;
  readonly readerOf: Readers['readerOf'];
  readonly policy: Policy;
  readonly log: Logger;
}): DeliverMessages {
  const { coordinator, places, log } = parts;

  async function compose(owed: OwedMessage, restore: Restore, now: Instant): Promise<Composed> {
    const everybody = { language: publicLanguage(parts.policy, restore.plan.instance.auraId, owed.to) };
    switch (owed.kind) {
      case 'planned':
        return plannedNotice(restore, now, everybody);
      case 'put-off':
        return putOffNotice(restore, owed.round, everybody);
      case 'outcome':
        return outcomeNotice(restore, owed.to, everybody);
      case 'late':
        return lateNotice(restore, everybody);
      case 'anchor':
        return { kind: 'message', ...restoreAnchor(headOf(restore)) };
      case 'reminder': {
        const card = await places.card(restore.id);
        return card
          ? { kind: 'message', place: card, ...reminderReply(restore, owed.reminder ?? 0, everybody) }
          : { kind: 'not-yet' };
      }
      case 'escalated': {
        const [card, reader] = await Promise.all([places.card(restore.id), parts.readerOf(owed.to)]);
        const about = { reminder: owed.reminder ?? 0, cardLink: card?.link };
        return { kind: 'message', ...escalationMessage(restore, about, reader) };
      }
      default: {
        const [card, reader] = await Promise.all([places.card(restore.id), parts.readerOf(owed.to)]);
        const { kind, round } = owed;
        return { kind: 'message', ...directMessage(kind, restore, card?.link, round, reader) };
      }
    }
  }

  async function settle(loaded: Loaded, owed: OwedMessage, delivery: Undated<Delivery>): Promise<void> {
    const { id } = loaded.restore;
    const event = { type: 'message-settled', key: owed.key, delivery: { ...delivery, at: loaded.now } } as const;
    await coordinator.apply(id, event, loaded);
    await places.release(id, owed.key);
  }

  return async function deliver(id) {
    for (;;) {
      const loaded = await coordinator.find(id);
      const owed = loaded && owedMessages(loaded.restore)[0];
      if (!loaded || !owed) return;
      const { restore, now } = loaded;
      const composed = await compose(owed, restore, now);
      if (composed.kind === 'incomplete') {
        const why = `not sent: ${composed.missing.join(', ')} missing`;
        log.error({ restoreId: id, key: owed.key, missing: composed.missing }, 'notice is incomplete');
        await settle(loaded, owed, { status: 'undeliverable', why });
        continue;
      }
      if (composed.kind === 'not-yet') return;
      const { text, blocks, place } = composed;
      const posted = await parts.postOnce({
        restoreId: id,
        key: owed.key,
        to: place?.channel ?? owed.to,
        ...(place ? { threadTs: place.ts } : {}),
        message: { text, blocks },
        now,
      });
      switch (posted.kind) {
        case 'posted':
          await settle(loaded, owed, { status: 'posted', channel: posted.channel, ts: posted.ts });
          break;
        case 'refused':
          log.error({ restoreId: id, key: owed.key, code: posted.code }, 'message is undeliverable');
          await settle(loaded, owed, { status: 'undeliverable', why: posted.code });
          break;
        case 'unsettled':
          log.warn({ restoreId: id, key: owed.key }, 'message is still owed');
          return;
        default:
          posted satisfies never;
      }
    }
  };
}

type Undated<D> = D extends unknown ? Omit<D, 'at'> : never;
