import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as bodyText } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Assumptions, LIKELY, type Pace, QUICK } from './assumptions.ts';
import { type AuraConsole, createConsole } from './console.ts';
import { createFaults, type Faults, type Route } from './faults.ts';
import {
  createInstances,
  type Instances,
  type NewDatabase,
  Refused,
  type SimInstance,
  type SimSnapshot,
} from './instances.ts';
import { type Client, createOAuth } from './oauth.ts';
import { answerTo, routeOf } from './routes.ts';
import { seedSnapshots } from './seed-snapshots.ts';

/** One request as the simulator saw it: the outside evidence of what a client did. */
export interface ApiCall {
  readonly at: number;
  readonly method: string;
  readonly path: string;
  readonly route: Route | 'unknown';
  status: number;
  /** Whether it changed anything, whatever the client was told. */
  applied: boolean;
  /** What was sent with a call that changed something, when it was JSON. */
  sent?: unknown;
}

export interface InstanceSeed extends Partial<Omit<SimInstance, 'id' | 'name' | 'snapshots'>> {
  readonly id: string;
  readonly name: string;
  /** `by-tier`: what the tier would have by now; or none, to be added by hand. */
  readonly seed?: 'by-tier' | 'none';
}

export interface AuraSimulator {
  readonly url: string;
  readonly instances: Instances;
  /** Someone in the console. */
  readonly console: AuraConsole;
  readonly faults: Faults;
  readonly log: readonly ApiCall[];
  calls(route: Route): readonly ApiCall[];
  /** Puts a complete snapshot into an instance's past. */
  addSnapshot(instanceId: string, snapshot: Partial<SimSnapshot> & { readonly timestamp: string }): SimSnapshot;
  revokeAllTokens(): void;
  /** For the hour's limit of new tokens no token was asked for yet. */
  forgetTokenRequests(): void;
  onChange(listener: () => void): () => void;
  close(): Promise<void>;
}

/**
 * Aura API v1 on loopback, as far as its documents and other people's experience tell. Knows nothing of the bot.
 * Rejects any address but loopback: its credentials are no secret.
 */
export async function startAuraSimulator(options: {
  readonly instances: readonly InstanceSeed[];
  readonly clients?: readonly Client[];
  readonly host?: string;
  readonly port?: number;
  readonly pace?: Pace;
  readonly assumptions?: Partial<Assumptions>;
  readonly requestsPerMinute?: number;
  /** How many instances the project may have. Absent: any number. */
  readonly mostInstances?: number;
  readonly now?: () => number;
  /** Stands behind whatever instance is made. Absent: none has a database. */
  readonly newDatabase?: NewDatabase | undefined;
}): Promise<AuraSimulator> {
  const host = options.host ?? '127.0.0.1';
  if (host !== '127.0.0.1' && host !== '::1') throw new Error(`the Aura simulator serves loopback only, not ${host}`);
  const now = options.now ?? Date.now;
  const assumptions = { ...LIKELY, ...options.assumptions };
  const listeners = new Set<() => void>();
  const onChange = () => {
    for (const listener of listeners) listener();
  };
  const faults = createFaults();
  const instances = createInstances({
    pace: options.pace ?? QUICK,
    most: options.mostInstances ?? Number.POSITIVE_INFINITY,
    assumptions,
    faults,
    now,
    onChange,
  });
  const oauth = createOAuth(options.clients ?? [{ clientId: 'demo-client', clientSecret: 'demo-secret' }], {
    assumptions,
    requestsPerMinute: options.requestsPerMinute ?? 125,
    now,
  });
  for (const { seed, ...facts } of options.instances) {
    const instance = instanceFrom(facts, now());
    if (seed !== 'none') instance.snapshots.push(...seedSnapshots(instance, now()));
    instances.add(instance);
  }
  const log: ApiCall[] = [];
  const hanging = new Set<ServerResponse>();

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const route = routeOf(request.method ?? 'GET', url.pathname);
    const call: ApiCall = {
      at: now(),
      method: request.method ?? '',
      path: url.pathname,
      route: route?.name ?? 'unknown',
      status: 0,
      applied: false,
    };
    log.push(call);
    const body = await bodyText(request);
    const requestId = `${crypto.randomUUID().replaceAll('-', '')}/${Math.floor(Math.random() * 1e12)}`;
    const send = (status: number, content: unknown, headers: Record<string, string> = {}) => {
      call.status = status;
      if (response.destroyed) return;
      const aheadMs = faults.take(['clock'], () => true)?.aheadMs ?? 0;
      response.writeHead(status, {
        'content-type': 'application/json',
        'x-request-id': requestId,
        date: new Date(now() + aheadMs).toUTCString(),
        ...headers,
      });
      response.end(typeof content === 'string' ? content : JSON.stringify(content));
    };
    if (!route) return send(404, { error: 'not found' });

    /** Carries out a fault that is due at this point; true when the answer is taken care of. */
    async function disturbed(when: 'before' | 'after'): Promise<boolean> {
      const fault = faults.take(
        ['status', 'reset', 'hang', 'nonsense'],
        (one) =>
          one.route === route?.name &&
          one.when === when &&
          (!('date' in one) || one.date === undefined || url.searchParams.get('date') === one.date) &&
          (!('instance' in one) || one.instance === undefined || url.pathname.includes(`/${one.instance}`)),
      );
      switch (fault?.kind) {
        case 'status':
          send(
            fault.status,
            fault.reason ? { errors: [{ message: 'injected', reason: fault.reason }] } : { error: 'injected' },
          );
          return true;
        case 'reset':
          request.socket.destroy();
          return true;
        case 'hang':
          hanging.add(response);
          return true;
        case 'nonsense':
          send(200, '<html>gateway</html>');
          return true;
        default:
          return false;
      }
    }

    const slowed = async (when?: 'after') => {
      const slow = faults.take(['slow'], (one) => one.route === route.name && one.when === when);
      if (slow) await sleep(slow.delayMs, undefined, { ref: false });
    };
    await slowed();
    if (await disturbed('before')) return;
    if (route.name === 'token') {
      const answer = oauth.token(request.headers.authorization, body);
      return send(answer.status, answer.body, answer.headers);
    }
    const denied = oauth.check(request.headers.authorization);
    if (denied) return send(denied.status, denied.body, denied.headers);
    if (
      request.method !== 'GET' &&
      request.method !== 'DELETE' &&
      !request.headers['content-type']?.includes('application/json')
    ) {
      return send(415, { errors: [{ message: 'Unsupported Media Type', reason: 'unsupported-media-type' }] });
    }
    try {
      const busy = faults.take(['busy'], (one) => one.route === route.name);
      if (busy)
        throw new Refused(
          409,
          'ongoing-database-operation',
          'The database is currently undergoing an operation: updating',
        );
      const answer = answerTo(route, { url, body, instances, now, newDatabase: options.newDatabase });
      call.applied = answer.applied;
      if (answer.applied && body !== '') call.sent = JSON.parse(body);
      const shown = faults.take(['show-status'], (one) => (one.route ?? 'get-instance') === route.name);
      if (shown) Object.assign(answer.body.data ?? {}, { status: shown.status });
      const omitted = faults.take(['omit'], (one) => one.route === route.name);
      const shownBody = omitted ? without(answer.body, omitted.field) : answer.body;
      await slowed('after');
      if (await disturbed('after')) return;
      send(answer.status, shownBody);
    } catch (error) {
      if (error instanceof Refused) send(error.status, { errors: [{ message: error.message, reason: error.reason }] });
      else send(400, { errors: [{ message: 'The request could not be read', reason: 'bad-request' }] });
    }
  }

  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, host, resolve);
  });
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}`,
    instances,
    console: createConsole(instances),
    faults,
    log,
    calls: (route) => log.filter((call) => call.route === route),
    addSnapshot(instanceId, snapshot) {
      const instance = instances.find(instanceId);
      const added: SimSnapshot = {
        snapshot_id: crypto.randomUUID(),
        instance_id: instanceId,
        profile: 'Scheduled',
        status: 'Completed',
        exportable: true,
        dataVersion: `as of ${snapshot.timestamp}`,
        ...snapshot,
      };
      instance.snapshots.push(added);
      instance.snapshots.sort((one, other) => (one.timestamp < other.timestamp ? 1 : -1));
      onChange();
      return added;
    },
    revokeAllTokens: oauth.revokeAll,
    forgetTokenRequests: oauth.forgetTokenRequests,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      instances.close();
      for (const response of hanging) response.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function instanceFrom(seed: Omit<InstanceSeed, 'seed'>, now: number): SimInstance {
  return {
    tenant_id: '6981ace7-efe8-4f5c-b7c5-267b5162ce91',
    cloud_provider: 'gcp',
    region: 'europe-west1',
    type: 'professional-db',
    memory: '4GB',
    created_at: new Date(now - 90 * 86_400_000).toISOString(),
    connection_url: `neo4j+s://${seed.id}.databases.neo4j.io`,
    status: 'running',
    operation: undefined,
    dataVersion: 'now',
    backing: undefined,
    ...seed,
    snapshots: [],
  };
}

/** The same answer with a field gone, wherever it stands. */
function without(body: unknown, field: string): unknown {
  return JSON.parse(JSON.stringify(body, (key, value: unknown) => (key === field ? undefined : value)));
}
