import { randomBytes } from 'node:crypto';
import { type Method, SlackRefusal } from './method.ts';
import { channelMethods } from './methods/channels.ts';
import { messageMethods } from './methods/messages.ts';
import { peopleMethods } from './methods/people.ts';
import { viewMethods } from './methods/views.ts';
import { neededScope } from './scopes.ts';
import type { Triggers } from './triggers.ts';
import type { Json, Workspace } from './workspace.ts';

/** The app as Slack knows it. */
export interface SimApp {
  readonly botUserId: string;
  readonly botId: string;
  readonly appId: string;
  readonly botToken: string;
  readonly appToken: string;
  readonly scopes: readonly string[];
}

/** The part of the Web API that the bot uses. An unknown method is refused, as Slack does. */
export function createWebApi(
  workspace: Workspace,
  app: SimApp,
  parts: {
    readonly baseUrl: () => string;
    readonly now: () => number;
    readonly triggers: Triggers;
    readonly onChange: () => void;
  },
) {
  let lastTs = 0;
  /** Unique and rising, like Slack's. */
  function nextTs(): string {
    lastTs = Math.max(parts.now() * 1000, lastTs + 1);
    return `${Math.floor(lastTs / 1e6)}.${String(lastTs % 1e6).padStart(6, '0')}`;
  }

  const methods: Readonly<Record<string, Method>> = {
    'auth.test': () => ({
      ok: true,
      url: `https://${workspace.team.domain}.slack.com/`,
      team: workspace.team.name,
      team_id: workspace.team.id,
      user: 'restore-bot',
      user_id: app.botUserId,
      bot_id: app.botId,
      is_enterprise_install: false,
    }),
    'apps.connections.open': () => ({
      ok: true,
      url: `${parts.baseUrl().replace('http', 'ws')}/link/?ticket=${randomBytes(6).toString('hex')}`,
    }),
    ...messageMethods(workspace, { botUserId: app.botUserId, nextTs }),
    ...channelMethods(workspace),
    ...peopleMethods(workspace),
    ...viewMethods(workspace, parts.triggers),
  };

  const isPrivate = (id: unknown) => workspace.channels.some((channel) => channel.id === id && channel.isPrivate);

  return {
    /** Answers a call or throws `SlackRefusal`. */
    call(method: string, token: string, args: Json): Json {
      const wanted = method === 'apps.connections.open' ? app.appToken : app.botToken;
      if (token === '') throw new SlackRefusal('not_authed');
      if (token !== wanted) throw new SlackRefusal('invalid_auth');
      const run = methods[method];
      if (!run) throw new SlackRefusal('unknown_method');
      const needed = neededScope(method, args, isPrivate(args.channel));
      if (needed && !app.scopes.includes(needed))
        throw new SlackRefusal('missing_scope', { needed, provided: app.scopes.join(',') });
      const answer = run(args);
      parts.onChange();
      return answer;
    },
    nextTs,
  };
}
