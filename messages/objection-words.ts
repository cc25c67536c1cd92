import type { Instant } from '../src/restore/names.ts';
import type { Restore } from '../src/restore/restore.ts';
import { ahead, mention, past, quoted } from './slack-text.ts';
import type { Words } from './words/words.ts';

/** To the requester and those who agreed: who objects, why, and what they can do. */
export function objectedWords(
  { objections = [], state }: Restore,
  { nth, now }: { readonly nth: number; readonly now: Instant },
  words: Words,
): string {
  const objection = objections[nth - 1];
  if (!objection) return '';
  const { direct } = words.stakeholders;
  const { by, at, why, holds, answer } = objection;
  const lapsesAt = state.status === 'approved' ? ahead(state.lapsesAt, now, words) : undefined;
  const unanswered = holds ? direct.holds(lapsesAt) : direct.holdsNothing;
  const follows = answer ? direct.isAnswered({ by: mention.person(answer.by), kind: answer.kind }) : unanswered;
  return direct.objected({ by: mention.person(by), at: past(at), why: quoted(why, 800), follows });
}

/** To the objector: the answer, or that the restore ended without one. */
export function objectionSettledWords({ objections = [], state, since }: Restore, nth: number, words: Words): string {
  const answer = objections[nth - 1]?.answer;
  const { direct } = words.stakeholders;
  return answer
    ? direct.settled({ by: mention.person(answer.by), kind: answer.kind, words: quoted(answer.words, 800) })
    : direct.endedWithout({ status: words.status.names[state.status], since: past(since) });
}
