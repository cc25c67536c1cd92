import type { KnownBlock } from '@slack/types';
import type { HistoryEntry, Restore } from '../src/restore/restore.ts';
import { voterWords } from './agreement.ts';
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
  const shown = entries.slice(-MOST_ENTRIES).map((entry) => entryLine(entry, words));
  return context([words.history.title(entries.length - shown.length), ...shown].join('\n'));
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
        ? ((entered && facts.votes !== 0 ? undefined : history.votes[event]) ??
          (notTaken === undefined ? history.events[event] : history.notRecorded) ??
          event)
        : history.refused(history.attempts[String(attempt)] ?? String(attempt)),
    by:
      by &&
      voterWords(
        { by, ...(facts.standingInFor === undefined ? {} : { standingInFor: String(facts.standingInFor) }) },
        words,
      ),
    because,
    said: said === undefined ? undefined : quoted(String(said), 100),
    proviso: provisoFacts(facts, words),
    looks: onCall === undefined ? '' : `; ${quoted(String(onCall), MOST_ON_CALL)}`,
    isLastKept: facts.furtherKept === false,
  });
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
