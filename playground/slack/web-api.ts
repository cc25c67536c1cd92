import { randomBytes } from 'node:crypto';
import { isJson, type Violation, validateMessage, validateView } from './block-kit-rules.ts';
import type { Json, SimChannel, SimMessage, SimUser, SimView, Workspace } from './workspace.ts';

/** Slack's own way of saying no: HTTP 200 with an error code. */
export class SlackRefusal extends Error {
  readonly extra: Json;
  constructor(code: string, extra: Json = {}) {
    super(code);
    this.extra = extra;
  }
}

export interface SimApp {
  readonly botUserId: string;
  readonly botId: string;
  readonly appId: string;
  readonly botToken: string;
  readonly appToken: string;
  readonly scopes: readonly string[];
}

type Method = (args: Json) => Json;

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

  function channelFor(args: Json): SimChannel {
    const id = String(args.channel);
    const found = workspace.channels.find((channel) => channel.id === id);
    if (found?.isArchived) throw new SlackRefusal('is_archived');
    if (found && !found.botIsMember) throw new SlackRefusal('not_in_channel');
    if (found) return found;
    if (workspace.users.some((user) => user.id === id)) return direct(id);
    throw new SlackRefusal('channel_not_found');
  }

  function direct(user: string): SimChannel {
    const found = workspace.channels.find(({ directWith }) => directWith === user);
    if (found) return found;
    const opened: SimChannel = { id: `D${user.slice(1)}`, name: 'Restore Bot', botIsMember: true, directWith: user };
    workspace.channels.push(opened);
    return opened;
  }

  /** What everybody in a channel and its threads can read, oldest first. */
  function said(args: Json): readonly SimMessage[] {
    const channel = channelFor(args);
    const oldest = Number(args.oldest ?? 0);
    return workspace.messages.filter(
      (message) => message.channel === channel.id && !message.onlyFor && Number(message.ts) >= oldest,
    );
  }

  function refuseInvalid(violations: readonly Violation[], code: 'invalid_blocks' | 'invalid_arguments'): void {
    if (violations.length === 0) return;
    const messages = violations.map(({ message, pointer }) => `${message} [json-pointer:${pointer}]`);
    throw new SlackRefusal(code, {
      errors: messages,
      response_metadata: { messages: messages.map((message) => `[ERROR] ${message}`) },
    });
  }

  function refuseMessage(args: Json): void {
    refuseInvalid(validateMessage({ text: args.text, blocks: args.blocks ?? [] }), 'invalid_blocks');
  }

  function viewIn(args: Json): Json {
    const view = args.view;
    if (!isJson(view)) throw new SlackRefusal('invalid_arguments');
    refuseInvalid(validateView(view), 'invalid_arguments');
    return view;
  }

  function newView(user: string, view: Json, openedBy?: string): SimView {
    return {
      id: `V${randomBytes(5).toString('hex').toUpperCase()}`,
      user,
      ...(openedBy === undefined ? {} : { openedBy }),
      hash: randomBytes(6).toString('hex'),
      view,
      values: {},
      errors: {},
    };
  }

  function findView(id: unknown): SimView {
    for (const stack of workspace.modals.values()) {
      const found = stack.find((view) => view.id === id);
      if (found) return found;
    }
    throw new SlackRefusal('not_found');
  }

  function shown(view: SimView): Json {
    return { ok: true, view: { ...view.view, id: view.id, hash: view.hash } };
  }

  /** A reply belongs to a message that is there. */
  function threadIn(args: Json, channel: string): Pick<SimMessage, 'threadTs' | 'isAnnounced'> {
    const { thread_ts: threadTs } = args;
    if (typeof threadTs !== 'string') return {};
    const parent = workspace.messages.find(({ ts, channel: at }) => ts === threadTs && at === channel);
    if (!parent) throw new SlackRefusal('thread_not_found');
    return { threadTs, ...(String(args.reply_broadcast) === 'true' ? { isAnnounced: true } : {}) };
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
    'chat.postMessage': (args) => {
      const channel = channelFor(args);
      refuseMessage(args);
      const ts = nextTs();
      workspace.messages.push({
        ts,
        channel: channel.id,
        user: app.botUserId,
        text: String(args.text),
        blocks: blocksIn(args),
        ...(isJson(args.metadata) ? { metadata: args.metadata } : {}),
        ...threadIn(args, channel.id),
      });
      return { ok: true, channel: channel.id, ts, message: { ts } };
    },
    'chat.postEphemeral': (args) => {
      const channel = channelFor(args);
      refuseMessage(args);
      const ts = nextTs();
      workspace.messages.push({
        ts,
        channel: channel.id,
        user: app.botUserId,
        text: String(args.text),
        blocks: blocksIn(args),
        ...(isJson(args.metadata) ? { metadata: args.metadata } : {}),
        onlyFor: String(args.user),
      });
      return { ok: true, message_ts: ts };
    },
    'chat.update': (args) => {
      if (/^[UW]/.test(String(args.channel))) throw new SlackRefusal('channel_not_found');
      const channel = channelFor(args);
      const message = workspace.messages.find(({ ts, channel: at }) => ts === args.ts && at === channel.id);
      if (!message || message.onlyFor) throw new SlackRefusal('message_not_found');
      if (message.user !== app.botUserId) throw new SlackRefusal('cant_update_message');
      if (String(args.text).length > 4000) throw new SlackRefusal('msg_too_long');
      refuseMessage(args);
      message.text = String(args.text);
      message.blocks = blocksIn(args);
      message.isEdited = true;
      return { ok: true, channel: channel.id, ts: message.ts };
    },
    'chat.getPermalink': (args) => ({
      ok: true,
      permalink: `https://${workspace.team.domain}.slack.com/archives/${String(args.channel)}/p${String(args.message_ts).replace('.', '')}`,
    }),
    'conversations.open': (args) => ({ ok: true, channel: { id: direct(String(args.users)).id } }),
    'conversations.info': (args) => {
      const found = workspace.channels.find((channel) => channel.id === args.channel);
      if (!found || (found.isPrivate && !found.botIsMember)) throw new SlackRefusal('channel_not_found');
      const { id, name, isPrivate = false, isArchived = false, botIsMember } = found;
      return {
        ok: true,
        channel: { id, name, is_private: isPrivate, is_archived: isArchived, is_member: botIsMember && !isArchived },
      };
    },
    'conversations.history': (args) => {
      const inChannel = said(args).filter(({ threadTs, isAnnounced }) => threadTs === undefined || isAnnounced);
      return page(inChannel.map(asTold).reverse(), args);
    },
    'conversations.replies': (args) => {
      const { oldest: _, ...whole } = args;
      const isParent = ({ ts }: SimMessage) => ts === args.ts;
      if (!said(whole).some(isParent)) throw new SlackRefusal('thread_not_found');
      // The message that a thread answers is told always, however old it is.
      const inThread = [...said(whole).filter(isParent), ...said(args).filter(({ threadTs }) => threadTs === args.ts)];
      return page(inThread.map(asTold), args);
    },
    'users.info': (args) => {
      const user = workspace.users.find(({ id }) => id === args.user);
      if (!user) throw new SlackRefusal('user_not_found');
      // Clients write booleans of a form in words.
      const locale = String(args.include_locale) === 'true' ? { locale: user.locale ?? 'en-GB' } : {};
      return { ok: true, user: { ...userInfo(user, workspace.team.id), ...locale } };
    },
    'users.lookupByEmail': (args) => {
      const wanted = String(args.email).toLowerCase();
      const user = workspace.users.find(({ email, isDeleted }) => email?.toLowerCase() === wanted && !isDeleted);
      if (!user) throw new SlackRefusal('users_not_found');
      return { ok: true, user: userInfo(user, workspace.team.id) };
    },
    'usergroups.users.list': (args) => {
      const group = workspace.groups.find(({ id }) => id === args.usergroup);
      if (!group) throw new SlackRefusal('no_such_subteam');
      return { ok: true, users: group.users };
    },
    'usergroups.list': (args) => ({
      ok: true,
      usergroups: workspace.groups
        .filter(({ isDisabled }) => !isDisabled)
        .map(({ id, handle, users }) => ({
          id,
          handle,
          date_delete: 0,
          ...(String(args.include_users) === 'true' ? { users } : {}),
        })),
    }),
    'views.open': (args) => {
      const user = parts.triggers.use(String(args.trigger_id));
      const view = newView(user, viewIn(args), String(args.trigger_id));
      workspace.modals.set(user, [view]);
      return shown(view);
    },
    'views.push': (args) => {
      const user = parts.triggers.use(String(args.trigger_id));
      const stack = workspace.modals.get(user) ?? [];
      if (stack.length >= 3) throw new SlackRefusal('push_limit_reached');
      const view = newView(user, viewIn(args), String(args.trigger_id));
      workspace.modals.set(user, [...stack, view]);
      return shown(view);
    },
    'views.update': (args) => {
      const view = findView(args.view_id);
      if (args.hash !== undefined && args.hash !== view.hash) throw new SlackRefusal('hash_conflict');
      updateView(view, viewIn(args));
      return shown(view);
    },
    'views.publish': (args) => {
      const user = String(args.user_id);
      const view = workspace.homes.get(user) ?? newView(user, {});
      updateView(view, viewIn(args));
      workspace.homes.set(user, view);
      return shown(view);
    },
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

/** A view keeps what was typed in the blocks it keeps. */
export function updateView(view: SimView, next: Json): void {
  view.view = next;
  view.hash = randomBytes(6).toString('hex');
  view.errors = {};
  const kept = new Set((Array.isArray(next.blocks) ? next.blocks : []).filter(isJson).map((block) => block.block_id));
  for (const blockId of Object.keys(view.values)) if (!kept.has(blockId)) delete view.values[blockId];
}

function neededScope(method: string, args: Json, isPrivate: boolean): string | undefined {
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

function userInfo(user: SimUser, homeTeam: string): Json {
  return {
    id: user.id,
    name: user.name,
    real_name: user.realName,
    team_id: user.teamId ?? homeTeam,
    tz: user.tz,
    deleted: user.isDeleted ?? false,
    is_bot: user.isBot ?? false,
    is_app_user: false,
    is_restricted: user.isGuest ?? false,
    is_ultra_restricted: false,
    is_stranger: user.isStranger ?? false,
  };
}

export interface Triggers {
  give(user: string): string;
  /** The person it was given to; throws when it is used, too old or unknown. */
  use(id: string): string;
}

const TRIGGER_LIFETIME_MS = 3000;

export function createTriggers(now: () => number): Triggers {
  const given = new Map<string, { readonly user: string; readonly at: number; isUsed: boolean }>();
  return {
    give(user) {
      const id = `${now()}.${randomBytes(4).toString('hex')}`;
      given.set(id, { user, at: now(), isUsed: false });
      return id;
    },
    use(id) {
      const trigger = given.get(id);
      if (!trigger) throw new SlackRefusal('invalid_trigger_id');
      if (trigger.isUsed) throw new SlackRefusal('exchanged_trigger_id');
      if (now() - trigger.at > TRIGGER_LIFETIME_MS) throw new SlackRefusal('expired_trigger_id');
      trigger.isUsed = true;
      return trigger.user;
    },
  };
}
