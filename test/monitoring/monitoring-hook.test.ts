import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startMonitoring } from '../../playground/monitoring.ts';
import { createAskMonitoring } from '../../src/monitoring/monitoring-hook.ts';
import { makeRestore } from '../support/make-restore.ts';

const TOKEN = 'secret-token-5';
const restore = makeRestore('ready-to-restore');
const { alias, auraId } = restore.plan.instance;

let monitoring: Awaited<ReturnType<typeof startMonitoring>>;
beforeEach(async () => {
  monitoring = await startMonitoring(TOKEN);
});
afterEach(() => monitoring.close());

const askAt = (url: string, token = TOKEN) =>
  createAskMonitoring((name) => (name === alias ? { url, token: () => token } : undefined));

it('says what it is about, with the token, and brings back what the silence is called', async () => {
  expect(await askAt(monitoring.url)('silence', restore)).toEqual({ kind: 'done', reference: 'silence-7' });
  expect(monitoring.asked).toMatchObject([{ action: 'silence', restore: restore.id, instance: { alias, auraId } }]);
});

it('asks with the same key however often it asks', async () => {
  const calledAt = restore.since;
  const called = { ...restore, monitoring: { act: 'resume', calledAt, reference: 'silence-7' } } as const;
  await askAt(monitoring.url)('resume', called);
  await askAt(monitoring.url)('resume', called);
  expect(new Set(monitoring.asked.map(({ key }) => key)).size).toBe(1);
  expect(monitoring.asked[0]).toMatchObject({ action: 'resume', reference: 'silence-7' });
});

it.each([
  ['refuses', () => monitoring.answer(() => ({ status: 503 })), 'it answered 503'],
  ['does not answer', () => monitoring.answer(() => ({ status: 200, hang: true })), 'no answer within 5 s'],
])(
  'says why when monitoring %s',
  async (_, make, why) => {
    make();
    expect(await askAt(monitoring.url)('silence', restore)).toEqual({ kind: 'failed', why });
  },
  15_000,
);

it('says why when the token is wrong, when nobody is there, and when nothing is configured any more', async () => {
  expect(await askAt(monitoring.url, 'wrong')('silence', restore)).toEqual({ kind: 'failed', why: 'it answered 401' });
  expect(await askAt('http://127.0.0.1:9/')('silence', restore)).toMatchObject({ why: 'it could not be reached' });
  const nothing = createAskMonitoring(() => undefined);
  expect(await nothing('resume', restore)).toMatchObject({
    why: expect.stringContaining('no monitoring is configured'),
  });
});

it('gives the token to nobody else', async () => {
  const seen: unknown[] = [];
  const elsewhere = createServer((request, response) => {
    seen.push(request.headers);
    response.writeHead(200).end();
  });
  const moved = createServer((_, response) =>
    response.writeHead(307, { location: `http://127.0.0.1:${portOf(elsewhere)}/` }).end(),
  );
  await Promise.all(
    [elsewhere, moved].map((server) => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))),
  );
  expect(await askAt(`http://127.0.0.1:${portOf(moved)}/`)('silence', restore)).toMatchObject({ kind: 'failed' });
  expect(seen).toEqual([]);
  await Promise.all([elsewhere, moved].map((server) => new Promise((resolve) => server.close(resolve))));
});

function portOf(server: ReturnType<typeof createServer>): number {
  return (server.address() as AddressInfo).port;
}
