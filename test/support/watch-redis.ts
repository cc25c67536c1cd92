import { once } from 'node:events';
import { connect } from 'node:net';
import type { RedisTarget } from '../../src/store/redis.ts';

/** Every command that a Redis gets from now on, with its arguments, as its MONITOR writes them: also what is deleted again. */
export async function watchRedis(
  target: RedisTarget,
): Promise<{ readonly lines: () => readonly string[]; readonly stop: () => void }> {
  const socket = connect('url' in target ? placeOf(target.url) : { path: target.socketPath });
  let text = '';
  socket.setEncoding('utf8');
  // The server ends with the test.
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  const answered = once(socket, 'data');
  socket.on('data', (part: string) => {
    text += part;
  });
  socket.write('MONITOR\r\n');
  await answered;
  return { lines: () => text.split('\r\n'), stop: () => socket.destroy() };
}

function placeOf(url: string): { readonly host: string; readonly port: number } {
  const { hostname, port } = new URL(url);
  return { host: hostname, port: Number(port || 6379) };
}
