import type { Equipment } from './equipment.ts';
import { entriesOf, isOver, type RecordSeen } from './records.ts';
import type { Violation } from './violation.ts';

const CLOCK_SLACK_MS = 50;

/** Each load that a program of the bot had Aura begin belongs to one decision, which had only that one. */
export function judgeUploads(equipment: Equipment | undefined, records: readonly RecordSeen[]): readonly Violation[] {
  if (!equipment) return [];
  const found: Violation[] = [];
  const loadsOf = new Map<string, number>();
  const spans = records.flatMap((record) => {
    const [intended] = entriesOf(record, 'restore-intended');
    if (record.plan.method !== 'upload' || !intended) return [];
    const ended = isOver(record) ? record.history.findLast(({ entered }) => entered !== undefined)?.at : undefined;
    return [{ record, from: Date.parse(intended.at), to: ended ? Date.parse(ended) : Number.POSITIVE_INFINITY }];
  });
  for (const { at, auraId } of equipment.uploads()) {
    const owner = spans.find(
      ({ record, from, to }) =>
        record.plan.instance.auraId === auraId && at >= from - CLOCK_SLACK_MS && at <= to + CLOCK_SLACK_MS,
    );
    if (owner) loadsOf.set(owner.record.id, (loadsOf.get(owner.record.id) ?? 0) + 1);
    else
      found.push({
        promise: 'a second person decides',
        restoreId: '',
        words: `a file was loaded into ${auraId} that belongs to no decision`,
        sought: { at, auraId },
      });
  }
  for (const { record } of spans) {
    const times = loadsOf.get(record.id) ?? 0;
    if (times > 1 || (times === 0 && record.state.status === 'completed'))
      found.push({
        promise: 'one restore call per decision',
        restoreId: record.id,
        words: `${times} loads of a file, and the record is ${record.state.status}`,
      });
  }
  return found;
}
