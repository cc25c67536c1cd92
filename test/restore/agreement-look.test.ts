import { describe, expect, it } from 'vitest';
import { agreementLookAt, isAgreementLookDue } from '../../src/restore/agreement-look.ts';
import { dueStep } from '../../src/restore/due-step.ts';
import { addMinutes } from '../../src/restore/instant.ts';
import { owedMessages } from '../../src/restore/owed-messages.ts';
import type { Restore } from '../../src/restore/restore.ts';
import { timesPutOff } from '../../src/restore/round.ts';
import { transition } from '../../src/restore/transition.ts';
import { exampleEvent } from '../support/example-events.ts';
import { followedBy, inStatus, makeRestore, NOW } from '../support/make-restore.ts';
import { APPROVER, GROUP_APPROVER, REQUESTER } from '../support/people.ts';

const RULES = {
  approval: {
    rules: [{ name: 'approvers', users: [APPROVER.id, GROUP_APPROVER.id], groups: [], needed: 2 }],
    denialsNeeded: 1,
  },
};
const later = (minutes: number) => addMinutes(NOW, minutes);
const asked = () => makeRestore('awaiting-approval', { policy: RULES });
const voted = () => {
  const restore = asked();
  return followedBy(restore, { ...exampleEvent('approved', restore), at: later(3) });
};
const looked = (restore: Restore, minutes: number) =>
  followedBy(restore, { type: 'agreement-looked', at: later(minutes) });
const drift = (restore: Restore, facts: object = {}) =>
  transition(restore, { ...exampleEvent('drifted', restore), step: 'look-at-agreement', at: later(4), ...facts });

describe('a look at what people vote about', () => {
  it('is owed from the request on, also while nobody has voted, and not where nobody is asked', () => {
    expect(dueStep(asked())).toEqual({ step: 'look-at-agreement', at: later(15) });
    expect(transition(asked(), { type: 'agreement-looked', at: later(14) }).kind).toBe('refused');
    const once = looked(asked(), 15);
    expect(dueStep(once)).toEqual({ step: 'look-at-agreement', at: later(30) });
    expect(agreementLookAt(makeRestore('withdrawn'))).toBeUndefined();
  });

  it('is owed at once when somebody votes after one', () => {
    const once = looked(asked(), 15);
    const first = followedBy(once, { ...exampleEvent('approved', once), at: later(20) });
    expect(dueStep(first)).toEqual({ step: 'look-at-agreement', at: later(20) });
    expect(dueStep(looked(first, 21))).toEqual({ step: 'look-at-agreement', at: later(36) });
  });

  it('is owed at the first vote, and every quarter of an hour from then', () => {
    expect(dueStep(voted())).toEqual({ step: 'look-at-agreement', at: later(3) });
    const once = looked(voted(), 5);
    expect(dueStep(once)).toEqual({ step: 'look-at-agreement', at: later(20) });
    expect(dueStep(looked(once, 20))).toEqual({ step: 'look-at-agreement', at: later(35) });
  });

  it('at the very moment of the first vote has seen it', () => {
    const once = looked(asked(), 15);
    const first = followedBy(once, { ...exampleEvent('approved', once), at: later(15) });
    expect(agreementLookAt(first)).toBe(later(30));
  });

  it('counts from the latest look, also when that saw the end of what an earlier one had seen', () => {
    const outcome = drift(asked(), { at: later(15), reason: 'instance-not-running', seen: undefined });
    if (outcome.kind !== 'changed') throw new Error('it should be noted');
    expect(agreementLookAt(outcome.restore)).toBe(later(30));
    expect(agreementLookAt(looked(outcome.restore, 31))).toBe(later(46));
  });

  it('comes less often when a request waits for days, and every hour at least', () => {
    expect(agreementLookAt(looked(voted(), 180))).toBe(later(210));
    expect(agreementLookAt(looked(voted(), 3_000))).toBe(later(3_060));
  });

  it('counts once when two workers look', () => {
    expect(transition(looked(voted(), 5), { type: 'agreement-looked', at: later(6) }).kind).toBe('refused');
  });

  it('ends with the request, which expires at its time', () => {
    const late = looked(looked(looked(voted(), 20), 35), 50);
    expect(dueStep(late)).toEqual({ step: 'expire-request', at: later(60) });
  });

  it('is owed anew some time after people were asked anew, or at the first vote', () => {
    const again = drift(looked(voted(), 3));
    if (again.kind !== 'changed') throw new Error('it should be asked anew');
    expect(agreementLookAt(again.restore)).toBe(later(19));
    const yes = { ...exampleEvent('approved', again.restore), at: later(5) };
    expect(agreementLookAt(followedBy(again.restore, yes))).toBe(later(5));
  });

  it('is due for a start that is held, until there was one', () => {
    const approved = makeRestore('approved');
    expect(isAgreementLookDue(approved, approved.since)).toBe(true);
    const seen = followedBy(approved, { ...exampleEvent('agreement-looked', approved) });
    const { at = '' } = seen.agreementLook ?? {};
    expect([isAgreementLookDue(seen, addMinutes(at, 14)), isAgreementLookDue(seen, addMinutes(at, 15))]).toEqual([
      false,
      true,
    ]);
  });
});

describe('what drifted while people vote', () => {
  it('lets the votes lapse with the reason, and asks anew about things as they are', () => {
    const outcome = drift(voted());
    if (outcome.kind !== 'changed') throw new Error('it should be asked anew');
    const after = inStatus(outcome.restore, 'awaiting-approval');
    expect(after.state).toEqual({ status: 'awaiting-approval', votes: [], expiresAt: later(64) });
    expect(after.plan.instance.memory).toBe('16GB');
    expect(after.askedAnew).toMatchObject([
      { votes: [{ by: APPROVER.id }], because: { reason: 'instance-changed', beforeAgreement: true } },
    ]);
  });

  it('puts no start off: whoever voted and the requester hear of it, and no channel', () => {
    const outcome = drift(voted());
    if (outcome.kind !== 'changed') throw new Error('it should be asked anew');
    expect(timesPutOff(outcome.restore)).toBe(0);
    const owed = owedMessages(outcome.restore).map(({ key }) => key);
    expect(owed).toEqual([`asked-anew:1:${APPROVER.id}`, `asked-anew:1:${REQUESTER.id}`]);
  });

  it('makes void the form in which somebody is about to agree', () => {
    const outcome = drift(voted(), { seen: undefined });
    if (outcome.kind !== 'changed') throw new Error('it should be asked anew');
    const yes = { ...exampleEvent('approved', outcome.restore), person: GROUP_APPROVER, round: 0 };
    expect(transition(outcome.restore, yes)).toMatchObject({ refusal: { reason: 'plan-changed' } });
  });

  it('changes nothing when another step says so', () => {
    expect(drift(asked(), { step: 'preflight' }).kind).toBe('refused');
    expect(drift(voted(), { step: 'preflight' }).kind).toBe('refused');
  });
});
