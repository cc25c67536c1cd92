import { describe, expect, it } from 'vitest';
import { decisionRefusal } from '../../src/restore/decision-refusal.ts';
import { changeOf, type Edit, editRefusal } from '../../src/restore/edit.ts';
import { addMinutes } from '../../src/restore/instant.ts';
import { hashPlan } from '../../src/restore/plan.ts';
import { draftRefusal, planOf } from '../../src/restore/request.ts';
import type { Restore } from '../../src/restore/restore.ts';
import { OVERRIDE_RULE, peopleAsked, rulesNeeded } from '../../src/restore/rules-needed.ts';
import { transition } from '../../src/restore/transition.ts';
import { parseRestore } from '../../src/store/restore-schema.ts';
import { exampleEvent } from '../support/example-events.ts';
import { followedBy, makeDraft, makePolicy, makeRestore, NOW } from '../support/make-restore.ts';
import { APPROVER, APPROVERS_GROUP, GROUP_APPROVER, makePerson, REQUESTER } from '../support/people.ts';

const RELEASE_GROUP = 'S0RELEASE';
const freeze = (name: string) => ({ name, from: addMinutes(NOW, -60), to: addMinutes(NOW, 600) });
const FROZEN = makePolicy({
  calendar: { windows: [], freezes: [freeze('Christmas')] },
  overrideApprovers: { users: [APPROVER.id], groups: [RELEASE_GROUP] },
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
  const plain = planOf(makeDraft(), FROZEN);
  const plan = planOf(makeDraft({ freezeOverride }), FROZEN);
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
      snapshot: { ...plan.restorePoint, status: 'Completed' },
      start: { kind: 'at', at: addMinutes(NOW, minutes) },
      checks: plan.checks,
      noticeChannels: plan.noticeChannels,
    });
    expect(editRefusal(restore, edit(200), policy, NOW)).toBeUndefined();
    const refusal = editRefusal(restore, edit(330), policy, NOW);
    expect(refusal).toMatchObject({ reason: 'start-not-allowed' });
    expect(refusal).not.toHaveProperty('overridable');
    const edited = followedBy(restore, { ...exampleEvent('edited', restore), change: changeOf(edit(200)) });
    expect(edited.plan.freezeOverride).toEqual(freezeOverride);
  });

  it('can still be denied by any approver', () => {
    expect(decisionRefusal(restore, GROUP_APPROVER, NOW)).toBeUndefined();
  });

  it('is read from its record as it was written, and its history names the freeze', () => {
    expect(parseRestore(JSON.stringify(restore))).toEqual(restore);
    expect(restore.history[0]?.facts).toMatchObject({ overriddenFreezes: 'Christmas' });
  });
});
