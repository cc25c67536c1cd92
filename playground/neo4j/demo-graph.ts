import neo4j from 'neo4j-driver';

/** Harbour Roasters: farms grow lots, lots go into products, customers order them. Deterministic, no personal data. */
const SCHEMA = [
  'CREATE CONSTRAINT customer_id IF NOT EXISTS FOR (c:Customer) REQUIRE c.id IS UNIQUE',
  'CREATE CONSTRAINT product_sku IF NOT EXISTS FOR (p:Product) REQUIRE p.sku IS UNIQUE',
  'CREATE CONSTRAINT order_id IF NOT EXISTS FOR (o:Order) REQUIRE o.id IS UNIQUE',
  'CREATE CONSTRAINT lot_id IF NOT EXISTS FOR (l:Lot) REQUIRE l.id IS UNIQUE',
  'CREATE INDEX order_updated IF NOT EXISTS FOR (o:Order) ON (o.updatedAt)',
];

const CATALOGUE = [
  `UNWIND range(1, 12) AS i MERGE (f:Farm {id: 'F' + i})
   SET f.country = ['CO', 'ET', 'BR', 'GT'][i % 4], f.name = ['Alta Vista', 'Rio Claro', 'Monte Sol', 'Lago Azul'][i % 4] + ' ' + i`,
  `UNWIND range(1, 60) AS i MATCH (f:Farm {id: 'F' + (1 + i % 12)})
   MERGE (l:Lot {id: 'L' + i}) SET l.kg = 200 + (i * 37) % 400 MERGE (f)-[:GREW]->(l)`,
  `UNWIND range(1, 40) AS i MERGE (p:Product {sku: 'SKU-' + (1000 + i)})
   SET p.name = ['Dawn', 'Harbour', 'Ridge', 'Ember'][i % 4] + ' No. ' + i, p.priceCents = 900 + (i * 53) % 900
   WITH p, i MATCH (l:Lot) WHERE l.id IN ['L' + (1 + (i * 7) % 60), 'L' + (1 + (i * 13) % 60)] MERGE (l)-[:USED_IN]->(p)`,
  "UNWIND range(1, 300) AS i MERGE (c:Customer {id: 'C' + i}) SET c.segment = ['home', 'cafe', 'office'][i % 3]",
];

/** Orders number `from` to `to`, the last placed at `$until`, one every ten minutes before it. */
const ORDERS = `UNWIND range($from, $to) AS i
  MATCH (c:Customer {id: 'C' + (1 + (i * 7) % 300)})
  MERGE (o:Order {id: 'O' + i})
  SET o.status = CASE WHEN i % 9 = 0 THEN 'open' ELSE 'shipped' END,
      o.updatedAt = datetime($until) - duration({minutes: 10 * ($to - i)})
  MERGE (c)-[:PLACED]->(o)
  WITH o, i UNWIND range(0, i % 3) AS k
  MATCH (p:Product {sku: 'SKU-' + (1001 + (i * 7 + k * 11) % 40)})
  MERGE (o)-[r:CONTAINS]->(p) SET r.qty = 1 + (i + k) % 4, r.unitCents = p.priceCents`;

/** Ways to ruin it, each of another kind: values, relationships, schema. */
export const SCENES = {
  'wipe-prices': { label: 'Set every price to 0', query: 'MATCH (p:Product) SET p.priceCents = 0' },
  'delete-items': { label: 'Delete what the orders contain', query: 'MATCH (:Order)-[r:CONTAINS]->() DELETE r' },
  'lose-and-gain': {
    label: 'Delete 37 orders and add 5 customers',
    query: `MATCH (o:Order) WITH o LIMIT 37 DETACH DELETE o
      WITH count(*) AS deleted UNWIND range(1, 5) AS i CREATE (:Customer {id: 'new-' + randomUUID(), segment: 'home'})`,
  },
  'drop-constraint': { label: 'Drop the constraint on orders', query: 'DROP CONSTRAINT order_id IF EXISTS' },
} as const;
export type Scene = keyof typeof SCENES;

export interface GraphSummary {
  readonly customers: number;
  readonly orders: number;
  readonly items: number;
  readonly products: number;
  readonly productsWithoutPrice: number;
  readonly constraints: number;
}

/** Fills, ruins and describes the demo graph. Each call opens and closes a connection, as the server comes and goes. */
export function createDemoGraph(server: {
  readonly boltUrl: string;
  readonly user: string;
  readonly password: string;
}) {
  async function run(queries: readonly (readonly [query: string, parameters?: Record<string, unknown>])[]) {
    const driver = neo4j.driver(server.boltUrl, neo4j.auth.basic(server.user, server.password), {
      disableLosslessIntegers: true,
    });
    try {
      const results = [];
      for (const [query, parameters] of queries)
        results.push(await driver.executeQuery(query, parameters ?? {}, { database: 'neo4j' }));
      return results;
    } finally {
      await driver.close();
    }
  }
  return {
    async createCatalogue() {
      await run([
        ...SCHEMA.map((query) => [query] as const),
        ['CALL db.awaitIndexes(60)'],
        ...CATALOGUE.map((query) => [query] as const),
      ]);
    },
    async placeOrders(from: number, to: number, until: Date) {
      await run([[ORDERS, { from: neo4j.int(from), to: neo4j.int(to), until: until.toISOString() }]]);
    },
    async ruin(scene: Scene) {
      await run([[SCENES[scene].query]]);
    },
    async summary(): Promise<GraphSummary> {
      const results = await run([
        ['MATCH (n:Customer) RETURN count(n) AS value'],
        ['MATCH (n:Order) RETURN count(n) AS value'],
        ['MATCH ()-[r:CONTAINS]->() RETURN count(r) AS value'],
        ['MATCH (n:Product) RETURN count(n) AS value'],
        ['MATCH (n:Product) WHERE n.priceCents <= 0 RETURN count(n) AS value'],
        ['SHOW CONSTRAINTS YIELD name RETURN count(name) AS value'],
      ]);
      const [customers = 0, orders = 0, items = 0, products = 0, productsWithoutPrice = 0, constraints = 0] =
        results.map((result) => Number(result.records[0]?.get('value')));
      return { customers, orders, items, products, productsWithoutPrice, constraints };
    },
  };
}

export type DemoGraph = ReturnType<typeof createDemoGraph>;
