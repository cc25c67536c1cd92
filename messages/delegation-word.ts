import type { Delegation } from '../src/restore/delegation.ts';
import type { DelegationWord } from '../src/restore/delegation-words.ts';
import { ENGLISH_READER, type Reader } from '../src/restore/language.ts';
import type { Instant } from '../src/restore/names.ts';
import { type Message, mention, moment, past, section } from './slack-text.ts';
import { wordsFor } from './words/words.ts';

/** What one of the two is told privately: that a place is theirs for a time, or that this ended early. */
export function delegationWord(
  key: DelegationWord['key'],
  { id, from, to, startsAt, endsAt, revoked }: Delegation,
  now: Instant,
  reader: Reader = ENGLISH_READER,
): Message {
  const say = wordsFor(reader).delegation.told;
  const facts = { id, owner: mention.person(from), holder: mention.person(to), until: moment(endsAt) };
  const ended = { ...facts, by: mention.person(revoked?.by ?? from), at: past(revoked?.at ?? now) };
  const text = {
    'handed-over': say.handedOver({ ...facts, from: startsAt > now ? moment(startsAt) : undefined }),
    'ended-for-owner': say.endedForOwner(ended),
    'ended-for-holder': say.endedForHolder(ended),
  }[key];
  return { text, blocks: [section(text)] };
}
