import type { KnownBlock } from '@slack/types';
import { notifiedBy } from '../src/restore/asked-people.ts';
import type { Restore } from '../src/restore/restore.ts';
import { LIMIT } from './slack-limits.ts';
import { context, type Message, mention } from './slack-text.ts';
import { spokenText } from './spoken.ts';
import type { Words } from './words/words.ts';

/** Of more than these a message would have no room. */
const MOST_RUNG = 120;
const MENTIONS = /<@([UW][A-Z0-9]+)>|<!subteam\^(S[A-Z0-9]+)>/g;

/**
 * A card as it is posted, so that its posting notifies whom it asks and nobody else but the requester: each of them is
 * mentioned, and others whom it names are named by the edit that follows, which notifies nobody. The message itself when
 * it names just those.
 */
export function cardAsPosted(message: Message, restore: Restore, words: Words): Message {
  const rung = notifiedBy(restore);
  const named = mentionsIn(JSON.stringify(message));
  const wanted = [...rung.groups.map(mention.group), ...rung.users.map(mention.person)];
  const unnamed = wanted.filter((one) => !named.has(one)).slice(0, MOST_RUNG);
  const isWanted = (one: string) => wanted.includes(one) || one === mention.person(restore.request.requestedBy);
  if (unnamed.length === 0 && [...named].every(isWanted)) return message;
  const quiet = (text: string) =>
    text.replace(MENTIONS, (one, person: string | undefined) => {
      if (isWanted(one)) return one;
      return person === undefined ? words.basics.someGroup : words.basics.somebody;
    });
  const blocks: KnownBlock[] = JSON.parse(quiet(JSON.stringify(message.blocks)));
  if (unnamed.length === 0) return { text: quiet(message.text), blocks };
  const [heading, ...rest] = blocks;
  const also = context(words.agreement.asked(unnamed.join(', ')));
  const all = [...(heading ? [heading] : []), also, ...rest].slice(0, LIMIT.blocks);
  const [headline = ''] = message.text.split('\n', 1);
  return {
    text: spokenText(quiet(headline), all, words),
    blocks: all,
  };
}

function mentionsIn(text: string): ReadonlySet<string> {
  return new Set([...text.matchAll(MENTIONS)].map(([one]) => one));
}
