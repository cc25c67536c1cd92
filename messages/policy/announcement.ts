import { shortHash } from '../../src/restore/policy/hash.ts';
import type { HistoryEntry } from '../../src/restore/restore.ts';
import { context, escaped, type Message, mention, section } from '../slack-text.ts';
import { spokenText } from '../spoken.ts';
import { ENGLISH } from '../words/words.ts';

/** Of a notification; what follows says the rest. */
const HEADLINE = 'The rules of the restore bot.';

/** What the audit channels hear of the rules: each change of what is in force or what waits, from the record's own history. */
export function policyAnnouncement(entry: HistoryEntry): Message {
  const words = wordsOf(entry);
  const { policy, proposal } = entry.facts;
  const hash = `Policy in force: ${shortHash(String(policy ?? ''))}.${proposal === undefined ? '' : ` Looser rule ${proposal}.`}`;
  const blocks = [section(words), context(hash)];
  return { text: spokenText(HEADLINE, blocks, ENGLISH), blocks };
}

function wordsOf({ event, by, facts }: HistoryEntry): string {
  const what = escaped(String(facts.what ?? ''));
  switch (event) {
    case 'policy-first':
      return facts.hadEarlier
        ? `*The record of the rules was gone.* The bot had recorded a policy before, and Redis does not hold it any more. A new record was begun, for ${facts.instances} databases, with the rules as the bot last knew them, or else as the configuration file has them; nobody was asked. If you did not remove it yourself, find out what happened to Redis, and compare the file with what was agreed to.`
        : `*The rules are in force as the configuration file has them*, for ${facts.instances} databases. No policy was recorded before. If this is not the first start of the bot, the records were lost, and nobody was asked about these rules.`;
    case 'policy-file': {
      const atOnce = facts.atOnce ? ` In force at once: ${escaped(String(facts.atOnce))}.` : '';
      const waiting = facts.waiting
        ? ` Looser, and waiting until those who are bound by the rules have agreed: ${escaped(String(facts.waiting))}.`
        : ' Nothing in it is looser.';
      return `*The bot was started with another configuration file.*${atOnce}${waiting}`;
    }
    case 'policy-agreed':
      return `*A looser rule is in force:* ${what}. The last who was needed to agree was ${mention.person(by ?? '')}. It holds for requests from now on; open ones keep their rules.`;
    case 'policy-refused':
      return `*A looser rule was refused* by ${mention.person(by ?? '')}: ${what}. What is in force stays.`;
    default:
      return escaped(event);
  }
}
