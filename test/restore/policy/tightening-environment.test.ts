import { describe, expect, it } from 'vitest';
import { askedAnewWords } from '../../../messages/plan-change.ts';
import { ENGLISH } from '../../../messages/words/words.ts';
import { asksForTime } from '../../../src/restore/confirmation.ts';
import { addMinutes } from '../../../src/restore/instant.ts';
import { goneRefusal, knownDrift } from '../../../src/restore/known-drift.ts';
import { owedMessages } from '../../../src/restore/owed-messages.ts';
import { hashPlan } from '../../../src/restore/plan.ts';
import { tightenedTerms, tightening } from '../../../src/restore/policy/tightening.ts';
import type { Restore } from '../../../src/restore/restore.ts';
import { transition } from '../../../src/restore/transition.ts';
import { exampleEvent } from '../../support/example-events.ts';
import { followedBy, inStatus, makeRestore, NOW } from '../../support/make-restore.ts';
import { GROUP_APPROVER } from '../../support/people.ts';
import { HASH, OPEN, policyWith, stricter, TWO, tightenedTo } from './tightened.ts';

describe('an open restore whose environment became stricter', () => {
  it('of an instance that counts as stricter by now is asked about anew, as that', () => {
    for (const status of OPEN) {
      const before = makeRestore(status, { policy: { environment: 'staging' } });
      const after = inStatus(stricter(before, 'production'), 'awaiting-approval');
      expect(after.plan).toEqual({ ...before.plan, instance: { ...before.plan.instance, environment: 'production' } });
      expect(after.planHash).toBe(hashPlan(after.plan));
      expect([asksForTime(before), asksForTime(after)]).toEqual([false, true]);
      expect(after.state).toEqual({ status: 'awaiting-approval', votes: [], expiresAt: addMinutes(after.since, 60) });
      expect(after.askedAnew).toEqual([
        {
          at: after.since,
          before: before.plan,
          votes: 'approval' in before.state ? before.state.approval.votes : [],
          because: {
            kind: 'drifted',
            reason: 'rules-tightened',
            why: 'The instance now counts as production, by tighter rules.',
            ...(status === 'awaiting-approval' ? { beforeAgreement: true } : {}),
          },
        },
      ]);
      expect(after.history.at(-1)?.facts).toMatchObject({ planHash: after.planHash, policy: HASH });
      expect(askedAnewWords(after, 1, ENGLISH, (at) => at)).toContain(
        '*Environment:* was staging 🟡; is now PRODUCTION 🔴',
      );
      expect(tightening(after, policyWith({ environment: 'production' }))).toBeUndefined();
    }
  });

  it('is still known to be gone or closed when it is asked about anew, and that is not told again', () => {
    const asked = makeRestore('awaiting-approval', { policy: { environment: 'staging' } });
    const { seen: _, ...event } = exampleEvent('drifted', asked);
    const drift = {
      ...event,
      at: addMinutes(asked.since, 0.5),
      step: 'look-at-agreement',
      reason: 'snapshot-not-found',
    } as const;
    const keys = (restore: Restore) =>
      owedMessages(restore).flatMap(({ key }) => (key.startsWith('drift') ? [key] : []));
    const noted = followedBy(asked, drift);
    const after = stricter(noted, 'production');
    expect(knownDrift(after)).toEqual({ ...knownDrift(noted), round: 1 });
    expect(keys(after)).toEqual(keys(noted));
    expect(goneRefusal(after)).toMatchObject({ reason: 'plan-gone', what: 'restore-point' });
    expect(transition(after, { ...drift, at: addMinutes(after.since, 15) })).toMatchObject({
      refusal: { reason: 'stale' },
    });

    const voted = followedBy(asked, { ...exampleEvent('approved', asked), proviso: { condition: 'Pause.' } });
    const lapsed = followedBy(voted, { ...drift, at: addMinutes(event.at, 1) });
    const told = stricter(lapsed, 'production');
    expect([knownDrift(told)?.round, keys(told)]).toEqual([2, []]);

    for (const over of [
      followedBy(noted, { type: 'agreement-looked', at: addMinutes(event.at, 15) }),
      followedBy(asked, { ...drift, reason: 'restored-elsewhere' }),
    ])
      expect(knownDrift(stricter(over, 'production'))).toBeUndefined();
    expect(
      knownDrift(stricter(makeRestore('approved', { policy: { environment: 'staging' } }), 'production')),
    ).toBeUndefined();
  });

  it('loses the votes of people who saw it as less strict', () => {
    const asked = makeRestore('awaiting-approval', { policy: { environment: 'development', approval: TWO } });
    const voted = followedBy(asked, { ...exampleEvent('approved', asked), person: GROUP_APPROVER });
    const after = inStatus(stricter(voted, 'staging'), 'awaiting-approval');
    expect(after.state.votes).toEqual([]);
    expect(after.askedAnew?.[0]?.votes).toHaveLength(1);
    expect(owedMessages(after).map(({ kind, to }) => [kind, to])).toContainEqual(['asked-anew', GROUP_APPROVER.id]);
  });

  it('has no less strict environment, and none between its start and its restore call', () => {
    expect(tightening(makeRestore('awaiting-approval'), policyWith({ environment: 'staging' }))).toBeUndefined();
    const restore = makeRestore('taking-baseline', { policy: { environment: 'staging' } });
    expect(tightening(restore, policyWith({}))).toBeUndefined();
    const event = { ...tightenedTo(restore, 'production'), environment: 'development' as const };
    expect(transition(makeRestore('approved'), event)).toMatchObject({ refusal: { reason: 'stale' } });
    expect(transition(restore, tightenedTo(restore, 'production'))).toMatchObject({ refusal: { reason: 'stale' } });
  });

  it('that goes back to people has the longer lead as well, and forgets what was said of the start', () => {
    const started = makeRestore('approved', { policy: { environment: 'staging' } });
    const before = {
      ...started,
      acknowledgements: [{ by: 'U0OLGA', at: NOW }],
      lateStart: { at: NOW, plannedAt: NOW, why: 'x' },
      movedStart: { at: NOW, from: NOW, to: NOW },
    };
    const terms = tightenedTerms(before, policyWith({ noticeLeadMinutes: 60 }));
    expect(terms?.noticeLeadMinutes).toBe(60);
    const after = stricter(before, 'production');
    for (const field of ['acknowledgements', 'lateStart', 'movedStart']) expect(after).not.toHaveProperty(field);
  });

  it('counts as no less strict by a word that comes late', () => {
    const approved = makeRestore('approved');
    const event = { ...tightenedTo(approved, 'staging'), terms: { ...approved.terms, executionExpiryMinutes: 5 } };
    expect(followedBy(approved, event).state.status).toBe('approved');
    const others = { ...event, terms: { ...approved.terms, approval: TWO } };
    const anew = inStatus(followedBy(approved, others), 'awaiting-approval');
    expect(anew.plan).toEqual(approved.plan);
    expect(anew.history.at(-1)?.facts).not.toHaveProperty('planHash');
  });
});
