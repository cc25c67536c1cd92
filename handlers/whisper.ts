import type { WebClient } from '@slack/web-api';
import { refusalText } from '../messages/refusal.ts';
import type { Reader } from '../src/restore/language.ts';
import type { Refusal } from '../src/restore/refusal.ts';
import type { Restore } from '../src/restore/restore.ts';
import type { Desk } from './desk.ts';

/** Where a private answer can be given: in the channel of the click, or in a direct message where there is none. */
export interface Whispering {
  readonly client: WebClient;
  readonly person: string;
  readonly channel?: string | undefined;
}

/** Words for whoever reads them. */
export type Say = (reader: Reader) => { readonly text: string };

/** Says something that only one person sees. Never throws: the decision stands whether or not it can be told. */
export async function whisper(desk: Desk, { client, person, channel }: Whispering, say: Say): Promise<void> {
  try {
    const { text } = say(await desk.directory.readerOf(person));
    if (channel) await client.chat.postEphemeral({ channel, user: person, text, parse: 'none', link_names: false });
    else await client.chat.postMessage({ channel: person, text, parse: 'none', link_names: false });
  } catch (error) {
    desk.log.warn({ err: error, person }, 'could not answer privately');
  }
}

/** Tells a person why their attempt changed nothing. */
export async function whisperRefusal(desk: Desk, to: Whispering, refusal: Refusal, restore?: Restore): Promise<void> {
  await whisper(desk, to, (reader) => refusalText(refusal, restore ? { restore, reader } : { reader }));
}
