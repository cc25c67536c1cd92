import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { type Packed, packedMessage, readMessage, takeMessages } from './packstream.ts';

/** A database that is not there. */
export interface SimulatedNeo4j {
  readonly uri: string;
  close(): Promise<void>;
}

/** Rows of an answer, and what their columns are called. */
interface Answer {
  readonly fields: readonly string[];
  readonly rows: readonly (readonly Packed[])[];
}

/** Bolt 5.0: the last one that says hello and who it is in one message. */
const VERSION = { major: 5, minor: 0 };
const HANDSHAKE_BYTES = 20;
const SAYS = { hello: 0x01, goodbye: 0x02, reset: 0x0f, run: 0x10, pull: 0x3f } as const;
const ANSWERS = { success: 0x70, record: 0x71, ignored: 0x7e, failure: 0x7f } as const;

/** What every state of the simulated data holds: the simulator knows its states by name only. */
const LABELS: Readonly<Record<string, number>> = { Customer: 60, Order: 180, Product: 40 };
const TYPES: Readonly<Record<string, number>> = { CONTAINS: 360, PLACED: 180 };
const SCHEMA_COLUMNS = ['name', 'type', 'entityType', 'labelsOrTypes', 'properties'];
const COUNT_OF_ONE =
  /MATCH (?:\(n:`([^`]+)`\)|\(\)-\[r:`([^`]+)`\]->\(\)) WITH count\(.\) AS value RETURN (\d+) AS name/g;

/**
 * Stands in for the database behind a simulated instance, on loopback: it speaks as much Bolt as the bot's own questions need, and
 * answers them always the same. It takes any password, and nobody while the instance does not run, as Aura does.
 */
export async function startSimulatedNeo4j(isRunning: () => boolean): Promise<SimulatedNeo4j> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    if (isRunning()) converse(socket);
    else socket.destroy();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    uri: `bolt://127.0.0.1:${port}`,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function converse(socket: Socket): void {
  let arrived: Buffer = Buffer.alloc(0);
  let isAgreed = false;
  let hasFailed = false;
  let answer: Answer = { fields: [], rows: [] };
  const say = (tag: number, ...fields: readonly Packed[]) => socket.write(packedMessage(tag, ...fields));

  socket.on('data', (data) => {
    arrived = Buffer.concat([arrived, data]);
    if (!isAgreed) {
      if (arrived.length < HANDSHAKE_BYTES) return;
      isAgreed = true;
      arrived = arrived.subarray(HANDSHAKE_BYTES);
      socket.write(Buffer.from([0, 0, VERSION.minor, VERSION.major]));
    }
    const { messages, rest } = takeMessages(arrived);
    arrived = rest;
    for (const message of messages) hear(message);
  });

  function hear(message: Buffer): void {
    const { tag, text = '' } = readMessage(message);
    if (tag === SAYS.goodbye) {
      socket.end();
      return;
    }
    if (tag === SAYS.reset) hasFailed = false;
    if (hasFailed) {
      say(ANSWERS.ignored);
      return;
    }
    switch (tag) {
      case SAYS.hello:
        say(ANSWERS.success, { server: 'Neo4j/5.26.0', connection_id: 'simulated', hints: {} });
        return;
      case SAYS.run:
        run(text);
        return;
      case SAYS.pull:
        for (const row of answer.rows) say(ANSWERS.record, row);
        say(ANSWERS.success, { type: 'r', db: 'neo4j' });
        return;
      default:
        say(ANSWERS.success, {});
    }
  }

  function run(query: string): void {
    const found = answerTo(query);
    if (found) {
      answer = found;
      say(ANSWERS.success, { fields: found.fields });
      return;
    }
    hasFailed = true;
    say(ANSWERS.failure, {
      code: 'Neo.ClientError.Statement.SyntaxError',
      message: "This database is simulated and answers the bot's own questions only.",
    });
  }
}

function answerTo(query: string): Answer | undefined {
  const counted = [...query.matchAll(COUNT_OF_ONE)];
  if (counted.length > 0) {
    const rows = counted.map(([, label, type, name]) => [Number(name), LABELS[label ?? ''] ?? TYPES[type ?? ''] ?? 0]);
    return { fields: ['name', 'value'], rows };
  }
  const [start] = [...KNOWN.keys()].filter((one) => query.startsWith(one));
  return start === undefined ? undefined : KNOWN.get(start);
}

const column = (name: string, ...values: readonly Packed[]): Answer => ({
  fields: [name],
  rows: values.map((value) => [value]),
});
const sum = (counts: Readonly<Record<string, number>>) => Object.values(counts).reduce((one, other) => one + other, 0);
const ORDER_ID = ['RANGE', 'NODE', ['Order'], ['id']];

/** By how a question begins. */
const KNOWN: ReadonlyMap<string, Answer> = new Map<string, Answer>([
  ['RETURN 1 AS value', column('value', 1)],
  ['MATCH (n) RETURN count(n) AS value', column('value', sum(LABELS))],
  ['MATCH ()-[r]->() RETURN count(r) AS value', column('value', sum(TYPES))],
  ['CALL db.labels()', column('name', ...Object.keys(LABELS))],
  ['CALL db.relationshipTypes()', column('name', ...Object.keys(TYPES))],
  [
    'SHOW INDEXES',
    {
      fields: [...SCHEMA_COLUMNS, 'state', 'owningConstraint'],
      rows: [['order_id', ...ORDER_ID, 'ONLINE', 'order_id']],
    },
  ],
  ['SHOW CONSTRAINTS', { fields: SCHEMA_COLUMNS, rows: [['order_id', 'UNIQUENESS', ...ORDER_ID.slice(1)]] }],
  ['CALL dbms.components()', { fields: ['name', 'version'], rows: [['Simulated Neo4j', '5.26']] }],
  ['SHOW USERS', { fields: ['user', 'roles', 'suspended'], rows: [['neo4j', ['admin'], false]] }],
  ['SHOW ROLES', column('role', 'admin')],
]);
