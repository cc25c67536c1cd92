import type { Deed } from './deed.ts';
import { entriesOf, markOf, type RecordSeen } from './records.ts';
import type { Violation } from './violation.ts';

const EVENT_OF: Readonly<Partial<Record<Deed['what'], string>>> = {
  approve: 'approved',
  deny: 'denied',
  accept: 'proviso-accepted',
  decline: 'proviso-declined',
  edit: 'edited',
  acknowledge: 'acknowledged',
  object: 'objected',
  answer: 'objections-answered',
  nudge: 'nudged',
  look: 'looking',
  'take-back': 'vote-taken-back',
  withdraw: 'withdrawn',
  cancel: 'cancelled',
  judge: 'start-judged',
};
const ATTEMPTS: Readonly<Partial<Record<Deed['what'], readonly string[]>>> = {
  approve: ['approve', 'open-approval'],
  deny: ['deny', 'open-denial'],
  accept: ['accept-proviso'],
  decline: ['decline-proviso'],
  edit: ['edit'],
  acknowledge: ['acknowledge'],
  object: ['object'],
  answer: ['answer'],
  nudge: ['nudge'],
  look: ['look'],
  'take-back': ['take-back'],
  withdraw: ['withdraw'],
  cancel: ['cancel'],
  judge: ['judge-start'],
};
/** The record keeps this many refusals of one person and reason, so that nobody can flood it. */
const KEPT_REFUSALS = 5;

type Add = (promise: Violation['promise'], words: string) => void;

/** What people were told is what the records say: every yes and every no, once. */
export function judgeDeeds(records: readonly RecordSeen[], deeds: readonly Deed[]): readonly Violation[] {
  const found: Violation[] = [];
  for (const mark of new Set(deeds.map((deed) => deed.mark))) {
    // Who is not answered asks again, which counts twice when the first request is over by then.
    const mine = records.filter((record) => markOf(record) === mark);
    const ofMark = deeds.filter((deed) => deed.mark === mark);
    const add: Add = (promise, words) => found.push({ promise, restoreId: mine[0]?.id ?? mark, words });
    const asked = tally(ofMark.filter(({ what }) => what === 'request'));
    if (mine.length > asked.done + asked.unanswered)
      add('nothing twice', `the request ${mark} stands ${mine.length} times on record, and was made fewer times`);
    if (mine.length < asked.done)
      add('nothing lost', `the request ${mark} was accepted ${asked.done} times, on record ${mine.length}`);
    const people = new Set(ofMark.map(({ who }) => who));
    for (const who of people) {
      const own = ofMark.filter((deed) => deed.who === who);
      judgeAcceptances(mine, who, own, add);
      judgeRefusals(mine, who, own, add);
    }
  }
  return found;
}

/** Every yes is on record, and nothing is on record that nobody did. */
function judgeAcceptances(records: readonly RecordSeen[], who: string, deeds: readonly Deed[], add: Add): void {
  for (const [what, event] of Object.entries(EVENT_OF)) {
    const { done, unanswered } = tally(deeds.filter((deed) => deed.what === what));
    const kept = records.flatMap((record) => entriesOf(record, event)).filter(({ by }) => by === who).length;
    const words = `${who} was told yes to ${what} ${done} times, on record ${kept}`;
    if (kept < done) add('nothing lost', words);
    if (kept > done + unanswered) add('nothing twice', words);
  }
}

/** Every refusal is on record, up to as many as are kept, and no other. */
function judgeRefusals(records: readonly RecordSeen[], who: string, deeds: readonly Deed[], add: Add): void {
  for (const [what, attempts] of Object.entries(ATTEMPTS)) {
    const { refused, unanswered } = tally(deeds.filter((deed) => deed.what === what));
    const kept = records
      .flatMap((record) => entriesOf(record, 'attempt-refused'))
      .filter(({ by, facts }) => by === who && attempts.includes(String(facts.attempt))).length;
    const words = `${who} was refused ${what} ${refused} times, on record ${kept}`;
    if (kept < Math.min(refused, KEPT_REFUSALS)) add('nothing lost', words);
    if (kept > refused + unanswered) add('nothing twice', words);
  }
}

/** How often somebody heard what. */
function tally(deeds: readonly Deed[]): Readonly<Record<Deed['told'], number>> {
  const count = (answer: Deed['told']) => deeds.filter(({ told }) => told === answer).length;
  return {
    done: count('done'),
    refused: count('refused'),
    nothing: count('nothing'),
    unanswered: count('unanswered'),
  };
}
