import { randomUUID } from 'node:crypto';
import type { ProductionData } from '../auto.ts';
import type { ProductionDatabase } from '../world.ts';
import { createDemoGraph, type DemoGraph } from './demo-graph.ts';
import type { LocalNeo4j } from './local-neo4j.ts';

const HOUR_MS = 3_600_000;

/**
 * Fills a real server as production: a catalogue and orders up to a day ago, a snapshot, more orders, another snapshot,
 * and the orders since. Each snapshot truly holds what its time says. What is copied into it from another instance is what
 * it held in its oldest snapshot: the other instances have no real database.
 */
export function fillProduction(
  server: LocalNeo4j,
  now: Date,
): { readonly database: ProductionDatabase; readonly graph: DemoGraph } {
  const graph = createDemoGraph(server);
  const ago = (hours: number) => new Date(now.getTime() - hours * HOUR_MS);
  const oldest = randomUUID();
  const phases = [
    { from: 1, to: 760, until: ago(26), snapshotId: oldest },
    { from: 761, to: 880, until: ago(3), snapshotId: randomUUID() },
  ];

  async function fill(): Promise<void> {
    await server.ready;
    await graph.createCatalogue();
    for (const { from, to, until, snapshotId } of phases) {
      await graph.placeOrders(from, to, until);
      await server.snapshot(snapshotId);
    }
    await graph.placeOrders(881, 900, new Date(now.getTime() - 60_000));
  }

  const { boltUrl, user, password } = server;
  const own = new Set<string>(phases.map(({ snapshotId }) => snapshotId));
  return {
    graph,
    database: {
      boltUrl,
      user,
      password,
      ready: fill(),
      history: phases.map(({ to, until, snapshotId }) => ({
        snapshotId,
        takenAt: until.toISOString(),
        holds: `${to} orders`,
      })),
      async snapshot(snapshotId) {
        await server.snapshot(snapshotId);
        own.add(snapshotId);
      },
      restore: (snapshotId) => server.restore(own.has(snapshotId) ? snapshotId : oldest),
    },
  };
}

/** The real graph as the story sees it. */
export function realData(graph: DemoGraph): ProductionData {
  return {
    async damage() {
      await graph.ruin('wipe-prices');
      return 'a bad import set every price to 0';
    },
    async describe() {
      const { orders, items, products, productsWithoutPrice } = await graph.summary();
      return `${orders} orders with ${items} items, ${products} products, ${productsWithoutPrice} of them without a price`;
    },
  };
}
