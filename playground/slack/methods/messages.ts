import { isJson, validateMessage } from '../block-kit-rules.ts';
import { type Method, refuseInvalid, SlackRefusal } from '../method.ts';
import type { Json, SimMessage, Workspace } from '../workspace.ts';
import { channelFor } from './channels.ts';

/** Messages: posted, changed and read again. */
export function messageMethods(
  workspace: Workspace,
  parts: { readonly botUserId: string; readonly nextTs: () => string },
): Readonly<Record<string, Method>> {
  const { botUserId, nextTs } = parts;

  /** What everybody in a channel and its threads can read, oldest first. */
  function said(args: Json): readonly SimMessage[] {
    const channel = channelFor(workspace, args);
    const oldest = Number(args.oldest ?? 0);
    const latest = Number(args.latest ?? Number.POSITIVE_INFINITY);
    return workspace.messages.filter(
      ({ channel: at, onlyFor, ts }) => at === channel.id && !onlyFor && Number(ts) >= oldest && Number(ts) <= latest,
    );
  }

  /** A reply belongs to a message that is there. */
  function threadIn(args: Json, channel: string): Pick<SimMessage, 'threadTs' | 'isAnnounced'> {
    const { thread_ts: threadTs } = args;
    if (typeof threadTs !== 'string') return {};
    const parent = workspace.messages.find(({ ts, channel: at }) => ts === threadTs && at === channel);
    if (!parent) throw new SlackRefusal('thread_not_found');
    return { threadTs, ...(String(args.reply_broadcast) === 'true' ? { isAnnounced: true } : {}) };
  }

  /** Puts what was sent into its channel. */
  function put(
    args: Json,
    how: (channel: string) => Partial<SimMessage>,
  ): { readonly channel: string; readonly ts: string } {
    const { id: channel } = channelFor(workspace, args);
    refuseMessage(args);
    const ts = nextTs();
    workspace.messages.push({
      ts,
      channel,
      user: botUserId,
      text: String(args.text),
      blocks: blocksIn(args),
      ...(isJson(args.metadata) ? { metadata: args.metadata } : {}),
      ...how(channel),
    });
    return { channel, ts };
  }

  /** What the history tells of a thread: how many answers it has, and when the latest came. */
  function repliesTo({ ts, channel }: SimMessage): Json {
    const replies = workspace.messages.filter(({ threadTs, channel: at }) => threadTs === ts && at === channel);
    const latest = replies.at(-1);
    return latest ? { thread_ts: ts, reply_count: replies.length, latest_reply: latest.ts } : {};
  }

  return {
    'chat.postMessage': (args) => {
      const { channel, ts } = put(args, (id) => threadIn(args, id));
      return { ok: true, channel, ts, message: { ts } };
    },
    'chat.postEphemeral': (args) => {
      const { ts } = put(args, () => ({ onlyFor: String(args.user) }));
      return { ok: true, message_ts: ts };
    },
    'chat.update': (args) => {
      if (/^[UW]/.test(String(args.channel))) throw new SlackRefusal('channel_not_found');
      const channel = channelFor(workspace, args);
      const message = workspace.messages.find(({ ts, channel: at }) => ts === args.ts && at === channel.id);
      if (!message || message.onlyFor) throw new SlackRefusal('message_not_found');
      if (message.user !== botUserId) throw new SlackRefusal('cant_update_message');
      if (String(args.text).length > 4000) throw new SlackRefusal('msg_too_long');
      refuseMessage(args);
      message.text = String(args.text);
      message.blocks = blocksIn(args);
      message.isEdited = true;
      if (isJson(args.metadata)) message.metadata = args.metadata;
      return { ok: true, channel: channel.id, ts: message.ts };
    },
    'chat.getPermalink': (args) => ({
      ok: true,
      permalink: `https://${workspace.team.domain}.slack.com/archives/${String(args.channel)}/p${String(args.message_ts).replace('.', '')}`,
    }),
    'conversations.history': (args) => {
      const inChannel = said(args).filter(({ threadTs, isAnnounced }) => threadTs === undefined || isAnnounced);
      const told = inChannel.map((message) => ({ ...asTold(message), ...repliesTo(message) }));
      return page(told.reverse(), args);
    },
    'conversations.replies': (args) => {
      const { oldest: _, ...whole } = args;
      const isParent = ({ ts }: SimMessage) => ts === args.ts;
      if (!said(whole).some(isParent)) throw new SlackRefusal('thread_not_found');
      // The message that a thread answers is told always, however old it is.
      const inThread = [...said(whole).filter(isParent), ...said(args).filter(({ threadTs }) => threadTs === args.ts)];
      return page(inThread.map(asTold), args);
    },
  };
}

function refuseMessage(args: Json): void {
  refuseInvalid(validateMessage({ text: args.text, blocks: args.blocks ?? [] }), 'invalid_blocks');
}

/** A message as Slack tells it to an app. */
function asTold({ ts, user, text, blocks, metadata, threadTs }: SimMessage): Json {
  return { ts, user, text, blocks, ...(metadata ? { metadata } : {}), ...(threadTs ? { thread_ts: threadTs } : {}) };
}

/** So many messages as Slack gives at once, and where the next ones begin. */
function page(messages: readonly Json[], args: Json): Json {
  const from = Number(args.cursor ?? 0);
  const to = from + Math.min(Number(args.limit ?? 100), 999);
  const hasMore = to < messages.length;
  return {
    ok: true,
    messages: messages.slice(from, to),
    has_more: hasMore,
    ...(hasMore ? { response_metadata: { next_cursor: String(to) } } : {}),
  };
}

function blocksIn(args: Json): readonly Json[] {
  return Array.isArray(args.blocks) ? args.blocks.filter(isJson) : [];
}
