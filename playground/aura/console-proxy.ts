import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { makeCertificate } from './certificate.ts';

const CONSOLE_HOST = 'console.neo4j.io';
const STORAGE_HOST = 'storage.googleapis.com';
const HOSTS = [CONSOLE_HOST, STORAGE_HOST];

/** Where a console behind the proxy says that files are to be put: its `publicUrl`. */
export const STORAGE_URL = `https://${STORAGE_HOST}`;

/** A proxy for HTTPS as a company has one, behind which the hosts of Aura are the simulated console. */
export interface ConsoleProxy {
  /** The options of a Java program that takes this way and trusts what it meets there. */
  readonly javaOptions: string;
  /** Where somebody wanted to go who was not let through, `host:port`. */
  readonly refused: readonly string[];
  /** Breaks every connection that is open now. */
  cut(): void;
  close(): Promise<void>;
}

/**
 * Serves CONNECT on loopback: to a host of Aura it is the TLS server itself, with a certificate made just now, and passes what comes
 * on to `consoleUrl`. Throws where there is no Java.
 */
export async function startConsoleProxy(options: {
  readonly consoleUrl: string;
  /** For the certificate. */
  readonly directory: string;
}): Promise<ConsoleProxy> {
  const certificate = makeCertificate(options.directory, HOSTS);
  const inside = Number(new URL(options.consoleUrl).port);
  const refused: string[] = [];
  const open = new Set<Socket>();

  function passOn(client: Socket): void {
    const secure = new TLSSocket(client, { isServer: true, secureContext: certificate.context });
    const server = connect(inside, '127.0.0.1');
    for (const [from, to] of [
      [secure, server],
      [server, secure],
    ] as const) {
      from.on('error', () => to.destroy());
      from.on('close', () => to.destroy());
      from.pipe(to);
    }
  }

  const proxy = createServer((_, response) => response.writeHead(405).end());
  proxy.on('connect', ({ url = '' }, socket) => {
    const client = socket as Socket;
    open.add(client);
    client.once('close', () => open.delete(client));
    client.on('error', () => client.destroy());
    if (HOSTS.some((host) => url === `${host}:443`)) {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      passOn(client);
    } else {
      refused.push(url);
      client.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    }
  });
  await new Promise<void>((resolve, reject) => {
    proxy.once('error', reject);
    proxy.listen(0, '127.0.0.1', resolve);
  });
  const cut = () => {
    for (const socket of open) socket.destroy();
  };
  return {
    javaOptions: [
      '-Dhttps.proxyHost=127.0.0.1',
      `-Dhttps.proxyPort=${(proxy.address() as AddressInfo).port}`,
      `-Djavax.net.ssl.trustStore=${certificate.storeFile}`,
      `-Djavax.net.ssl.trustStorePassword=${certificate.storePassword}`,
    ].join(' '),
    refused,
    cut,
    async close() {
      cut();
      proxy.closeAllConnections();
      await new Promise((resolve) => proxy.close(resolve));
    },
  };
}
