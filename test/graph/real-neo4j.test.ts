import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:net';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDemoGraph, type DemoGraph } from '../../playground/neo4j/demo-graph.ts';
import type { LocalNeo4j } from '../../playground/neo4j/local-neo4j.ts';
import { createDataLooks } from '../../src/graph/data-looks.ts';
import { takeFingerprint } from '../../src/graph/fingerprint.ts';
import { type GraphTarget, withGraph } from '../../src/graph/session.ts';
import type { Restore } from '../../src/restore/restore.ts';
import { newShadowRestore } from '../../src/restore/shadow/shadow-restore.ts';
import { makePolicy, makeRestore } from '../support/make-restore.ts';
import { pointOf } from '../support/points.ts';
import { hasNoNeo4j, type RealNeo4j, startRealNeo4j } from '../support/real-neo4j.ts';

const ALIAS = makeRestore('verifying').plan.instance.alias;

describe.skipIf(hasNoNeo4j)('on a real Neo4j (skipped without Java and Maven)', () => {
  let server: LocalNeo4j;
  let graph: DemoGraph;
  let running: RealNeo4j;
  let target: GraphTarget;
  const good = randomUUID();

  beforeAll(async () => {
    running = await startRealNeo4j();
    server = running.server;
    await server.ready;
    target = { uri: server.boltUrl, user: server.user, password: () => server.password, database: 'neo4j' };
    graph = createDemoGraph(server);
    await graph.createCatalogue();
    await graph.placeOrders(1, 300, new Date(Date.now() - 3_600_000));
    await server.snapshot(good);
  });
  afterAll(() => running?.stop());

  const fingerprint = () => withGraph(target, (ask) => takeFingerprint(ask, '2026-11-21T03:00:00.000Z'));

  function looks(checks: readonly unknown[], access: Partial<GraphTarget> = {}) {
    return createDataLooks({
      config: { boltByAlias: { [ALIAS]: { ...target, ...access } }, checksByAlias: { [ALIAS]: checks } },
      aura: { getInstance: () => Promise.reject(new Error('not asked here')) },
      log: pino({ level: 'silent' }),
    });
  }

  function restored(): Restore {
    const restore = makeRestore('verifying');
    return {
      ...restore,
      plan: {
        ...restore.plan,
        method: 'restore-snapshot',
        restorePoint: { ...pointOf(restore.plan), takenAt: new Date().toISOString() },
      },
    };
  }

  async function verdict(checks: readonly unknown[], access: Partial<GraphTarget> = {}) {
    const look = await looks(checks, access).lookAtData(restored());
    if (look.kind !== 'verified') throw new Error(`not judged: ${look.kind === 'not-yet' ? look.words : look.kind}`);
    return look.outcome;
  }

  it('damage shows in the fingerprint or in a check, and a restore brings exactly the same data back', async () => {
    const before = await fingerprint();
    expect(before.fingerprint).toMatchObject({
      labels: { Order: 300, Product: 40, Customer: 300, Farm: 12, Lot: 60 },
      relationships: expect.any(Number),
    });
    await graph.ruin('delete-items');
    await graph.ruin('drop-constraint');
    const damaged = await fingerprint();
    expect(damaged.fingerprint.types.CONTAINS).toBeUndefined();
    expect(damaged.fingerprint.schemaHash).not.toBe(before.fingerprint.schemaHash);
    await server.restore(good);
    expect(await fingerprint()).toEqual(before);
  });

  it('values that counts do not show are found by a configured check, which names its owner', async () => {
    await graph.ruin('wipe-prices');
    const check = {
      name: 'no_zero_prices',
      query: 'MATCH (p:Product) WHERE p.priceCents <= 0 RETURN p.sku AS sku LIMIT 20',
      expect: 'no_rows',
      owner: 'catalog team',
    };
    const { status, results } = await verdict([check]);
    expect(status).toBe('failed');
    expect(results.find(({ name }) => name === 'no_zero_prices')).toMatchObject({
      status: 'fail',
      owner: 'catalog team',
      words: expect.stringContaining('20 rows'),
    });
    await server.restore(good);
    expect((await verdict([check])).status).toBe('passed');
  });

  it('users that came back or vanished with the restore are named', async () => {
    const baseline = await looks([]).takeFingerprint(ALIAS, 'a1b2c3d4');
    if (baseline.kind !== 'taken' || baseline.access?.users.kind !== 'seen') throw new Error('no users seen');
    const { users, roles } = baseline.access;
    expect(users.all.map(({ name }) => name)).toEqual(['neo4j']);
    const access = { roles, users: { kind: 'seen', all: [{ name: 'auditor' }] } } as const;
    const restore = restored();
    const state = { ...restore.state, baseline: { ...baseline, access } };
    const look = await looks([]).lookAtData({ ...restore, state } as Restore);
    expect(look.kind === 'verified' && look.outcome.results.at(-1)).toMatchObject({
      name: 'compared with before',
      status: 'pass',
      words: expect.stringContaining('; users that came back: neo4j; users that vanished: auditor'),
    });
  });

  it('every kind of check passes on good data and says what it saw', async () => {
    const { status, results } = await verdict([
      { name: 'orders', count: { label: 'Order' }, expect: { between: [300, 300] } },
      { name: 'items', count: { type: 'CONTAINS' }, expect: { gte: 1 } },
      {
        name: 'shipped',
        query: "MATCH (o:Order {status: 'shipped'}) RETURN count(o) AS value",
        expect: { value: { gte: 200 } },
      },
      { name: 'fresh', freshness: { label: 'Order', property: 'updatedAt' }, expect: { warn_after: '6h' } },
      { name: 'schema', schema: { constraints: ['order_id'] } },
    ]);
    expect(results.filter(({ status: one }) => one !== 'pass')).toEqual([]);
    expect(status).toBe('passed');
  });

  it('a check that writes is not run, and nothing is written', async () => {
    const before = await fingerprint();
    const { status, results } = await verdict([
      { name: 'writes', query: 'CREATE (x:Intruder) RETURN x AS value', expect: 'no_rows' },
    ]);
    expect(status).toBe('error');
    expect(results.at(-1)).toMatchObject({ status: 'error', words: expect.stringContaining('not a pure read') });
    expect((await fingerprint()).fingerprint).toEqual(before.fingerprint);
  });

  it('a broken query is an error and never a pass', async () => {
    const { results } = await verdict([{ name: 'typo', query: 'MATCH (o:Order RETURN o', expect: 'no_rows' }]);
    expect(results.at(-1)?.status).toBe('error');
  });

  it('newer data than the restore point means that the restore did not happen', async () => {
    const restore = restored();
    const past: Restore = {
      ...restore,
      plan: {
        ...restore.plan,
        method: 'restore-snapshot',
        restorePoint: { ...pointOf(restore.plan), takenAt: '2020-01-01T00:00:00.000Z' },
      },
    };
    const look = await looks([
      { name: 'fresh', freshness: { label: 'Order', property: 'updatedAt' }, expect: {} },
    ]).lookAtData(past);
    expect(look).toMatchObject({ kind: 'verified', outcome: { status: 'failed' } });
  });

  it('data that was put back past the bot is checked, but for how fresh it must be', async () => {
    const shadow = newShadowRestore(
      'X-3',
      makePolicy({ alias: ALIAS }),
      { status: 'restoring', at: new Date().toISOString() },
      false,
    );
    const look = await looks([
      { name: 'orders', count: { label: 'Order' }, expect: { gte: 1 } },
      { name: 'too many', count: { label: 'Order' }, expect: { gte: 1_000_000 } },
      { name: 'fresh', freshness: { label: 'Order', property: 'updatedAt' }, expect: { warn_after: '1h' } },
    ]).lookAtShadowedData(shadow);
    if (look.kind !== 'verified') throw new Error(look.words);
    expect(look.outcome.status).toBe('failed');
    const statusOf = (name: string) => look.outcome.results.find((result) => result.name === name);
    expect(statusOf('orders')?.status).toBe('pass');
    expect(statusOf('too many')?.status).toBe('fail');
    expect(statusOf('fresh')).toMatchObject({
      status: 'not-run',
      words: expect.stringMatching(/newest Order is of .*the restore point is not known/),
    });
  });

  it('a wrong password is said to be one, at once and without the password', async () => {
    const outcome = await verdict([], { password: () => 'wrong-password' });
    expect(outcome).toMatchObject({ status: 'error', words: expect.stringContaining('refused the credentials') });
    expect(JSON.stringify(outcome)).not.toContain('wrong-password');
  });

  it('a database that is down is looked at again, not judged', async () => {
    await server.down();
    try {
      expect(await looks([]).lookAtData(restored())).toEqual({
        kind: 'not-yet',
        words: 'The database does not accept connections yet.',
      });
    } finally {
      await server.up();
    }
  });

  it('a server that accepts and stays silent does not hold the bot longer than its deadline', async () => {
    const silent: Server = createServer();
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const address = silent.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const begunAt = Date.now();
    const look = await looks([], { uri: `bolt://127.0.0.1:${port}` }).lookAtData(restored());
    expect(look.kind).toBe('not-yet');
    expect(Date.now() - begunAt).toBeLessThan(30_000);
    silent.close();
  });
});
