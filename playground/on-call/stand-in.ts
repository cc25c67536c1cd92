import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** One person's turn on a schedule. Without `from` or `to` it is open on that side. */
export interface Shift {
  readonly scheduleId: string;
  readonly scheduleName: string;
  readonly email: string;
  readonly from?: string;
  readonly to?: string;
}

/** Something that goes wrong with the next `times` requests. */
export type OnCallFault =
  /** The connection is cut. */
  | { readonly kind: 'away'; readonly times: number }
  | { readonly kind: 'slow'; readonly delayMs: number; readonly times: number }
  | { readonly kind: 'limited'; readonly resetSeconds: number; readonly times: number }
  | { readonly kind: 'status'; readonly status: number; readonly times: number }
  /** 200 with this text instead of the answer. */
  | { readonly kind: 'nonsense'; readonly text: string; readonly times: number }
  | { readonly kind: 'redirect'; readonly to: string; readonly times: number };

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** A service that keeps on-call schedules, on loopback. Knows nothing of the bot. */
export interface OnCallStandIn {
  readonly url: string;
  /** May be changed at any time. */
  readonly shifts: Shift[];
  /** Path and query of every request that arrived, oldest first. */
  readonly requests: readonly string[];
  /** Replaces what goes wrong; undefined: all is well again. */
  setFault(fault: OnCallFault | undefined): void;
  close(): Promise<void>;
}

/** What both stand-ins share: faults, the limit of requests a minute, and the server. */
export async function startStandIn(options: {
  readonly shifts: readonly Shift[];
  readonly requestsPerMinute: number;
  readonly limitHeaders: (resetSeconds: number) => Record<string, string>;
  readonly answerTo: (request: IncomingMessage, url: URL, shifts: readonly Shift[]) => Answer;
}): Promise<OnCallStandIn> {
  const shifts = [...options.shifts];
  const requests: string[] = [];
  let arrivals: number[] = [];
  let fault: { readonly what: OnCallFault; left: number } | undefined;

  function due(): OnCallFault | undefined {
    if (!fault || fault.left <= 0) return undefined;
    fault.left--;
    return fault.what;
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    requests.push(request.url ?? '');
    const wrong = due();
    if (wrong?.kind === 'away') return void request.socket.destroy();
    if (wrong?.kind === 'slow') await sleep(wrong.delayMs);
    if (wrong?.kind === 'redirect') return void response.writeHead(302, { location: wrong.to }).end();
    if (wrong?.kind === 'nonsense') return void response.writeHead(200).end(wrong.text);
    const limited = wrong?.kind === 'limited' ? wrong.resetSeconds : secondsUntilRoom();
    if (limited > 0) {
      response.writeHead(429, options.limitHeaders(limited)).end(JSON.stringify({ message: 'Too many requests' }));
      return;
    }
    const url = new URL(request.url ?? '/', 'http://localhost');
    const answer =
      wrong?.kind === 'status' ? { status: wrong.status, body: {} } : options.answerTo(request, url, shifts);
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body));
  }

  function secondsUntilRoom(): number {
    const now = Date.now();
    arrivals = arrivals.filter((at) => at > now - 60_000);
    const [oldest] = arrivals;
    if (oldest !== undefined && arrivals.length >= options.requestsPerMinute)
      return Math.ceil((oldest + 60_000 - now) / 1000);
    arrivals.push(now);
    return 0;
  }

  const server = createServer((request, response) => void handle(request, response).catch(() => response.destroy()));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    shifts,
    requests,
    setFault(what) {
      fault = what && { what, left: what.times };
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
