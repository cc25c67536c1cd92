/** The scopes of the bot's token, as `manifest.yml` asks for them. */
export const SCOPES = [
  'commands',
  'chat:write',
  'users:read',
  'users:read.email',
  'usergroups:read',
  'im:write',
  'im:history',
  'channels:read',
  'channels:history',
  'groups:read',
  'groups:history',
] as const;
