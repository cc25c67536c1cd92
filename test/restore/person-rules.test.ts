import { describe, expect, it } from 'vitest';
import { decisionRefusal } from '../../src/restore/decision-refusal.ts';
import type { PersonEvent } from '../../src/restore/event.ts';
import { addMinutes, instantOf } from '../../src/restore/instant.ts';
import type { Instant } from '../../src/restore/names.ts';
import type { PersonFacts } from '../../src/restore/person-facts.ts';
import type { Restore } from '../../src/restore/restore.ts';
import { oneApprover } from '../../src/restore/rules-needed.ts';
import type { Status } from '../../src/restore/state.ts';
import { transition } from '../../src/restore/transition.ts';
import { exampleEvent } from '../support/example-events.ts';
import { followedBy, inStatus, makeRestore, NOW, TAKEN_AT } from '../support/make-restore.ts';
import {
  APPROVER,
  BOT,
  BYSTANDER,
  DEACTIVATED,
  GROUP_APPROVER,
  GUEST,
  LINKED_ACCOUNT,
  makePerson,
  OUTSIDER,
  REQUESTER,
  UNREADABLE,
} from '../support/people.ts';

const waiting = makeRestore('awaiting-approval');
const unclear = () => makeRestore('start-unclear');

/** The reason why the event changed nothing, or `accepted`. */
function verdict(restore: Restore, event: PersonEvent): string {
  const outcome = transition(restore, event);
  return outcome.kind === 'refused' ? outcome.refusal.reason : 'accepted';
}

function approvedBy(person: PersonFacts, restore: Restore = waiting, at: Instant = addMinutes(NOW, 1)): PersonEvent {
  return { ...exampleEvent('approved', restore, at), person };
}

describe('who may decide about a request', () => {
  const table: readonly (readonly [string, PersonFacts, string])[] = [
    ['an approver named by user', APPROVER, 'accepted'],
    ['an approver named by group', GROUP_APPROVER, 'accepted'],
    ['the requester', REQUESTER, 'own-request'],
    ['the requester under another account', LINKED_ACCOUNT, 'own-request'],
    [
      'the requester who is also in the approvers group',
      { ...REQUESTER, groups: GROUP_APPROVER.groups },
      'own-request',
    ],
    ['a member whom no rule names', BYSTANDER, 'not-an-approver'],
    ['a member of another group', makePerson('U0SALES', { groups: ['S0SALES'] }), 'not-an-approver'],
    ['a guest', GUEST, 'guest'],
    ['a bot', BOT, 'not-a-person'],
    ['somebody from another workspace', OUTSIDER, 'outsider'],
    ['a deactivated account', DEACTIVATED, 'deactivated'],
    ['somebody Slack could not tell about', UNREADABLE, 'identity-unreadable'],
  ];

  it.each(table)('%s approving', (_, person, expected) => {
    expect(verdict(waiting, approvedBy(person))).toBe(expected);
  });

  it.each(table)('%s denying', (_, person, expected) => {
    expect(verdict(waiting, { ...exampleEvent('denied', waiting), person })).toBe(expected);
  });

  it('tells the requester whose request it is', () => {
    expect(decisionRefusal(waiting, LINKED_ACCOUNT, NOW)).toEqual({
      reason: 'own-request',
      requestedBy: REQUESTER.id,
    });
  });

  it('is judged by the rules of the time of the request, not by a later configuration', () => {
    const strict = makeRestore('awaiting-approval', {
      policy: { approval: oneApprover({ users: [BYSTANDER.id], groups: [] }) },
    });
    expect(verdict(strict, approvedBy(APPROVER, strict))).toBe('not-an-approver');
    expect(verdict(strict, approvedBy(BYSTANDER, strict))).toBe('accepted');
  });

  it('is nobody when the rule names nobody', () => {
    const closed = makeRestore('awaiting-approval', { policy: { approval: oneApprover({ users: [], groups: [] }) } });
    for (const person of [APPROVER, GROUP_APPROVER, BYSTANDER])
      expect(verdict(closed, approvedBy(person, closed))).toBe('not-an-approver');
  });
});

describe('the moment of an approval', () => {
  const { expiresAt } = waiting.state;
  const justBefore = instantOf(Date.parse(expiresAt) - 1);

  it('counts until the last millisecond before the request expires', () => {
    expect(verdict(waiting, approvedBy(APPROVER, waiting, justBefore))).toBe('accepted');
    expect(verdict(waiting, { ...exampleEvent('denied', waiting, justBefore) })).toBe('accepted');
  });

  it('no longer counts at the very instant of expiry, even if no worker has noticed yet', () => {
    expect(transition(waiting, approvedBy(APPROVER, waiting, expiresAt))).toEqual({
      kind: 'refused',
      refusal: { reason: 'request-expired', expiresAt },
    });
    expect(verdict(waiting, exampleEvent('denied', waiting, expiresAt))).toBe('request-expired');
  });

  it('says of an expired request when it expired', () => {
    const expired = makeRestore('expired');
    expect(decisionRefusal(expired, APPROVER, addMinutes(expired.since, 5))).toEqual({
      reason: 'request-expired',
      expiresAt: expired.state.at,
    });
  });

  it.each(['approved', 'failed', 'lapsed', 'completed'] as const)('names nobody for a restore that is %s', (status) => {
    const past = makeRestore(status);
    expect(decisionRefusal(past, GROUP_APPROVER, NOW)).toEqual({ reason: 'already-past', status, at: past.since });
  });

  it('says of a request that was decided already when, and who denied or withdrew it', () => {
    const approved = makeRestore('approved');
    expect(transition(approved, approvedBy(GROUP_APPROVER, approved))).toEqual({
      kind: 'refused',
      refusal: { reason: 'already-past', status: 'approved', at: approved.since },
    });
    expect(decisionRefusal(makeRestore('denied'), GROUP_APPROVER, NOW)).toMatchObject({ by: APPROVER.id });
    expect(decisionRefusal(makeRestore('withdrawn'), GROUP_APPROVER, NOW)).toMatchObject({ by: REQUESTER.id });
  });

  it('judges who somebody is before it tells them anything about the request', () => {
    const approved = makeRestore('approved');
    expect(verdict(approved, approvedBy(GUEST, approved))).toBe('guest');
    expect(verdict(waiting, approvedBy(REQUESTER, waiting, expiresAt))).toBe('own-request');
  });
});

describe('what an approval settles', () => {
  const at = addMinutes(NOW, 10);
  const approvalOf = (restore: Restore) =>
    inStatus(followedBy(restore, approvedBy(APPROVER, restore, at)), 'approved').state;

  it('starts after the notice lead and lapses an execution expiry later', () => {
    expect(approvalOf(waiting)).toMatchObject({ startAt: addMinutes(at, 15), lapsesAt: addMinutes(at, 45) });
  });

  it('waits for a planned start that is later than the notice lead', () => {
    const startAt = addMinutes(NOW, 120);
    const planned = makeRestore('awaiting-approval', { draft: { start: { kind: 'at', at: startAt } } });
    expect(approvalOf(planned)).toMatchObject({ startAt, lapsesAt: addMinutes(startAt, 30) });
  });

  it('keeps the notice lead when the planned start is too near by the time of the approval', () => {
    const planned = makeRestore('awaiting-approval', { draft: { start: { kind: 'at', at: addMinutes(NOW, 16) } } });
    expect(approvalOf(planned).startAt).toBe(addMinutes(at, 15));
  });

  it('agrees to the data loss at the start, not at the click', () => {
    expect(approvalOf(waiting).approval).toEqual({
      by: APPROVER.id,
      at,
      planHash: waiting.planHash,
      agreedLossMinutes: (Date.parse(addMinutes(at, 15)) - Date.parse(TAKEN_AT)) / 60_000,
      votes: [
        {
          by: APPROVER.id,
          at,
          kind: 'approve',
          planHash: waiting.planHash,
          lossMinutes: 205,
          countsFor: ['approvers'],
        },
      ],
    });
  });

  it('is void for any other plan than the one on record', () => {
    const other = makeRestore('awaiting-approval', { policy: { lossBoundMinutes: 11 } });
    expect(verdict(waiting, exampleEvent('approved', other))).toBe('plan-changed');
    expect(verdict(waiting, { ...exampleEvent('approved', waiting), planHash: '' })).toBe('plan-changed');
  });
});

describe('withdrawing', () => {
  it('is for the requester alone, under any of their accounts', () => {
    const by = (person: PersonFacts) => verdict(waiting, { ...exampleEvent('withdrawn', waiting), person });
    expect(by(REQUESTER)).toBe('accepted');
    expect(by(LINKED_ACCOUNT)).toBe('accepted');
    expect(by(APPROVER)).toBe('not-the-requester');
    expect(by(BYSTANDER)).toBe('not-the-requester');
    expect(by({ kind: 'unreadable', id: REQUESTER.id })).toBe('identity-unreadable');
    expect(by({ ...REQUESTER, isActive: false })).toBe('deactivated');
  });

  it('is too late after the decision', () => {
    const approved = makeRestore('approved');
    expect(verdict(approved, exampleEvent('withdrawn', approved))).toBe('already-past');
  });
});

describe.each([
  ['cancelling', () => makeRestore('ready-to-restore'), 'cancelled'],
  ['judging whether a restore ran', unclear, 'start-judged'],
] as const)('%s', (_, restoreOf, type) => {
  const by = (person: PersonFacts) => {
    const restore = restoreOf();
    return verdict(restore, { ...exampleEvent(type, restore), person });
  };

  it('is open to the requester and to everybody who may approve', () => {
    for (const person of [REQUESTER, LINKED_ACCOUNT, APPROVER, GROUP_APPROVER]) expect(by(person)).toBe('accepted');
  });

  it('is closed to everybody else', () => {
    expect(by(BYSTANDER)).toBe('not-involved');
    expect(by(GUEST)).toBe('guest');
    expect(by(BOT)).toBe('not-a-person');
    expect(by(OUTSIDER)).toBe('outsider');
    expect(by(DEACTIVATED)).toBe('deactivated');
    expect(by(UNREADABLE)).toBe('identity-unreadable');
  });
});

describe('cancelling', () => {
  it.each(['restore-sent', 'start-unclear', 'restoring', 'verifying'] as const)(
    'is too late once it is %s',
    (status) => {
      const sent = makeRestore(status);
      expect(transition(sent, exampleEvent('cancelled', sent))).toEqual({
        kind: 'refused',
        refusal: { reason: 'too-late-to-stop', status },
      });
    },
  );

  it.each(['completed', 'denied', 'withdrawn', 'expired'] as const)('finds nothing to stop once it is %s', (status) => {
    const ended = makeRestore(status);
    expect(verdict(ended, exampleEvent('cancelled', ended))).toBe('already-past');
  });

  it('keeps what was reached, so that the safety snapshot is not forgotten', () => {
    const ready = makeRestore('ready-to-restore');
    const { status: _, ...facts } = ready.state;
    expect(followedBy(ready, exampleEvent('cancelled', ready)).state).toMatchObject({ status: 'cancelled', ...facts });
  });
});

describe('judging whether a restore ran', () => {
  it('goes on to the verification when it ran', () => {
    const judged = followedBy(unclear(), { ...exampleEvent('start-judged', unclear()), ran: true });
    expect(judged).toMatchObject({ state: { status: 'verifying' }, validation: { status: 'running' } });
  });

  it('ends with an unchanged instance when it did not, and can only be asked for anew', () => {
    const judged = followedBy(unclear(), { ...exampleEvent('start-judged', unclear()), ran: false });
    expect(judged.state).toMatchObject({
      status: 'failed',
      reason: 'did-not-run',
      condition: 'unchanged',
      during: 'watch-start',
      why: 'A person judged that the restore call never ran.',
    });
  });

  it('is refused with its reason while nobody is asked', () => {
    const restoring = makeRestore('restoring');
    expect(verdict(restoring, exampleEvent('start-judged', restoring))).toBe('not-waiting-for-judgement');
  });
});

describe('a refused attempt', () => {
  const attempts = (restore: Restore, count: number) =>
    followedBy(restore, ...Array.from({ length: count }, () => exampleEvent('attempt-refused', restore)));

  it.each(['awaiting-approval', 'restoring', 'completed'] satisfies Status[])(
    'is on record when it is %s',
    (status) => {
      const restore = makeRestore(status);
      const { history, version, ...rest } = attempts(restore, 1);
      expect(history.at(-1)).toMatchObject({ by: REQUESTER.id, facts: { attempt: 'approve', reason: 'own-request' } });
      expect(restore).toMatchObject(rest);
      expect(version).toBe(restore.version + 1);
    },
  );

  it('has room in the history five times for one person, attempt and reason', () => {
    const flooded = attempts(waiting, 5);
    expect(verdict(flooded, exampleEvent('attempt-refused', flooded))).toBe('stale');
    const own = exampleEvent('attempt-refused', flooded);
    expect(verdict(flooded, { ...own, by: GUEST.id })).toBe('accepted');
    expect(verdict(flooded, { ...own, reason: 'guest' })).toBe('accepted');
    expect(verdict(flooded, { ...own, attempt: 'judge-start' })).toBe('accepted');
    const mixed = followedBy(attempts(waiting, 4), { ...own, by: GUEST.id }, { ...own, reason: 'guest' });
    expect(verdict(mixed, own)).toBe('accepted');
  });

  it('with a wrong answer is written down however often, because these are counted', () => {
    const answer: PersonEvent = { ...exampleEvent('attempt-refused', waiting), reason: 'wrong-answer' };
    const often = followedBy(waiting, ...Array.from({ length: 9 }, () => answer));
    expect(verdict(often, answer)).toBe('accepted');
  });
});
