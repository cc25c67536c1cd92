import type { Logger } from 'pino';
import { delegationWord } from '../../messages/delegation-word.ts';
import type { Delegations } from '../delegations.ts';
import type { Delegation } from '../restore/delegation.ts';
import { type DelegationWord, owedWords } from '../restore/delegation-words.ts';
import type { Instant } from '../restore/names.ts';
import type { Delivery } from '../restore/restore.ts';
import type { MessagePlaces } from '../store/message-places.ts';
import { deliveryOf } from './delivery.ts';
import type { PostOnce } from './post-once.ts';
import type { Readers } from './readers.ts';

/** Tells the people of delegations what they must hear, each once. May be repeated at will, and by any number of workers. */
export type TellDelegations = () => Promise<void>;

export function createDelegationMessages(parts: {
  readonly delegations: Pick<Delegations, 'owing' | 'settle'>;
  readonly places: Pick<MessagePlaces, 'release'>;
  readonly postOnce: PostOnce;
  readonly readerOf: Readers['readerOf'];
  readonly now: () => Promise<Instant>;
  readonly log: Logger;
}): TellDelegations {
  const { log } = parts;

  /** Undefined while it is still owed. */
  async function say(delegation: Delegation, { key, to }: DelegationWord): Promise<Delivery | undefined> {
    const now = await parts.now();
    if (delegation.endsAt <= now)
      return { status: 'undeliverable', why: 'it was over before it could be said', at: now };
    const message = delegationWord(key, delegation, now, await parts.readerOf(to));
    const posted = await parts.postOnce({ restoreId: delegation.id, key, to, message, now });
    if (posted.kind === 'refused')
      log.error({ delegation: delegation.id, key, code: posted.code }, 'nobody could be told of a delegation');
    return deliveryOf(posted, now);
  }

  return async function tellDelegations() {
    for (const delegation of await parts.delegations.owing()) {
      for (const word of owedWords(delegation)) {
        const delivery = await say(delegation, word);
        if (!delivery) continue;
        await parts.delegations.settle(delegation.id, word.key, delivery);
        await parts.places.release(delegation.id, word.key);
      }
    }
  };
}
