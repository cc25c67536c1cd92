import type { KnownDrift } from '../src/restore/agreement.ts';
import { driftOf, isGone, knownDrift } from '../src/restore/known-drift.ts';
import type { Restore } from '../src/restore/restore.ts';
import { askedAt } from '../src/restore/round.ts';
import { undoneBy } from '../src/restore/undo.ts';
import { closedReason, closedStartFacts, type SayComing } from './closed-start.ts';
import { mention, past, quoted } from './slack-text.ts';
import type { Words } from './words/words.ts';

/** On the card, while it is so: what is no longer as planned and what can be done. Nothing where people were asked anew by it. */
export function driftLines(restore: Restore, words: Words, coming: SayComing): readonly string[] {
  const drift = knownDrift(restore);
  if (!drift || drift.at === askedAt(restore)) return [];
  const requester = mention.person(restore.request.requestedBy);
  const closed = closedFacts(drift, words, coming);
  if (closed) return [words.calendar.noStart({ ...closed, requester })];
  return [words.drift.card({ ...factsOf(restore, drift), requester })];
}

/** The same for the requester. */
export function driftNotedWords(restore: Restore, words: Words, coming: SayComing): string {
  const drift = driftOf(restore);
  if (!drift) return '';
  const closed = closedFacts(drift, words, coming);
  return closed ? words.calendar.noStartForYou(closed) : words.drift.noted(factsOf(restore, drift));
}

/** For the requester when all is as planned again. */
export function driftOverWords(restore: Restore, words: Words): string {
  const drift = driftOf(restore);
  if (!drift) return '';
  const { at, why, reason, overAt = at } = drift;
  if (drift.closed) {
    const closed = closedReason(drift.closed.closed, why, words);
    return words.calendar.possibleAgain({ closed, at: past(overAt), since: past(at) });
  }
  if (reason === 'no-longer-allowed')
    return words.drift.allowedAgain({ at: past(overAt), since: past(at), why: quoted(why, 500) });
  return words.drift.over({ at: past(overAt), since: past(at), why: quoted(why, 500) });
}

function closedFacts({ at, why, closed }: KnownDrift, words: Words, coming: SayComing) {
  return closed && { ...closedStartFacts(closed, why, words, coming), at: past(at) };
}

function factsOf(restore: Restore, { reason, at, why }: KnownDrift) {
  const { plan } = restore;
  const isPreview = plan.method === 'new-instance' && plan.toMake.previewOf !== undefined;
  const helpsEdit = reason !== 'instance-not-found' && reason !== 'no-longer-allowed';
  const mayEdit = helpsEdit && undoneBy(restore) === undefined && !isPreview;
  return { reason, at: past(at), why: quoted(why, 500), isGone: isGone(restore), mayEdit };
}
