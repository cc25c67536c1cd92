import type { WebClient } from '@slack/web-api';
import { z } from 'zod';

/** Where messages to a channel or a person stand: the channel itself, or the direct messages with the person, opened if need be. */
export async function channelOf(client: WebClient, to: string): Promise<string> {
  if (!/^[UW]/.test(to)) return to;
  const opened = await client.conversations.open({ users: to });
  return z.string().parse(opened.channel?.id);
}
