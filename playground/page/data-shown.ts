import type { SimInstance } from '../aura/instances.ts';
import type { DemoGraph } from '../neo4j/demo-graph.ts';

/** A line about the data of an instance. */
export interface ShownData {
  readonly label: string;
  readonly value: string;
  readonly isWrong: boolean;
}

/** What the simulator says that an instance holds. */
export function simulatedDataOf({ dataVersion }: SimInstance): readonly ShownData[] {
  return [{ label: 'Data (simulated)', value: dataVersion, isWrong: dataVersion.startsWith('ruined') }];
}

/** What the real database behind an instance holds, counted now. */
export async function dataOf(graph: DemoGraph, { status }: SimInstance): Promise<readonly ShownData[]> {
  if (status !== 'running') return [{ label: 'Data', value: 'not reachable now', isWrong: false }];
  try {
    const { customers, orders, items, products, productsWithoutPrice, constraints } = await graph.summary();
    return [
      { label: 'Customers', value: String(customers), isWrong: false },
      { label: 'Orders', value: String(orders), isWrong: false },
      { label: 'Order items', value: String(items), isWrong: items === 0 },
      { label: 'Products', value: String(products), isWrong: false },
      { label: 'Products without a price', value: String(productsWithoutPrice), isWrong: productsWithoutPrice > 0 },
      { label: 'Constraints', value: String(constraints), isWrong: constraints < 4 },
    ];
  } catch {
    return [{ label: 'Data', value: 'not reachable now', isWrong: false }];
  }
}
