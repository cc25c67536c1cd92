import { describe, expect, it } from 'vitest';
import { addMinutes } from '../../../src/restore/instant.ts';
import { tightenedTerms } from '../../../src/restore/policy/tightening.ts';
import type { InstancePolicy } from '../../../src/restore/policy.ts';
import type { Restore } from '../../../src/restore/restore.ts';
import { sendingRefusal } from '../../../src/restore/sending.ts';
import { filledRules } from '../../../src/restore/votes.ts';
import {
  followedBy,
  inStatus,
  makePolicy,
  makeRestore,
  NOW,
  SAME_PEOPLE,
  STATUSES,
} from '../../support/make-restore.ts';
import { APPROVER, APPROVERS_GROUP } from '../../support/people.ts';

const HASH = 'a'.repeat(64);
const TWO = { rules: [{ name: 'owners', needed: 2, users: [], groups: [APPROVERS_GROUP] }], denialsNeeded: 1 };

const policyWith = (facts: Partial<InstancePolicy>) => ({ instances: [makePolicy(facts)], samePeople: SAME_PEOPLE });

function tightened<R extends Restore>(restore: R, facts: Partial<InstancePolicy>, minutesLater = 0): Restore {
  const terms = tightenedTerms(restore, policyWith(facts));
  if (!terms) return restore;
  const at = addMinutes(restore.since, minutesLater);
  return followedBy(restore, { type: 'rules-tightened', at, terms, policyHash: HASH });
}

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
        because: { kind: 'drifted', reason: 'rules-tightened' },
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

  it('is left alone between the start and the call, and after the call', () => {
    for (const status of STATUSES) {
      if (['awaiting-approval', 'approved', 'ready-to-restore'].includes(status)) continue;
      expect(
        tightenedTerms(makeRestore(status), policyWith({ approval: TWO, requestExpiryMinutes: 1 })),
      ).toBeUndefined();
    }
  });
});
