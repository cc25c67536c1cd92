import type { Instant } from '../restore/names.ts';
import type { CheckResult, CheckStatus } from '../restore/validation.ts';
import type { Bounds, CheckDefinition } from './check-definition.ts';
import { quotedName, type SchemaLook } from './fingerprint.ts';
import { troubleWith } from './neo4j-errors.ts';
import { textProblem } from './read-only-gate.ts';
import type { Ask } from './session.ts';
import { timeIn } from './time-in.ts';

interface Verdict {
  readonly status: CheckStatus;
  readonly words: string;
}

/** How much of an answer is shown; results are other people's data. */
const SHOWN_ROWS = 5;
const MINUTE_MS = 60_000;

/** Asks one question of the restored data. Never throws: a check that cannot run is `error` or `timed-out`, never `pass`. */
export async function runCheck(
  ask: Ask,
  check: CheckDefinition,
  restored: { readonly restorePointAt?: Instant; readonly schema: SchemaLook },
): Promise<CheckResult> {
  const begunAt = Date.now();
  const verdict = await judge(ask, check, restored).catch((error: unknown): Verdict => {
    const trouble = troubleWith(error);
    return { status: trouble.kind === 'timed-out' ? 'timed-out' : 'error', words: trouble.words };
  });
  const isSoft = check.severity === 'warn' && verdict.status === 'fail';
  return {
    name: check.name,
    severity: check.severity,
    status: isSoft ? 'warn' : verdict.status,
    words: verdict.words.slice(0, 300),
    durationMs: Date.now() - begunAt,
    ...(check.owner ? { owner: check.owner } : {}),
  };
}

async function judge(
  ask: Ask,
  check: CheckDefinition,
  restored: { readonly restorePointAt?: Instant; readonly schema: SchemaLook },
): Promise<Verdict> {
  if ('count' in check) {
    const match =
      'label' in check.count
        ? `MATCH (n:${quotedName(check.count.label)})`
        : `MATCH ()-[n:${quotedName(check.count.type)}]->()`;
    const result = await ask(`${match} RETURN count(n) AS value`, { timeoutMs: check.timeout });
    return within(Number(result.records[0]?.get('value')), check.expect);
  }
  if ('query' in check) return judgeQuery(ask, check);
  if ('freshness' in check) return judgeFreshness(ask, check, restored.restorePointAt);
  const missing = check.schema.constraints.filter((name) => !restored.schema.constraints.includes(name));
  if (missing.length > 0) return { status: 'fail', words: `missing constraints: ${missing.join(', ')}` };
  if (check.schema.indexes_online && restored.schema.notOnline.length > 0) {
    return { status: 'fail', words: `indexes not online: ${restored.schema.notOnline.join(', ')}` };
  }
  return {
    status: 'pass',
    words: `${restored.schema.constraints.length} constraints, ${restored.schema.indexCount} indexes`,
  };
}

async function judgeQuery(ask: Ask, check: Extract<CheckDefinition, { query: string }>): Promise<Verdict> {
  const refused = textProblem(check.query);
  if (refused) return { status: 'error', words: `not run: the query ${refused}` };
  const plan = await ask(`EXPLAIN ${check.query}`, { timeoutMs: check.timeout });
  if (plan.summary.queryType !== 'r') return { status: 'error', words: 'not run: the query is not a pure read' };
  const result = await ask(check.query, { timeoutMs: check.timeout });
  if (check.expect === 'no_rows') {
    const found = result.records.length;
    if (found === 0) return { status: 'pass', words: 'no rows, as expected' };
    const first = result.records.slice(0, SHOWN_ROWS).map((record) => String(record.get(0)));
    return { status: 'fail', words: `${found} rows where none should be, such as ${first.join(', ')}` };
  }
  const value: unknown = result.records[0]?.get('value');
  if (typeof value !== 'bigint' && typeof value !== 'number') {
    return { status: 'error', words: 'the query returned no number named value' };
  }
  return within(Number(value), check.expect.value);
}

async function judgeFreshness(
  ask: Ask,
  check: Extract<CheckDefinition, { freshness: unknown }>,
  restorePointAt: Instant | undefined,
): Promise<Verdict> {
  const { label, property } = check.freshness;
  const path = `n.${quotedName(property)}`;
  const query = `MATCH (n:${quotedName(label)}) WHERE ${path} IS NOT NULL RETURN toString(max(${path})) AS latest`;
  const result = await ask(query, { timeoutMs: check.timeout });
  const latestMs = timeIn(result.records[0]?.get('latest'));
  if (latestMs === undefined) return { status: 'fail', words: `no ${label} has a ${property} that is a time` };
  const words = `newest ${label} is of ${new Date(latestMs).toISOString().slice(0, 16)}Z`;
  if (restorePointAt === undefined) return { status: 'not-run', words: `${words}; the restore point is not known` };
  const beforePointMs = Date.parse(restorePointAt) - latestMs;
  // Freshness is measured against the restore point: newer data there means that the restore did not happen.
  if (check.expect.not_newer && beforePointMs < -MINUTE_MS)
    return { status: 'fail', words: `${words}, newer than the restore point` };
  const { error_after, warn_after } = check.expect;
  if (error_after !== undefined && beforePointMs > error_after)
    return { status: 'fail', words: `${words}, too long before the restore point` };
  if (warn_after !== undefined && beforePointMs > warn_after)
    return { status: 'warn', words: `${words}, long before the restore point` };
  return { status: 'pass', words };
}

function within(value: number, bounds: Bounds): Verdict {
  const [from, to] = bounds.between ?? [bounds.gte ?? Number.NEGATIVE_INFINITY, bounds.lte ?? Number.POSITIVE_INFINITY];
  const expected = Number.isFinite(from)
    ? Number.isFinite(to)
      ? `${from} to ${to}`
      : `at least ${from}`
    : `at most ${to}`;
  return value >= from && value <= to
    ? { status: 'pass', words: `${value}, expected ${expected}` }
    : { status: 'fail', words: `${value}, but expected ${expected}` };
}
