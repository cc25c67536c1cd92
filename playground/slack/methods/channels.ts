import { type Method, SlackRefusal } from '../method.ts';
import type { Json, SimChannel, Workspace } from '../workspace.ts';

/** The channel that a call is about, or the direct message with a person, which begins with the first call. */
export function channelFor(workspace: Workspace, args: Json): SimChannel {
  const id = String(args.channel);
  const found = workspace.channels.find((channel) => channel.id === id);
  if (found?.isArchived) throw new SlackRefusal('is_archived');
  if (found && !found.botIsMember) throw new SlackRefusal('not_in_channel');
  if (found) return found;
  if (workspace.users.some((user) => user.id === id)) return direct(workspace, id);
  throw new SlackRefusal('channel_not_found');
}

function direct(workspace: Workspace, user: string): SimChannel {
  const found = workspace.channels.find(({ directWith }) => directWith === user);
  if (found) return found;
  const opened: SimChannel = { id: `D${user.slice(1)}`, name: 'Restore Bot', botIsMember: true, directWith: user };
  workspace.channels.push(opened);
  return opened;
}

/** Channels and what is known of them. */
export function channelMethods(workspace: Workspace): Readonly<Record<string, Method>> {
  return {
    'conversations.open': (args) => ({ ok: true, channel: { id: direct(workspace, String(args.users)).id } }),
    'conversations.info': (args) => {
      const found = workspace.channels.find((channel) => channel.id === args.channel);
      if (!found || (found.isPrivate && !found.botIsMember)) throw new SlackRefusal('channel_not_found');
      const { id, name, isPrivate = false, isArchived = false, botIsMember } = found;
      return {
        ok: true,
        channel: { id, name, is_private: isPrivate, is_archived: isArchived, is_member: botIsMember && !isArchived },
      };
    },
  };
}
