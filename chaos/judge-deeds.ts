import { createHash } from 'node:crypto';
import type { Deed } from './deed.ts';
import { type Entry, entriesOf, markOf, type RecordSeen } from './records.ts';
import type { RefusedSeen } from './side-records.ts';
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

/** Somebody, what they did, and what of it was delivered again. */
interface Person {
  readonly who: string;
  readonly deeds: readonly Deed[];
  readonly again: ReadonlySet<string>;
}

type Add = (promise: Violation['promise'], words: string) => void;

/**
 * What people were told is what the records say: every yes and every no, once. What came of a click that Slack delivered again,
 * of these triggers, when its person had gone on is told to nobody who waits for it; it counts once all the same.
 */
export function judgeDeeds(
  records: readonly RecordSeen[],
  deeds: readonly Deed[],
  deliveredAgain: ReadonlySet<string> = new Set(),
  refused: readonly RefusedSeen[] = [],
): readonly Violation[] {
  const found: Violation[] = [];
  const again = new Set([...deliveredAgain].map(interactionOf));
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
      judgeAcceptances(mine, { who, deeds: own, again }, add);
      judgeRefusals([...mine, ...refusedOn(mine, refused)], { who, deeds: own, again }, add);
    }
  }
  return found;
}

/** Every yes is on record, and nothing is on record that nobody did. */
function judgeAcceptances(records: readonly RecordSeen[], { who, deeds, again }: Person, add: Add): void {
  for (const [what, event] of Object.entries(EVENT_OF)) {
    const { done, unanswered } = tally(deeds.filter((deed) => deed.what === what));
    const kept = records.flatMap((record) => entriesOf(record, event)).filter(({ by }) => by === who);
    const words = `${who} was told yes to ${what} ${done} times, on record ${kept.length}`;
    if (kept.length < done) add('nothing lost', words);
    if (isMore(kept, done + unanswered, again)) add('nothing twice', words);
  }
}

/** Every refusal is on record, and no other. */
function judgeRefusals(records: readonly Pick<RecordSeen, 'history'>[], { who, deeds, again }: Person, add: Add): void {
  for (const [what, attempts] of Object.entries(ATTEMPTS)) {
    const { refused, unanswered } = tally(deeds.filter((deed) => deed.what === what));
    const kept = records
      .flatMap((record) => entriesOf(record, 'attempt-refused'))
      .filter(({ by, facts }) => by === who && attempts.includes(String(facts.attempt)));
    const words = `${who} was refused ${what} ${refused} times, on record ${kept.length}`;
    if (kept.length < refused) add('nothing lost', words);
    if (isMore(kept, refused + unanswered, again)) add('nothing twice', words);
  }
}

/** What was refused on these restores and stands in a record of its own: a history has no room for many of one kind. */
function refusedOn(records: readonly RecordSeen[], refused: readonly RefusedSeen[]): readonly RefusedSeen[] {
  return refused.filter(({ history }) => records.some(({ id }) => history.some(({ facts }) => facts.about === id)));
}

/** Whether more is kept than this many acts explain: any click that was delivered again explains one entry, never two. */
function isMore(kept: readonly Entry[], acts: number, again: ReadonlySet<string>): boolean {
  const byAgain = kept.map(({ facts }) => String(facts.interaction)).filter((name) => again.has(name));
  return kept.length - byAgain.length > acts || new Set(byAgain).size < byAgain.length;
}

/** How the history names a click, written down here anew. */
export function interactionOf(trigger: string): string {
  return createHash('sha256').update(trigger).digest('base64url').slice(0, 16);
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
