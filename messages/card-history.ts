import type { KnownBlock } from '@slack/types';
import type { HistoryEntry, Restore } from '../src/restore/restore.ts';
import { voterWords } from './agreement.ts';
import { LIMIT } from './slack-limits.ts';
import { context, mention, quoted, utc } from './slack-text.ts';
import { ENGLISH, type Words } from './words/words.ts';

const MOST_ENTRIES = 10;
/** Words about on-call schedules are longer than a reason. */
const MOST_ON_CALL = 250;
/** Each look at Aura or at the data that saw something new is in the history; on the card they would drown the rest. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  'step-observed',
  'message-settled',
  'running-seen',
  'loss-looked',
  'preview-seen',
  'agreement-looked',
  'safety-snapshot-intended',
]);

/** The latest of what happened, oldest first, refused attempts included. */
export function historyBlock({ history }: Restore, words: Words = ENGLISH): KnownBlock {
  const entries = history.filter(({ event, facts }) => !LEFT_OUT.has(event) && facts.nobody !== true);
  const textOf = (count: number) => {
    const shown = entries.slice(entries.length - count);
    return [words.history.title(entries.length - count), ...entryLines(shown, words)].join('\n');
  };
  let count = Math.min(entries.length, MOST_ENTRIES);
  while (count > 1 && textOf(count).length > LIMIT.context) count--;
  return context(textOf(count));
}

/** The first names its day, and so does each of another day than the one before it. */
function entryLines(entries: readonly HistoryEntry[], words: Words): readonly string[] {
  const dayOf = (entry: HistoryEntry | undefined) => entry?.at.slice(0, 10);
  return entries.map((entry, index) => {
    const line = entryLine(entry, words);
    return dayOf(entry) === dayOf(entries[index - 1]) ? line : `${dayOf(entry)} ${line}`;
  });
}

/** `03:04:05 UTC approval refused, tried by @rita: their own request` */
export function entryLine({ at, event, by, facts, entered }: HistoryEntry, words: Words = ENGLISH): string {
  const { history } = words;
  const { attempt, onCall, notTaken } = facts;
  const because =
    attempt === undefined
      ? closedBecause(facts, words)
      : Object.entries(history.reasons).find(([code]) => code === facts.reason)?.[1];
  const recorded =
    (event === 'drifted' ? facts.why : facts.reason) ?? facts.why ?? facts.words ?? facts.validation ?? notTaken;
  const said = because === undefined ? recorded : undefined;
  return history.entry({
    time: at.slice(11, 19),
    what:
      attempt === undefined
        ? ((entered && facts.votes !== 0 ? undefined : history.votes[event]) ?? labelOf(event, facts, words) ?? event)
        : history.refused(history.attempts[String(attempt)] ?? String(attempt)),
    by:
      by &&
      voterWords(
        { by, ...(facts.standingInFor === undefined ? {} : { standingInFor: String(facts.standingInFor) }) },
        words,
      ),
    because,
    said: said === undefined ? undefined : quoted(String(said), 100),
    proviso: event === 'step-failed' ? '' : provisoFacts(facts, words),
    looks: onCall === undefined ? '' : `; ${quoted(String(onCall), MOST_ON_CALL)}`,
    further: facts.furtherKept === 'apart' ? 'apart' : facts.furtherKept === false ? 'lost' : undefined,
  });
}

function labelOf(event: string, { notTaken, ran }: HistoryEntry['facts'], { history }: Words): string | undefined {
  if (notTaken !== undefined) return history.notRecorded;
  return ran === true ? history.judgedToHaveRun : history.events[event];
}

/** What the calendar closed is said by its code: when it ends stands where people decide. */
function closedBecause({ reason }: HistoryEntry['facts'], { history }: Words): string | undefined {
  return reason === 'outside-window' ? history.reasons['start-closed'] : undefined;
}

/** What a yes depended on, and whose the accepted or declined one is. */
function provisoFacts({ condition, notBefore, of }: HistoryEntry['facts'], { proviso }: Words): string {
  const facts = [
    ...(of === undefined ? [] : [proviso.of(mention.person(String(of)))]),
    ...(condition === undefined ? [] : [proviso.condition(quoted(String(condition), 100))]),
    ...(notBefore === undefined ? [] : [proviso.notBefore(utc(String(notBefore)))]),
  ];
  return facts.length > 0 ? ` (${facts.join(', ')})` : '';
}
