import { describe, expect, it } from 'vitest';
import { isUnderWay } from '../../src/restore/due-step.ts';
import type { RestoreEvent } from '../../src/restore/event.ts';
import { answererRefusal, answersOpenTo, asksStakeholders, isHeld, unanswered } from '../../src/restore/objection.ts';
import type { PersonFacts } from '../../src/restore/person-facts.ts';
import type { Restore } from '../../src/restore/restore.ts';
import type { AnswerKind } from '../../src/restore/stakeholder-facts.ts';
import { transition } from '../../src/restore/transition.ts';
import { exampleEvent, minuteAfter } from '../support/example-events.ts';
import { followedBy, makeRestore, STATUSES } from '../support/make-restore.ts';
import { APPROVER, BYSTANDER, makePerson, REQUESTER } from '../support/people.ts';

const OWNER = makePerson('U0OLGA');
const named = (status: 'approved' | 'awaiting-approval' | 'ready-to-restore' | 'restore-sent') =>
  makeRestore(status, { policy: { stakeholders: { users: [OWNER.id], groups: [] } } });

function objectedBy(restore: Restore, person: PersonFacts, place?: string): Restore {
  const at = minuteAfter(restore);
  return followedBy(restore, { type: 'objected', at, person, why: 'Not now.', ...(place ? { place } : {}) });
}

function answer(restore: Restore, person: PersonFacts, kind: AnswerKind, upTo = 99): RestoreEvent {
  return { type: 'objections-answered', at: minuteAfter(restore), person, upTo, kind, words: 'It has been agreed.' };
}

function refusalOf(restore: Restore, event: RestoreEvent): string | undefined {
  const outcome = transition(restore, event);
  return outcome.kind === 'refused' ? outcome.refusal.reason : undefined;
}

describe('an objection on record', () => {
  it('says who, when, why and from where, and whether it holds', () => {
    const approved = named('approved');
    const at = minuteAfter(approved);
    const direct = objectedBy(approved, OWNER);
    expect(direct.objections).toStrictEqual([{ by: OWNER.id, at, why: 'Not now.', holds: true }]);
    expect(objectedBy(approved, OWNER, 'C0ORDERS').objections).toStrictEqual([
      { by: OWNER.id, at, why: 'Not now.', holds: true, place: 'C0ORDERS' },
    ]);
    expect(direct.history.at(-1)?.facts).toMatchObject({ number: 1, holds: true });
    const second = objectedBy(objectedBy(makeRestore('approved'), BYSTANDER, 'C0ORDERS'), OWNER, 'C0ORDERS');
    expect(second.history.at(-1)?.facts).toMatchObject({ number: 2, holds: true });
  });

  it('holds from the request on until the restore call may be out', () => {
    expect(isHeld(objectedBy(named('awaiting-approval'), OWNER))).toBe(true);
    expect(isHeld(objectedBy(named('approved'), OWNER))).toBe(true);
    expect(isHeld(objectedBy(named('ready-to-restore'), OWNER))).toBe(true);
    expect(isHeld(objectedBy(named('restore-sent'), OWNER))).toBe(false);
  });

  it('is not one that nobody raised', () => {
    expect(unanswered(makeRestore('approved'))).toEqual([]);
  });

  it('is refused once everything has ended, and a second one while the first stands, with its time', () => {
    const ended = makeRestore('completed');
    expect(refusalOf(ended, exampleEvent('objected', ended))).toBe('already-past');
    const objected = objectedBy(named('approved'), OWNER);
    const again = transition(objected, { type: 'objected', at: minuteAfter(objected), person: OWNER, why: 'Still.' });
    expect(again).toMatchObject({ refusal: { reason: 'already-objected', at: minuteAfter(named('approved')) } });
  });
});

describe('stakeholders', () => {
  it('are asked from the agreement until the restore call may be out, and then only', () => {
    for (const status of STATUSES) {
      const restore = makeRestore(status);
      const isToCome = isUnderWay(status) && !('intent' in restore.state);
      expect(asksStakeholders(restore)).toBe(isToCome);
      const refusal = refusalOf(restore, exampleEvent('acknowledged', restore));
      expect(refusal).toBe(isToCome ? undefined : 'already-past');
    }
  });
});

describe('an answer', () => {
  it('is for the objections that stand, and names them', () => {
    const two = objectedBy(objectedBy(makeRestore('approved'), BYSTANDER, 'C0ORDERS'), OWNER, 'C0ORDERS');
    const both = followedBy(two, answer(two, APPROVER, 'go-on'));
    expect(both.history.at(-1)?.facts).toMatchObject({ objections: '1, 2' });
    const first = followedBy(two, answer(two, APPROVER, 'go-on', 1));
    expect(first.history.at(-1)?.facts).toMatchObject({ objections: '1' });
    expect(unanswered(first).map(({ number }) => number)).toEqual([2]);
    expect(refusalOf(first, answer(first, APPROVER, 'go-on', 1))).toBe('no-objection');
  });

  it('has nothing to answer where nobody objects, and comes too late once all has ended', () => {
    expect(answererRefusal(makeRestore('approved'), APPROVER)).toEqual({ reason: 'no-objection' });
    const objected = objectedBy(named('approved'), OWNER);
    const ended = followedBy(objected, answer(objected, REQUESTER, 'stop'));
    expect(answererRefusal(ended, APPROVER)).toMatchObject({ reason: 'already-past', status: 'cancelled' });
  });

  it('can stop what has begun, and put off only what has not', () => {
    const begun = objectedBy(named('ready-to-restore'), OWNER);
    expect(answersOpenTo(begun, REQUESTER)).toEqual(['stop']);
    expect(answersOpenTo(begun, APPROVER).toSorted()).toEqual(['go-on', 'stop']);
    expect(answersOpenTo(objectedBy(named('approved'), OWNER), REQUESTER).toSorted()).toEqual(['put-off', 'stop']);
    expect(refusalOf(begun, answer(begun, REQUESTER, 'put-off'))).toBe('already-past');
  });

  it('that puts it off asks anew once for each time', () => {
    const once = objectedBy(named('approved'), OWNER);
    const putOff = followedBy(once, answer(once, REQUESTER, 'put-off'));
    expect(putOff.askedAnew).toHaveLength(1);
    const again = followedBy(putOff, exampleEvent('approved', putOff));
    const twice = objectedBy(again, OWNER);
    expect(followedBy(twice, answer(twice, REQUESTER, 'put-off')).askedAnew).toHaveLength(2);
  });
});
