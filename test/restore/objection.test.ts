import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RestoreEvent } from '../../src/restore/event.ts';
import { addMinutes } from '../../src/restore/instant.ts';
import { answersOpenTo, isHeld, unanswered } from '../../src/restore/objection.ts';
import type { PersonFacts } from '../../src/restore/person-facts.ts';
import type { InstancePolicy } from '../../src/restore/policy.ts';
import type { Restore } from '../../src/restore/restore.ts';
import { ANSWERS, type AnswerKind } from '../../src/restore/stakeholder-facts.ts';
import { hasEnded } from '../../src/restore/state.ts';
import { transition } from '../../src/restore/transition.ts';
import { EVENT_TYPES, exampleEvent, minuteAfter } from '../support/example-events.ts';
import { followedBy, makeRestore, STATUSES } from '../support/make-restore.ts';
import {
  APPROVER,
  BOT,
  BYSTANDER,
  DEACTIVATED,
  EVERYBODY,
  GROUP_APPROVER,
  GUEST,
  LINKED_ACCOUNT,
  makePerson,
  OUTSIDER,
  REQUESTER,
  UNREADABLE,
} from '../support/people.ts';

const OWNER = makePerson('U0OLGA');
const GROUP_OWNER = makePerson('U0OTTO', { groups: ['S0CART'] });
const CHANNEL = 'C0ORDERS';

function refusalOf(restore: Restore, event: RestoreEvent): string | undefined {
  const outcome = transition(restore, event);
  return outcome.kind === 'refused' ? outcome.refusal.reason : undefined;
}

function objectedBy(restore: Restore, person: PersonFacts, place: string | undefined = CHANNEL): Restore {
  return followedBy(restore, objection(restore, person, place));
}

function objection(restore: Restore, person: PersonFacts, place?: string): RestoreEvent {
  const at = minuteAfter(restore);
  return { type: 'objected', at, person, why: 'The quarter is being closed.', ...(place ? { place } : {}) };
}

function answer(restore: Restore, person: PersonFacts, kind: AnswerKind): RestoreEvent {
  const upTo = restore.objections?.length ?? 0;
  return { type: 'objections-answered', at: minuteAfter(restore), person, upTo, kind, words: 'It has been agreed.' };
}

const approved = () => makeRestore('approved');
const listed = (policy: Partial<InstancePolicy>) => makeRestore('approved', { policy });

describe('who may acknowledge and object', () => {
  const named = () => listed({ stakeholders: { users: [OWNER.id], groups: ['S0CART'] }, dependants: [] });
  const ownersOfOne = () =>
    listed({
      noticeChannels: [CHANNEL, 'C0CART', 'C0PAY'],
      dependants: [
        { name: 'Cart', users: [OWNER.id], channel: 'C0CART' },
        { name: 'Payment', owner: 'Team Pay', channel: 'C0PAY' },
      ],
    });

  it.each<[string, () => Restore, PersonFacts, string | undefined, string | undefined]>([
    ['anybody of the workspace in a channel that is listed alone', approved, BYSTANDER, CHANNEL, undefined],
    ['nobody from a channel that was not told', approved, BYSTANDER, 'C0ELSEWHERE', 'not-a-stakeholder'],
    ['nobody who is not named, from nowhere in particular', approved, BYSTANDER, undefined, 'not-a-stakeholder'],
    ['no guest', approved, GUEST, CHANNEL, 'guest'],
    ['no bot', approved, BOT, CHANNEL, 'not-a-person'],
    ['nobody from outside', approved, OUTSIDER, CHANNEL, 'outsider'],
    ['nobody whose account is gone', approved, DEACTIVATED, CHANNEL, 'deactivated'],
    ['nobody whom Slack does not tell of', approved, UNREADABLE, CHANNEL, 'identity-unreadable'],
    ['a named stakeholder from anywhere', named, OWNER, undefined, undefined],
    ['a member of a named group', named, GROUP_OWNER, CHANNEL, undefined],
    ['no other member of a channel when people are named', named, BYSTANDER, CHANNEL, 'not-a-stakeholder'],
    ['an owner of a dependant', ownersOfOne, OWNER, 'C0CART', undefined],
    ['no other member of a channel whose owners are named', ownersOfOne, BYSTANDER, 'C0CART', 'not-a-stakeholder'],
    ['anybody in the channel of a dependant without named owners', ownersOfOne, BYSTANDER, 'C0PAY', undefined],
    ['anybody in a channel of all, as long as no stakeholders are named', ownersOfOne, BYSTANDER, CHANNEL, undefined],
  ])('%s', (_, restoreOf, person, place, reason) => {
    const restore = restoreOf();
    const at = minuteAfter(restore);
    expect(refusalOf(restore, objection(restore, person, place))).toBe(reason);
    expect(refusalOf(restore, { type: 'acknowledged', at, person, ...(place ? { place } : {}) })).toBe(reason);
  });
});

describe('an acknowledgement', () => {
  it('counts each human once', () => {
    const at = minuteAfter(approved());
    const first = followedBy(approved(), { type: 'acknowledged', at, person: LINKED_ACCOUNT, place: CHANNEL });
    expect(first.acknowledgements).toEqual([{ by: LINKED_ACCOUNT.id, at }]);
    const again = { type: 'acknowledged', at: minuteAfter(first), person: REQUESTER, place: CHANNEL } as const;
    expect(refusalOf(first, again)).toBe('already-acknowledged');
  });

  it('does not outlive the start it was for', () => {
    const read = followedBy(approved(), exampleEvent('acknowledged', approved()));
    expect(followedBy(read, exampleEvent('drifted', read)).acknowledgements).toBeUndefined();
    const inTime = objectedBy(read, BYSTANDER);
    expect(followedBy(inTime, answer(inTime, REQUESTER, 'put-off')).acknowledgements).toBeUndefined();
  });
});

describe('an objection', () => {
  const objected = () => objectedBy(approved(), BYSTANDER);

  it('before the start holds it: the preflight cannot pass', () => {
    expect(isHeld(objected())).toBe(true);
    expect(refusalOf(objected(), exampleEvent('preflight-passed', objected()))).toBe('stale');
  });

  it('is told and holds nothing when that is the policy', () => {
    const told = objectedBy(listed({ objections: 'tell' }), BYSTANDER);
    expect([isHeld(told), unanswered(told).length]).toEqual([false, 1]);
    expect(refusalOf(told, exampleEvent('preflight-passed', told))).toBeUndefined();
  });

  it('of a record of an earlier release, which said nothing about objections, holds nothing', () => {
    const { objections: _, ...terms } = approved().terms;
    expect(isHeld(objectedBy({ ...approved(), terms }, BYSTANDER))).toBe(false);
  });

  it('after the start, while nothing was sent, holds the restore call until it is answered', () => {
    for (const status of ['taking-baseline', 'awaiting-safety-snapshot', 'ready-to-restore'] as const)
      expect(isHeld(objectedBy(makeRestore(status), BYSTANDER))).toBe(true);
    const held = objectedBy(makeRestore('ready-to-restore'), BYSTANDER);
    expect(refusalOf(held, exampleEvent('restore-intended', held))).toBe('stale');
    const goesOn = followedBy(held, exampleEvent('objections-answered', held));
    expect(refusalOf(goesOn, exampleEvent('restore-intended', goesOn))).toBeUndefined();
  });

  it('after the restore call is kept and holds nothing', () => {
    for (const status of ['restore-sent', 'restoring', 'verifying'] as const) {
      const late = objectedBy(makeRestore(status), BYSTANDER);
      expect([isHeld(late), late.objections?.length]).toEqual([false, 1]);
    }
  });

  it('stands once for each human until it is answered', () => {
    expect(refusalOf(objected(), objection(objected(), BYSTANDER, CHANNEL))).toBe('already-objected');
    const goesOn = followedBy(objected(), answer(objected(), APPROVER, 'go-on'));
    expect(isHeld(objectedBy(goesOn, BYSTANDER))).toBe(true);
  });

  it('that nobody answers ends with the approval, never in a start', () => {
    const { lapsesAt } = approved().state;
    const lapsed = followedBy(objected(), { type: 'approval-lapsed', at: lapsesAt });
    expect(lapsed.state.status).toBe('lapsed');
  });

  it('is still to be answered when the restore is put off for another reason', () => {
    expect(isHeld(followedBy(objected(), exampleEvent('drifted', objected())))).toBe(true);
  });
});

describe('the answer to an objection', () => {
  const objected = () => objectedBy(approved(), BYSTANDER);
  const byApprover = () => objectedBy(listed({ stakeholders: { users: [APPROVER.id], groups: [] } }), APPROVER);

  it.each<[string, () => Restore, PersonFacts, AnswerKind, string | undefined]>([
    ['an approver lets it go on', objected, APPROVER, 'go-on', undefined],
    ['another approver does too', objected, GROUP_APPROVER, 'go-on', undefined],
    ['the requester does not', objected, REQUESTER, 'go-on', 'own-request'],
    ['nor under another account', objected, LINKED_ACCOUNT, 'go-on', 'own-request'],
    ['nobody lets it go on against their own objection', byApprover, APPROVER, 'go-on', 'own-objection'],
    ['another approver may, then', byApprover, GROUP_APPROVER, 'go-on', undefined],
    ['the requester puts it off', objected, REQUESTER, 'put-off', undefined],
    ['the requester stops it', objected, REQUESTER, 'stop', undefined],
    ['an approver puts it off', objected, APPROVER, 'put-off', undefined],
    ['an approver who objects may stop it', byApprover, APPROVER, 'stop', undefined],
    ['the objector, who is nobody of these, decides nothing', objected, BYSTANDER, 'stop', 'not-involved'],
    ['nor does a guest', objected, GUEST, 'stop', 'guest'],
    ['there must be one', approved, APPROVER, 'go-on', 'no-objection'],
  ])('%s', (_, restoreOf, person, kind, reason) => {
    const restore = restoreOf();
    expect(refusalOf(restore, answer(restore, person, kind))).toBe(reason);
  });

  it('that it goes on frees the start', () => {
    const goesOn = followedBy(objected(), answer(objected(), APPROVER, 'go-on'));
    expect(isHeld(goesOn)).toBe(false);
    expect(goesOn.state).toEqual(approved().state);
    expect(refusalOf(goesOn, exampleEvent('preflight-passed', goesOn))).toBeUndefined();
  });

  it('that it is put off asks everybody anew, with what was agreed to kept', () => {
    const putOff = followedBy(objected(), answer(objected(), REQUESTER, 'put-off'));
    expect(putOff.state).toMatchObject({ status: 'awaiting-approval', votes: [] });
    expect(putOff.askedAnew?.at(-1)).toMatchObject({
      votes: [{ by: APPROVER.id }],
      because: { kind: 'put-off', by: REQUESTER.id, why: 'It has been agreed.' },
    });
    expect(unanswered(putOff)).toEqual([]);
  });

  it('that it is stopped ends it', () => {
    const stopped = followedBy(objected(), answer(objected(), REQUESTER, 'stop'));
    expect(stopped.state).toMatchObject({ status: 'cancelled', by: REQUESTER.id });
  });

  it('is for the objections that were shown; one that came meanwhile still holds', () => {
    const both = objectedBy(objected(), makePerson('U0CORA'));
    const answered = followedBy(both, { ...answer(both, APPROVER, 'go-on'), upTo: 1 } as RestoreEvent);
    expect(unanswered(answered).map(({ number }) => number)).toEqual([2]);
    expect(isHeld(answered)).toBe(true);
  });

  it('offers in the form exactly what would be accepted', () => {
    for (const restore of [objected(), byApprover(), objectedBy(makeRestore('ready-to-restore'), BYSTANDER)])
      for (const person of [REQUESTER, APPROVER, GROUP_APPROVER])
        expect(answersOpenTo(restore, person)).toEqual(
          ANSWERS.filter((kind) => refusalOf(restore, answer(restore, person, kind)) === undefined),
        );
  });

  it('is not asked for any more when the restore call was sent', () => {
    const late = objectedBy(makeRestore('restoring'), BYSTANDER);
    for (const kind of ANSWERS) expect(refusalOf(late, answer(late, APPROVER, kind))).toBe('too-late-to-stop');
  });
});

describe('whatever stakeholders, deciders and workers do, in whatever order', () => {
  const PEOPLE = [...EVERYBODY, OWNER, GROUP_OWNER];
  const step = fc.record({
    type: fc.oneof(
      { arbitrary: fc.constantFrom('objected' as const, 'objections-answered' as const), weight: 4 },
      { arbitrary: fc.constantFrom('preflight-passed' as const, 'approval-lapsed' as const), weight: 3 },
      { arbitrary: fc.constantFrom(...EVENT_TYPES), weight: 3 },
    ),
    person: fc.constantFrom(...PEOPLE),
    kind: fc.constantFrom(...ANSWERS),
    afterMinutes: fc.nat(20),
  });

  it('no start passes over an unanswered objection that holds, and nobody lets one go on who may not', () => {
    let starts = 0;
    let released = 0;
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 40, size: 'max' }), (steps) => {
        let restore: Restore = makeRestore('approved');
        for (const { type, person, kind, afterMinutes } of steps) {
          const at = addMinutes(minuteAfter(restore), afterMinutes);
          const example = exampleEvent(type, restore, at);
          const event = {
            ...example,
            ...('person' in example ? { person } : {}),
            ...(example.type === 'objections-answered' ? { kind } : {}),
          } as RestoreEvent;
          const outcome = transition(restore, event);
          if (outcome.kind !== 'changed') continue;
          if (type === 'preflight-passed') {
            starts += 1;
            expect(isHeld(restore)).toBe(false);
          }
          for (const { by, answer: given } of outcome.restore.objections ?? []) {
            if (given?.kind !== 'go-on') continue;
            released += 1;
            expect([APPROVER.id, GROUP_APPROVER.id]).toContain(given.by);
            expect(given.by).not.toBe(by);
          }
          restore = outcome.restore;
        }
      }),
      { numRuns: 400 },
    );
    expect(starts).toBeGreaterThan(10);
    expect(released).toBeGreaterThan(10);
  });
});

it.each(STATUSES)('in %s an objection is refused exactly when the restore has ended', (status) => {
  const restore = makeRestore(status);
  expect(refusalOf(restore, objection(restore, BYSTANDER, CHANNEL))).toBe(
    hasEnded(status) ? 'already-past' : undefined,
  );
});
