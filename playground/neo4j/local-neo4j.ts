import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { BackingDatabase } from '../aura/instances.ts';
import type { Neo4jProgram } from './find-neo4j.ts';

/** A real Neo4j server on loopback whose data can be kept and brought back. */
export interface LocalNeo4j extends BackingDatabase {
  readonly boltUrl: string;
  readonly user: string;
  readonly password: string;
  /** Refuses connections until `up`. */
  down(): Promise<void>;
  up(): Promise<void>;
  readonly pid: number | undefined;
  /** Resolves when it answers; every command waits for it. */
  readonly ready: Promise<void>;
  stop(): Promise<void>;
}

/** What an embedded 5.26 needs to be let into, on Java 17 and later. */
const OPENED = ['java.nio', 'java.io', 'sun.nio.ch', 'java.util.concurrent'];
/** Long enough for a Java program that starts on a machine with much else to do. */
const ANSWER_WITHIN_MS = 180_000;

/** Starts a server in `home` and does not wait for it. It ends with this process, because it ends when its standard input closes. */
export async function startLocalNeo4j(
  program: Extract<Neo4jProgram, { kind: 'available' }>,
  home: string,
): Promise<LocalNeo4j> {
  mkdirSync(home, { recursive: true });
  const port = await freePort();
  const password = randomBytes(12).toString('base64url');
  const child = spawn(
    program.java,
    [
      '-Xms64m',
      '-Xmx512m',
      '-XX:+UseSerialGC',
      '-XX:TieredStopAtLevel=1',
      '-Dfile.encoding=UTF-8',
      '-Dlog4j2.disable.jmx=true',
      ...OPENED.map((name) => `--add-opens=java.base/${name}=ALL-UNNAMED`),
      '-cp',
      join(program.library, '*'),
      'tools/neo4j/LocalNeo4j.java',
      home,
      String(port),
    ],
    { stdio: ['pipe', 'pipe', 'ignore'], env: { ...process.env, LOCAL_NEO4J_PASSWORD: password }, detached: true },
  );
  const replies = createInterface({ input: child.stdout });
  const waiting: { resolve: (line: string) => void; reject: (error: Error) => void }[] = [];
  replies.on('line', (line) => {
    if (line.startsWith('@@ ')) waiting.shift()?.resolve(line.slice(3));
  });
  child.on('exit', (code) => {
    for (const one of waiting.splice(0)) one.reject(new Error(`the local Neo4j ended (code ${code})`));
  });

  function reply(): Promise<string> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('the local Neo4j did not answer in time')), ANSWER_WITHIN_MS);
      waiting.push({
        resolve: (line) => {
          clearTimeout(timer);
          resolve(line);
        },
        reject: (error) => {
          clearTimeout(timer);
          reject(error);
        },
      });
    });
  }

  /** One command at a time: each is answered before the next is sent. */
  const ready = reply().then(() => undefined);
  let last: Promise<unknown> = ready;
  function tell(command: string): Promise<void> {
    const told = last.then(async () => {
      const answered = reply();
      child.stdin.write(`${command}\n`);
      const line = await answered;
      if (!line.startsWith('ok')) throw new Error(line);
    });
    // A command that failed does not stop the next one; a server that never came up stops them all.
    last = Promise.all([ready, told.catch(() => undefined)]);
    last.catch(() => undefined);
    return told;
  }

  return {
    ready,
    boltUrl: `bolt://127.0.0.1:${port}`,
    user: 'neo4j',
    password,
    pid: child.pid,
    snapshot: (id) => tell(`snapshot ${id}`),
    restore: (id) => tell(`restore ${id}`),
    down: () => tell('down'),
    up: () => tell('up'),
    async stop() {
      if (child.exitCode !== null) return;
      const gone = once(child, 'exit');
      child.stdin.end();
      await gone;
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || !address) throw new Error('no free port');
  return address.port;
}
