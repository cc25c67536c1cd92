import { describe, expect, it } from 'vitest';
import { addMinutes } from '../../../src/restore/instant.ts';
import { endsSooner, tightenedTerms, tightening } from '../../../src/restore/policy/tightening.ts';
import type { InstancePolicy } from '../../../src/restore/policy.ts';
import type { Restore } from '../../../src/restore/restore.ts';
import { sendingRefusal } from '../../../src/restore/sending.ts';
import type { ApprovalTerms, Terms } from '../../../src/restore/terms.ts';
import { transition } from '../../../src/restore/transition.ts';
import { filledRules } from '../../../src/restore/votes.ts';
import { exampleEvent } from '../../support/example-events.ts';
import { followedBy, inStatus, makeRestore, NOW, SAME_PEOPLE, SNAPSHOT, STATUSES } from '../../support/make-restore.ts';
import { APPROVER, APPROVERS_GROUP, GROUP_APPROVER } from '../../support/people.ts';
import { HASH, OPEN, policyWith, TWO, tightened } from './tightened.ts';

const ONE = { users: [APPROVER.id], groups: [] };
const BOTH = { users: [APPROVER.id, GROUP_APPROVER.id], groups: [] };

describe('an open restore', () => {
  it('has nothing of a looser policy', () => {
    for (const status of STATUSES) {
      const restore = makeRestore(status);
      const looser = policyWith({
        approval: {
          rules: [{ name: 'anybody', needed: 1, users: [APPROVER.id, 'U0EVE'], groups: [APPROVERS_GROUP, 'S0ALL'] }],
          denialsNeeded: 9,
        },
        requestExpiryMinutes: 600,
        executionExpiryMinutes: 600,
        noticeLeadMinutes: 0,
        lossBoundMinutes: 600,
      });
      expect(tightenedTerms(restore, looser)).toBeUndefined();
      expect(tightenedTerms(restore, policyWith({}))).toBeUndefined();
    }
  });

  it('that is urgent gets the lead of urgent requests only, which is then longer', () => {
    const urgent = makeRestore('awaiting-approval', {
      draft: { isUrgent: true },
      policy: { urgentNoticeLeadMinutes: 5 },
    });
    expect(urgent.terms.noticeLeadMinutes).toBe(5);
    expect(tightenedTerms(urgent, policyWith({ noticeLeadMinutes: 60, urgentNoticeLeadMinutes: 5 }))).toBeUndefined();
    expect(tightenedTerms(urgent, policyWith({ noticeLeadMinutes: 60, urgentNoticeLeadMinutes: 9 }))).toMatchObject({
      noticeLeadMinutes: 9,
    });
    expect(tightenedTerms(urgent, policyWith({}))).toMatchObject({ noticeLeadMinutes: 15 });
  });

  it('can be answered for less time at once, and needs who is needed now', () => {
    const asked = makeRestore('awaiting-approval');
    const after = inStatus(tightened(asked, { requestExpiryMinutes: 20, approval: TWO }), 'awaiting-approval');
    expect(after.state.expiresAt).toBe(addMinutes(NOW, 20));
    expect(filledRules(after, []).reduce((sum, { rule }) => sum + rule.needed, 0)).toBeGreaterThanOrEqual(2);
    expect(after.history.at(-1)).toMatchObject({ event: 'rules-tightened', facts: { policy: HASH } });
  });

  it('that was agreed to by other rules is asked about anew while nothing was sent', () => {
    for (const status of ['approved', 'ready-to-restore'] as const) {
      const before = makeRestore(status);
      const after = inStatus(tightened(before, { approval: TWO }), 'awaiting-approval');
      expect(after.state.votes).toEqual([]);
      expect(after.askedAnew?.at(-1)).toMatchObject({
        because: { kind: 'drifted', reason: 'rules-tightened', why: expect.stringContaining('became tighter') },
        votes: before.state.approval.votes,
      });
    }
  });

  it('that was agreed to may start for less time, and lose less data', () => {
    const approved = makeRestore('approved');
    const sooner = inStatus(tightened(approved, { executionExpiryMinutes: 5 }), 'approved');
    expect(sooner.state.lapsesAt).toBe(addMinutes(approved.state.startAt, 5));
    const ready = inStatus(tightened(makeRestore('ready-to-restore'), { lossBoundMinutes: 0 }), 'ready-to-restore');
    const { approval } = ready.state;
    const at = addMinutes(ready.plan.restorePoint.takenAt, approval.agreedLossMinutes + 1);
    expect(sendingRefusal(makeRestore('ready-to-restore'), approval, { at })).toBeUndefined();
    expect(sendingRefusal(ready, approval, { at })).toMatchObject({ reason: 'loss-grew' });
  });

  it('has the rules about everybody although its instance is no longer in the file', () => {
    const without = { instances: [], samePeople: SAME_PEOPLE };
    for (const status of OPEN) expect(tightenedTerms(makeRestore(status), without)).toBeUndefined();
    const asked = makeRestore('awaiting-approval');
    const linked = { ...without, samePeople: [...SAME_PEOPLE, [APPROVER.id, GROUP_APPROVER.id]] };
    expect(tightenedTerms(asked, linked)).toEqual({
      ...asked.terms,
      samePeople: linked.samePeople,
      mayActFor: SAME_PEOPLE,
    });
  });

  it('that was agreed to keeps the lead that was announced', () => {
    for (const status of ['approved', 'ready-to-restore'] as const)
      expect(tightenedTerms(makeRestore(status), policyWith({ noticeLeadMinutes: 60 }))).toBeUndefined();
  });

  it.each<[string, Partial<InstancePolicy>, Partial<InstancePolicy>, Partial<Terms>]>([
    [
      'fewer people who agree to a freeze',
      { overrideApprovers: BOTH },
      { overrideApprovers: ONE },
      { overrideApprovers: ONE },
    ],
    ['nobody who may take another’s place', {}, { delegation: 'forbidden' }, { delegation: 'forbidden' }],
    ['a shorter time to answer', {}, { requestExpiryMinutes: 59 }, { requestExpiryMinutes: 59 }],
    ['a shorter time to start', {}, { executionExpiryMinutes: 29 }, { executionExpiryMinutes: 29 }],
    ['less data to lose', {}, { lossBoundMinutes: 9 }, { lossBoundMinutes: 9 }],
    [
      'a longer lead, where only urgent ones have a shorter',
      {},
      { noticeLeadMinutes: 60, urgentNoticeLeadMinutes: 5 },
      { noticeLeadMinutes: 60 },
    ],
  ])('has %s', (_, before, after, terms) => {
    const asked = makeRestore('awaiting-approval', { policy: before });
    expect(tightenedTerms(asked, policyWith(after))).toEqual({ ...asked.terms, ...terms });
  });

  it('of a new instance has what became tighter in the rules of new instances', () => {
    const price = { perHour: 0.72, currency: 'USD', asOf: '2026-11-01' };
    const prices = { asOf: price.asOf, currency: 'USD', perHour: { 'professional-db': { '8GB': 0.72 } } };
    const rules = { prices, monthlyCap: 50, usualMinutes: 1_440, longestMinutes: 10_080 };
    const toMake = { type: 'professional-db', memory: '8GB', liveForMinutes: 1_440, price, monthlyCap: 50 };
    const asked = makeRestore('awaiting-approval', {
      draft: { chosen: { method: 'new-instance', snapshot: { ...SNAPSHOT, exportable: true }, toMake, spent: 0 } },
      policy: { newInstance: rules, methods: ['new-instance'], noticeChannels: [], noticeLeadMinutes: 0 },
    });
    const withApproval = (approval: ApprovalTerms) =>
      tightenedTerms(asked, policyWith({ newInstance: { ...rules, approval }, noticeLeadMinutes: 90 }));
    expect(withApproval(asked.terms.approval)).toBeUndefined();
    const tighter = withApproval(TWO);
    expect(tighter?.approval.rules.reduce((sum, { needed }) => sum + needed, 0)).toBeGreaterThanOrEqual(2);
    expect(tighter?.noticeLeadMinutes).toBe(0);
    expect(tightenedTerms(asked, policyWith({ lossBoundMinutes: 0 }))).toBeUndefined();
  });

  it('has nothing more of tighter rules once its restore call is sent', () => {
    for (const status of ['restore-sent', 'start-unclear', 'restoring', 'verifying', 'completed', 'denied'] as const) {
      const restore = makeRestore(status, { policy: { objections: 'tell' } });
      const facts = { objections: 'hold' as const, stakeholders: ONE, fileLoadMinutes: 5 };
      expect(tightening(restore, policyWith(facts))).toBeUndefined();
      const terms = { ...restore.terms, objections: 'hold' as const };
      const event = { type: 'rules-tightened', at: addMinutes(restore.since, 1), terms, policyHash: HASH } as const;
      expect(transition(restore, event)).toMatchObject({ refusal: { reason: 'stale' } });
    }
  });

  it('that was agreed to with a place that was handed over is asked about anew once nobody may hand one over', () => {
    const before = makeRestore('approved');
    const lent = (standingInFor: string): Restore => {
      const { approval } = before.state;
      const votes = approval.votes.map((vote) => ({ ...vote, standingInFor }));
      return { ...before, state: { ...before.state, approval: { ...approval, votes } } };
    };
    expect(tightened(lent('U0OLGA'), { delegation: 'forbidden' }).state.status).toBe('awaiting-approval');
    expect(tightened(before, { delegation: 'forbidden' }).state.status).toBe('approved');
    const { approval } = before.state;
    const [vote] = approval.votes;
    const ofTwo = vote
      ? [
          { ...vote, standingInFor: 'U0OLGA' },
          { ...vote, by: GROUP_APPROVER.id },
        ]
      : [];
    const some = { ...before, state: { ...before.state, approval: { ...approval, votes: ofTwo } } };
    expect(tightened(some, { delegation: 'forbidden' }).state.status).toBe('awaiting-approval');
    expect(tightened(lent('U0OLGA'), { requestExpiryMinutes: 5 }).state.status).toBe('approved');
  });

  it('ends sooner from the entry on which says so', () => {
    const asked = makeRestore('awaiting-approval');
    const after = tightened(asked, { requestExpiryMinutes: 20 }, 1);
    expect([asked, after].map(endsSooner)).toEqual([false, true]);
    expect(endsSooner(followedBy(after, { type: 'looking', at: addMinutes(NOW, 2), person: APPROVER }))).toBe(false);
    expect(endsSooner({ history: [] })).toBe(false);
  });

  it('that was asked anew has its shorter time from then on', () => {
    const asked = makeRestore('awaiting-approval');
    const edited = followedBy(asked, { ...exampleEvent('edited', asked), at: addMinutes(NOW, 10) });
    const after = inStatus(tightened(edited, { requestExpiryMinutes: 20 }, 11), 'awaiting-approval');
    expect(after.state.expiresAt).toBe(addMinutes(NOW, 30));
  });

  it('never has more time by it', () => {
    const longer = ({ terms }: Restore) => ({ ...terms, requestExpiryMinutes: 600, executionExpiryMinutes: 600 });
    const event = (restore: Restore) =>
      ({
        type: 'rules-tightened',
        at: addMinutes(restore.since, 1),
        terms: longer(restore),
        policyHash: HASH,
      }) as const;
    for (const status of OPEN) {
      const before = makeRestore(status);
      expect(followedBy(before, event(before)).state).toEqual(before.state);
    }
  });

  it('is tightened once', () => {
    const after = tightened(makeRestore('awaiting-approval'), { requestExpiryMinutes: 20 });
    const again = { type: 'rules-tightened', at: addMinutes(NOW, 1), terms: after.terms, policyHash: HASH } as const;
    expect(transition(after, again)).toMatchObject({ kind: 'refused', refusal: { reason: 'stale' } });
  });

  it('is left alone between the start and the call, and after the call', () => {
    for (const status of STATUSES) {
      if (['awaiting-approval', 'approved', 'ready-to-restore'].includes(status)) continue;
      const restore = makeRestore(status);
      expect(tightenedTerms(restore, policyWith({ approval: TWO, requestExpiryMinutes: 1 }))).toBeUndefined();
      expect(transition(restore, exampleEvent('rules-tightened', restore))).toMatchObject({
        kind: 'refused',
        refusal: { reason: 'stale' },
      });
    }
  });
});
