import type { Entry, RecordSeen } from './records.ts';

/** What happened between two times that people were asked, and whose votes fell at its end. */
export interface Round {
  readonly entries: readonly Entry[];
  /** The edit or drift that ended it; absent: the last round. */
  readonly endedBy?: Entry;
  /** Whose votes stood at the end of it. */
  readonly voters: readonly string[];
}

/** A yes that does not count until the requester accepts what it depends on. */
export const DEPENDING = 'depending';

const ASKS_ANEW: ReadonlySet<string> = new Set(['edited', 'drifted']);

/** The rounds of a record, by its history alone. */
export function roundsOf({ history }: Pick<RecordSeen, 'history'>): readonly Round[] {
  const rounds: Round[] = [];
  let begin = 0;
  for (const [index, entry] of history.entries()) {
    if (!ASKS_ANEW.has(entry.event) || isOnlyNoted(entry)) continue;
    rounds.push(roundOf(history.slice(begin, index), entry));
    begin = index + 1;
  }
  return [...rounds, roundOf(history.slice(begin))];
}

/** Nobody had voted, and the plan stayed what it was. */
function isOnlyNoted({ event, entered }: Entry): boolean {
  return event === 'drifted' && entered === undefined;
}

function roundOf(entries: readonly Entry[], endedBy?: Entry): Round {
  return { entries, voters: votersIn(entries), ...(endedBy ? { endedBy } : {}) };
}

/** Whose votes stand after these entries of one round, in the order they were cast. */
export function votersIn(
  entries: readonly Entry[],
  kinds: readonly string[] = ['approved', 'denied', DEPENDING],
): readonly string[] {
  const votes = new Map<string, string>();
  for (const { event, by, facts } of entries) {
    if (by === undefined) continue;
    if (event === 'approved') votes.set(by, facts.condition === undefined ? event : DEPENDING);
    if (event === 'denied') votes.set(by, event);
    if (event === 'vote-taken-back') votes.delete(by);
    if (event === 'proviso-accepted') votes.set(String(facts.of), 'approved');
    if (event === 'proviso-declined') votes.delete(String(facts.of));
    for (const fallen of String(facts.fallen ?? '').split(', ')) votes.delete(fallen);
  }
  return [...votes].filter(([, kind]) => kinds.includes(kind)).map(([who]) => who);
}
