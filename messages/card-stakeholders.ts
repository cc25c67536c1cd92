import type { Instant } from '../src/restore/names.ts';
import { isHeld, unanswered } from '../src/restore/objection.ts';
import type { Restore } from '../src/restore/restore.ts';
import type { Objection } from '../src/restore/stakeholder-facts.ts';
import { hasEnded } from '../src/restore/state.ts';
import { heldWords } from './objection-words.ts';
import { listed } from './people.ts';
import { coming, mention, past, quoted } from './slack-text.ts';
import type { Words } from './words/words.ts';

const MOST_OBJECTIONS = 6;

/** Who has read what is planned, who objects and why, what was answered, and what the start waits for. */
export function stakeholderLines(restore: Restore, now: Instant, words: Words): readonly string[] {
  const { acknowledgements = [], objections = [], state } = restore;
  const { card } = words.stakeholders;
  const shown = objections.slice(-MOST_OBJECTIONS);
  const earlier = objections.slice(0, -MOST_OBJECTIONS);
  const open = earlier.filter(({ answer }) => !answer).length;
  const isWaiting = isHeld(restore) && !hasEnded(state.status);
  const people = acknowledgements.map(({ by }) => mention.person(by));
  return [
    ...(isWaiting
      ? [card.held({ count: unanswered(restore).length, until: heldWords(restore, (at) => coming(at, now, words)) })]
      : []),
    ...(earlier.length > 0 ? [card.earlier({ count: earlier.length, open })] : []),
    ...shown.flatMap((objection) => objectionLines(objection, words)),
    ...(people.length > 0 ? [card.acknowledged({ count: people.length, people: listed(people, words) })] : []),
  ];
}

function objectionLines(
  { by, at, why, answer, holds }: Objection,
  { stakeholders: { card } }: Words,
): readonly string[] {
  const said = card.objection({ by: mention.person(by), at: past(at), why: quoted(why, 300) });
  if (!answer) return [`${said}${card.unanswered(holds)}`];
  const { kind } = answer;
  const words = quoted(answer.words, 300);
  return [said, card.answered({ by: mention.person(answer.by), at: past(answer.at), kind, words })];
}
