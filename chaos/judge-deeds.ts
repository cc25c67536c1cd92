import type { Deed } from './deed.ts';
import { entriesOf, markOf, type RecordSeen } from './records.ts';
import type { Violation } from './violation.ts';

const EVENT_OF: Readonly<Partial<Record<Deed['what'], string>>> = {
  approve: 'approved',
  deny: 'denied',
  edit: 'edited',
  look: 'looking',
  'take-back': 'vote-taken-back',
  withdraw: 'withdrawn',
  cancel: 'cancelled',
  judge: 'start-judged',
};
const ATTEMPTS: Readonly<Partial<Record<Deed['what'], readonly string[]>>> = {
  approve: ['approve', 'open-approval'],
  deny: ['deny', 'open-denial'],
  edit: ['edit'],
  look: ['look'],
  'take-back': ['take-back'],
  withdraw: ['withdraw'],
  cancel: ['cancel'],
  judge: ['judge-start'],
};
/** The record keeps this many refusals of one person and reason, so that nobody can flood it. */
const KEPT_REFUSALS = 5;

/** What people were told is what the records say: every yes and every no, once. */
export function judgeDeeds(records: readonly RecordSeen[], deeds: readonly Deed[]): readonly Violation[] {
  const found: Violation[] = [];
  for (const mark of new Set(deeds.map((deed) => deed.mark))) {
    const mine = records.filter((record) => markOf(record) === mark);
    const add = (promise: Violation['promise'], words: string) =>
      found.push({ promise, restoreId: mine[0]?.id ?? mark, words });
    const ofMark = deeds.filter((deed) => deed.mark === mark);
    // Who is not answered asks again: that counts twice when the first request was over by then.
    const asked = ofMark.filter(({ what, told }) => what === 'request' && told !== 'refused').length;
    if (mine.length > Math.max(asked, 1))
      add('nothing twice', `the request ${mark} stands ${mine.length} times on record, and was made ${asked} times`);
    const isAccepted = ofMark.some((deed) => deed.what === 'request' && deed.told === 'done');
    const [record] = mine;
    if (isAccepted && !record) add('nothing lost', `the request ${mark} was accepted and is not on record`);
    if (!record || mine.length > 1) continue;
    found.push(...judgeAcceptances(record, ofMark));
    found.push(...judgeRefusals(record, ofMark));
  }
  return found;
}

/** Every yes is on record, and nothing is on record that nobody did. */
function judgeAcceptances(record: RecordSeen, deeds: readonly Deed[]): readonly Violation[] {
  const found: Violation[] = [];
  const add = (promise: Violation['promise'], words: string) => found.push({ promise, restoreId: record.id, words });
  for (const who of new Set(deeds.map((deed) => deed.who))) {
    for (const [what, event] of Object.entries(EVENT_OF)) {
      const ofWho = deeds.filter((deed) => deed.who === who && deed.what === what);
      const done = ofWho.filter(({ told }) => told === 'done').length;
      const unanswered = ofWho.filter(({ told }) => told === 'unanswered').length;
      const kept = entriesOf(record, event).filter(({ by }) => by === who).length;
      if (kept < done) add('nothing lost', `${who} was told yes to ${what} ${done} times, on record ${kept}`);
      if (kept > done + unanswered)
        add('nothing twice', `${who} was told yes to ${what} ${done} times, on record ${kept}`);
    }
  }
  return found;
}

function judgeRefusals(record: RecordSeen, deeds: readonly Deed[]): readonly Violation[] {
  const found: Violation[] = [];
  for (const who of new Set(deeds.map((deed) => deed.who))) {
    for (const [what, attempts] of Object.entries(ATTEMPTS)) {
      const ofWho = deeds.filter((deed) => deed.who === who && deed.what === what);
      const told = ofWho.filter((deed) => deed.told === 'refused').length;
      const unanswered = ofWho.filter((deed) => deed.told === 'unanswered').length;
      const kept = entriesOf(record, 'attempt-refused').filter(
        ({ by, facts }) => by === who && attempts.includes(String(facts.attempt)),
      ).length;
      const add = (promise: Violation['promise'], words: string) =>
        found.push({ promise, restoreId: record.id, words });
      if (kept < Math.min(told, KEPT_REFUSALS))
        add('nothing lost', `${who} was refused ${what} ${told} times, on record ${kept}`);
      if (kept > told + unanswered) add('nothing twice', `${who} was refused ${what} ${told} times, on record ${kept}`);
    }
  }
  return found;
}
