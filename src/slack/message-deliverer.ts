import type { Logger } from 'pino';
import { restoreAnchor } from '../../messages/anchor.ts';
import { directMessage } from '../../messages/direct-message.ts';
import { lateNotice } from '../../messages/late-notice.ts';
import { outcomeNotice } from '../../messages/outcome-notice.ts';
import { plannedNotice } from '../../messages/planned-notice.ts';
import { putOffNotice } from '../../messages/put-off-notice.ts';
import { escalationMessage, newlyAskedReply, reminderReply } from '../../messages/reminder.ts';
import { threadReply } from '../../messages/thread-reply.ts';
import { undoneReply } from '../../messages/undone-reply.ts';
import { unreachedReply } from '../../messages/unreached.ts';
import type { Coordinator, Loaded } from '../coordinator.ts';
import { headOf } from '../restore/history.ts';
import type { Reader } from '../restore/language.ts';
import type { Instant, RestoreId } from '../restore/names.ts';
import type { OwedMessage } from '../restore/owed-message.ts';
import { owedMessages } from '../restore/owed-messages.ts';
import type { Policy } from '../restore/policy.ts';
import { updateIsDue } from '../restore/promised-update.ts';
import { publicLanguage } from '../restore/public-language.ts';
import type { Delivery, Restore } from '../restore/restore.ts';
import { isPerson } from '../restore/stakeholders.ts';
import type { CardPlace, MessagePlaces } from '../store/message-places.ts';
import type { HeadKeeper } from './head-keeper.ts';
import type { SettleOvertaken } from './overtaken-notices.ts';
import type { Posted, PostOnce, SlackMessage } from './post-once.ts';
import type { Readers } from './readers.ts';
import { GONE } from './slack-errors.ts';

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
  readonly heads: Pick<HeadKeeper, 'stand' | 'lost'>;
  readonly readerOf: Readers['readerOf'];
  readonly settleOvertaken: SettleOvertaken;
  readonly policy: Policy;
  readonly log: Logger;
}): DeliverMessages {
  const { coordinator, places, log } = parts;

  async function compose(owed: OwedMessage, restore: Restore, now: Instant): Promise<Composed> {
    const everybody = isPerson(owed.to)
      ? await parts.readerOf(owed.to)
      : { language: publicLanguage(parts.policy, restore.plan.instance.auraId, owed.to) };
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
          ? {
              kind: 'message',
              place: card,
              ...reminderReply(restore, { reminder: owed.reminder ?? 0, now }, everybody),
            }
          : { kind: 'not-yet' };
      }
      case 'newly-asked': {
        const card = await places.card(restore.id);
        return card
          ? { kind: 'message', place: card, ...newlyAskedReply(restore, { nth: owed.nth ?? 0, now }, everybody) }
          : { kind: 'not-yet' };
      }
      case 'unreached-reply': {
        const card = await places.card(restore.id);
        return card
          ? { kind: 'message', place: card, ...unreachedReply(restore, { nth: owed.nth ?? 0, now }, everybody) }
          : { kind: 'not-yet' };
      }
      case 'undone':
        return undone(restore, everybody);
      case 'escalated': {
        const [card, reader] = await Promise.all([places.card(restore.id), parts.readerOf(owed.to)]);
        const about = { reminder: owed.reminder ?? 0, cardLink: card?.link, now };
        return { kind: 'message', ...escalationMessage(restore, about, reader) };
      }
      case 'start-moved':
      case 'file-awaited':
      case 'unclear':
      case 'started':
      case 'verifying':
      case 'update':
      case 'newly-told':
      case 'objection':
      case 'objection-answered': {
        const facts = { place: owed.to, now, nth: owed.nth };
        return { kind: 'message', ...threadReply(owed.kind, restore, facts, everybody) };
      }
      default: {
        const card = await places.card(restore.id);
        const { kind, round, nth } = owed;
        return { kind: 'message', ...directMessage(kind, restore, card?.link, { nth: round ?? nth, now }, everybody) };
      }
    }
  }

  /** What was undone says so first; then the word of it is posted in its card's thread, or beside it when it has no card. */
  async function undone(restore: Restore, everybody: Pick<Reader, 'language'>): Promise<Composed> {
    const { undoes } = restore.request;
    if (undoes) await coordinator.apply(undoes, { type: 'undone', undoneBy: restore.id });
    const card = undoes ? await places.card(undoes) : undefined;
    return { kind: 'message', ...(card ? { place: card } : {}), ...undoneReply(restore, everybody) };
  }

  async function settle(loaded: Loaded, owed: OwedMessage, delivery: Undated<Delivery>): Promise<void> {
    const { id } = loaded.restore;
    const event = { type: 'message-settled', key: owed.key, delivery: { ...delivery, at: loaded.now } } as const;
    await coordinator.apply(id, event, loaded);
    await places.release(id, owed.key);
  }

  /** A promised word that fell due is owed from then on. */
  async function keepPromise(id: RestoreId): Promise<void> {
    const loaded = await coordinator.find(id);
    if (loaded && updateIsDue(loaded.restore, loaded.now)) await coordinator.apply(id, { type: 'update-due' }, loaded);
  }

  /** What stakeholders are told stands in the thread of their head message, which is posted first; a reminder in the card's. */
  async function post(
    loaded: Loaded,
    owed: OwedMessage,
    { text, blocks, place }: SlackMessage & { readonly place?: Pick<CardPlace, 'channel' | 'ts'> },
  ): Promise<Posted> {
    const { restore, now } = loaded;
    const request = { restoreId: restore.id, key: owed.key, to: owed.to, message: { text, blocks }, now };
    if (place) return parts.postOnce({ ...request, to: place.channel, thread: { ts: place.ts, isAnnounced: false } });
    const placing = IN_THREAD[owed.kind];
    if (!placing) return parts.postOnce(request);
    const head = await parts.heads.stand(loaded, owed.to);
    if (head.kind !== 'posted') return head;
    const thread = { ts: head.ts, isAnnounced: placing === 'announced' };
    const posted = await parts.postOnce({ ...request, to: head.channel, thread });
    if (posted.kind !== 'refused' || !GONE.has(posted.code)) return posted;
    await parts.heads.lost(loaded, owed.to, head.ts);
    return { kind: 'unsettled', retryAfterMs: 0 };
  }

  return async function deliver(id) {
    await keepPromise(id);
    for (;;) {
      const loaded = await coordinator.find(id);
      const [owed, next] = loaded ? owedMessages(loaded.restore) : [];
      if (!loaded || !owed) return;
      const { restore, now } = loaded;
      if (!next) {
        // The last word comes again until it is said, and with it the look for what may have arrived.
        const overtaken = await parts.settleOvertaken(loaded);
        if (overtaken === 'in-doubt') {
          log.warn({ restoreId: id, key: owed.key }, 'message is still owed: what was said before it is looked for');
          return;
        }
        if (overtaken === 'settled') continue;
      }
      const composed = await compose(owed, restore, now);
      if (composed.kind === 'incomplete') {
        const why = `not sent: ${composed.missing.join(', ')} missing`;
        log.error({ restoreId: id, key: owed.key, missing: composed.missing }, 'notice is incomplete');
        await settle(loaded, owed, { status: 'undeliverable', why });
        continue;
      }
      if (composed.kind === 'not-yet') return;
      const posted = await post(loaded, owed, composed);
      switch (posted.kind) {
        case 'posted':
          await settle(loaded, owed, { status: 'posted', channel: posted.channel, ts: posted.ts });
          break;
        case 'refused':
          log.error({ restoreId: id, key: owed.key, code: posted.code }, 'message is undeliverable');
          await settle(loaded, owed, {
            status: 'undeliverable',
            why: posted.code,
            ...(posted.mayHaveArrived ? { mayHaveArrived: true } : {}),
          });
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

/** What stands in a thread; what changes people's plans is announced in the channel as well. */
const IN_THREAD: Readonly<Partial<Record<OwedMessage['kind'], 'in-thread' | 'announced'>>> = {
  planned: 'in-thread',
  late: 'announced',
  'put-off': 'announced',
  outcome: 'announced',
  'start-moved': 'announced',
  'file-awaited': 'in-thread',
  unclear: 'in-thread',
  started: 'in-thread',
  verifying: 'in-thread',
  update: 'in-thread',
  'newly-told': 'in-thread',
  objection: 'in-thread',
  'objection-answered': 'in-thread',
};

type Undated<D> = D extends unknown ? Omit<D, 'at'> : never;
