import type { WebClient } from '@slack/web-api';

/**
 * The one message that stands at `ts` in a channel, with its metadata; undefined when there is none. Reads through the history, since
 * Slack has no call for a single message. Rejects when Slack does not answer or does not let the bot read there.
 */
export async function messageAt(client: WebClient, channel: string, ts: string) {
  const only = { channel, oldest: ts, latest: ts, inclusive: true, limit: 1, include_all_metadata: true };
  const { messages = [] } = await client.conversations.history(only);
  return messages.find((message) => message.ts === ts);
}
