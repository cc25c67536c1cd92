import type { PersonaView } from '../persona-protocol.ts';
import { nameOf } from './mrkdwn.ts';

type Message = PersonaView['messages'][number];

/** What is new since somebody looked, in words for a screen reader and as numbers beside the channels. */
export function createNews() {
  const read = new Map<string, Set<string>>();
  let heard: { readonly who: string; readonly titles: ReadonlyMap<string, string> } | undefined;

  const ofReader = (who: string, channel: string) => {
    const key = `${who} ${channel}`;
    const seen = read.get(key) ?? new Set<string>();
    read.set(key, seen);
    return seen;
  };

  return {
    /** What to say of messages that came, or changed their first line, since this was last asked for the same person. */
    since(view: PersonaView): string {
      const titles = new Map(view.messages.map((message) => [message.ts, titleOf(message)]));
      const before = heard?.who === view.me.id ? heard.titles : titles;
      heard = { who: view.me.id, titles };
      return view.messages
        .filter(({ ts, user }) => user !== view.me.id && before.get(ts) !== titles.get(ts))
        .map((message) => {
          const where = view.channels.find(({ id }) => id === message.channel);
          const place = where?.directWith ? 'in your direct messages' : `in #${where?.name ?? ''}`;
          const what = before.has(message.ts) ? 'Changed' : `New from ${nameOf(message.user, view)}`;
          return `${what} ${place}: ${titles.get(message.ts)}`;
        })
        .join(' ');
    },
    /** How many messages of a channel this person has not had on the screen. */
    unread(view: PersonaView, channel: string): number {
      const seen = ofReader(view.me.id, channel);
      return view.messages.filter(
        ({ ts, channel: where, user }) => where === channel && user !== view.me.id && !seen.has(ts),
      ).length;
    },
    markRead(view: PersonaView, channel: string): void {
      const seen = ofReader(view.me.id, channel);
      for (const message of view.messages) if (message.channel === channel) seen.add(message.ts);
    },
  };
}

/** The first line, without Slack's marks. */
function titleOf({ text }: Message): string {
  const [line = ''] = text.split('\n');
  return line
    .replace(/<!date\^\d+\^[^|]*\|([^>]*)>/g, '$1')
    .replace(/<[@#!][^>]*>/g, '')
    .replace(/[*_`]/g, '');
}
