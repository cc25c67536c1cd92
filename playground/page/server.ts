import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as bodyText } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { z } from 'zod';
import { PersonaError } from '../slack/persona-error.ts';
import type { SlackSimulator } from '../slack/simulator.ts';
import { type PersonaAct, type PersonaView, personaAct } from './persona-protocol.ts';
import { type SidePanel, sideAct } from './side-panel.ts';

const HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

/** The playground's page and what it talks to. Loopback only, and only for its own page: it acts as people. */
export async function startPage(
  slack: SlackSimulator,
  side: SidePanel,
  onChange: (listener: () => void) => () => void,
  port = 0,
) {
  const files = new Map([
    ['/', { type: 'text/html; charset=utf-8', body: asset('index.html') }],
    ['/style.css', { type: 'text/css; charset=utf-8', body: asset('style.css') }],
    ['/page.js', { type: 'text/javascript; charset=utf-8', body: await bundle() }],
  ]);

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const json = (status: number, content: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json', ...HEADERS });
      response.end(JSON.stringify(content));
    };
    if (!isOwnPage(request)) return json(403, { error: 'only this page may do that' });
    const file = files.get(url.pathname);
    if (file) {
      response.writeHead(200, { 'content-type': file.type, ...HEADERS });
      response.end(file.body);
      return;
    }
    switch (`${request.method} ${url.pathname}`) {
      case 'GET /changes':
        return stream(request, response);
      case 'GET /persona':
        return json(200, personaView(slack, url.searchParams.get('as') ?? ''));
      case 'GET /side':
        return json(200, await side.view());
      case 'POST /side': {
        const said = await side.act(sideAct.parse(JSON.parse(await bodyText(request))));
        return json(200, { said });
      }
      case 'POST /persona': {
        const { as, act } = z.object({ as: z.string(), act: personaAct }).parse(JSON.parse(await bodyText(request)));
        return json(200, await perform(slack, as, act));
      }
      default:
        return json(404, { error: 'not found' });
    }
  }

  /** One line for each burst of changes; the page then reads what it shows. */
  function stream(request: IncomingMessage, response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', ...HEADERS });
    response.write('retry: 1000\n\n');
    let timer: NodeJS.Timeout | undefined;
    const stop = onChange(() => {
      timer ??= setTimeout(() => {
        timer = undefined;
        response.write('data: changed\n\n');
      }, 50);
    });
    request.on('close', () => {
      clearTimeout(timer);
      stop();
    });
  }

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      const words = error instanceof PersonaError ? error.message : 'the page asked for something malformed';
      if (!response.headersSent) response.writeHead(400, { 'content-type': 'application/json', ...HEADERS });
      response.end(JSON.stringify({ error: words }));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function personaView(slack: SlackSimulator, id: string): PersonaView {
  const { workspace } = slack;
  const me = workspace.users.find((user) => user.id === id);
  if (!me) throw new PersonaError(`nobody is called ${id}`);
  const channels = workspace.channels.filter(({ directWith }) => directWith === undefined || directWith === id);
  const seen = new Set(channels.map((channel) => channel.id));
  const modal = slack.as(id).modal();
  const home = workspace.homes.get(id)?.view;
  return {
    me,
    nowMs: Date.now(),
    users: workspace.users,
    channels,
    groups: workspace.groups.map(({ id: group, handle }) => ({ id: group, handle })),
    messages: workspace.messages.filter(({ channel, onlyFor }) => seen.has(channel) && (!onlyFor || onlyFor === id)),
    ...(modal
      ? { modal: { id: modal.id, hash: modal.hash, view: modal.view, values: modal.values, errors: modal.errors } }
      : {}),
    ...(home ? { home } : {}),
  };
}

/** Carries out an act; what the person would see go wrong comes back as `trouble`. */
async function perform(
  slack: SlackSimulator,
  as: string,
  act: PersonaAct,
): Promise<{ trouble?: string; options?: unknown }> {
  const persona = slack.as(as);
  const settled = async (delivered: Promise<{ isAcknowledged: boolean } | undefined>) =>
    (await delivered)?.isAcknowledged === false
      ? { trouble: 'Restore Bot did not respond in time (operation_timeout).' }
      : {};
  switch (act.type) {
    case 'say': {
      const [command = '', ...rest] = act.text.split(' ');
      // As in Slack, a command cannot be used in a thread.
      if (command.startsWith('/') && !act.threadTs) return settled(persona.slash(command, rest.join(' '), act.channel));
      persona.say(act.channel, act.text, act.threadTs);
      return {};
    }
    case 'shortcut':
      return settled(persona.shortcut(act.callbackId));
    case 'open-home':
      return settled(persona.openHome());
    case 'click':
      return settled(persona.click(act.place, act.actionId));
    case 'choose':
      return settled(persona.choose(act.actionId, act.value, act.blockId));
    case 'type':
      persona.type(act.blockId, act.text);
      return {};
    case 'suggest':
      return { options: await persona.suggestions(act.actionId, act.query) };
    case 'submit':
      return settled(persona.submit());
    case 'close-modal':
      persona.closeModal();
      return {};
    default:
      return act satisfies never;
  }
}

/** Another site's page may reach loopback; it must not act here. */
function isOwnPage({ headers }: IncomingMessage): boolean {
  const host = headers.host ?? '';
  if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host)) return false;
  return headers.origin === undefined || headers.origin === `http://${host}`;
}

function asset(name: string): string {
  return readFileSync(fileURLToPath(new URL(`./client/${name}`, import.meta.url)), 'utf8');
}

async function bundle(): Promise<string> {
  const result = await build({
    entryPoints: [fileURLToPath(new URL('./client/main.ts', import.meta.url))],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
  });
  return result.outputFiles[0]?.text ?? '';
}
