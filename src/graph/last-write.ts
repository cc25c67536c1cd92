import type { LastWrite } from '../restore/receipt/receipt.ts';
import { mostRows, unknownBecause } from './budgeted.ts';
import type { CheckDefinition } from './check-definition.ts';
import { quotedName } from './fingerprint.ts';
import type { Ask } from './session.ts';
import { timeIn } from './time-in.ts';

type Freshness = Extract<CheckDefinition, { freshness: unknown }>['freshness'];

/**
 * When something was last written, by the properties that the freshness checks name: the newest of all. What cannot be asked
 * within the budget makes the whole unknown, because it might be newer. Never rejects.
 */
export async function lookForLastWrite(
  ask: Ask,
  checks: readonly CheckDefinition[],
  { rows }: { readonly rows: number },
): Promise<LastWrite> {
  const asked = checks.flatMap((check) => ('freshness' in check ? [check.freshness] : []));
  if (asked.length === 0) return { kind: 'unknown', because: 'not-configured' };
  let newest: LastWrite = { kind: 'none' };
  for (const one of asked) {
    const seen = await newestOf(ask, one, rows);
    if (seen.kind === 'unknown') return seen;
    if (seen.kind === 'seen' && (newest.kind !== 'seen' || seen.at > newest.at)) newest = seen;
  }
  return newest;
}

async function newestOf(ask: Ask, { label, property }: Freshness, rows: number): Promise<LastWrite> {
  const path = `n.${quotedName(property)}`;
  const query = `MATCH (n:${quotedName(label)}) WHERE ${path} IS NOT NULL RETURN toString(max(${path})) AS latest`;
  try {
    const { plan } = (await ask(`EXPLAIN ${query}`)).summary;
    if (plan && mostRows(plan) > rows) return { kind: 'unknown', because: 'too-costly' };
    const latest: unknown = (await ask(query)).records[0]?.get('latest');
    if (latest === null || latest === undefined) return { kind: 'none' };
    const ms = timeIn(latest);
    if (ms === undefined) return { kind: 'unknown', because: 'cannot-be-judged' };
    return { kind: 'seen', at: new Date(ms).toISOString(), label, property };
  } catch (error) {
    return { kind: 'unknown', because: unknownBecause(error) };
  }
}
