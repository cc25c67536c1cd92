import { describe, expect, it } from 'vitest';
import { changeOf, type Edit, editorRefusal, editRefusal } from '../../src/restore/edit.ts';
import type { PersonEvent } from '../../src/restore/event.ts';
import { addMinutes } from '../../src/restore/instant.ts';
import { owedMessages } from '../../src/restore/owed-messages.ts';
import type { PersonFacts } from '../../src/restore/person-facts.ts';
import { hashPlan } from '../../src/restore/plan.ts';
import type { Restore } from '../../src/restore/restore.ts';
import { transition } from '../../src/restore/transition.ts';
import { exampleEvent } from '../support/example-events.ts';
import { followedBy, inStatus, makePolicy, makeRestore, NOW, SNAPSHOT } from '../support/make-restore.ts';
import { askedForNew, TO_MAKE } from '../support/new-instance-messages.ts';
import { APPROVER, BYSTANDER, GROUP_APPROVER, LINKED_ACCOUNT, REQUESTER, UNREADABLE } from '../support/people.ts';
import { pointOf } from '../support/points.ts';

const approval = {
  rules: [{ name: 'owners', users: [APPROVER.id, GROUP_APPROVER.id, BYSTANDER.id], groups: [], needed: 2 }],
  denialsNeeded: 2,
};
const waiting = makeRestore('awaiting-approval', { policy: { approval } });
const OVERWRITE = {
  method: 'overwrite',
  source: { alias: 'items', auraId: 'b2c3d4e5', name: 'Items', environment: 'staging', memory: '8GB' },
  snapshot: { ...SNAPSHOT, exportable: true },
} as const;
const yes = (restore: Restore, person: PersonFacts): PersonEvent => ({ ...exampleEvent('approved', restore), person });
const no = (restore: Restore, person: PersonFacts): PersonEvent => ({ ...exampleEvent('denied', restore), person });
const voted = () => followedBy(followedBy(waiting, yes(waiting, APPROVER)), no(waiting, BYSTANDER));

function refusalOf(restore: Restore, event: PersonEvent): string {
  const outcome = transition(restore, event);
  return outcome.kind === 'refused' ? outcome.refusal.reason : outcome.kind;
}

describe('an edit', () => {
  const edited = () => inStatus(followedBy(voted(), exampleEvent('edited', voted())), 'awaiting-approval');

  it('makes another plan of which nobody has agreed to anything, and gives people the whole time again', () => {
    expect(pointOf(edited().plan).snapshotId).toBe("snapshot-1'");
    expect(edited().planHash).toBe(hashPlan(edited().plan));
    expect(edited().planHash).not.toBe(voted().planHash);
    expect(edited().state.votes).toEqual([]);
    expect(edited().state.expiresAt).toBe(addMinutes(edited().history.at(-1)?.at ?? NOW, 60));
    expect(edited().history.at(-1)).toMatchObject({
      event: 'edited',
      by: REQUESTER.id,
      facts: { was: voted().planHash, planHash: edited().planHash, snapshotId: "snapshot-1'" },
    });
  });

  it('leaves the instance, the loss bound, the evidence, the request and the terms as they were', () => {
    const { restorePoint: _, ...kept } = voted().plan;
    expect(edited().plan).toMatchObject(kept);
    expect([edited().request, edited().terms]).toEqual([voted().request, voted().terms]);
  });

  it('is told to everybody whose vote fell, once for each time, also when the restore has moved on', () => {
    const keys = (restore: Restore) =>
      owedMessages(restore)
        .filter(({ kind }) => kind === 'asked-anew')
        .map(({ key, to }) => [key, to]);
    const first = [
      [`asked-anew:1:${APPROVER.id}`, APPROVER.id],
      [`asked-anew:1:${BYSTANDER.id}`, BYSTANDER.id],
    ];
    expect(keys(edited())).toEqual(first);
    const again = followedBy(edited(), yes(edited(), APPROVER));
    const twice = followedBy(again, exampleEvent('edited', again));
    expect(keys(twice)).toEqual([...first, [`asked-anew:2:${APPROVER.id}`, APPROVER.id]]);
    expect(keys(followedBy(twice, exampleEvent('withdrawn', twice)))).toHaveLength(3);
  });

  it('makes void the approval of whoever still has the old form open', () => {
    expect(refusalOf(edited(), yes(voted(), GROUP_APPROVER))).toBe('plan-changed');
    expect(refusalOf(edited(), yes(edited(), APPROVER))).toBe('changed');
  });

  it('is for the requester alone, under any of their accounts', () => {
    const by = (person: PersonFacts) => refusalOf(voted(), { ...exampleEvent('edited', voted()), person });
    expect(by(REQUESTER)).toBe('changed');
    expect(by(LINKED_ACCOUNT)).toBe('changed');
    expect(by(APPROVER)).toBe('not-the-requester');
    expect(by({ ...UNREADABLE, id: REQUESTER.id })).toBe('identity-unreadable');
  });

  it('is refused when it changes nothing, was made of an older plan, or comes too late', () => {
    const event = exampleEvent('edited', voted());
    const { start, checks, noticeChannels } = voted().plan;
    const restorePoint = pointOf(voted().plan);
    expect(refusalOf(voted(), { ...event, change: { restorePoint, start, checks, noticeChannels } })).toBe(
      'nothing-changed',
    );
    expect(refusalOf(edited(), event)).toBe('plan-changed');
    expect(refusalOf(waiting, exampleEvent('edited', waiting, waiting.state.expiresAt))).toBe('request-expired');
    const approved = makeRestore('approved');
    expect(refusalOf(approved, exampleEvent('edited', approved))).toBe('already-past');
    expect(editorRefusal(approved, REQUESTER, addMinutes(NOW, 2))).toMatchObject({ reason: 'already-past' });
  });
});

describe('what an edit may choose', () => {
  const policy = makePolicy({ checkNames: ['orders exist', 'prices exist'] });
  const edit: Edit = {
    person: REQUESTER,
    planHash: waiting.planHash,
    snapshot: SNAPSHOT,
    start: { kind: 'when-confirmed' },
    checks: ['prices exist'],
    noticeChannels: [],
  };
  const refused = (change: Partial<Edit>) => editRefusal(waiting, { ...edit, ...change }, policy, NOW);

  it('is what the instance offers', () => {
    expect(refused({})).toBeUndefined();
    expect(refused({ checks: ['nobody knows this'] })).toEqual({ reason: 'not-offered', what: 'check' });
    expect(refused({ checks: ['prices exist', 'nobody knows this'] })).toEqual({
      reason: 'not-offered',
      what: 'check',
    });
    expect(refused({ noticeChannels: ['C0OTHER'] })).toEqual({ reason: 'not-offered', what: 'channel' });
  });

  it('is a snapshot that can be used and a start that is allowed, as in a request', () => {
    const snapshot = { ...SNAPSHOT, status: 'Failed' };
    expect(refused({ snapshot })).toEqual({ reason: 'snapshot-not-usable', why: 'failed' });
    expect(refused({ start: { kind: 'at', at: addMinutes(NOW, 1) } })).toMatchObject({ reason: 'start-too-soon' });
  });

  it('is no other snapshot when none is named, and exactly the one that is', () => {
    const { snapshot: _, ...kept } = edit;
    expect(editRefusal(waiting, kept, policy, NOW)).toBeUndefined();
    const { start, checks, noticeChannels } = edit;
    expect(changeOf(kept)).toStrictEqual({ start, checks, noticeChannels });
    const { status: __, ...restorePoint } = SNAPSHOT;
    expect(changeOf(edit)).toStrictEqual({ restorePoint, start, checks, noticeChannels });
  });

  it.each<[string, () => Restore, boolean]>([
    ['a restore of its own', () => waiting, true],
    ['an overwrite', () => makeRestore('awaiting-approval', { draft: { chosen: OVERWRITE } }), false],
    ['a new instance', () => askedForNew(), false],
  ])('is a snapshot that is not exportable only where Aura copies nothing: %s', (_, restoreOf, isAllowed) => {
    const restore = restoreOf();
    const { plan, planHash } = restore;
    const kept = { planHash, checks: plan.checks, noticeChannels: plan.noticeChannels };
    const change = { ...edit, ...kept, snapshot: { ...SNAPSHOT, exportable: false } };
    const refusal = isAllowed ? undefined : { reason: 'snapshot-not-exportable' };
    expect(editRefusal(restore, change, policy, NOW)).toEqual(refusal);
    expect(editRefusal(restore, { ...change, snapshot: SNAPSHOT }, policy, NOW)).toBeUndefined();
  });

  it('is no other snapshot for a preview, which shows that one; what else it changes is allowed', () => {
    const preview = askedForNew({}, {}, { ...TO_MAKE, previewOf: 'R-16' });
    const { plan, planHash } = preview;
    const kept = { ...edit, planHash, checks: plan.checks, noticeChannels: plan.noticeChannels };
    const own = { ...SNAPSHOT, exportable: true };
    expect(editRefusal(preview, { ...kept, snapshot: own }, policy, NOW)).toBeUndefined();
    expect(editRefusal(preview, { ...kept, snapshot: { ...own, snapshotId: 'another' } }, policy, NOW)).toEqual({
      reason: 'new-instance-not-possible',
      problem: { kind: 'nothing-to-preview', id: 'R-16' },
    });
  });

  it('is any snapshot of the instance for a restore that undoes nothing', () => {
    expect(refused({ snapshot: { ...SNAPSHOT, snapshotId: 'another' } })).toBeUndefined();
  });

  it('is no other snapshot for an undo, which goes back to that one; what else it changes is allowed', () => {
    const undo = makeRestore('awaiting-approval', { policy: { approval }, draft: { undoes: 'R-16' } });
    const own = { ...SNAPSHOT, snapshotId: pointOf(undo.plan).snapshotId };
    expect(editRefusal(undo, { ...edit, snapshot: own }, policy, NOW)).toBeUndefined();
    expect(editRefusal(undo, { ...edit, snapshot: { ...SNAPSHOT, snapshotId: 'another' } }, policy, NOW)).toEqual({
      reason: 'undo-goes-elsewhere',
      undoes: 'R-16',
    });
  });

  it('is as soon a start as the request may have: sooner when it is urgent', () => {
    const start = { kind: 'at', at: addMinutes(NOW, 6) } as const;
    const soon = makePolicy({ ...policy, urgentNoticeLeadMinutes: 5 });
    const urgent = makeRestore('awaiting-approval', { policy: { approval }, draft: { isUrgent: true } });
    expect(editRefusal(urgent, { ...edit, start }, soon, NOW)).toBeUndefined();
    expect(editRefusal(waiting, { ...edit, start }, soon, NOW)).toMatchObject({ reason: 'start-too-soon' });
  });

  it('is not even looked at for somebody else', () => {
    expect(refused({ person: APPROVER, checks: ['x'] })).toMatchObject({ reason: 'not-the-requester' });
  });
});
