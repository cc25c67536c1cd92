import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type SimulatedNeo4j, startSimulatedNeo4j } from '../../playground/neo4j/simulated-neo4j.ts';
import { lookAtAccess } from '../../src/graph/access.ts';
import { takeFingerprint } from '../../src/graph/fingerprint.ts';
import { troubleWith } from '../../src/graph/neo4j-errors.ts';
import { withGraph } from '../../src/graph/session.ts';

let isRunning = true;
let database: SimulatedNeo4j;

beforeEach(async () => {
  isRunning = true;
  database = await startSimulatedNeo4j(() => isRunning);
});
afterEach(() => database.close());

const target = () => ({ uri: database.uri, user: 'neo4j', password: () => 'any', database: 'neo4j' });

describe('the database behind a simulated instance', () => {
  it('answers every question that the bot asks of its own accord', async () => {
    const [looked, access] = await withGraph(target(), async (ask) => [
      await takeFingerprint(ask, '2026-11-21T03:04:05.000Z'),
      await lookAtAccess(ask),
    ]);
    expect(looked.fingerprint).toMatchObject({
      server: 'Simulated Neo4j 5.26',
      nodes: 280,
      relationships: 540,
      labels: { Customer: 60, Order: 180, Product: 40 },
      types: { CONTAINS: 360, PLACED: 180 },
    });
    expect(looked.schema).toMatchObject({ constraints: ['order_id'], indexCount: 1, notOnline: [] });
    expect(access.users).toMatchObject({ kind: 'seen', all: [{ name: 'neo4j', roles: ['admin'] }] });
    expect(access.roles).toEqual({ kind: 'seen', all: ['admin'] });
  });

  it('refuses any other question, however long, and answers the next one', async () => {
    const words = await withGraph(target(), async (ask) => {
      const refused: string[] = [];
      for (const length of [1, 15, 16, 255, 256, 70_000]) {
        await ask(`MATCH (n:${'x'.repeat(length)}) RETURN n`).catch((error: unknown) => {
          refused.push(troubleWith(error).kind);
        });
      }
      expect((await ask('RETURN 1 AS value')).records[0]?.get('value')).toBe(1n);
      return refused;
    });
    expect(words).toEqual(Array.from({ length: 6 }, () => 'query'));
  });

  it('is not there while its instance does not run', async () => {
    isRunning = false;
    const asked = withGraph(target(), (ask) => ask('RETURN 1 AS value'));
    expect(troubleWith(await asked.catch((error: unknown) => error)).kind).toBe('passing');
  });
});
