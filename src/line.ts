interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * A line for each key: whoever comes while `carryOut` is at work for the same key waits, and all who wait are carried out
 * together, in order, at most `most` at a time. `carryOut` gives one result for each item; when it throws, each of its
 * items' promises rejects with that, and the line goes on.
 */
export function createLine<Item, Result>(
  carryOut: (key: string, items: readonly Item[]) => Promise<readonly Result[]>,
  most: number,
): (key: string, item: Item) => Promise<Result> {
  const lines = new Map<string, Waiting<Item, Result>[]>();

  async function serve(key: string, line: Waiting<Item, Result>[]): Promise<void> {
    while (line.length > 0) {
      const together = line.splice(0, most);
      try {
        const results = await carryOut(
          key,
          together.map(({ item }) => item),
        );
        for (const [index, { resolve, reject }] of together.entries()) {
          const result = results[index];
          if (result === undefined) reject(new Error('nothing became of it'));
          else resolve(result);
        }
      } catch (error) {
        for (const { reject } of together) reject(error);
      }
    }
    lines.delete(key);
  }

  return (key, item) =>
    new Promise((resolve, reject) => {
      const waiting = { item, resolve, reject };
      const line = lines.get(key);
      if (line) {
        line.push(waiting);
        return;
      }
      const opened = [waiting];
      lines.set(key, opened);
      void serve(key, opened);
    });
}
