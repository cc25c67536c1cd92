import { entered, noted, type Outcome, reached, refused } from './change.ts';
import { alreadyPast } from './decision-refusal.ts';
import { canStillBeStopped, isUnderWay } from './due-step.ts';
import type { PersonEvent } from './event.ts';
import { addMinutes } from './instant.ts';
import type { Instant } from './names.ts';
import { approverRefusal, areSamePerson, involvementRefusal } from './person.ts';
import type { PersonFacts } from './person-facts.ts';
import type { Refusal } from './refusal.ts';
import type { Restore } from './restore.ts';
import { ANSWERS, type AnswerKind, type Objection } from './stakeholder-facts.ts';
import { stakeholderRefusal } from './stakeholders.ts';
import { executionExpiryOf } from './start-time.ts';
import { hasEnded } from './state.ts';

type EventOf<T extends PersonEvent['type']> = Extract<PersonEvent, { type: T }>;

/** An objection with its number, counted from 1. */
export interface NumberedObjection {
  readonly number: number;
  readonly objection: Objection;
}

/** The objections that nobody has answered, oldest first. */
export function unanswered({ objections = [] }: Pick<Restore, 'objections'>): readonly NumberedObjection[] {
  return objections.flatMap((objection, index) => (objection.answer ? [] : [{ number: index + 1, objection }]));
}

/** True while the start waits for the answer to an objection. */
export function isHeld(restore: Pick<Restore, 'objections'>): boolean {
  return unanswered(restore).some(({ objection }) => objection.holds);
}

/** True while a restore was agreed to and its call was not sent: then its stakeholders are asked whether they have read of it. */
export function asksStakeholders({ state }: Pick<Restore, 'state'>): boolean {
  return isUnderWay(state.status) && canStillBeStopped(state.status);
}

/** When a restore that an objection holds ends without an answer to it, at the latest. */
export interface HeldUntil {
  readonly endsAt: Instant;
  /** The start was made, so that only the restore call is held, and nothing can be put off. */
  readonly isBegun: boolean;
}

/** Undefined while people are asked: then nothing is held yet. */
export function heldUntil(restore: Restore): HeldUntil | undefined {
  const { state } = restore;
  if (state.status === 'approved') return { endsAt: state.lapsesAt, isBegun: false };
  if (!isUnderWay(state.status) || !('approval' in state) || !state.approval) return undefined;
  return { endsAt: executionExpiryOf(restore, state.approval.at), isBegun: true };
}

/** Whether an objection that is raised now would hold the restore: nothing was sent yet, and the terms say so. */
export function wouldHold({ state, terms }: Pick<Restore, 'state' | 'terms'>): boolean {
  return terms.objections === 'hold' && canStillBeStopped(state.status);
}

/** The record after the rules became tighter: where its terms let objections hold the start, those without an answer hold it. */
export function withHolding(restore: Restore, at: Instant): Restore {
  const { objections = [] } = restore;
  if (!wouldHold(restore) || !unanswered(restore).some(({ objection }) => !objection.holds)) return restore;
  return {
    ...restore,
    objections: objections.map((one) => (one.answer || one.holds ? one : { ...one, holds: true, heldSince: at })),
  };
}

/** Why this person may not object now; asked before the form is opened and again at its end. */
export function objectorRefusal(restore: Restore, person: PersonFacts, place: string | undefined): Refusal | undefined {
  const who = stakeholderRefusal(restore, person, place);
  if (who) return who;
  if (hasEnded(restore.state.status)) return alreadyPast(restore);
  const own = unanswered(restore).find(({ objection }) =>
    areSamePerson(objection.by, person.id, restore.terms.samePeople),
  );
  return own && { reason: 'already-objected', at: own.objection.at };
}

/** Why this person may not give any answer to the objections there are. */
export function answererRefusal(restore: Restore, person: PersonFacts): Refusal | undefined {
  const who = involvementRefusal(restore, person);
  if (who) return who;
  const { status } = restore.state;
  if (hasEnded(status)) return alreadyPast(restore);
  if (!canStillBeStopped(status)) return { reason: 'too-late-to-stop', status };
  return unanswered(restore).length === 0 ? { reason: 'no-objection' } : undefined;
}

/** What this person, who is involved, may answer now to objections of others. */
export function answersOpenTo(restore: Restore, person: PersonFacts): readonly AnswerKind[] {
  return ANSWERS.filter((kind) => answerRefusal(restore, person, kind, unanswered(restore)) === undefined);
}

/** A stakeholder has read what is planned. It decides nothing, and each human counts once. */
export function afterAcknowledging(restore: Restore, event: EventOf<'acknowledged'>): Outcome {
  const { terms, acknowledgements = [] } = restore;
  const { person, at } = event;
  const refusal = stakeholderRefusal(restore, person, event.place);
  if (refusal) return refused(refusal);
  if (!asksStakeholders(restore)) return refused(alreadyPast(restore));
  const earlier = acknowledgements.find(({ by }) => areSamePerson(by, person.id, terms.samePeople));
  if (earlier) return refused({ reason: 'already-acknowledged', at: earlier.at });
  return noted({ ...restore, acknowledgements: [...acknowledgements, { by: person.id, at }] }, event);
}

/** Kept whenever it comes before the end. It holds the restore when its call is still to come and the terms say so. */
export function afterObjecting(restore: Restore, event: EventOf<'objected'>): Outcome {
  const { objections = [] } = restore;
  const { person, at, why, place } = event;
  const refusal = objectorRefusal(restore, person, place);
  if (refusal) return refused(refusal);
  const holds = wouldHold(restore);
  const objection: Objection = { by: person.id, at, why, holds, ...(place === undefined ? {} : { place }) };
  return noted({ ...restore, objections: [...objections, objection] }, event, { number: objections.length + 1, holds });
}

/**
 * An answer to the objections that were shown. The requester may put the restore off or stop it; that it goes on all the same
 * takes somebody who may approve it and does not object themselves.
 */
export function afterAnswering(restore: Restore, event: EventOf<'objections-answered'>): Outcome {
  const { person, at, kind, words, upTo } = event;
  const answered = unanswered(restore).filter(({ number }) => number <= upTo);
  const refusal = answererRefusal(restore, person) ?? answerRefusal(restore, person, kind, answered);
  if (refusal) return refused(refusal);
  const numbers = new Set(answered.map(({ number }) => number));
  const answer = { by: person.id, at, kind, words };
  const objections = (restore.objections ?? []).map((objection, index) =>
    numbers.has(index + 1) ? { ...objection, answer } : objection,
  );
  const facts = { objections: [...numbers].join(', ') };
  const next = { ...restore, objections };
  switch (kind) {
    case 'go-on':
      return noted(next, event, facts);
    case 'stop':
      return entered(next, event, { status: 'cancelled', by: person.id, at, ...reached(restore.state) }, facts);
    case 'put-off':
      return putOff(next, event, facts);
    default:
      return kind satisfies never;
  }
}

function answerRefusal(
  restore: Restore,
  person: PersonFacts,
  kind: AnswerKind,
  answered: readonly NumberedObjection[],
): Refusal | undefined {
  const { state, terms } = restore;
  if (answered.length === 0) return { reason: 'no-objection' };
  switch (kind) {
    case 'go-on':
      if (answered.some(({ objection }) => areSamePerson(objection.by, person.id, terms.samePeople)))
        return { reason: 'own-objection' };
      return approverRefusal(person, restore);
    case 'stop':
      return undefined;
    case 'put-off':
      return state.status === 'approved' ? undefined : alreadyPast(restore);
    default:
      return kind satisfies never;
  }
}

/** What was agreed to falls, and the requester may choose another start before people are asked anew. */
function putOff(
  restore: Restore,
  event: EventOf<'objections-answered'>,
  facts: Readonly<Record<string, string>>,
): Outcome {
  const { lateStart: _, movedStart: __, acknowledgements: ___, ...kept } = restore;
  const { state, terms, plan, askedAnew = [] } = kept;
  const votes = 'approval' in state && state.approval ? state.approval.votes : [];
  const because = { kind: 'put-off', by: event.person.id, why: event.words } as const;
  return entered(
    { ...kept, askedAnew: [...askedAnew, { at: event.at, before: plan, votes, because }] },
    event,
    { status: 'awaiting-approval', expiresAt: addMinutes(event.at, terms.requestExpiryMinutes), votes: [] },
    facts,
  );
}
