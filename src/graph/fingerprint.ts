import { createHash } from 'node:crypto';
import type { QueryResult, RecordShape } from 'neo4j-driver';
import { z } from 'zod';
import type { Fingerprint } from '../restore/validation.ts';
import type { Ask } from './session.ts';

/** What the schema looks like now. */
export interface SchemaLook {
  readonly hash: string;
  readonly constraints: readonly string[];
  readonly indexCount: number;
  readonly notOnline: readonly string[];
}

const NAMES_PER_QUERY = 40;

/** A name of a label or type as Cypher takes it: in backticks, with backticks doubled. */
export function quotedName(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}

/** Counts by label and type and the schema, all from the count store and metadata: milliseconds on any size. */
export async function takeFingerprint(
  ask: Ask,
  takenAt: string,
): Promise<{ fingerprint: Fingerprint; schema: SchemaLook }> {
  const totals = numbersIn(await ask('MATCH (n) RETURN count(n) AS value'));
  const relationships = numbersIn(await ask('MATCH ()-[r]->() RETURN count(r) AS value'));
  const labels = namesIn(await ask('CALL db.labels() YIELD label AS name RETURN name'));
  const types = namesIn(await ask('CALL db.relationshipTypes() YIELD relationshipType AS name RETURN name'));
  const schema = await lookAtSchema(ask);
  const counts = {
    labels: await countsOf(ask, labels, (name) => `MATCH (n:${quotedName(name)}) WITH count(n) AS value`),
    types: await countsOf(ask, types, (name) => `MATCH ()-[r:${quotedName(name)}]->() WITH count(r) AS value`),
  };
  const components = await ask('CALL dbms.components() YIELD name, versions RETURN name, versions[0] AS version');
  return {
    schema,
    fingerprint: {
      takenAt,
      server: components.records.map((record) => `${record.get('name')} ${record.get('version')}`).join(', '),
      nodes: totals[0] ?? 0,
      relationships: relationships[0] ?? 0,
      ...counts,
      schemaHash: schema.hash,
    },
  };
}

/** Names of deleted data linger in `db.labels()`, so a name without data is left out. */
async function countsOf(
  ask: Ask,
  names: readonly string[],
  match: (name: string) => string,
): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (let at = 0; at < names.length; at += NAMES_PER_QUERY) {
    const part = names.slice(at, at + NAMES_PER_QUERY);
    const query = part.map((name, index) => `${match(name)} RETURN ${index} AS name, value`).join(' UNION ALL ');
    const result = await ask(query);
    for (const record of result.records) {
      const name = part[Number(record.get('name'))];
      const value = Number(record.get('value'));
      if (name !== undefined && value > 0) counts[name] = value;
    }
  }
  return counts;
}

const row = z.object({
  name: z.string(),
  type: z.string(),
  entityType: z.string().nullable(),
  labelsOrTypes: z.array(z.string()).nullable(),
  properties: z.array(z.string()).nullable(),
});
const indexRow = row.extend({ state: z.string(), owningConstraint: z.string().nullable() });

async function lookAtSchema(ask: Ask): Promise<SchemaLook> {
  const indexes = rowsIn(
    await ask('SHOW INDEXES YIELD name, state, type, entityType, labelsOrTypes, properties, owningConstraint'),
    indexRow,
  );
  const constraints = rowsIn(
    await ask('SHOW CONSTRAINTS YIELD name, type, entityType, labelsOrTypes, properties'),
    row,
  );
  const shape = [...indexes.filter(({ owningConstraint }) => owningConstraint === null), ...constraints]
    .map(({ type, entityType, labelsOrTypes, properties }) =>
      JSON.stringify([type, entityType, labelsOrTypes, properties]),
    )
    .sort();
  return {
    hash: createHash('sha256').update(shape.join('\n')).digest('hex'),
    constraints: constraints.map(({ name }) => name).sort(),
    indexCount: indexes.length,
    notOnline: indexes.filter(({ state }) => state !== 'ONLINE').map(({ name, state }) => `${name} (${state})`),
  };
}

function rowsIn<T>(result: QueryResult<RecordShape>, schema: z.ZodType<T>): readonly T[] {
  return result.records.map((record) => schema.parse(record.toObject()));
}

function namesIn(result: QueryResult<RecordShape>): readonly string[] {
  return result.records.map((record) => String(record.get('name'))).sort();
}

function numbersIn(result: QueryResult<RecordShape>): readonly number[] {
  return result.records.map((record) => Number(record.get('value')));
}
