import type { Instant } from '../src/restore/names.ts';
import { heldUntil } from '../src/restore/objection.ts';
import type { Restore } from '../src/restore/restore.ts';
import { ahead, mention, past, quoted } from './slack-text.ts';
import type { HeldWords } from './words/en/stakeholders.ts';
import type { Words } from './words/words.ts';

/** To the requester and those who agreed: who objects, why, and what they can do. */
export function objectedWords(
  restore: Restore,
  { nth, now }: { readonly nth: number; readonly now: Instant },
  words: Words,
): string {
  const objection = restore.objections?.[nth - 1];
  if (!objection) return '';
  const { direct } = words.stakeholders;
  const { by, at, why, holds, answer } = objection;
  const until = heldWords(restore, (at) => ahead(at, now, words));
  const unanswered = holds ? direct.holds(until) : direct.holdsNothing;
  const follows = answer ? direct.isAnswered({ by: mention.person(answer.by), kind: answer.kind }) : unanswered;
  return direct.objected({ by: mention.person(by), at: past(at), why: quoted(why, 800), follows });
}

/** Until when an objection holds a restore, as `said` says moments. */
export function heldWords(restore: Restore, said: (at: Instant) => string): HeldWords | undefined {
  const until = heldUntil(restore);
  return until && { endsAt: said(until.endsAt), isBegun: until.isBegun };
}

/** To the objector: the answer, or that the restore ended without one. */
export function objectionSettledWords({ objections = [], state, since }: Restore, nth: number, words: Words): string {
  const answer = objections[nth - 1]?.answer;
  const { direct } = words.stakeholders;
  return answer
    ? direct.settled({ by: mention.person(answer.by), kind: answer.kind, words: quoted(answer.words, 800) })
    : direct.endedWithout({ status: words.status.names[state.status], since: past(since) });
}
