import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { type Instances, Refused, type SimInstance } from './instances.ts';
import { createSignedStorage, storageError } from './signed-storage.ts';

/** One call as the console saw it. */
export interface ConsoleCall {
  /** In epoch ms. */
  readonly at: number;
  readonly method: string;
  readonly path: string;
  status: number;
}

/** What goes wrong, for the next `times` calls of this kind; `lost` is a call that was obeyed and whose answer never came. */
export interface ConsoleFault {
  /** `place` is the storage being asked where to, `put` the file being sent there; a `put` that hangs stops reading it. */
  readonly at: 'auth' | 'size' | 'import' | 'place' | 'put' | 'upload-complete' | 'status';
  readonly as: number | 'hang' | 'reset' | 'lost';
  readonly times: number;
}

/** The part of the Aura console that `neo4j-admin database upload` talks to. */
export interface ImportConsole {
  readonly url: string;
  readonly calls: readonly ConsoleCall[];
  /** How many files Aura was told to load, whatever the client was told. */
  readonly loads: number;
  add(fault: ConsoleFault): void;
  /** What still waits to go wrong. */
  waiting(): readonly ConsoleFault[];
  clear(): void;
  close(): Promise<void>;
}

/**
 * Stands in for the console's internal calls behind an upload, on loopback: login, size, import, a signed place to put
 * the file, the call that has it loaded, the status. Knows nothing of the bot. `publicUrl` is how the tool reaches it
 * (behind a proxy, `https://console.neo4j.io`).
 */
export async function startImportConsole(options: {
  readonly instances: Instances;
  /** The passwords of the databases, by instance id. */
  readonly passwords: Readonly<Record<string, string>>;
  /** How much data an instance takes, in bytes. */
  readonly storageBytes?: number;
  readonly publicUrl?: string;
  /** What a file holds that was loaded; by default its checksum says so. */
  readonly dataVersionOf?: (file: Buffer) => string;
  /** A load ends only when its client has been told of it once: a real one outlasts the seconds between two looks. */
  readonly loadsUntilSeen?: boolean;
}): Promise<ImportConsole> {
  const { instances } = options;
  const calls: ConsoleCall[] = [];
  let faults: readonly ConsoleFault[] = [];
  const tokens = new Map<string, { readonly instanceId: string; readonly isConfirmed: boolean }>();
  const storage = createSignedStorage(() => base());
  const seen = new Map<string, () => void>();
  let loads = 0;
  const dataVersionOf =
    options.dataVersionOf ?? ((file: Buffer) => `file ${createHash('sha256').update(file).digest('hex').slice(0, 12)}`);

  function takeFault(at: ConsoleFault['at']): ConsoleFault['as'] | undefined {
    const fault = faults.find((one) => one.at === at);
    faults = faults
      .map((one) => (one === fault ? { ...one, times: one.times - 1 } : one))
      .filter(({ times }) => times > 0);
    return fault?.as;
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', 'http://console');
    const call: ConsoleCall = { at: Date.now(), method: request.method ?? '', path: pathname, status: 0 };
    calls.push(call);
    const place = storage.idIn(pathname);
    const [, id = '', step = ''] = /^\/v[12]\/databases\/([^/]+)\/import\/?(.*)$/.exec(pathname) ?? [];
    const fault = takeFault(place ? (request.method === 'POST' ? 'place' : 'put') : pointOf(step));
    if (fault === 'hang') return;
    if (fault === 'reset') {
      request.socket.destroy();
      return;
    }
    const send = (status: number, content?: unknown, headers: Record<string, string> = {}) => {
      call.status = status;
      if (fault === 'lost') {
        request.socket.destroy();
        return;
      }
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(content === undefined ? '' : JSON.stringify(content));
    };
    const body = await buffer(request);
    if (place) {
      const range = request.headers['content-range'];
      const asked = { method: call.method, body, ...(range === undefined ? {} : { range }) };
      const answer = typeof fault === 'number' ? storageError(fault, 'InternalError') : storage.answer(place, asked);
      call.status = answer.status;
      response.writeHead(answer.status, answer.headers).end(answer.body);
      return;
    }
    if (fault === 422) return send(fault, TOO_LARGE);
    if (typeof fault === 'number') return send(fault, { Message: 'injected' });
    const instance = instances.all.get(id);
    if (!instance) return send(404, { Message: 'unknown database' });
    if (step === 'auth') return logIn(instance, request, send);
    const token = tokens.get(request.headers.authorization?.replace('Bearer ', '') ?? '');
    if (token?.instanceId !== id) return send(401, { Message: 'no valid token' });
    switch (step) {
      case 'size':
        return send(...sizeAnswer(numberIn(body, 'FullSize')));
      case '': {
        const { id: uploadId, path } = storage.open(id);
        return send(202, {
          SignedURI: path,
          SignedLinks: [],
          UploadID: uploadId,
          TotalParts: 1,
          Provider: 'GCP',
        });
      }
      case 'upload-complete': {
        const file = storage.latestFor(id);
        if (!file) return send(409, { Message: 'nothing was uploaded' });
        if (!token.isConfirmed && instance.dataVersion !== 'empty') return send(409, { Message: 'no consent' });
        if (instance.status !== 'running') return send(409, { Message: 'the database is busy' });
        loads++;
        instances.loadFile(instance, dataVersionOf(file), options.loadsUntilSeen ? loadSeen(id) : undefined);
        return send(200);
      }
      case 'status':
        if (instance.status === 'loading') seen.get(id)?.();
        return send(200, {
          Status: instance.status,
          ...(instance.status === 'loading failed'
            ? {
                Error: {
                  Message: 'The dump could not be loaded.',
                  Reason: 'InconsistentData',
                  Url: 'https://aura.support.neo4j.com',
                },
              }
            : {}),
        });
      default:
        return send(404, { Message: 'unknown call' });
    }
  }

  type Send = (status: number, content?: unknown, headers?: Record<string, string>) => void;

  function logIn(instance: SimInstance, request: IncomingMessage, send: Send): void {
    const given = Buffer.from(request.headers.authorization?.replace('Basic ', '') ?? '', 'base64').toString('utf8');
    const isKnown = given === `neo4j:${options.passwords[instance.id]}`;
    const isConfirmed = request.headers.confirmed === 'true';
    const token = crypto.randomUUID();
    if (!isKnown) send(401, { Message: 'wrong password' });
    else if (!isConfirmed && instance.dataVersion !== 'empty') send(409, { Message: 'not confirmed' });
    else {
      tokens.set(token, { instanceId: instance.id, isConfirmed });
      send(200, { Token: token });
    }
  }

  function sizeAnswer(fullSize: number): [status: number, content?: unknown] {
    if (options.storageBytes === undefined || fullSize <= options.storageBytes) return [200];
    return [422, TOO_LARGE];
  }

  function loadSeen(instanceId: string): Promise<void> {
    return new Promise((resolve) => {
      seen.set(instanceId, resolve);
    });
  }

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      response.statusCode = error instanceof Refused ? error.status : 500;
      response.end();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const base = () => options.publicUrl ?? own();
  const own = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: own(),
    calls,
    get loads() {
      return loads;
    },
    add(fault) {
      faults = [...faults, fault];
    },
    waiting: () => faults,
    clear() {
      faults = [];
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const TOO_LARGE = {
  Message: 'The database is too large for this instance.',
  Reason: 'ImportExceedsMaxSize',
  Url: '',
};

/** Of a step's path, which is empty for the import itself. */
function pointOf(step: string): ConsoleFault['at'] {
  return step === '' ? 'import' : (step as ConsoleFault['at']);
}

function numberIn(body: Buffer, field: string): number {
  const value: unknown = JSON.parse(body.toString('utf8') || '{}')[field];
  return typeof value === 'number' ? value : 0;
}
