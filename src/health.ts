import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';

/** One thing that must be well for the bot to do its work; answers with what is wrong, or nothing. */
export type ReadinessCheck = () => Promise<string | undefined>;

export interface HttpRoute {
  readonly path: string;
  readonly method: 'GET';
  readonly handler: (request: IncomingMessage, response: ServerResponse) => void;
}

export interface Metrics {
  readonly registry: Registry;
  restoreChanged(event: string, status: string): void;
  attemptRefused(reason: string): void;
  /** What the start checks found wrong at their last look, each with the labels of the gauge. */
  startChecksFound(findings: readonly { readonly about: string; readonly weight: string }[]): void;
}

export function createMetrics(openRestores: () => Promise<number>): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const changes = new Counter({
    name: 'restore_bot_changes_total',
    help: 'Events that changed a restore, by event and resulting status',
    labelNames: ['event', 'status'],
    registers: [registry],
  });
  const refusals = new Counter({
    name: 'restore_bot_refusals_total',
    help: 'Attempts by people that the rules refused, by reason',
    labelNames: ['reason'],
    registers: [registry],
  });
  const found = new Gauge({
    name: 'restore_bot_start_check_findings',
    help: 'What the start checks found wrong at their last look, by what it is about and how much it matters',
    labelNames: ['about', 'weight'],
    registers: [registry],
  });
  new Gauge({
    name: 'restore_bot_open_restores',
    help: 'Restores that have not ended',
    registers: [registry],
    async collect() {
      this.set(await openRestores().catch(() => Number.NaN));
    },
  });
  return {
    registry,
    restoreChanged: (event, status) => changes.inc({ event, status }),
    attemptRefused: (reason) => refusals.inc({ reason }),
    startChecksFound(findings) {
      found.reset();
      for (const { about, weight } of findings) found.inc({ about, weight });
    },
  };
}

/**
 * `/healthz`: the process answers. `/readyz`: what it needs answers, else 503 with what is wrong; `warnings` do not make it
 * unready. `/metrics`: Prometheus.
 */
export function healthRoutes(
  checks: Readonly<Record<string, ReadinessCheck>>,
  metrics: Metrics,
  warnings: () => readonly string[] = () => [],
): readonly HttpRoute[] {
  return [
    { path: '/healthz', method: 'GET', handler: (_request, response) => answer(response, 200, { status: 'ok' }) },
    {
      path: '/readyz',
      method: 'GET',
      handler: (_request, response) => {
        void readiness(checks).then((problems) =>
          answer(response, Object.keys(problems).length === 0 ? 200 : 503, { problems, warnings: warnings() }),
        );
      },
    },
    {
      path: '/metrics',
      method: 'GET',
      handler: (_request, response) => {
        void metrics.registry.metrics().then((text) => {
          response.writeHead(200, { 'content-type': metrics.registry.contentType });
          response.end(text);
        });
      },
    },
  ];
}

async function readiness(checks: Readonly<Record<string, ReadinessCheck>>): Promise<Record<string, string>> {
  const results = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => {
      const problem = await check().catch((error: unknown) => (error instanceof Error ? error.message : 'failed'));
      return problem === undefined ? [] : [[name, problem] as const];
    }),
  );
  return Object.fromEntries(results.flat());
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

/** Serves the routes where Bolt does not: in Socket Mode, and in worker processes. Rejects when the port is taken. */
export async function serveRoutes(routes: readonly HttpRoute[], port: number): Promise<Server> {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const route = routes.find((candidate) => candidate.path === path && candidate.method === request.method);
    if (route) route.handler(request, response);
    else answer(response, 404, { error: 'not found' });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, resolve);
  });
  return server;
}
