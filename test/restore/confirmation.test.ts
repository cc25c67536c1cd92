import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  approvalRefusal,
  asksForTime,
  isRestorePointTime,
  offeredTimes,
  wasRestorePointTime,
} from '../../src/restore/confirmation.ts';
import { decisionRefusal } from '../../src/restore/decision-refusal.ts';
import type { PersonEvent } from '../../src/restore/event.ts';
import { addMinutes } from '../../src/restore/instant.ts';
import type { Restore } from '../../src/restore/restore.ts';
import { transition } from '../../src/restore/transition.ts';
import { exampleEvent } from '../support/example-events.ts';
import { followedBy, makeRestore, NOW, TAKEN_AT } from '../support/make-restore.ts';
import { APPROVER, GROUP_APPROVER, REQUESTER } from '../support/people.ts';

const waiting = makeRestore('awaiting-approval');

function wrong(restore: Restore, minutes: number, by = APPROVER.id): Restore {
  const event: PersonEvent = {
    type: 'attempt-refused',
    at: addMinutes(NOW, minutes),
    by,
    attempt: 'approve',
    reason: 'wrong-answer',
  };
  return followedBy(restore, event);
}

describe('the times that are offered', () => {
  const personId = fc.stringMatching(/^U[A-Z0-9]{4,8}$/);

  it('are three, the right one once among them, none in the future, and always the same for one person', () => {
    fc.assert(
      fc.property(personId, (person) => {
        const offered = offeredTimes(waiting, person);
        expect(new Set(offered).size).toBe(3);
        expect(offered.filter((time) => isRestorePointTime(waiting, time))).toEqual([TAKEN_AT]);
        for (const time of offered) expect(time < NOW).toBe(true);
        expect(offeredTimes(waiting, person)).toEqual(offered);
      }),
    );
  });

  it('stand in any order: the place of the right one says nothing', () => {
    const places = Array.from({ length: 300 }, (_, index) => offeredTimes(waiting, `U${index}`).indexOf(TAKEN_AT));
    for (const place of [0, 1, 2]) expect(places.filter((one) => one === place).length).toBeGreaterThan(60);
  });

  it('are earlier and later than the right one: neither the first nor the last is always right', () => {
    const ranks = Array.from({ length: 300 }, (_, index) =>
      offeredTimes(waiting, `U${index}`).toSorted().indexOf(TAKEN_AT),
    );
    expect(new Set(ranks)).toEqual(new Set([0, 1, 2]));
  });

  it('are asked for production alone', () => {
    expect(asksForTime(waiting)).toBe(true);
    expect(asksForTime(makeRestore('awaiting-approval', { policy: { environment: 'staging' } }))).toBe(false);
  });

  it('are right to the minute', () => {
    expect(isRestorePointTime(waiting, TAKEN_AT.replace(/:\d\d\.000Z/, ':59.999Z'))).toBe(true);
    expect(isRestorePointTime(waiting, addMinutes(TAKEN_AT, 1))).toBe(false);
  });

  it('are known for those of the plan before a change', () => {
    const because = { kind: 'edited', by: REQUESTER.id } as const;
    const changed = { askedAnew: [{ at: NOW, before: waiting.plan, votes: [], because }] };
    expect(wasRestorePointTime(changed, TAKEN_AT)).toBe(true);
    expect(wasRestorePointTime(changed, addMinutes(TAKEN_AT, 1))).toBe(false);
    expect(wasRestorePointTime(waiting, TAKEN_AT)).toBe(false);
  });

  it('of an earlier plan close nobody out, however often they are given', () => {
    const event = (minutes: number): PersonEvent => ({
      type: 'attempt-refused',
      at: addMinutes(NOW, minutes),
      by: APPROVER.id,
      attempt: 'approve',
      reason: 'answer-of-earlier-plan',
    });
    const often = [1, 2, 3, 4].reduce((restore: Restore, minutes) => followedBy(restore, event(minutes)), waiting);
    expect(approvalRefusal(often, APPROVER, addMinutes(NOW, 5))).toBeUndefined();
  });
});

describe('three wrong answers', () => {
  const two = wrong(wrong(waiting, 1), 2);
  const three = wrong(two, 3);
  const at = (minutes: number) => addMinutes(NOW, minutes);

  it('close the form of that person for fifteen minutes, and not before the third', () => {
    expect(approvalRefusal(two, APPROVER, at(3))).toBeUndefined();
    const closed = { reason: 'form-closed', until: at(18) };
    expect(approvalRefusal(three, APPROVER, at(4))).toEqual(closed);
    expect(transition(three, exampleEvent('approved', three, at(17)))).toEqual({ kind: 'refused', refusal: closed });
    expect(transition(three, exampleEvent('approved', three, at(18)))).toMatchObject({ kind: 'changed' });
  });

  it('hold until fifteen minutes after the third, whatever is answered meanwhile', () => {
    const closed = { reason: 'form-closed', until: at(18) };
    const four = wrong(three, 4);
    expect(approvalRefusal(four, APPROVER, at(17))).toEqual(closed);
    expect(approvalRefusal(wrong(four, 5), APPROVER, at(17))).toEqual(closed);
    expect(approvalRefusal(wrong(wrong(four, 5), 6), APPROVER, at(20))).toEqual({ ...closed, until: at(21) });
  });

  it('are not what was refused for another reason, nor anything else that somebody did', () => {
    const other: PersonEvent = {
      type: 'attempt-refused',
      at: at(1),
      by: APPROVER.id,
      attempt: 'approve',
      reason: 'plan-changed',
    };
    const refused = followedBy(waiting, other, { ...other, at: at(2) }, { ...other, at: at(3) });
    expect(approvalRefusal(refused, APPROVER, at(4))).toBeUndefined();
    const looking = (minutes: number): PersonEvent => ({ type: 'looking', at: at(minutes), person: APPROVER });
    expect(approvalRefusal(followedBy(waiting, looking(1), looking(2), looking(3)), APPROVER, at(4))).toBeUndefined();
  });

  it('hold for linked accounts too, and for nobody else', () => {
    const linked = { ...three, terms: { ...three.terms, samePeople: [[APPROVER.id, GROUP_APPROVER.id]] } };
    expect(approvalRefusal(linked, GROUP_APPROVER, at(4))).toMatchObject({ reason: 'form-closed' });
    expect(approvalRefusal(three, GROUP_APPROVER, at(4))).toBeUndefined();
  });

  it('are not what keeps out those who may not decide anyway', () => {
    expect(approvalRefusal(three, REQUESTER, at(4))).toMatchObject({ reason: 'own-request' });
    expect(approvalRefusal(waiting, REQUESTER, at(4))).toMatchObject({ reason: 'own-request' });
  });

  it('do not keep anybody from saying no', () => {
    expect(decisionRefusal(three, APPROVER, at(4))).toBeUndefined();
    expect(transition(three, exampleEvent('denied', three, at(4)))).toMatchObject({ kind: 'changed' });
  });

  it('are counted however often somebody answered wrongly before', () => {
    const often = Array.from({ length: 9 }, (_, index) => index * 20).reduce(
      (restore, minutes) => wrong(restore, minutes),
      waiting as Restore,
    );
    expect(approvalRefusal(makeOpen(often), APPROVER, at(180))).toBeUndefined();
    const again = wrong(wrong(wrong(often, 200), 201), 202);
    expect(approvalRefusal(makeOpen(again), APPROVER, at(203))).toMatchObject({ reason: 'form-closed' });
  });
});

/** The same record with an expiry far away. */
function makeOpen(restore: Restore): Restore {
  if (restore.state.status !== 'awaiting-approval') throw new Error('it should still be open');
  return { ...restore, state: { ...restore.state, expiresAt: addMinutes(NOW, 10_000) } };
}
