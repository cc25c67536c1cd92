import type { Arena } from './arena.ts';
import { digest } from './canonical.ts';
import type { Deed } from './deed.ts';
import { type Entry, entriesOf, markOf, type RecordSeen } from './records.ts';
import { DEPENDING, type Round, roundsOf, votersIn } from './rounds.ts';
import type { RuleOfArena } from './rules-of-arena.ts';
import type { Violation } from './violation.ts';

/**
 * No restore without every rule filled by different people who are not the requester, each of whom really voted, for the plan
 * and in the round that their form showed.
 */
export function judgeVotes(
  arena: Pick<Arena, 'rulesOf'>,
  record: RecordSeen,
  deeds: readonly Deed[],
): readonly Violation[] {
  const found: Violation[] = [];
  const add = (promise: Violation['promise'], words: string) => found.push({ promise, restoreId: record.id, words });
  const wrong = (words: string) => add('a second person decides', words);
  const rounds = roundsOf(record);
  const mine = deeds.filter(({ mark }) => mark === markOf(record));
  const rules = arena.rulesOf(record.plan.instance.alias);
  for (const [number, round] of rounds.entries()) {
    for (const words of wrongVotes(round, number, record, mine)) wrong(words);
    if (round.endedBy?.event === 'edited' && !wasEditedBy(round.endedBy, record, mine))
      wrong(`${round.endedBy.by ?? 'nobody'} changed the plan, and did not ask for that`);
    for (const { standing, entry } of decisionsIn(round)) {
      const areFilled = fills(rules, standing);
      if (entry.entered === 'approved' && !areFilled)
        wrong(`approved in round ${number} by ${standing.join(', ')}, which does not fill every rule`);
      if (entry.entered === undefined && areFilled)
        add('nothing lost', `everybody agreed in round ${number} (${standing.join(', ')}), and nothing was decided`);
    }
  }
  if (digest(record.plan) !== record.planHash) wrong('the plan is not the one its hash names');
  const [intended] = entriesOf(record, 'restore-intended');
  if (!intended) return found;
  const deciding = rounds.at(-1)?.entries.find(({ event, entered }) => CAN_DECIDE.has(event) && entered === 'approved');
  if (!deciding || deciding.seq > intended.seq)
    wrong('a restore call was intended without an approval in its last round');
  else if (deciding.facts.planHash !== record.planHash) wrong('the approval is for another plan');
  return found;
}

/** What can fill the last rule. */
const CAN_DECIDE: ReadonlySet<string> = new Set(['approved', 'proviso-accepted']);

/** Each approval of a round, and each that counts from then on, with everybody whose yes stood after it. */
function decisionsIn({ entries }: Round): readonly { readonly entry: Entry; readonly standing: readonly string[] }[] {
  return entries.flatMap((entry, index) =>
    CAN_DECIDE.has(entry.event) ? [{ entry, standing: votersIn(entries.slice(0, index + 1), ['approved']) }] : [],
  );
}

function wrongVotes(round: Round, number: number, record: RecordSeen, deeds: readonly Deed[]): readonly string[] {
  return round.entries.flatMap(({ event, by, facts, seq }): readonly string[] => {
    const who = by ?? 'nobody';
    if (event === 'proviso-accepted' || event === 'proviso-declined') {
      const standing = votersIn(
        round.entries.filter((entry) => entry.seq < seq),
        [DEPENDING],
      );
      const hasVoted = standing.includes(String(facts.of));
      return who === record.request.requestedBy && hasVoted ? [] : [`${who} settled a condition that was not theirs`];
    }
    if (event !== 'approved' && event !== 'denied') return [];
    const what = event === 'approved' ? 'approve' : 'deny';
    const own = who === record.request.requestedBy ? [`${who} voted on their own request`] : [];
    const wasGiven = deeds.some(
      (deed) =>
        deed.what === what &&
        deed.who === who &&
        deed.told !== 'refused' &&
        (what === 'deny' || (deed.shown?.planHash === facts.planHash && deed.shown?.round === number)),
    );
    const standing = votersIn(round.entries.filter((entry) => entry.seq < seq));
    return [
      ...own,
      ...(wasGiven
        ? []
        : [`${who} is on record with a vote in round ${number} that they did not give for what they were shown`]),
      ...(standing.includes(who) ? [`${who} voted twice in round ${number}`] : []),
    ];
  });
}

function wasEditedBy({ by, facts }: Entry, record: RecordSeen, deeds: readonly Deed[]): boolean {
  return (
    by === record.request.requestedBy &&
    deeds.some(
      ({ what, who, told, shown }) =>
        what === 'edit' && who === by && told !== 'refused' && shown?.planHash === facts.was,
    )
  );
}

/** Whether these people can fill every rule, each of them one. */
export function fills(rules: readonly RuleOfArena[], people: readonly string[]): boolean {
  const [rule, ...others] = rules;
  if (!rule) return true;
  return people.some(
    (who) =>
      rule.people.has(who) &&
      fills(
        others,
        people.filter((other) => other !== who),
      ),
  );
}
