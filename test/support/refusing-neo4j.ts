import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';

/** A Neo4j that lets nobody in: a Bolt server on loopback that answers every login as if the password were wrong. */
export interface RefusingNeo4j {
  readonly url: string;
  /** How often somebody tried to log in. */
  readonly logins: () => number;
  close(): Promise<void>;
}

/** Bolt 5.4, where logging in is a message of its own. */
const VERSION = Buffer.from([0, 0, 4, 5]);
const HANDSHAKE_BYTES = 20;
/** Around each message, which is one chunk here. */
const LENGTH_BYTES = 2;
const END_BYTES = 2;
const MESSAGE = { logon: 0x6a, goodbye: 0x02 } as const;
const ANSWER = { success: 0x70, failure: 0x7f } as const;

export async function startRefusingNeo4j(): Promise<RefusingNeo4j> {
  let logins = 0;
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    serve(socket, (kind) => {
      if (kind !== MESSAGE.logon) return answer(ANSWER.success, { server: 'Neo4j/5.26.0', connection_id: 'bolt-1' });
      logins += 1;
      return answer(ANSWER.failure, {
        code: 'Neo.ClientError.Security.Unauthorized',
        message: 'The client is unauthorized due to authentication failure.',
      });
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('no port');
  return {
    url: `bolt://127.0.0.1:${address.port}`,
    logins: () => logins,
    async close() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** Settles the version, then answers each message by its kind. */
function serve(socket: Socket, answerTo: (kind: number) => Buffer): void {
  let rest = Buffer.alloc(0);
  let hasVersion = false;
  socket.on('data', (part: Buffer) => {
    rest = Buffer.concat([rest, part]);
    if (!hasVersion) {
      if (rest.length < HANDSHAKE_BYTES) return;
      rest = rest.subarray(HANDSHAKE_BYTES);
      hasVersion = true;
      socket.write(VERSION);
    }
    for (;;) {
      const length = rest.length < LENGTH_BYTES ? 0 : rest.readUInt16BE(0);
      const end = LENGTH_BYTES + length + END_BYTES;
      if (length === 0 || rest.length < end) return;
      const kind = rest.readUInt8(LENGTH_BYTES + 1);
      rest = rest.subarray(end);
      if (kind === MESSAGE.goodbye) socket.end();
      else socket.write(answerTo(kind));
    }
  });
}

/** One message of a single map of texts, in PackStream and one chunk. */
function answer(kind: number, facts: Readonly<Record<string, string>>): Buffer {
  const entries = Object.entries(facts);
  const body = Buffer.concat([Buffer.from([0xb1, kind, 0xa0 + entries.length]), ...entries.flat().map(packed)]);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(body.length);
  return Buffer.concat([length, body, Buffer.from([0, 0])]);
}

function packed(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8');
  return Buffer.concat([Buffer.from([0xd0, bytes.length]), bytes]);
}
