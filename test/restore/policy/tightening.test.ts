import { describe, expect, it } from 'vitest';
import { askedAnewWords } from '../../../messages/plan-change.ts';
import { ENGLISH } from '../../../messages/words/words.ts';
import { asksForTime } from '../../../src/restore/confirmation.ts';
import { addMinutes } from '../../../src/restore/instant.ts';
import { goneRefusal, knownDrift } from '../../../src/restore/known-drift.ts';
import { isHeld } from '../../../src/restore/objection.ts';
import { owedMessages } from '../../../src/restore/owed-messages.ts';
import { hashPlan } from '../../../src/restore/plan.ts';
import { endsSooner, tightenedTerms, tightening } from '../../../src/restore/policy/tightening.ts';
import type { InstancePolicy } from '../../../src/restore/policy.ts';
import type { Restore } from '../../../src/restore/restore.ts';
import { sendingRefusal } from '../../../src/restore/sending.ts';
import type { ApprovalTerms, Terms } from '../../../src/restore/terms.ts';
import { transition } from '../../../src/restore/transition.ts';
import { filledRules } from '../../../src/restore/votes.ts';
import { parseRestore } from '../../../src/store/restore-schema.ts';
import { exampleEvent } from '../../support/example-events.ts';
import {
  followedBy,
  inStatus,
  makePolicy,
  makeRestore,
  NOW,
  SAME_PEOPLE,
  SNAPSHOT,
  STATUSES,
} from '../../support/make-restore.ts';
import { APPROVER, APPROVERS_GROUP, GROUP_APPROVER, makePerson, REQUESTER } from '../../support/people.ts';

const HASH = 'a'.repeat(64);
const ONE = { users: [APPROVER.id], groups: [] };
const BOTH = { users: [APPROVER.id, GROUP_APPROVER.id], groups: [] };
const OPEN = ['awaiting-approval', 'approved', 'ready-to-restore'] as const;
const TWO = { rules: [{ name: 'owners', needed: 2, users: [], groups: [APPROVERS_GROUP] }], denialsNeeded: 1 };

const policyWith = (facts: Partial<InstancePolicy>) => ({ instances: [makePolicy(facts)], samePeople: SAME_PEOPLE });

function tightened<R extends Restore>(restore: R, facts: Partial<InstancePolicy>, minutesLater = 0): Restore {
  const terms = tightenedTerms(restore, policyWith(facts));
  if (!terms) return restore;
  const at = addMinutes(restore.since, minutesLater);
  return followedBy(restore, { type: 'rules-tightened', at, terms, policyHash: HASH });
}

const tightenedTo = ({ terms, since }: Restore, environment: InstancePolicy['environment']) =>
  ({ type: 'rules-tightened', at: addMinutes(since, 1), terms, environment, policyHash: HASH }) as const;

function stricter(restore: Restore, environment: InstancePolicy['environment']): Restore {
  const tighter = tightening(restore, policyWith({ environment }));
  expect(tighter?.environment).toBe(environment);
  return followedBy(restore, { ...tightenedTo(restore, environment), ...tighter });
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

  it('that enough people have refused by the tighter rule is denied', () => {
    const approval = { ...makePolicy().approval, denialsNeeded: 2 };
    const asked = makeRestore('awaiting-approval', { policy: { approval } });
    const refused = followedBy(asked, exampleEvent('denied', asked));
    expect(refused.state.status).toBe('awaiting-approval');
    const after = inStatus(tightened(refused, { approval: makePolicy().approval }, 2), 'denied');
    const why = inStatus(refused, 'awaiting-approval').state.votes[0]?.why;
    expect(why).toMatch(/./);
    expect(after.state).toEqual({ status: 'denied', by: APPROVER.id, why, at: addMinutes(refused.since, 2) });
    const approved = followedBy(refused, { ...exampleEvent('approved', refused), person: GROUP_APPROVER });
    expect(approved.state.status).toBe('approved');
    const anew = inStatus(tightened(approved, { approval: makePolicy().approval }), 'awaiting-approval');
    expect(anew.state.votes).toEqual([]);
  });

  it('that some have refused is denied by the last of them, and goes on while they are too few', () => {
    const approval = { rules: TWO.rules, denialsNeeded: 3 };
    const asked = makeRestore('awaiting-approval', { policy: { approval } });
    const refused = followedBy(asked, { ...exampleEvent('denied', asked), person: GROUP_APPROVER });
    const agreed = followedBy(refused, {
      ...exampleEvent('approved', refused),
      person: makePerson('U0GUSTAV', { groups: [APPROVERS_GROUP] }),
    });
    expect(tightened(agreed, { approval: { ...approval, denialsNeeded: 2 } }).state).toEqual(agreed.state);
    const after = inStatus(tightened(agreed, { approval: TWO }), 'denied');
    expect(after.state.by).toBe(GROUP_APPROVER.id);
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

  it('is held by the objections that it was only told of, once they hold a start', () => {
    const statuses = ['approved', 'taking-baseline', 'awaiting-safety-snapshot', 'ready-to-restore'] as const;
    for (const status of statuses) {
      const told = makeRestore(status, { policy: { objections: 'tell' } });
      const objected = followedBy(told, exampleEvent('objected', told));
      expect(isHeld(objected)).toBe(false);
      const after = tightened(objected, { objections: 'hold' }, 3);
      expect(after.state.status).toBe(status);
      expect(isHeld(after)).toBe(true);
      expect(after.objections).toEqual([
        { ...objected.objections?.[0], holds: true, heldSince: addMinutes(objected.since, 3) },
      ]);
      expect(parseRestore(JSON.stringify(after)).objections).toEqual(after.objections);
      const [requester] = owedMessages(after).filter(({ kind }) => kind === 'objected');
      expect(requester).toEqual({ key: `objected:1:held:${REQUESTER.id}`, kind: 'objected', to: REQUESTER.id, nth: 1 });
      const answered = followedBy(objected, { ...exampleEvent('objections-answered', objected), kind: 'go-on' });
      expect(isHeld(tightened(answered, { objections: 'hold' }))).toBe(false);
    }
  });

  it('says again that it is objected to where that holds it now, and only there', () => {
    const restore = makeRestore('approved', { policy: { objections: 'tell' } });
    const objected = followedBy(restore, { ...exampleEvent('objected', restore), place: 'C0ORDERS' });
    const keys = owedMessages(objected).map(({ key }) => key);
    const delivery = { status: 'posted', channel: 'C1', ts: '1.1', at: NOW } as const;
    const said = { ...objected, deliveries: Object.fromEntries(keys.map((key) => [key, delivery])) };
    expect(owedMessages(said)).toEqual([]);
    const after = tightened(said, { objections: 'hold' });
    expect(owedMessages(after).map(({ key }) => key)).toEqual([
      `objected:1:held:${REQUESTER.id}`,
      `objected:1:held:${APPROVER.id}`,
      'objection:1:held:C0ORDERS',
    ]);
    const held = makeRestore('approved');
    const before = followedBy(held, exampleEvent('objected', held));
    expect(tightened(before, { requestExpiryMinutes: 5 }).objections).toEqual(before.objections);
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
