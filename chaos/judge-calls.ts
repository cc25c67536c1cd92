import type { ApiCall } from '../playground/aura/simulator.ts';
import { type Audited, entriesOf, isOver, type RecordSeen } from './records.ts';
import type { Violation } from './violation.ts';

const CLOCK_SLACK_MS = 5;
/** Ways that are one call of Aura's; records of earlier releases name none. */
const BY_CALL: ReadonlySet<string> = new Set(['', 'restore-snapshot', 'overwrite']);

/** Each restore call that reached Aura belongs to exactly one decision, on its instance, for its snapshot, in its time. */
export function judgeCalls(
  records: readonly RecordSeen[],
  calls: readonly ApiCall[],
  audit: ReadonlyMap<string, readonly Audited[]>,
): readonly Violation[] {
  const found: Violation[] = [];
  const callsOf = new Map<string, number>();
  const over = records.map((record) => ({
    record,
    from: Date.parse(entriesOf(record, 'restore-intended')[0]?.at ?? ''),
    to: isOver(record)
      ? Date.parse(record.history.findLast(({ entered }) => entered !== undefined)?.at ?? '')
      : Number.POSITIVE_INFINITY,
  }));
  for (const call of calls) {
    const owner = over.find(
      ({ record, from, to }) =>
        call.path.includes(`/${record.plan.instance.auraId}/`) &&
        isFor(call, record) &&
        call.at >= from - CLOCK_SLACK_MS &&
        call.at <= to + CLOCK_SLACK_MS,
    );
    if (!owner) {
      found.push({
        promise: 'a second person decides',
        restoreId: '',
        words: `a restore call to ${call.path} belongs to no decision`,
        sought: { at: call.at, auraId: /\/instances\/([^/]+)/.exec(call.path)?.[1] ?? '', seen: call },
      });
      continue;
    }
    callsOf.set(owner.record.id, (callsOf.get(owner.record.id) ?? 0) + 1);
  }
  for (const [id, times] of callsOf) {
    if (times > 1)
      found.push({ promise: 'one restore call per decision', restoreId: id, words: `${times} restore calls` });
  }
  for (const { record } of over) {
    if (BY_CALL.has(record.plan.method ?? '') && record.state.status === 'completed' && !callsOf.has(record.id))
      found.push({ promise: 'one restore call per decision', restoreId: record.id, words: 'completed without a call' });
  }
  return [...found, ...overlaps(records, audit)];
}

/** An overwrite says in its body where the data comes from; a restore names its snapshot in the path. */
function isFor({ path }: ApiCall, { plan: { method, restorePoint } }: RecordSeen): boolean {
  if (!BY_CALL.has(method ?? '')) return false;
  if (method === 'overwrite') return path.endsWith('/overwrite');
  return restorePoint.snapshotId !== undefined && path.includes(encodeURIComponent(restorePoint.snapshotId));
}

/** In the order in which Redis took them down: a time in an entry is that of the look before the save. */
function overlaps(
  records: readonly RecordSeen[],
  audit: ReadonlyMap<string, readonly Audited[]>,
): readonly Violation[] {
  const found: Violation[] = [];
  // A new instance leaves the one alone whose snapshot it gets.
  const holding = records.filter(({ plan }) => plan.method !== 'new-instance');
  const spans = holding.map((record) => {
    const entries = audit.get(record.id) ?? [];
    return {
      record,
      from: entries[0]?.place ?? Number.NEGATIVE_INFINITY,
      to:
        (isOver(record) ? entries.findLast(({ entered }) => entered !== undefined)?.place : undefined) ??
        Number.POSITIVE_INFINITY,
    };
  });
  for (const [index, one] of spans.entries()) {
    for (const other of spans.slice(index + 1)) {
      const isSame = one.record.plan.instance.auraId === other.record.plan.instance.auraId;
      if (isSame && one.from < other.to && other.from < one.to)
        found.push({
          promise: 'one run per instance',
          restoreId: one.record.id,
          words: `open at the same time as ${other.record.id} on ${one.record.plan.instance.alias}`,
        });
    }
  }
  return found;
}
