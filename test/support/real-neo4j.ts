import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareNeo4j } from '../../playground/neo4j/find-neo4j.ts';
import { startLocalNeo4j } from '../../playground/neo4j/local-neo4j.ts';

const program = await prepareNeo4j(() => undefined);

/** True where tests of a real Neo4j are skipped: without Java and Maven, unless `NEO4J_REQUIRED` is 1. */
export const hasNoNeo4j = program.kind === 'missing' && process.env.NEO4J_REQUIRED !== '1';

/**
 * A Neo4j in a folder of its own, which is removed when it stops. With another one it can load what that one saved. Fails where there
 * is none and it is required.
 */
export async function startRealNeo4j(other?: { readonly home: string }) {
  if (program.kind === 'missing') throw new Error(program.why);
  const home = mkdtempSync(join(tmpdir(), 'rb-neo4j-'));
  if (other) symlinkSync(join(other.home, 'snapshots'), join(home, 'snapshots'));
  const leave = () => rmSync(home, { recursive: true, force: true });
  const server = await startLocalNeo4j(program, home).catch((error: unknown) => {
    leave();
    throw error;
  });
  return {
    home,
    server,
    async stop(): Promise<void> {
      await server.stop();
      leave();
    },
  };
}

export type RealNeo4j = Awaited<ReturnType<typeof startRealNeo4j>>;
