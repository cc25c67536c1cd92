import type { Reader } from '../../src/restore/language.ts';
import { shortHash } from '../../src/restore/policy/hash.ts';
import type { HistoryEntry } from '../../src/restore/restore.ts';
import { context, escaped, type Message, mention, section } from '../slack-text.ts';
import { spokenText } from '../spoken.ts';
import { type Words, wordsFor } from '../words/words.ts';
import { recordedWords } from './recorded-words.ts';

/** What the audit channels hear of the rules: each change of what is in force or what waits, from the record's own history. */
export function policyAnnouncement(entry: HistoryEntry, reader: Reader): Message {
  const words = wordsFor(reader);
  const { policy, proposal } = entry.facts;
  const number = proposal === undefined ? undefined : String(proposal);
  const blocks = [
    section(wordsOf(entry, words)),
    context(words.rulesChanged.inForce({ hash: shortHash(String(policy ?? '')), number })),
  ];
  return { text: spokenText(words.rulesChanged.headline, blocks, words), blocks };
}

function wordsOf({ event, by, facts }: HistoryEntry, words: Words): string {
  const say = words.rulesChanged;
  const named = (recorded: unknown) => (recorded ? recordedWords(String(recorded), words) : undefined);
  const answer = { what: named(facts.what) ?? '', by: mention.person(by ?? '') };
  switch (event) {
    case 'policy-first':
      return facts.hadEarlier ? say.recordGone(String(facts.instances)) : say.first(String(facts.instances));
    case 'policy-file':
      return say.file({ atOnce: named(facts.atOnce), waiting: named(facts.waiting) });
    case 'policy-agreed':
      return say.agreed(answer);
    case 'policy-refused':
      return say.refused(answer);
    case 'policy-expired':
      return say.expired(answer.what);
    default:
      return escaped(event);
  }
}
