import { afterEach, describe, expect, it } from 'vitest';
import { QUICK } from '../../playground/aura/assumptions.ts';
import { type AuraSimulator, startAuraSimulator } from '../../playground/aura/simulator.ts';
import { until } from '../../playground/story.ts';

let aura: AuraSimulator;
afterEach(() => aura.close());

const CREDENTIALS = `Basic ${Buffer.from('demo-client:demo-secret').toString('base64')}`;

async function start(options: Partial<Parameters<typeof startAuraSimulator>[0]> = {}) {
  aura = await startAuraSimulator({
    instances: [
      { id: '2f49c2b3', name: 'Production', type: 'business-critical', memory: '8GB' },
      { id: '415ced99', name: 'Small', type: 'professional-db', memory: '2GB' },
      { id: '9f9f9f9f', name: 'Free', type: 'free-db', memory: '1GB' },
    ],
    ...options,
  });
  const answer = await fetch(`${aura.url}/oauth/token`, {
    method: 'POST',
    headers: { authorization: CREDENTIALS, 'content-type': 'application/x-www-form-urlencoded' },
    body: 'grant_type=client_credentials',
  });
  const { access_token } = (await answer.json()) as { access_token: string };
  return async (
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = { 'content-type': 'application/json' },
  ) => {
    const response = await fetch(`${aura.url}/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${access_token}`, ...headers },
      ...(method === 'GET' ? {} : { body: JSON.stringify(body ?? {}) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : undefined };
  };
}

const reasonOf = (answer: { body: { errors?: { reason: string }[] } }) => answer.body.errors?.[0]?.reason;
const instance = () => aura.instances.find('2f49c2b3');
const newest = () => instance().snapshots[0]?.snapshot_id ?? '';

describe('somebody in the console of the Aura simulator', () => {
  it('restores, overwrites and loads files without a request, where Aura would offer it', async () => {
    const call = await start({ pace: { ...QUICK, restoreMs: 40 } });
    const requests = aura.log.length;
    const status = () => instance().status;
    aura.console.restore('2f49c2b3', newest());
    expect(status()).toBe('restoring');
    expect(() => aura.console.loadFile('2f49c2b3', 'friday.backup')).toThrow(/undergoing an operation/);
    await until('the end', () => status() === 'running');
    aura.console.overwrite('2f49c2b3', '415ced99');
    expect(status()).toBe('overwriting');
    await until('the end', () => status() === 'running');
    aura.console.loadFile('2f49c2b3', 'friday.backup');
    expect(status()).toBe('loading');
    await until('the end', () => status() === 'running');
    expect(instance().dataVersion).toBe('file friday.backup');
    expect(aura.log).toHaveLength(requests);
    expect((await call('GET', '/instances/2f49c2b3')).body.data.status).toBe('running');
  });
});

describe('the Aura simulator', () => {
  it('refuses to serve anything but loopback', async () => {
    await start();
    await expect(startAuraSimulator({ instances: [], host: '0.0.0.0' })).rejects.toThrow('loopback only');
  });

  it('answers with the documented fields', async () => {
    const call = await start();
    const token = await fetch(`${aura.url}/oauth/token`, {
      method: 'POST',
      headers: { authorization: CREDENTIALS },
      body: 'grant_type=client_credentials',
    });
    expect(await token.json()).toEqual({ access_token: expect.any(String), expires_in: 3600, token_type: 'Bearer' });
    const { body: list, headers } = await call('GET', '/instances');
    expect(Object.keys(list.data[0]).sort()).toEqual(['cloud_provider', 'created_at', 'id', 'name', 'tenant_id']);
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f]{32}\/\d+$/);
    const { body: one } = await call('GET', '/instances/2f49c2b3');
    expect(one.data).toMatchObject({
      id: '2f49c2b3',
      status: 'running',
      memory: '8GB',
      storage: '16GB',
      type: 'business-critical',
      connection_url: expect.stringMatching(/^neo4j\+s:/),
    });
    const { body: snapshots } = await call('GET', '/instances/2f49c2b3/snapshots');
    expect(Object.keys(snapshots.data[0]).sort()).toEqual([
      'exportable',
      'instance_id',
      'profile',
      'snapshot_id',
      'status',
      'timestamp',
    ]);
    const taken = await call('POST', '/instances/2f49c2b3/snapshots');
    expect(taken).toMatchObject({ status: 202, body: { data: { snapshot_id: expect.any(String) } } });
  });

  it('lists snapshots one day at a time, by default today', async () => {
    const call = await start();
    const today = new Date().toISOString().slice(0, 10);
    const { body } = await call('GET', '/instances/2f49c2b3/snapshots');
    expect(body.data.every(({ timestamp }: { timestamp: string }) => timestamp.startsWith(today))).toBe(true);
    const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
    const earlier = await call('GET', `/instances/2f49c2b3/snapshots?date=${yesterday}`);
    expect(earlier.body.data).toHaveLength(24);
  });

  it('restores in place: 202 with restoring, then running with the snapshot’s data', async () => {
    const call = await start();
    const answer = await call('POST', `/instances/2f49c2b3/snapshots/${newest()}/restore`);
    expect(answer).toMatchObject({ status: 202, body: { data: { status: 'restoring' } } });
    expect(reasonOf(await call('POST', `/instances/2f49c2b3/snapshots/${newest()}/restore`))).toBe(
      'ongoing-database-operation',
    );
    await until('the end', () => instance().status === 'running');
    expect(instance().dataVersion).toBe(instance().snapshots[0]?.dataVersion);
    expect(aura.calls('restore').map(({ applied }) => applied)).toEqual([true, false]);
  });

  it.each([
    ['GET', '/instances/00000000', 404, 'db-not-found'],
    ['GET', '/instances/2f49c2b3/snapshots/nope', 404, 'snapshot-not-found'],
    ['POST', '/instances/2f49c2b3/resume', 409, 'instance-action-unavailable'],
  ])('%s %s is refused with %i %s', async (method, path, status, reason) => {
    const call = await start();
    const answer = await call(method, path);
    expect([answer.status, reasonOf(answer)]).toEqual([status, reason]);
  });

  it('refuses what the tier, the size or the other snapshot forbids', async () => {
    const call = await start();
    expect(await call('POST', '/instances/9f9f9f9f/overwrite', { source_instance_id: '2f49c2b3' })).toMatchObject({
      status: 420,
    });
    const full = instance().snapshots.find(({ exportable }) => exportable)?.snapshot_id;
    const tooSmall = await call('POST', '/instances/415ced99/overwrite', {
      source_instance_id: '2f49c2b3',
      source_snapshot_id: full,
    });
    expect(tooSmall).toMatchObject({
      status: 500,
      body: { errors: [{ message: 'Cannot clone database 2f49c2b3 into smaller database 415ced99.' }] },
    });
    const hourly = instance().snapshots.find(({ exportable }) => !exportable)?.snapshot_id;
    const notExportable = await call('POST', '/instances/415ced99/overwrite', {
      source_instance_id: '2f49c2b3',
      source_snapshot_id: hourly,
    });
    expect(notExportable.body.errors[0].message).toBe(`Source snapshot ${hourly} is not exportable`);
    await call('POST', '/instances/2f49c2b3/snapshots');
    expect(reasonOf(await call('POST', '/instances/2f49c2b3/snapshots'))).toBe('snapshot-not-allowed');
    expect((await call('POST', '/instances/2f49c2b3/snapshots', {}, {})).status).toBe(415);
  });

  it.each([401, 403] as const)('answers an expired token with %i where told to', async (expiredTokenStatus) => {
    const call = await start({ assumptions: { expiredTokenStatus } });
    aura.revokeAllTokens();
    expect(await call('GET', '/instances')).toMatchObject({
      status: expiredTokenStatus,
      body: { error: 'Key not authorized: token has expired' },
    });
  });

  it('limits requests over a sliding minute and says when to come back', async () => {
    const call = await start({ requestsPerMinute: 3 });
    const statuses = [];
    for (let n = 0; n < 4; n++) statuses.push((await call('GET', '/instances')).status);
    expect(statuses).toEqual([200, 200, 200, 429]);
    expect((await call('GET', '/instances')).headers.get('retry-after')).toBe('5');
  });

  it('can act and lose the answer', async () => {
    const call = await start();
    aura.faults.add({ kind: 'reset', route: 'restore', when: 'after', times: 1 });
    await expect(call('POST', `/instances/2f49c2b3/snapshots/${newest()}/restore`)).rejects.toThrow();
    expect(aura.calls('restore')[0]).toMatchObject({ applied: true });
    expect(instance().operation).toBe('restoring');
  });

  it.each(['loading failed', 'old data'] as const)('can end a restore with %s', async (as) => {
    const call = await start();
    aura.faults.add({ kind: 'restore-ends', as, times: 1 });
    await call('POST', `/instances/2f49c2b3/snapshots/${newest()}/restore`);
    await until('the end', () => instance().operation === undefined);
    expect([instance().status, instance().dataVersion]).toEqual([as === 'loading failed' ? as : 'running', 'now']);
  });
});
