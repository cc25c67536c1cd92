import { shadowFound } from '../../messages/shadow/found.ts';
import { shadowEnded, shadowVerified } from '../../messages/shadow/later.ts';
import { shadowNotice } from '../../messages/shadow/notice.ts';
import type { Reader } from '../restore/language.ts';
import { type OwedShadowMessage, owedShadowMessages } from '../restore/shadow/owed.ts';
import type { ShadowId, ShadowRestore } from '../restore/shadow/shadow-restore.ts';
import type { ShadowKeeper } from '../shadow/shadow-keeper.ts';
import { createOwedPoster, type OwedPosterParts } from './owed-poster.ts';
import type { SlackMessage, Thread } from './post-once.ts';

/** Says what a shadow restore owes, each message once. May be repeated at will, and by any number of workers. */
export type PostShadowMessages = (id: ShadowId) => Promise<void>;

export function createShadowMessages({
  shadows,
  ...parts
}: OwedPosterParts & { readonly shadows: Pick<ShadowKeeper, 'find' | 'said'> }): PostShadowMessages {
  return createOwedPoster({
    ...parts,
    called: 'shadowRestore',
    records: shadows,
    owedBy: owedShadowMessages,
    compose,
    threadOf,
  });
}

function compose(record: ShadowRestore, { kind, to }: OwedShadowMessage, reader: Reader): SlackMessage | undefined {
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

/** Where the first message stands; what follows one that could not be posted stands by itself. */
function threadOf(
  { deliveries }: ShadowRestore,
  { under, kind }: OwedShadowMessage,
): { readonly channel: string; readonly thread: Thread } | undefined {
  const first = under === undefined ? undefined : deliveries[under];
  if (first?.status !== 'posted') return undefined;
  return { channel: first.channel, thread: { ts: first.ts, isAnnounced: kind === 'ended' } };
}
