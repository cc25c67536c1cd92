import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { troubleOf } from '../slack/slack-errors.ts';
import type { Finding, StartCheck } from './finding.ts';
import { type Named, placesWords } from './named.ts';

const channel = z.object({
  name: z.string().optional(),
  is_member: z.boolean().optional(),
  is_archived: z.boolean().optional(),
});

const AT_ONCE = 5;

/** Each channel that is named: there, not archived, and the bot in it. */
export function createChannelsCheck(parts: {
  readonly client: WebClient;
  readonly channels: () => Named;
  /** The bot's name in Slack, for the words to type. */
  readonly botName: () => string;
}): StartCheck {
  const { client } = parts;
  const invite = () => `/invite @${parts.botName()}`;

  async function wrongWith(id: string, places: readonly string[]): Promise<string | undefined> {
    const named = `Slack channel ${id} (${placesWords(places)})`;
    try {
      const info = await client.conversations.info({ channel: id });
      const found = channel.parse(info.channel);
      const shown = `${named}, #${found.name ?? '?'},`;
      if (found.is_archived) return `${shown} is archived: unarchive it in Slack, or name another channel.`;
      if (found.is_member !== true) return `${shown} does not have the bot as a member: type ${invite()} there.`;
      return undefined;
    } catch (error) {
      const trouble = troubleOf(error);
      if (trouble.kind !== 'refused') return NOT_ASKED;
      switch (trouble.code) {
        case 'channel_not_found':
          return `${named} is not there, or is private and the bot is not in it: type ${invite()} there, or correct the id.`;
        case 'missing_scope':
          return NO_SCOPE;
        default:
          return `${named} cannot be looked at (Slack says ${trouble.code}).`;
      }
    }
  }

  return {
    about: 'channels',
    async find() {
      const named = [...parts.channels()];
      const words = new Set<string>();
      for (let at = 0; at < named.length; at += AT_ONCE) {
        const wrong = await Promise.all(named.slice(at, at + AT_ONCE).map(([id, places]) => wrongWith(id, places)));
        for (const one of wrong) if (one) words.add(one);
      }
      return [...words].map((one): Finding => ({ about: 'channels', weight: 'fault', words: one }));
    },
  };
}

const NOT_ASKED = 'Slack could not be asked about every channel; it is asked again.';
const NO_SCOPE =
  'Slack does not let the bot look at channels: add the scopes channels:read and groups:read to the Slack app, and reinstall it.';
