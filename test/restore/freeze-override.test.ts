import { describe, expect, it } from 'vitest';
import { decisionRefusal } from '../../src/restore/decision-refusal.ts';
import { draftRefusal, planOf } from '../../src/restore/draft.ts';
import { changeOf, type Edit, editRefusal } from '../../src/restore/edit.ts';
import { addMinutes } from '../../src/restore/instant.ts';
import type { PlannedStart } from '../../src/restore/plan.ts';
import { hashPlan } from '../../src/restore/plan.ts';
import type { InstancePolicy } from '../../src/restore/policy.ts';
import type { Restore } from '../../src/restore/restore.ts';
import { OVERRIDE_RULE, peopleAsked, rulesNeeded } from '../../src/restore/rules-needed.ts';
import { transition } from '../../src/restore/transition.ts';
import { parseRestore } from '../../src/store/restore-schema.ts';
import { exampleEvent } from '../support/example-events.ts';
import { followedBy, makeDraft, makePolicy, makeRestore, NOW } from '../support/make-restore.ts';
import { APPROVER, APPROVERS_GROUP, GROUP_APPROVER, makePerson, REQUESTER } from '../support/people.ts';
import { pointOf } from '../support/points.ts';

const RELEASE_GROUP = 'S0RELEASE';
const freeze = (name: string) => ({ name, from: addMinutes(NOW, -60), to: addMinutes(NOW, 600) });
const FROZEN = makePolicy({
  calendar: { windows: [], freezes: [freeze('Christmas')] },
  overrideApprovers: { users: [APPROVER.id], groups: [RELEASE_GROUP] },
});
const NEVER_FROZEN = { windows: [], freezes: [] };
const TWO_OF_THEM = {
  rules: [{ name: 'approvers', needed: 2, users: [APPROVER.id], groups: [APPROVERS_GROUP] }],
  denialsNeeded: 1,
};
const editOf = ({ plan, planHash }: Restore): Edit => ({
  person: REQUESTER,
  planHash,
  snapshot: { ...pointOf(plan), status: 'Completed' },
  start: plan.start,
  checks: plan.checks,
  noticeChannels: plan.noticeChannels,
});
const freezeOverride = { freezes: ['Christmas'], reason: 'The shop is down.' };

describe('a request to start in a freeze', () => {
  const start = { reason: 'start-not-allowed' };

  it('is refused without an override, with the offer of one where somebody could agree to it', () => {
    expect(draftRefusal(makeDraft(), FROZEN, NOW)).toEqual({
      ...start,
      words: expect.stringContaining('Christmas'),
      closed: expect.objectContaining({ by: 'freezes', names: ['Christmas'] }),
      nextPossible: [addMinutes(NOW, 600)],
      overridable: ['Christmas'],
    });
    const nobody = makePolicy({ calendar: FROZEN.calendar });
    expect(draftRefusal(makeDraft(), nobody, NOW)).not.toHaveProperty('overridable');
    expect(draftRefusal(makeDraft({ freezeOverride }), nobody, NOW)).toMatchObject({ reason: 'override-not-possible' });
  });

  it('is accepted with an override of every freeze that holds, and a reason', () => {
    const two = makePolicy({ ...FROZEN, calendar: { windows: [], freezes: [freeze('Christmas'), freeze('Audit')] } });
    expect(draftRefusal(makeDraft({ freezeOverride }), FROZEN, NOW)).toBeUndefined();
    expect(draftRefusal(makeDraft({ freezeOverride }), two, NOW)).toMatchObject({
      ...start,
      overridable: ['Christmas', 'Audit'],
    });
    expect(draftRefusal(makeDraft({ freezeOverride: { ...freezeOverride, reason: ' ' } }), FROZEN, NOW)).toEqual({
      reason: 'field-missing',
      field: 'override-reason',
    });
  });

  it('is not offered an override that would not help, because no window is open', () => {
    const dated = { from: addMinutes(NOW, 700), to: addMinutes(NOW, 800) };
    const closed = makePolicy({ ...FROZEN, calendar: { ...FROZEN.calendar, windows: [dated] } });
    expect(draftRefusal(makeDraft(), closed, NOW)).not.toHaveProperty('overridable');
    expect(draftRefusal(makeDraft({ freezeOverride }), closed, NOW)).toMatchObject(start);
  });
});

describe('a plan that overrides a freeze', () => {
  const plain = planOf(makeDraft(), FROZEN, NOW);
  const plan = planOf(makeDraft({ freezeOverride }), FROZEN, NOW);
  const restore = makeRestore('awaiting-approval', { draft: { freezeOverride }, policy: FROZEN });

  it('is another plan, with another hash for another freeze or reason', () => {
    const others = [plain, { ...plan, freezeOverride: { ...freezeOverride, reason: 'Other.' } }];
    others.push({ ...plan, freezeOverride: { ...freezeOverride, freezes: ['Audit'] } });
    expect(new Set([plan, ...others].map(hashPlan)).size).toBe(4);
  });

  it('needs its own approvers as well; without any, nobody can agree', () => {
    const { approval, overrideApprovers } = restore.terms;
    expect(rulesNeeded({ plan: plain, terms: restore.terms })).toEqual(approval.rules);
    const override = { name: OVERRIDE_RULE, needed: 1, ...overrideApprovers };
    expect(rulesNeeded(restore)).toEqual([...approval.rules, override]);
    expect(rulesNeeded({ plan, terms: { approval } }).at(-1)).toMatchObject({ users: [], groups: [], needed: 1 });
    expect(peopleAsked(restore).groups).toEqual([APPROVERS_GROUP, RELEASE_GROUP]);
  });

  const BOTH = makePerson('U0BOTH', { groups: [APPROVERS_GROUP, RELEASE_GROUP] });
  const RELEASE = makePerson('U0R', { groups: [RELEASE_GROUP] });

  it.each([
    ['an approver and somebody for the override', [GROUP_APPROVER, RELEASE], 'approved'],
    ['the same in the other order', [RELEASE, GROUP_APPROVER], 'approved'],
    ['two who may both', [BOTH, APPROVER], 'approved'],
    ['one who may both, alone', [BOTH], 'awaiting-approval'],
    [
      'two approvers, neither for the override',
      [GROUP_APPROVER, makePerson('U0G2', { groups: [APPROVERS_GROUP] })],
      'awaiting-approval',
    ],
    [
      'two for the override, no approver',
      [RELEASE, makePerson('U0R2', { groups: [RELEASE_GROUP] })],
      'awaiting-approval',
    ],
  ])('agreed to by %s: %s is %s', (_, people, status) => {
    const after = people.reduce(
      (before: Restore, person) => followedBy(before, { ...exampleEvent('approved', before), person }),
      restore,
    );
    expect(after.state.status).toBe(status);
  });

  it('is no more approved by its requester than any other', () => {
    const person = { ...REQUESTER, groups: [APPROVERS_GROUP, RELEASE_GROUP] };
    const outcome = transition(restore, { ...exampleEvent('approved', restore), person });
    expect(outcome).toMatchObject({ kind: 'refused', refusal: { reason: 'own-request' } });
  });

  it('is refused when nobody but one person could fill both rules', () => {
    const refusal = draftRefusal(makeDraft({ freezeOverride, candidates: [APPROVER] }), FROZEN, NOW);
    expect(refusal).toMatchObject({ reason: 'cannot-be-approved' });
    expect(draftRefusal(makeDraft({ freezeOverride, candidates: [APPROVER, BOTH] }), FROZEN, NOW)).toBeUndefined();
  });

  it('keeps its override when it is edited, and starts in no other freeze', () => {
    const audit = { name: 'Audit', from: addMinutes(NOW, 300), to: addMinutes(NOW, 400) };
    const policy = makePolicy({ ...FROZEN, calendar: { windows: [], freezes: [freeze('Christmas'), audit] } });
    const edit = (minutes: number): Edit => ({
      person: REQUESTER,
      planHash: restore.planHash,
      snapshot: { ...pointOf(plan), status: 'Completed' },
      start: { kind: 'at', at: addMinutes(NOW, minutes) },
      checks: plan.checks,
      noticeChannels: plan.noticeChannels,
    });
    expect(editRefusal(restore, edit(200), policy, NOW)).toBeUndefined();
    const refusal = editRefusal(restore, edit(330), policy, NOW);
    expect(refusal).toMatchObject({ reason: 'start-not-allowed', overridable: ['Christmas', 'Audit'] });
    const edited = followedBy(restore, { ...exampleEvent('edited', restore), change: changeOf(edit(200)) });
    expect(edited.plan.freezeOverride).toEqual(freezeOverride);
  });

  const closed = makePolicy({ calendar: FROZEN.calendar });
  const asked = makeRestore('awaiting-approval', { policy: makePolicy({ ...FROZEN, calendar: NEVER_FROZEN }) });
  const askedOfNobody = makeRestore('awaiting-approval', { policy: makePolicy({ calendar: NEVER_FROZEN }) });
  const late: PlannedStart = { kind: 'at', at: addMinutes(NOW, 700) };

  it.each<readonly [string, Restore, InstancePolicy, Partial<Edit>, object | undefined]>([
    ['without an override', asked, FROZEN, {}, { ...{ reason: 'start-not-allowed' }, overridable: ['Christmas'] }],
    ['with one', asked, FROZEN, { freezeOverride }, undefined],
    [
      'with one of another freeze',
      asked,
      FROZEN,
      { freezeOverride: { ...freezeOverride, freezes: ['Audit'] } },
      { reason: 'start-not-allowed' },
    ],
    [
      'with one and no reason',
      asked,
      FROZEN,
      { freezeOverride: { ...freezeOverride, reason: ' ' } },
      { reason: 'field-missing', field: 'override-reason' },
    ],
    [
      'with one that nobody may agree to any more',
      asked,
      closed,
      { freezeOverride },
      { reason: 'override-not-possible' },
    ],
    [
      'with one that its terms name nobody for',
      askedOfNobody,
      FROZEN,
      { freezeOverride },
      { reason: 'override-not-possible' },
    ],
    ['to the same freeze, as it was', restore, FROZEN, {}, undefined],
    [
      'to the same freeze, no longer with the override',
      restore,
      FROZEN,
      { freezeOverride: 'none' },
      { reason: 'start-not-allowed' },
    ],
    [
      'out of the freeze, no longer with the override',
      restore,
      FROZEN,
      { freezeOverride: 'none', start: late },
      undefined,
    ],
  ])('edited %s', (_, before, policy, facts, refusal) => {
    const edit: Edit = { ...editOf(before), ...facts };
    const found = editRefusal(before, edit, policy, NOW);
    if (refusal) expect(found).toMatchObject(refusal);
    else expect(found).toBeUndefined();
  });

  it('is not offered by an edit of a request whose terms name nobody for it', () => {
    expect(editRefusal(askedOfNobody, editOf(askedOfNobody), FROZEN, NOW)).not.toHaveProperty('overridable');
  });

  it('that becomes one by an edit loses every vote and needs the override rule; the next edit may drop it', () => {
    const voted = followedBy(
      makeRestore('awaiting-approval', { policy: { ...FROZEN, calendar: NEVER_FROZEN, approval: TWO_OF_THEM } }),
      {
        ...exampleEvent('approved', asked),
        person: GROUP_APPROVER,
      },
    );
    expect(voted.state).toMatchObject({ votes: [{ by: GROUP_APPROVER.id }] });
    const change = changeOf({ ...editOf(voted), freezeOverride });
    const edited = followedBy(voted, { ...exampleEvent('edited', voted), change });
    expect(edited.plan.freezeOverride).toEqual(freezeOverride);
    expect(edited.planHash).not.toBe(voted.planHash);
    expect(edited.state).toMatchObject({ status: 'awaiting-approval', votes: [] });
    expect(rulesNeeded(edited).map(({ name }) => name)).toContain(OVERRIDE_RULE);
    expect(edited.history.at(-1)?.facts).toMatchObject({ overriddenFreezes: 'Christmas' });
    expect(parseRestore(JSON.stringify(edited))).toEqual(edited);
    const dropped = changeOf({ ...editOf(edited), start: late, freezeOverride: 'none' });
    const after = followedBy(edited, { ...exampleEvent('edited', edited), change: dropped });
    expect(after.plan).not.toHaveProperty('freezeOverride');
    expect(rulesNeeded(after).map(({ name }) => name)).not.toContain(OVERRIDE_RULE);
  });

  it.each<readonly [string, Restore, Partial<Edit>, readonly string[] | undefined]>([
    ['one who alone may agree to both', asked, { freezeOverride, candidates: [APPROVER] }, [OVERRIDE_RULE]],
    [
      'approvers of whom none may agree to the override',
      asked,
      { freezeOverride, candidates: [GROUP_APPROVER] },
      [OVERRIDE_RULE],
    ],
    ['one for each rule', asked, { freezeOverride, candidates: [APPROVER, GROUP_APPROVER] }, undefined],
    [
      'the requester and one more',
      asked,
      { freezeOverride, candidates: [APPROVER, { ...REQUESTER, groups: [APPROVERS_GROUP] }] },
      [OVERRIDE_RULE],
    ],
    ['nobody whom Slack named in time', asked, { freezeOverride }, undefined],
    ['one, when the override was there before', restore, { candidates: [APPROVER] }, [OVERRIDE_RULE]],
    [
      'one, when the override is dropped',
      restore,
      { freezeOverride: 'none', start: late, candidates: [APPROVER] },
      undefined,
    ],
  ])(
    'that becomes one by an edit could be agreed to by %s, or is refused with what is missing',
    (_, before, facts, short) => {
      const found = editRefusal(before, { ...editOf(before), ...facts }, FROZEN, NOW);
      const missing = found?.reason === 'cannot-be-approved' ? found.short.map(({ name }) => name) : undefined;
      expect(missing).toEqual(short);
      if (!short) expect(found).toBeUndefined();
    },
  );

  it('can still be denied by any approver', () => {
    expect(decisionRefusal(restore, GROUP_APPROVER, NOW)).toBeUndefined();
  });

  it('is read from its record as it was written, and its history names the freeze', () => {
    expect(parseRestore(JSON.stringify(restore))).toEqual(restore);
    expect(restore.history[0]?.facts).toMatchObject({ overriddenFreezes: 'Christmas' });
  });
});
