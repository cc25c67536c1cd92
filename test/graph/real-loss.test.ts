import { randomUUID } from 'node:crypto';
import neo4j from 'neo4j-driver';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { linesOfReceipt } from '../../messages/loss-receipt.ts';
import { createDemoGraph, type DemoGraph } from '../../playground/neo4j/demo-graph.ts';
import type { LocalNeo4j } from '../../playground/neo4j/local-neo4j.ts';
import { createLossLooks } from '../../src/graph/loss-looks.ts';
import { addMinutes } from '../../src/restore/instant.ts';
import { known } from '../../src/restore/receipt/amount.ts';
import { receiptOf } from '../../src/restore/receipt/compare.ts';
import type { LossReceipt } from '../../src/restore/receipt/receipt.ts';
import { hasNoNeo4j, type RealNeo4j, startRealNeo4j } from '../support/real-neo4j.ts';

const ALIAS = 'orders';
const AURA_ID = 'a1b2c3d4';
const SNAPSHOT_AT = '2026-11-21T00:04:05.000Z';
const LOOKED_AT = '2026-11-21T03:04:05.000Z';
const FRESHNESS = { name: 'fresh', freshness: { label: 'Order', property: 'updatedAt' }, expect: {} };

describe.skipIf(hasNoNeo4j)('on a real Neo4j (skipped without Java and Maven)', () => {
  let server: LocalNeo4j;
  let graph: DemoGraph;
  let running: RealNeo4j;
  const good = randomUUID();

  beforeAll(async () => {
    running = await startRealNeo4j();
    server = running.server;
    await server.ready;
    graph = createDemoGraph(server);
    await graph.createCatalogue();
    await graph.placeOrders(1, 300, new Date(SNAPSHOT_AT));
    await server.snapshot(good);
  });
  afterAll(() => running?.stop());

  async function write(query: string, database = 'neo4j'): Promise<void> {
    const driver = neo4j.driver(server.boltUrl, neo4j.auth.basic(server.user, server.password));
    try {
      await driver.executeQuery(query, {}, { database });
    } finally {
      await driver.close();
    }
  }

  function looks(
    questions: readonly unknown[] = [],
    budget: { rows?: number; password?: string; checks?: readonly unknown[] } = {},
  ) {
    const { rows = 200_000, password = server.password, checks = [FRESHNESS] } = budget;
    return createLossLooks({
      config: {
        boltByAlias: {
          [ALIAS]: { uri: server.boltUrl, user: server.user, password: () => password, database: 'neo4j' },
        },
        lossByAlias: { [ALIAS]: { timeMs: 20_000, rows, questions } },
        checksByAlias: { [ALIAS]: checks },
      },
      aura: { getInstance: () => Promise.reject(new Error('not asked here')) },
      log: pino({ level: 'silent' }),
    });
  }

  const point = { auraId: AURA_ID, restorePointAt: SNAPSHOT_AT, lookedAt: LOOKED_AT };
  const answers = async (questions: readonly unknown[], budget: { rows?: number } = {}) =>
    (await looks(questions, budget).lookAtLive(ALIAS, point)).questions.map(({ answer }) => answer);

  async function receiptAfter(change: () => Promise<void>, questions: readonly unknown[] = []): Promise<LossReceipt> {
    const { takeLightFingerprint, lookAtLive } = looks(questions);
    const taken = await takeLightFingerprint(ALIAS, AURA_ID, addMinutes(SNAPSHOT_AT, 2));
    if (!taken) throw new Error('no fingerprint');
    await change();
    const own = { snapshotId: good, snapshotAt: SNAPSHOT_AT, source: 'on-the-way' as const, ...taken };
    return receiptOf(
      { snapshotId: good, takenAt: SNAPSHOT_AT, profile: 'Scheduled' },
      { own },
      await lookAtLive(ALIAS, point),
    );
  }

  it('the printed receipt is exactly the known difference', async () => {
    const receipt = await receiptAfter(async () => {
      await write(`UNWIND range(1, 37) AS i MATCH (o:Order {id: 'O' + i}) DETACH DELETE o`);
      await write(`UNWIND range(1, 5) AS i CREATE (:Customer {id: 'new' + i, since: datetime('${LOOKED_AT}')})`);
      await write('CREATE INDEX customer_since FOR (c:Customer) ON (c.since)');
      await write("CREATE USER auditor SET PASSWORD 'a-long-password'", 'system');
    }, [
      { name: 'customers since', cypher: 'MATCH (c:Customer) WHERE c.since > $restorePoint RETURN count(c)' },
      { name: 'customers since, counted', count: { label: 'Customer', where: 'n.since > $restorePoint' } },
    ]);
    const items =
      receipt.counts.kind === 'compared' ? receipt.counts.lines.find(({ name }) => name === 'CONTAINS') : undefined;
    expect(items).toEqual({ of: 'type', name: 'CONTAINS', now: known(526), before: known(600) });
    expect(linesOfReceipt(receipt).slice(1)).toEqual([
      expect.stringMatching(/^• Last write: .*2026-11-21 00:04 UTC\), by the newest Order.updatedAt$/),
      '• customers since: 5; known',
      '• customers since, counted: 5; known',
      '• Customer: 5 would be lost (305 now, 300 then); known',
      '• relationships CONTAINS: 74 would come back (526 now, 600 then); known',
      '• Order: 37 would come back (263 now, 300 then); known',
      '• relationships PLACED: 37 would come back (263 now, 300 then); known',
      '• all nodes: 32 would come back (680 now, 712 then); known',
      '• all relationships: 111 would come back (925 now, 1036 then); known',
      '5 other labels and types have the same count, which does not mean the same data.',
      'Indexes and constraints have changed since; they go back too.',
      '• Users that would vanish: auditor',
      '• Roles: unknown, because this edition or tier of Neo4j does not offer it',
    ]);
    await write('DROP USER auditor', 'system');
    await server.restore(good);
  });

  it('data that was not touched has a receipt without a difference, which says that values may differ', async () => {
    const receipt = await receiptAfter(() => graph.ruin('wipe-prices'));
    expect(receipt.counts).toMatchObject({ kind: 'compared', lines: [], same: 9, isSchemaChanged: false });
    expect(linesOfReceipt(receipt).join('\n')).toContain('which does not mean the same data');
    await server.restore(good);
  });

  it('a label with more nodes than the budget has rows is sampled, and says so', async () => {
    await write(
      "UNWIND range(1, 20000) AS i CREATE (:Reading {at: datetime('2026-11-21T00:00:00Z') + duration({seconds: i})})",
    );
    const question = { name: 'readings', count: { label: 'Reading', where: 'n.at > $restorePoint' } };
    const truth = 20_000 - 245;
    const [whole] = await answers([question]);
    expect(whole).toEqual(known(truth));
    const [some] = await answers([question], { rows: 2_000 });
    if (some?.kind !== 'sampled') throw new Error(`not sampled: ${some?.kind}`);
    expect(some.of).toBe(20_000);
    expect(some.looked).toBeGreaterThan(1_500);
    expect(some.looked).toBeLessThan(2_500);
    expect(Math.abs(some.value - truth)).toBeLessThan(truth * 0.05);
    await write('MATCH (n:Reading) CALL (n) { DELETE n } IN TRANSACTIONS OF 5000 ROWS').catch(() =>
      write('MATCH (n:Reading) DELETE n'),
    );
  });

  it('the last write is the newest time of all freshness checks, and unknown where one cannot tell', async () => {
    const lastWrite = async (checks: readonly unknown[], rows?: number) =>
      (await looks([], { checks, ...(rows ? { rows } : {}) }).lookAtLive(ALIAS, point)).lastWrite;
    const ofText = { name: 'text', freshness: { label: 'Product', property: 'name' }, expect: {} };
    const ofNothing = { name: 'nothing', freshness: { label: 'Nothing', property: 'at' }, expect: {} };
    const newest = { kind: 'seen', at: SNAPSHOT_AT, label: 'Order', property: 'updatedAt' };
    expect(await lastWrite([ofNothing, FRESHNESS])).toEqual(newest);
    expect(await lastWrite([ofNothing])).toEqual({ kind: 'none' });
    expect(await lastWrite([FRESHNESS, ofText])).toEqual({ kind: 'unknown', because: 'cannot-be-judged' });
    expect(await lastWrite([])).toEqual({ kind: 'unknown', because: 'not-configured' });
    await write('DROP INDEX order_updated');
    expect(await lastWrite([FRESHNESS], 200)).toEqual({ kind: 'unknown', because: 'too-costly' });
    await server.restore(good);
  });

  it('a question that costs more than its budget is unknown, never zero', async () => {
    const [answer] = await answers(
      [{ name: 'pairs', cypher: 'MATCH (a:Order), (b:Order) WHERE a.id < b.id RETURN count(*)' }],
      {
        rows: 1_000,
      },
    );
    expect(answer).toEqual({ kind: 'unknown', because: 'too-costly' });
  });

  it('a condition that compares values of different types is unknown, never zero', async () => {
    const [byText, byTime] = await answers([
      { name: 'text', count: { label: 'Order', where: 'n.updatedAt > $restorePointText' } },
      { name: 'time', count: { label: 'Order', where: 'n.updatedAt > $restorePoint' } },
    ]);
    expect(byText).toEqual({ kind: 'unknown', because: 'cannot-be-judged' });
    expect(byTime).toEqual(known(0));
  });

  it('a question that writes, is wrong, or answers with no number is unknown, and nothing is written', async () => {
    expect(
      await answers([
        { name: 'writes', cypher: 'CREATE (x:Intruder) RETURN count(x)' },
        { name: 'typo', cypher: 'MATCH (o:Order RETURN o' },
        { name: 'writes in a condition', count: { label: 'Order', where: 'true) CREATE (x:Intruder) WITH (true' } },
        { name: 'text', cypher: "RETURN 'many'" },
        { name: 'no row', cypher: 'MATCH (x:Nothing) RETURN x.count' },
      ]),
    ).toEqual([
      { kind: 'unknown', because: 'refused' },
      { kind: 'unknown', because: 'refused' },
      { kind: 'unknown', because: 'refused' },
      { kind: 'unknown', because: 'no-number' },
      { kind: 'unknown', because: 'no-number' },
    ]);
    const [intruders] = await answers([{ name: 'intruders', cypher: 'MATCH (x:Intruder) RETURN count(x)' }]);
    expect(intruders).toEqual(known(0));
  });

  it('a source that is copied as it is, and a file of a counted snapshot, are compared exactly; a file of nothing with nothing', async () => {
    const { lookAtLive, lookAtSource, takeLightFingerprint } = looks();
    const source = await lookAtSource({ alias: ALIAS, auraId: AURA_ID, lookedAt: SNAPSHOT_AT });
    const taken = await takeLightFingerprint(ALIAS, AURA_ID, addMinutes(SNAPSHOT_AT, 2));
    if (!taken) throw new Error('no fingerprint');
    await write(`UNWIND range(1, 37) AS i MATCH (o:Order {id: 'O' + i}) DETACH DELETE o`);
    await write(`UNWIND range(1, 5) AS i CREATE (:Customer {id: 'new' + i})`);
    const live = await lookAtLive(ALIAS, point);
    const saying = (receipt: LossReceipt) =>
      linesOfReceipt(receipt).filter((line) => /Order|Customer|all nodes/.test(line));

    expect(saying(receiptOf({ isLive: true, takenAt: LOOKED_AT }, { source }, live)).slice(1)).toEqual([
      '• Customer: 5 fewer afterwards (305 now, 300 in the source); known',
      '• Order: 37 more afterwards (263 now, 300 in the source); known',
      '• all nodes: 32 more afterwards (680 now, 712 in the source); known',
    ]);
    const file = { file: { name: 'orders.backup', kind: 'backup', sizeBytes: 5 }, takenAt: SNAPSHOT_AT } as const;
    const own = { snapshotId: good, snapshotAt: SNAPSHOT_AT, source: 'on-the-way' as const, ...taken };
    const instance = { alias: ALIAS, auraId: AURA_ID };
    const exported = { exportId: 'E-7', instance, snapshotId: good, place: 'the vault', recordedBy: 'U1' };
    expect(saying(receiptOf({ ...file, exported }, { own }, live)).slice(1)).toEqual([
      '• Customer: 5 would be lost (305 now, 300 then); known',
      '• Order: 37 would come back (263 now, 300 then); known',
      '• all nodes: 32 would come back (680 now, 712 then); known',
    ]);
    expect(saying(receiptOf(file, {}, live)).slice(1)).toEqual([
      '• all nodes: 680 now; known',
      '• Customer: 305 now; known',
      '• Order: 263 now; known',
    ]);
    await server.restore(good);
  });

  it('a wrong password is unknown for that reason, at once and without the password', async () => {
    const { lookAtLive, lookAtSource, takeLightFingerprint } = looks([{ name: 'one', cypher: 'RETURN 1' }], {
      password: 'wrong-password',
    });
    const look = await lookAtLive(ALIAS, point);
    expect(look).toMatchObject({
      counts: { kind: 'not-seen', because: 'not-permitted' },
      questions: [{ answer: { kind: 'unknown', because: 'not-permitted' } }],
    });
    expect(JSON.stringify(look)).not.toContain('wrong-password');
    const source = await lookAtSource({ alias: ALIAS, auraId: AURA_ID, lookedAt: LOOKED_AT });
    expect(source).toEqual({ kind: 'not-seen', because: 'not-permitted' });
    expect(await takeLightFingerprint(ALIAS, AURA_ID, LOOKED_AT)).toBeUndefined();
  });

  it('a database that is down is unknown for that reason', async () => {
    await server.down();
    try {
      const look = await looks([{ name: 'one', cypher: 'RETURN 1' }]).lookAtLive(ALIAS, point);
      expect(look.counts).toEqual({ kind: 'not-seen', because: 'no-answer' });
      expect(look.access.users).toEqual({ kind: 'not-seen', because: 'no-answer' });
    } finally {
      await server.up();
    }
  });
});
