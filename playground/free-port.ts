import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below the ports that outgoing connections get, so that none of those takes a port while its server restarts. */
const LOWEST = 12_000;
const HIGHEST = 30_000;
const MOST_TRIES = 50;

/** A loopback port that is free now and likely to stay so, for a server that must come back on the same one. */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < MOST_TRIES; attempt++) {
    const port = LOWEST + Math.floor(Math.random() * (HIGHEST - LOWEST));
    if (await isFree(port)) return port;
  }
  throw new Error('no free port was found');
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}
