import { digest } from './canonical.ts';
import { type Entry, entriesOf, isOver, type RecordSeen } from './records.ts';
import { roundsOf } from './rounds.ts';
import type { Violation } from './violation.ts';

/** Events that can happen only once to a restore. */
const ONCE = ['withdrawn', 'cancelled', 'restore-intended', 'restore-finished', 'verification-finished'] as const;
/** Events that can happen once each time that people were asked. */
const ONCE_A_ROUND = [
  'preflight-passed',
  'baseline-settled',
  'safety-snapshot-intended',
  'safety-snapshot-requested',
  'safety-snapshot-completed',
] as const;

/** What waiting for an answer can come to; once each time that people were asked. */
const DECISIONS: ReadonlySet<string> = new Set(['approved', 'denied', 'withdrawn', 'expired']);

/** The record itself: over, whole, nothing in it twice, and the audit stream equal to it. */
export function judgeRecord(record: RecordSeen, audit: readonly Entry[]): readonly Violation[] {
  const { id, history } = record;
  const found: Violation[] = [];
  const add = (promise: Violation['promise'], words: string) => found.push({ promise, restoreId: id, words });
  if (!isOver(record)) add('nothing stuck', `still ${record.state.status} when everything should be over`);
  for (const event of ONCE) {
    const times = entriesOf(record, event).length;
    if (times > 1) add('nothing twice', `${event} stands ${times} times in the history`);
  }
  for (const [number, { entries }] of roundsOf(record).entries()) {
    for (const event of ONCE_A_ROUND) {
      const times = entries.filter((entry) => entry.event === event).length;
      if (times > 1) add('nothing twice', `${event} stands ${times} times in round ${number}`);
    }
    const decided = entries.filter(({ entered }) => entered !== undefined && DECISIONS.has(entered)).length;
    if (decided > 1) add('nothing twice', `round ${number} was decided ${decided} times`);
  }
  const settled = entriesOf(record, 'message-settled').map(({ facts }) => String(facts.message));
  for (const key of new Set(settled)) {
    const times = settled.filter((other) => other === key).length;
    if (times > 1) add('nothing twice', `message ${key} was settled ${times} times`);
  }
  if (history.length !== record.version)
    add('nothing lost', `version ${record.version} with ${history.length} entries`);
  let previous = '';
  for (const [index, { hash, ...linked }] of history.entries()) {
    if (linked.seq !== index + 1 || linked.previous !== previous || digest(linked) !== hash) {
      add('nothing lost', `the history is broken at entry ${index + 1}`);
      break;
    }
    previous = hash;
  }
  const inAudit = audit.map(({ hash }) => hash).join();
  if (inAudit !== history.map(({ hash }) => hash).join())
    add(
      'nothing lost',
      `the audit stream has ${audit.length} entries that differ from the history's ${history.length}`,
    );
  return found;
}
