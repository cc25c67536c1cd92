import type { Json } from './workspace.ts';

/** Which scope each method needs; a method without an entry needs none. */
const SCOPES: Readonly<Record<string, string>> = {
  'chat.postMessage': 'chat:write',
  'chat.postEphemeral': 'chat:write',
  'chat.update': 'chat:write',
  'users.info': 'users:read',
  'users.lookupByEmail': 'users:read.email',
  'usergroups.users.list': 'usergroups:read',
  'usergroups.list': 'usergroups:read',
  'conversations.open': 'im:write',
};

/** The scope that a call needs; undefined: none. */
export function neededScope(method: string, args: Json, isPrivate: boolean): string | undefined {
  const kind = String(args.channel).startsWith('D') ? 'im' : isPrivate ? 'groups' : 'channels';
  switch (method) {
    case 'conversations.history':
    case 'conversations.replies':
      return `${kind}:history`;
    case 'conversations.info':
      return `${kind}:read`;
    default:
      return SCOPES[method];
  }
}
