import { createHmac, randomUUID } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import type { SlackFaults } from './faults.ts';
import type { Json } from './workspace.ts';

/** What became of a payload sent to the app. */
export interface Delivered {
  readonly isAcknowledged: boolean;
  /** What the app answered: options, field errors, another view, or nothing. */
  readonly answer: Json;
}

export type Envelope = 'slash_commands' | 'interactive' | 'events_api';

export interface Delivery {
  deliver(type: Envelope, payload: Json): Promise<Delivered>;
  /** The triggers of what was delivered once more, later than at once. */
  readonly deliveredAgain: ReadonlySet<string>;
  readonly socketCount: () => number;
  dropSockets(): void;
  /** Asks the app to open another connection, as Slack does every few hours; nothing more is sent over the old one. */
  refreshSockets(): void;
  setEventsUrl(url: string): void;
  close(): void;
}

const ACK_WITHIN_MS = 3000;

/**
 * Hands payloads to the app: over a Socket Mode connection when it has one open, else by signed HTTP. Real Slack shows
 * people an error after three seconds without an acknowledgement, and so does this.
 */
export function createDelivery(
  server: Server,
  parts: { readonly signingSecret: string; readonly faults: SlackFaults },
): Delivery {
  const sockets = new Set<WebSocket>();
  const waiting = new Map<string, (answer: Json) => void>();
  const later = new Set<NodeJS.Timeout>();
  const deliveredAgain = new Set<string>();
  let eventsUrl: string | undefined;
  const socketServer = new WebSocketServer({ noServer: true });

  server.on('upgrade', (request: IncomingMessage, socket, head) => {
    socketServer.handleUpgrade(request, socket, head, (ws) => {
      sockets.add(ws);
      ws.on('close', () => sockets.delete(ws));
      ws.on('message', (data: RawData) => {
        const { envelope_id, payload } = JSON.parse(String(data)) as { envelope_id: string; payload?: Json };
        waiting.get(envelope_id)?.(payload ?? {});
      });
      ws.send(
        JSON.stringify({
          type: 'hello',
          num_connections: sockets.size,
          connection_info: { app_id: 'A1' },
          debug_info: { host: 'simulator' },
        }),
      );
    });
  });

  function bySocket(ws: WebSocket, type: Envelope, payload: Json): Promise<Delivered> {
    const envelopeId = randomUUID();
    return new Promise((resolve) => {
      const timer = setTimeout(() => settle({ isAcknowledged: false, answer: {} }), ACK_WITHIN_MS);
      const settle = (delivered: Delivered) => {
        clearTimeout(timer);
        waiting.delete(envelopeId);
        resolve(delivered);
      };
      waiting.set(envelopeId, (answer) => settle({ isAcknowledged: true, answer }));
      ws.send(JSON.stringify({ type, envelope_id: envelopeId, payload, accepts_response_payload: true }));
    });
  }

  async function byHttp(url: string, type: Envelope, payload: Json): Promise<Delivered> {
    const isEvent = type === 'events_api';
    const form = type === 'interactive' ? { payload: JSON.stringify(payload) } : textFields(payload);
    const body = isEvent ? JSON.stringify(payload) : new URLSearchParams(form).toString();
    const timestamp = Math.floor(Date.now() / 1000);
    const signature = createHmac('sha256', parts.signingSecret).update(`v0:${timestamp}:${body}`).digest('hex');
    try {
      const response = await fetch(url, {
        method: 'POST',
        // Bolt parses a form only under exactly this content type.
        headers: {
          'content-type': isEvent ? 'application/json' : 'application/x-www-form-urlencoded',
          'x-slack-request-timestamp': String(timestamp),
          'x-slack-signature': `v0=${signature}`,
        },
        body,
        signal: AbortSignal.timeout(ACK_WITHIN_MS),
      });
      const text = await response.text();
      return { isAcknowledged: response.ok, answer: answerIn(text) };
    } catch {
      return { isAcknowledged: false, answer: {} };
    }
  }

  async function once(type: Envelope, payload: Json): Promise<Delivered> {
    // Slack sends nothing over a connection that the app has begun to close.
    const ws = [...sockets].find(({ readyState, OPEN }) => readyState === OPEN);
    if (ws) {
      // Slack spreads payloads over an app's connections: the next one goes to another.
      sockets.delete(ws);
      sockets.add(ws);
      return bySocket(ws, type, payload);
    }
    return eventsUrl ? byHttp(eventsUrl, type, payload) : { isAcknowledged: false, answer: {} };
  }

  /** Slack may deliver once more what was answered, at once or when other payloads came in between. */
  async function again(type: Envelope, payload: Json, isLeftOpen: boolean): Promise<void> {
    const fault = parts.faults.take('redeliver', (one) => (one.isLeftOpen ?? false) === isLeftOpen);
    if (!fault) return;
    if (fault.afterMs === undefined) {
      await once(type, payload);
      return;
    }
    const timer = setTimeout(() => {
      later.delete(timer);
      deliveredAgain.add(String(payload.trigger_id));
      void once(type, payload);
    }, fault.afterMs);
    later.add(timer);
  }

  return {
    async deliver(type, payload) {
      const delivered = await once(type, payload);
      // A form that stays open with errors is the person's again: as a rule it is they who send it the next time.
      await again(type, payload, delivered.answer.response_action === 'errors');
      return delivered;
    },
    deliveredAgain,
    socketCount: () => sockets.size,
    dropSockets() {
      for (const ws of sockets) ws.terminate();
    },
    refreshSockets() {
      for (const ws of sockets) {
        ws.send(JSON.stringify({ type: 'disconnect', reason: 'refresh_requested', debug_info: { host: 'simulator' } }));
      }
      sockets.clear();
    },
    setEventsUrl(url) {
      eventsUrl = url;
    },
    close() {
      for (const timer of later) clearTimeout(timer);
      for (const ws of sockets) ws.terminate();
      socketServer.close();
    },
  };
}

function answerIn(text: string): Json {
  if (text === '') return {};
  try {
    return JSON.parse(text) as Json;
  } catch {
    return { text };
  }
}

function textFields(payload: Json): Record<string, string> {
  return Object.fromEntries(Object.entries(payload).map(([key, value]) => [key, String(value)]));
}
