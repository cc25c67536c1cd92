import { createHash } from 'node:crypto';
import { decisionRefusal } from './decision-refusal.ts';
import { savedAtOf } from './goal.ts';
import { addMinutes } from './instant.ts';
import { goneRefusal } from './known-drift.ts';
import type { Instant, PersonId } from './names.ts';
import { areSamePerson } from './person.ts';
import type { PersonFacts } from './person-facts.ts';
import type { Plan } from './plan.ts';
import type { Refusal } from './refusal.ts';
import type { Restore } from './restore.ts';

/** So many wrong answers close the form of the person who gave them, for so long. */
const MOST_WRONG_ANSWERS = 3;
const CLOSED_MINUTES = 15;

/** How an attempt with a wrong answer stands in the history. */
export const WRONG_ANSWER = 'wrong-answer';
/** How one stands there whose only wrong answer was right for the plan before. */
export const ANSWER_OF_EARLIER_PLAN = 'answer-of-earlier-plan';

/** How far the wrong times lie from the right one, in hours: near enough to be restore points too. */
const OFFSET_HOURS = [-24, -12, -6, -3, -2, -1, -0.5, 0.25, 0.5, 1, 2, 3, 6, 12, 24] as const;

/** Whether whoever approves has to know the restore point's time from the card: where production data would be lost. */
export function asksForTime({ plan }: Pick<Restore, 'plan'>): boolean {
  return losesProductionData(plan) && savedAtOf(plan) !== undefined;
}

/**
 * The name that whoever approves has to know from the card instead, where the data comes from an instance as it is when the copy
 * begins: no time of it is known before.
 */
export function sourceAskedFor({ plan }: Pick<Restore, 'plan'>): string | undefined {
  return plan.method === 'overwrite' && losesProductionData(plan) && savedAtOf(plan) === undefined
    ? plan.source.alias
    : undefined;
}

function losesProductionData({ instance, method }: Plan): boolean {
  return instance.environment === 'production' && method !== 'new-instance';
}

/**
 * The restore point's time among two that are wrong, in an order that is always the same for this restore, plan and person
 * and says nothing. A wrong one is no later than the request.
 */
export function offeredTimes(
  restore: Pick<Restore, 'id' | 'plan' | 'planHash' | 'request'>,
  voter: PersonId,
): readonly Instant[] {
  const { takenAt } = restore.plan.restorePoint;
  const shuffledFor = (purpose: string) => {
    const rank = (time: Instant) =>
      createHash('sha256').update(`${purpose} ${restore.id} ${restore.planHash} ${voter} ${time}`).digest('hex');
    return (one: Instant, other: Instant) => (rank(one) < rank(other) ? -1 : 1);
  };
  const wrong = OFFSET_HOURS.map((hours) => addMinutes(takenAt, hours * 60)).filter(
    (time) => time < restore.request.requestedAt,
  );
  const chosen = wrong.sort(shuffledFor('choice')).slice(0, 2);
  return [takenAt, ...chosen].sort(shuffledFor('order'));
}

/** True when this is the restore point's time, to the minute. */
export function isRestorePointTime({ plan }: Pick<Restore, 'plan'>, answer: Instant): boolean {
  return minuteOf(answer) === minuteOf(plan.restorePoint.takenAt);
}

/**
 * True when this was the restore point's time until the request was changed. Whoever gives it has read the card as it was, and
 * guesses nothing: it is refused, and does not count towards closing their form.
 */
export function wasRestorePointTime({ askedAnew = [] }: Pick<Restore, 'askedAnew'>, answer: Instant): boolean {
  return askedAnew.some(({ before }) => isRestorePointTime({ plan: before }, answer));
}

/**
 * Why this person may not approve at this moment: as for any decision, not when the restore point is known to be gone, and not while
 * wrong answers keep their form closed.
 */
export function approvalRefusal(restore: Restore, person: PersonFacts, at: Instant): Refusal | undefined {
  const refusal = decisionRefusal(restore, person, at);
  if (refusal) return refusal;
  const gone = goneRefusal(restore);
  if (gone) return gone;
  const until = closedUntil(restore, person.id, at);
  return until === undefined ? undefined : { reason: 'form-closed', until };
}

/** Every third wrong answer closes the form, however long ago the others were. */
function closedUntil(restore: Restore, person: PersonId, at: Instant): Instant | undefined {
  const answers = wrongAnswers(restore, person);
  const closing = answers[answers.length - (answers.length % MOST_WRONG_ANSWERS) - 1];
  if (closing === undefined) return undefined;
  const until = addMinutes(closing, CLOSED_MINUTES);
  return at < until ? until : undefined;
}

/** When this human, under any account, answered wrongly. */
function wrongAnswers({ history, terms }: Restore, person: PersonId): readonly Instant[] {
  return history
    .filter(
      ({ event, by, facts }) =>
        event === 'attempt-refused' &&
        facts.reason === WRONG_ANSWER &&
        by !== undefined &&
        areSamePerson(by, person, terms.samePeople),
    )
    .map(({ at }) => at);
}

function minuteOf(time: Instant): number {
  return Math.floor(Date.parse(time) / 60_000);
}
