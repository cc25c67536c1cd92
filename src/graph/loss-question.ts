import type { QueryResult, RecordShape } from 'neo4j-driver';
import type { Instant } from '../restore/names.ts';
import { type Amount, known, sampled, unknown } from '../restore/receipt/amount.ts';
import { mostRows, unknownBecause } from './budgeted.ts';
import { quotedName } from './fingerprint.ts';
import { loadNeo4j } from './neo4j.ts';
import type { LossQuestion } from './question-definition.ts';
import { textProblem } from './read-only-gate.ts';
import type { Ask } from './session.ts';

/**
 * Asks one question within a budget of rows, which are what the database would have to look at. A count of a label with more
 * nodes looks at some of them, drawn at random; other questions that need more are not asked. Never rejects.
 */
export async function askLossQuestion(
  ask: Ask,
  one: LossQuestion,
  { restorePointAt, rows }: { readonly restorePointAt: Instant; readonly rows: number },
): Promise<Amount> {
  try {
    const parameters = await parametersOf(restorePointAt);
    return 'cypher' in one
      ? await answerOf(ask, one.cypher, { parameters, rows })
      : await countOf(ask, one.count, { parameters, rows });
  } catch (error) {
    return unknown(unknownBecause(error));
  }
}

/** Databases keep times as times, as milliseconds since 1970, or as text in ISO 8601. */
async function parametersOf(restorePointAt: Instant): Promise<Record<string, unknown>> {
  const neo4j = await loadNeo4j();
  return {
    restorePoint: neo4j.types.DateTime.fromStandardDate(new Date(restorePointAt)),
    restorePointMs: neo4j.int(Date.parse(restorePointAt)),
    restorePointText: restorePointAt,
  };
}

interface Within {
  readonly parameters: Record<string, unknown>;
  readonly rows: number;
}

async function answerOf(ask: Ask, query: string, { parameters, rows }: Within): Promise<Amount> {
  const { summary } = await ask(`EXPLAIN ${query}`, { parameters });
  if (textProblem(query) || summary.queryType !== 'r') return unknown('refused');
  if (summary.plan && mostRows(summary.plan) > rows) return unknown('too-costly');
  const value = numberIn(await ask(query, { parameters }), 0);
  return value === undefined ? unknown('no-number') : known(value);
}

async function countOf(
  ask: Ask,
  { label, where }: Extract<LossQuestion, { count: unknown }>['count'],
  { parameters, rows }: Within,
): Promise<Amount> {
  const match = `MATCH (n:${quotedName(label)})`;
  const judged = `WITH (${where}) AS matches
    RETURN count(*) AS looked, sum(CASE WHEN matches THEN 1 ELSE 0 END) AS found, sum(CASE WHEN matches IS NULL THEN 1 ELSE 0 END) AS undecided`;
  const { summary } = await ask(`EXPLAIN ${match} ${judged}`, { parameters });
  if (textProblem(where) || summary.queryType !== 'r') return unknown('refused');
  const all = numberIn(await ask(`${match} RETURN count(n) AS all`), 0);
  if (all === undefined) return unknown('no-number');
  if (all === 0) return known(0);
  const result =
    all <= rows
      ? await ask(`${match} ${judged}`, { parameters })
      : await ask(`${match} WHERE rand() < $share ${judged}`, { parameters: { ...parameters, share: rows / all } });
  const [looked = 0, found = 0, undecided = 0] = [0, 1, 2].map((column) => numberIn(result, column));
  // A time compared with a text is neither smaller nor greater: then nothing is said, and least of all that there is none.
  if (looked === undecided) return unknown('cannot-be-judged');
  return all <= rows ? known(found) : sampled(found, looked, all);
}

function numberIn({ records }: QueryResult<RecordShape>, column: number): number | undefined {
  const value: unknown = records.length === 1 ? records[0]?.get(column) : undefined;
  return typeof value === 'bigint' || typeof value === 'number' ? Number(value) : undefined;
}
