import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import { madeMessage, passwordText, strayMessage, unreadableMadeMessage } from '../../messages/made-instance.ts';
import type { TellPassword } from '../new-instances/passwords.ts';
import type { SayOfMade, SayStray, SayUnreadable } from '../new-instances/reaper.ts';
import type { Reader } from '../restore/language.ts';
import type { Instant } from '../restore/names.ts';
import { rulesLanguage } from '../restore/policy/rules-language.ts';
import type { Policy } from '../restore/policy.ts';
import type { MessagePlaces } from '../store/message-places.ts';
import type { PostOnce, SlackMessage } from './post-once.ts';
import type { Readers } from './readers.ts';

/** What is said of made instances: each thing once, in the audit channel or to the owner; strays, and records that nobody can read, in every audit channel. */
export function createMadeInstanceMessages(parts: {
  readonly policy: () => Policy;
  readonly readers: Pick<Readers, 'readerOf'>;
  readonly places: Pick<MessagePlaces, 'release'>;
  readonly postOnce: PostOnce;
  readonly log: Logger;
}): { readonly say: SayOfMade; readonly sayStray: SayStray; readonly sayUnreadable: SayUnreadable } {
  const { places, postOnce, log } = parts;
  const readerFor = async (to: string) =>
    /^[UW]/.test(to) ? parts.readers.readerOf(to) : { language: rulesLanguage(parts.policy(), to) };

  /** What concerns no instance that is known for sure is said in every audit channel. */
  async function sayInAuditChannels(
    about: string,
    messageFor: (reader: Pick<Reader, 'language'>) => SlackMessage,
    now: Instant,
  ): Promise<'settled' | 'still-owed'> {
    const channels = new Set(parts.policy().instances.map(({ auditChannel }) => auditChannel));
    let isOwed = false;
    for (const to of channels) {
      const key = `${about}:${to}`;
      const posted = await postOnce({ restoreId: 'made', key, to, message: messageFor(await readerFor(to)), now });
      if (posted.kind === 'refused')
        log.error({ key, to, code: posted.code }, 'word of a made or stray instance is undeliverable');
      if (posted.kind === 'unsettled') isOwed = true;
      else await places.release('made', key);
    }
    return isOwed ? 'still-owed' : 'settled';
  }

  return {
    async say(made, { saying, to }, now) {
      const key = `made:${made.id}:${saying}`;
      const message = madeMessage(made, saying, await readerFor(to));
      const posted = await postOnce({ restoreId: made.restoreId, key, to, message, now });
      if (posted.kind === 'unsettled') return 'still-owed';
      if (posted.kind === 'refused')
        log.error({ key, to, code: posted.code }, 'word of a made instance is undeliverable');
      await places.release(made.restoreId, key);
      return 'settled';
    },
    sayStray: (stray, isOurMark, now) =>
      sayInAuditChannels(`stray:${stray.id}`, (reader) => strayMessage(stray, isOurMark, reader), now),
    sayUnreadable: (id, now) =>
      sayInAuditChannels(`unreadable:${id}`, (reader) => unreadableMadeMessage(id, reader), now),
  };
}

/** Tells the owner in a message that only they see and that Slack does not keep. Sent once, whatever comes of it. */
export function createTellPassword({
  client,
  readers,
}: {
  readonly client: WebClient;
  readonly readers: Pick<Readers, 'readerOf'>;
}): TellPassword {
  return async (made, password) => {
    const { text } = passwordText(made, password.reveal(), await readers.readerOf(made.owner));
    const { ok } = await client.chat.postEphemeral({
      channel: made.ownersChannel,
      user: made.owner,
      text,
      parse: 'none',
      link_names: false,
    });
    return ok;
  };
}
