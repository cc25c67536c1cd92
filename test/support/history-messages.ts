import { entryLine } from '../../messages/card-history.ts';
import { wordsFor } from '../../messages/words/words.ts';
import type { Reader } from '../../src/restore/language.ts';
import type { HistoryEntry } from '../../src/restore/restore.ts';
import type { Said } from './every-message.ts';
import { NOW } from './make-restore.ts';

const entry = (facts: HistoryEntry['facts'], event = 'attempt-refused'): HistoryEntry => ({
  ...{ seq: 1, at: NOW, event, by: 'U1', facts, previous: '', hash: '' },
});

/** A line of a card's history for each event, each refused attempt and each reason for that; a card shows the latest ten. */
export function messagesOfHistories(reader: Reader): readonly Said[] {
  const words = wordsFor(reader);
  const { events, votes, attempts, reasons } = words.history;
  const attempt = 'approve';
  const entries: readonly (readonly [name: string, entry: HistoryEntry])[] = [
    ...Object.keys({ ...events, ...votes })
      .sort()
      .map((event) => [event, entry({}, event)] as const),
    ...Object.keys(attempts)
      .sort()
      .map((one) => [`refused ${one}`, entry({ attempt: one, reason: 'stale' })] as const),
    ...Object.keys(reasons)
      .sort()
      .map((reason) => [`refused: ${reason}`, entry({ attempt, reason })] as const),
    ['the last refused one in it', entry({ attempt, reason: 'own-request', furtherKept: 'apart' })],
    ['the last refused one that was kept', entry({ attempt, reason: 'own-request', furtherKept: false })],
    ['counts not taken', entry({ notTaken: 'Grund-6' }, 'baseline-settled')],
  ];
  return entries.map(([name, one]) => ({
    name: `in the history: ${name}`,
    kind: 'words',
    payload: { text: entryLine(one, words) },
  }));
}
