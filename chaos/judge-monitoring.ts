import type { Asked } from '../playground/monitoring.ts';
import { entriesOf, isOver, type RecordSeen } from './records.ts';
import type { Violation } from './violation.ts';

/** Nobody's alerts are kept silent without a decision, none stay silent, and what is asked twice is asked in the same words. */
export function judgeMonitoring(records: readonly RecordSeen[], asked: readonly Asked[]): readonly Violation[] {
  return records.flatMap((record) => {
    const { id } = record;
    const mine = asked.filter(({ restore }) => restore === id);
    const found: Violation[] = [];
    const add = (promise: Violation['promise'], words: string) => found.push({ promise, restoreId: id, words });
    const decidedAt = entriesOf(record, 'approved')[0]?.at;
    if (mine.some(({ at }) => decidedAt === undefined || at < Date.parse(decidedAt)))
      add('a second person decides', 'monitoring was asked before anybody had agreed');
    const saved = new Set(entriesOf(record, 'monitoring-called').map(({ at, facts }) => `${id}:${facts.act}:${at}`));
    for (const { action, key } of mine) {
      if (!saved.has(key)) add('nothing twice', `monitoring was asked for "${action}" by a call that is not on record`);
    }
    if (isOver(record) && mine.at(-1)?.action === 'silence') add('nothing lost', 'monitoring stays silent');
    return found;
  });
}
