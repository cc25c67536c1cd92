import type { Logger } from 'pino';
import { shadowFound } from '../../messages/shadow/found.ts';
import { shadowEnded, shadowVerified } from '../../messages/shadow/later.ts';
import { shadowNotice } from '../../messages/shadow/notice.ts';
import type { Instant } from '../restore/names.ts';
import type { Policy } from '../restore/policy.ts';
import { publicLanguage } from '../restore/public-language.ts';
import { type OwedShadowMessage, owedShadowMessages } from '../restore/shadow/owed.ts';
import type { ShadowId, ShadowRestore } from '../restore/shadow/shadow-restore.ts';
import { isPerson } from '../restore/stakeholders.ts';
import type { ShadowKeeper } from '../shadow/shadow-keeper.ts';
import type { MessagePlaces } from '../store/message-places.ts';
import type { PostOnce, SlackMessage, Thread } from './post-once.ts';
import type { Readers } from './readers.ts';

/** Says what a shadow restore owes, each message once. May be repeated at will, and by any number of workers. */
export type PostShadowMessages = (id: ShadowId) => Promise<void>;

export function createShadowMessages(parts: {
  readonly shadows: Pick<ShadowKeeper, 'find' | 'said'>;
  readonly places: Pick<MessagePlaces, 'release'>;
  readonly postOnce: PostOnce;
  readonly readerOf: Readers['readerOf'];
  readonly policy: () => Policy;
  readonly now: () => Promise<Instant>;
  readonly log: Logger;
}): PostShadowMessages {
  const { shadows, log } = parts;

  async function compose(record: ShadowRestore, { kind, to }: OwedShadowMessage): Promise<SlackMessage | undefined> {
    const reader = isPerson(to)
      ? await parts.readerOf(to)
      : { language: publicLanguage(parts.policy(), record.instance.auraId, to) };
    switch (kind) {
      case 'found':
        return shadowFound(record, to, reader);
      case 'ended':
        return shadowEnded(record, to, reader);
      case 'verified':
        return shadowVerified(record, reader);
      case 'announced': {
        const notice = shadowNotice(record, reader);
        return notice.kind === 'message' ? { text: notice.text, blocks: notice.blocks } : undefined;
      }
      default:
        return kind satisfies never;
    }
  }

  /** True when it was settled, so that the next one may be said. */
  async function say(record: ShadowRestore, owed: OwedShadowMessage): Promise<boolean> {
    const { id } = record;
    const { key, to } = owed;
    const at = await parts.now();
    const refused = async (why: string) => {
      log.error({ shadowRestore: id, key, why }, 'message is undeliverable');
      await shadows.said(id, key, { status: 'undeliverable', why, at });
      return true;
    };
    const message = await compose(record, owed);
    if (!message) return refused('not sent: something it must say is missing');
    const where = threadOf(record, owed);
    const posted = await parts.postOnce({
      restoreId: id,
      key,
      to: where?.channel ?? to,
      message,
      ...(where ? { thread: where.thread } : {}),
      now: at,
    });
    if (posted.kind === 'unsettled') {
      log.warn({ shadowRestore: id, key }, 'message is still owed');
      return false;
    }
    if (posted.kind === 'refused') return refused(posted.code);
    await shadows.said(id, key, { status: 'posted', channel: posted.channel, ts: posted.ts, at });
    await parts.places.release(id, key);
    return true;
  }

  return async function postShadowMessages(id) {
    const unsettled = new Set<string>();
    for (;;) {
      const record = await shadows.find(id);
      const owed =
        record &&
        owedShadowMessages(record).find(({ key, under = '' }) => !unsettled.has(key) && !unsettled.has(under));
      if (!record || !owed) return;
      if (!(await say(record, owed))) unsettled.add(owed.key);
    }
  };
}

/** Where the first message stands; what follows one that could not be posted stands by itself. */
function threadOf(
  { deliveries }: ShadowRestore,
  { under, kind }: OwedShadowMessage,
): { readonly channel: string; readonly thread: Thread } | undefined {
  const first = under === undefined ? undefined : deliveries[under];
  if (first?.status !== 'posted') return undefined;
  return { channel: first.channel, thread: { ts: first.ts, isAnnounced: kind === 'ended' } };
}
