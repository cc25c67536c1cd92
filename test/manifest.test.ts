import { readFileSync } from 'node:fs';
import { App, type Receiver } from '@slack/bolt';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Desk } from '../handlers/desk.ts';
import { registerHandlers } from '../handlers/index.ts';
import { SHORTCUT } from '../messages/action-ids.ts';
import { SCOPES } from '../src/slack/scopes.ts';

const manifest = z
  .object({
    features: z.object({
      slash_commands: z.array(z.object({ command: z.string(), should_escape: z.boolean() })),
      shortcuts: z.array(z.object({ callback_id: z.string(), type: z.string(), name: z.string().max(24) })),
      app_home: z.object({ home_tab_enabled: z.literal(true) }),
    }),
    oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }),
    settings: z.object({
      event_subscriptions: z.object({ bot_events: z.array(z.string()) }),
      interactivity: z.object({ is_enabled: z.literal(true) }),
      socket_mode_enabled: z.boolean(),
    }),
    display_information: z.object({
      description: z.string().max(140),
      long_description: z.string().min(175).max(4000),
    }),
  })
  .parse(parse(readFileSync('manifest.yml', 'utf8')));

/** What the handlers register, seen by an app that only writes it down. */
function registered() {
  const seen = { commands: [] as string[], shortcuts: [] as string[], events: [] as string[] };
  const receiver: Receiver = { init: () => undefined, start: async () => undefined, stop: async () => undefined };
  const app = new App({ receiver, authorize: async () => ({ botToken: 'x', botId: 'B1', botUserId: 'U1' }) });
  const noting = new Proxy(app, {
    get(target, name) {
      const list =
        name === 'command'
          ? seen.commands
          : name === 'shortcut'
            ? seen.shortcuts
            : name === 'event'
              ? seen.events
              : undefined;
      if (!list) return Reflect.get(target, name);
      return (registeredName: unknown) => {
        if (typeof registeredName === 'string') list.push(registeredName);
      };
    },
  });
  const unused = new Proxy({}, { get: () => () => Promise.reject(new Error('not called here')) });
  const desk: Desk = {
    policy: { instances: [], samePeople: [] },
    home: { teamId: 'T0TEAM' },
    log: pino({ level: 'silent' }),
    now: async () => '2026-11-21T03:00:00.000Z',
    spentOnNewInstances: async () => 0,
    ...(unused as Pick<
      Desk,
      | 'coordinator'
      | 'delegations'
      | 'shadows'
      | 'exports'
      | 'rules'
      | 'directory'
      | 'candidates'
      | 'lists'
      | 'aura'
      | 'outlook'
      | 'files'
    >),
  };
  registerHandlers(noting, desk);
  return seen;
}

/** The scope of every Web API method that stands in the code. */
const SCOPE_OF: Readonly<Record<string, readonly string[]>> = {
  'chat.postMessage': ['chat:write'],
  'chat.postEphemeral': ['chat:write'],
  'chat.update': ['chat:write'],
  'chat.getPermalink': [],
  'users.info': ['users:read'],
  'users.lookupByEmail': ['users:read.email'],
  'usergroups.users.list': ['usergroups:read'],
  'usergroups.list': ['usergroups:read'],
  'conversations.info': ['channels:read', 'groups:read'],
  'conversations.open': ['im:write'],
  'conversations.history': ['channels:history', 'groups:history', 'im:history'],
  'conversations.replies': ['channels:history', 'groups:history', 'im:history'],
  'views.open': [],
  'views.update': [],
  'views.publish': [],
  'auth.test': [],
};

describe('the manifest', () => {
  it('names the commands, shortcuts and events that the code registers, and no others', () => {
    const seen = registered();
    expect(manifest.features.slash_commands.map(({ command }) => command)).toEqual(seen.commands);
    expect(manifest.features.shortcuts.map(({ callback_id }) => callback_id)).toEqual(seen.shortcuts);
    expect(seen.shortcuts).toEqual([SHORTCUT]);
    expect(manifest.settings.event_subscriptions.bot_events).toEqual(seen.events);
  });

  it('asks for the scopes that the start checks look for', () => {
    expect(manifest.oauth_config.scopes.bot).toEqual([...SCOPES]);
  });

  it('asks for the scopes that the called methods need, and no others', async () => {
    const { readdirSync } = await import('node:fs');
    const code = ['src', 'handlers']
      .flatMap((folder) =>
        readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`),
      )
      .filter((name) => name.endsWith('.ts'))
      .map((name) => readFileSync(name, 'utf8'))
      .join('\n');
    const called = [
      ...code.matchAll(/(?:client|slack)\s*\.((?:chat|users|usergroups|conversations|views|auth)(?:\s*\.\s*\w+)+)\(/g),
    ].map(([, method = '']) => method.replaceAll(/\s/g, ''));
    expect(called.length).toBeGreaterThan(8);
    const needed = new Set(['commands']);
    for (const method of called) {
      expect(SCOPE_OF, `${method} is called, so its scope must be known`).toHaveProperty([method]);
      for (const scope of SCOPE_OF[method] ?? []) needed.add(scope);
    }
    expect([...manifest.oauth_config.scopes.bot].sort()).toEqual([...needed].sort());
  });
});
