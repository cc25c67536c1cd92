import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parse as parseForm } from 'node:querystring';
import { text as bodyText } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { validateMessage } from './block-kit-rules.ts';
import { createDelivery } from './delivery.ts';
import { type AnswerGoneWrong, createSlackFaults, type LostAnswer, NONSENSE, type SlackFaults } from './faults.ts';
import { SlackRefusal } from './method.ts';
import { createPersona, type Persona } from './personas.ts';
import { createTriggers } from './triggers.ts';
import { createWebApi, type SimApp } from './web-api.ts';
import { createWorkspace, type Json, type SimMessage, type SimUser, type Workspace } from './workspace.ts';

/** One call of the Web API, as evidence of what the app did. */
export interface WebApiCall {
  readonly at: number;
  readonly method: string;
  readonly args: Json;
  readonly error?: string;
}

export interface SlackSimulator {
  readonly url: string;
  /** What `SLACK_API_URL` must be. */
  readonly apiUrl: string;
  readonly signingSecret: string;
  readonly app: SimApp;
  readonly workspace: Workspace;
  readonly calls: readonly WebApiCall[];
  readonly faults: SlackFaults;
  /** The triggers of what was delivered once more when people had gone on. */
  readonly deliveredAgain: ReadonlySet<string>;
  as(user: string): Persona;
  /** What a person sees in a channel: everybody's messages and those only for them. */
  messages(channel: string, seenBy?: string): readonly SimMessage[];
  setUser(id: string, change: Partial<SimUser>): void;
  setEventsUrl(url: string): void;
  socketCount(): number;
  dropSockets(): void;
  /** Asks the app to open another connection, as Slack does every few hours. */
  refreshSockets(): void;
  onChange(listener: () => void): () => void;
  close(): Promise<void>;
}

const RESPONSE_URL_USES = 5;
const RESPONSE_URL_LIFETIME_MS = 30 * 60_000;
export const SIGNING_SECRET = 'simulated-signing-secret';

/** A Slack workspace on loopback for an app that is told to use it by its API URL. Knows nothing of the app's purpose. */
export async function startSlackSimulator(options: {
  readonly workspace: Pick<Workspace, 'team' | 'users' | 'channels' | 'groups'>;
  readonly scopes: readonly string[];
  readonly host?: string;
  readonly port?: number;
}): Promise<SlackSimulator> {
  const host = options.host ?? '127.0.0.1';
  if (host !== '127.0.0.1' && host !== '::1') throw new Error(`the Slack simulator serves loopback only, not ${host}`);
  const workspace = createWorkspace(options.workspace);
  const app: SimApp = {
    appId: 'A1',
    botUserId: 'UBOT',
    botId: 'B1',
    botToken: 'xoxb-simulated',
    appToken: 'xapp-simulated',
    scopes: options.scopes,
  };
  const listeners = new Set<() => void>();
  const onChange = () => {
    for (const listener of listeners) listener();
  };
  const faults = createSlackFaults();
  const calls: WebApiCall[] = [];
  const triggers = createTriggers(Date.now);
  let url = '';
  const api = createWebApi(workspace, app, { baseUrl: () => url, now: Date.now, triggers, onChange });
  const responses = new Map<
    string,
    { readonly user: string; readonly channel: string; readonly at: number; uses: number }
  >();

  function responseUrl(user: string, channel: string): string {
    const key = crypto.randomUUID();
    responses.set(key, { user, channel, at: Date.now(), uses: 0 });
    return `${url}/response/${key}`;
  }

  function respond(key: string, body: Json): number {
    const target = responses.get(key);
    if (!target || target.uses >= RESPONSE_URL_USES || Date.now() - target.at > RESPONSE_URL_LIFETIME_MS) return 404;
    target.uses++;
    if (validateMessage({ text: body.text, blocks: body.blocks ?? [] }).length > 0) return 400;
    const isPublic = body.response_type === 'in_channel';
    workspace.messages.push({
      ts: api.nextTs(),
      channel: target.channel,
      user: app.botUserId,
      text: String(body.text),
      blocks: Array.isArray(body.blocks) ? (body.blocks as Json[]) : [],
      ...(isPublic ? {} : { onlyFor: target.user }),
    });
    onChange();
    return 200;
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const raw = await bodyText(request);
    const body = readBody(raw, request.headers['content-type']);
    const answer = (status: number, content: Json, headers: Record<string, string> = {}) => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(JSON.stringify(content));
    };
    const page = (status: number, content: string) => {
      response.writeHead(status, { 'content-type': 'text/html' });
      response.end(content);
    };
    if (path.startsWith('/response/')) {
      const status = respond(path.slice('/response/'.length), body);
      return answer(status, { ok: status === 200 });
    }
    if (!path.startsWith('/api/')) return answer(404, { error: 'not found' });
    const method = path.slice('/api/'.length);
    const record = (error?: string) => calls.push({ at: Date.now(), method, args: body, ...(error ? { error } : {}) });
    if (faults.take('away')) {
      record('away');
      request.socket.destroy();
      return;
    }
    const slow = faults.take('slow', (fault) => fault.method === method);
    if (slow) await sleep(slow.delayMs, undefined, { ref: false });
    /** Answers as no document of Slack's says, where that is due at this point; true when it was. */
    const goesWrong = (when: AnswerGoneWrong['when']): boolean => {
      const isDue = (fault: AnswerGoneWrong) => fault.method === method && fault.when === when;
      const fault = faults.take('status', isDue) ?? faults.take('nonsense', isDue) ?? faults.take('hang', isDue);
      if (!fault) return false;
      if (when === 'before') record(fault.kind);
      if (fault.kind === 'status') page(fault.status, NONSENSE['a page']);
      if (fault.kind === 'nonsense') page(200, NONSENSE[fault.as]);
      return true;
    };
    const limited = faults.take('rate-limit', (fault) => fault.method === method);
    if (limited) {
      record('ratelimited');
      return answer(429, { ok: false, error: 'ratelimited' }, { 'retry-after': String(limited.retryAfterSeconds) });
    }
    if (goesWrong('before')) return;
    try {
      const injected = faults.take(
        'error',
        (fault) => fault.method === method && (fault.channel === undefined || fault.channel === body.channel),
      );
      if (injected) throw new SlackRefusal(injected.error);
      const content = api.call(method, request.headers.authorization?.replace(/^Bearer /, '') ?? '', body);
      record();
      const isInThread = body.thread_ts !== undefined;
      const isLost = (fault: LostAnswer) =>
        fault.method === method &&
        (fault.inThread ?? isInThread) === isInThread &&
        (fault.channel ?? body.channel) === body.channel;
      if (faults.take('lose-answer', isLost)) {
        request.socket.destroy();
        return;
      }
      if (goesWrong('after')) return;
      answer(200, content, { 'x-oauth-scopes': app.scopes.join(',') });
    } catch (error) {
      if (!(error instanceof SlackRefusal)) throw error;
      record(error.message);
      answer(200, { ok: false, error: error.message, ...error.extra });
    }
  }

  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
  const delivery = createDelivery(server, { signingSecret: SIGNING_SECRET, faults });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, host, resolve);
  });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    url,
    apiUrl: `${url}/api/`,
    signingSecret: SIGNING_SECRET,
    app,
    workspace,
    calls,
    faults,
    deliveredAgain: delivery.deliveredAgain,
    as: (user) =>
      createPersona(user, { workspace, app, delivery, triggers, responseUrl, nextTs: api.nextTs, onChange }),
    messages: (channel, seenBy) =>
      workspace.messages.filter(
        (message) => message.channel === channel && (!message.onlyFor || message.onlyFor === seenBy),
      ),
    setUser(id, change) {
      const index = workspace.users.findIndex((user) => user.id === id);
      const user = workspace.users[index];
      if (user) workspace.users[index] = { ...user, ...change };
    },
    setEventsUrl: delivery.setEventsUrl,
    socketCount: delivery.socketCount,
    dropSockets: delivery.dropSockets,
    refreshSockets: delivery.refreshSockets,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      delivery.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The Web API takes forms whose objects are JSON, and JSON. */
function readBody(raw: string, type: string | undefined): Json {
  if (type?.includes('application/json')) return JSON.parse(raw || '{}') as Json;
  const fields = Object.entries(parseForm(raw)).map(([key, value]) => [
    key,
    typeof value === 'string' ? unpacked(value) : value,
  ]);
  return Object.fromEntries(fields) as Json;
}

function unpacked(value: string): unknown {
  if (!/^[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
