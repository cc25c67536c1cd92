import type { Logger } from 'pino';
import type { Reader } from '../restore/language.ts';
import type { Instant } from '../restore/names.ts';
import type { Policy } from '../restore/policy.ts';
import { publicLanguage } from '../restore/public-language.ts';
import type { Delivery, Restore } from '../restore/restore.ts';
import { isPerson } from '../restore/stakeholders.ts';
import type { MessagePlaces } from '../store/message-places.ts';
import { deliveryOf } from './delivery.ts';
import type { PostOnce, SlackMessage, Thread } from './post-once.ts';
import type { Readers } from './readers.ts';

/** A small record beside the restores that owes messages about one instance, and keeps what became of each. */
interface Owing {
  readonly id: string;
  readonly instance: Pick<Restore['plan']['instance'], 'auraId'>;
}

interface Owed {
  readonly key: string;
  /** A channel, or a person who is told directly. */
  readonly to: string;
  /** The key of a message that must have been settled before. */
  readonly under?: string;
}

/** What posting stands on, whatever the record is. */
export interface OwedPosterParts {
  readonly places: Pick<MessagePlaces, 'release'>;
  readonly postOnce: PostOnce;
  readonly readerOf: Readers['readerOf'];
  readonly policy: () => Policy;
  readonly now: () => Promise<Instant>;
  readonly log: Logger;
}

/**
 * Says what a record owes, each message once, and notes in the record what became of it. One that Slack will not take now
 * stays owed, and the others are said meanwhile. The answer may be repeated at will, and called by any number of workers.
 */
export function createOwedPoster<Kept extends Owing, Message extends Owed>(
  parts: OwedPosterParts & {
    /** The kind of record, as the log calls it. */
    readonly called: string;
    readonly records: {
      find(id: string): Promise<Kept | undefined>;
      said(id: string, key: string, delivery: Delivery): Promise<void>;
    };
    /** What is owed and not settled, in the order in which it is to be said. */
    readonly owedBy: (record: Kept) => readonly Message[];
    /** Undefined: something that it must say is missing, and it is never sent. */
    readonly compose: (record: Kept, owed: Message, reader: Reader) => SlackMessage | undefined;
    /** Where a message stands that stands in a thread. Absent: each stands by itself. */
    readonly threadOf?: (
      record: Kept,
      owed: Message,
    ) => { readonly channel: string; readonly thread: Thread } | undefined;
  },
): (id: string) => Promise<void> {
  const { records, log, called } = parts;

  /** Undefined while it is still owed. */
  async function say(record: Kept, owed: Message): Promise<Delivery | undefined> {
    const { key, to } = owed;
    const reader = isPerson(to)
      ? await parts.readerOf(to)
      : { language: publicLanguage(parts.policy(), record.instance.auraId, to) };
    const message = parts.compose(record, owed, reader);
    const at = await parts.now();
    if (!message) return { status: 'undeliverable', why: 'not sent: something it must say is missing', at };
    const where = parts.threadOf?.(record, owed);
    const posted = await parts.postOnce({
      restoreId: record.id,
      key,
      to: where?.channel ?? to,
      message,
      ...(where ? { thread: where.thread } : {}),
      now: at,
    });
    return deliveryOf(posted, at);
  }

  return async function postOwed(id) {
    const unsettled = new Set<string>();
    for (;;) {
      const record = await records.find(id);
      const owed =
        record && parts.owedBy(record).find(({ key, under = '' }) => !unsettled.has(key) && !unsettled.has(under));
      if (!record || !owed) return;
      const { key } = owed;
      const delivery = await say(record, owed);
      if (!delivery) {
        log.warn({ [called]: id, key }, 'message is still owed');
        unsettled.add(key);
        continue;
      }
      if (delivery.status === 'undeliverable')
        log.error({ [called]: id, key, why: delivery.why }, 'message is undeliverable');
      await records.said(id, key, delivery);
      await parts.places.release(id, key);
    }
  };
}
