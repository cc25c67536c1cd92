import { describe, expect, it } from 'vitest';
import { methodsOf, tierRefusal } from '../../src/restore/chosen-method.ts';
import { type Draft, draftRefusal, newRestore, planOf } from '../../src/restore/draft.ts';
import { addMinutes, instantOf } from '../../src/restore/instant.ts';
import { hashPlan, type Method } from '../../src/restore/plan.ts';
import { instanceByName } from '../../src/restore/policy.ts';
import { makeDraft, makePolicy, NOW, SAME_PEOPLE, SNAPSHOT } from '../support/make-restore.ts';
import { BYSTANDER, GUEST, REQUESTER } from '../support/people.ts';

describe('a request', () => {
  it('is accepted when everything is in order', () => {
    expect(draftRefusal(makeDraft(), makePolicy(), NOW)).toBeUndefined();
  });

  it('is refused to people who may not ask, before anything else is said', () => {
    const wrong = { person: GUEST, reason: { kind: 'corrupted-data', text: '' } } satisfies Partial<Draft>;
    expect(draftRefusal(makeDraft(wrong), makePolicy(), NOW)).toEqual({ reason: 'guest' });
    const policy = makePolicy({ requesters: { users: [REQUESTER.id], groups: [] } });
    expect(draftRefusal(makeDraft({ person: BYSTANDER }), policy, NOW)).toEqual({
      reason: 'not-a-requester',
      alias: 'orders',
    });
  });

  it.each([
    ['Pending', 'still-running'],
    ['Failed', 'failed'],
    ['Archived', 'unknown-status'],
  ])('is refused for a snapshot that Aura calls %s', (status, why) => {
    const draft = makeDraft({ chosen: { method: 'restore-snapshot', snapshot: { ...SNAPSHOT, status } } });
    expect(draftRefusal(draft, makePolicy(), NOW)).toEqual({ reason: 'snapshot-not-usable', why });
  });

  it.each<[string | undefined, Method, boolean]>([
    ['free-db', 'restore-snapshot', true],
    ['free-db', 'overwrite', true],
    ['free-db', 'backup-file', false],
    ['free-db', 'new-instance', false],
    ['professional-db', 'restore-snapshot', false],
    ['professional-db', 'overwrite', false],
    [undefined, 'restore-snapshot', false],
  ])('to an instance of type %s by %s is refused where it keeps one snapshot only: %s', (type, method, isRefused) => {
    expect(tierRefusal(method, type)).toEqual(
      isRefused ? { reason: 'not-on-this-tier', method, tier: 'AuraDB Free' } : undefined,
    );
  });

  it('is refused before its safety snapshot could take the place of the one to go back to', () => {
    const instance = { ...makeDraft().instance, type: 'free-db' };
    const refusal = { reason: 'not-on-this-tier', method: 'restore-snapshot', tier: 'AuraDB Free' };
    expect(draftRefusal(makeDraft({ instance }), makePolicy(), NOW)).toEqual(refusal);
    const undo = { reason: { kind: 'undo', text: 'Undo it.' }, undoes: 'R-16' } as const;
    expect(draftRefusal(makeDraft({ instance, ...undo }), makePolicy(), NOW)).toEqual(refusal);
  });

  it('needs a reason in words', () => {
    const draft = makeDraft({ reason: { kind: 'corrupted-data', text: ' \n' } });
    expect(draftRefusal(draft, makePolicy(), NOW)).toEqual({ reason: 'field-missing', field: 'reason' });
  });

  it('needs the fields its instance makes mandatory, and only those', () => {
    const { ticket: _, expectedImpact: __, ...bare } = makeDraft();
    const requiring = (...requiredFields: readonly ('ticket' | 'expected-impact')[]) =>
      draftRefusal(bare, makePolicy({ requiredFields }), NOW);
    expect(requiring()).toBeUndefined();
    expect(requiring('ticket')).toEqual({ reason: 'field-missing', field: 'ticket' });
    expect(requiring('expected-impact')).toEqual({ reason: 'field-missing', field: 'expected-impact' });
    const blank = draftRefusal({ ...bare, ticket: '  ' }, makePolicy({ requiredFields: ['ticket'] }), NOW);
    expect(blank).toEqual({ reason: 'field-missing', field: 'ticket' });
  });

  it('needs each mandatory field for itself: one does not stand for the other', () => {
    const { ticket, expectedImpact, ...bare } = makeDraft();
    const policy = makePolicy({ requiredFields: ['ticket', 'expected-impact'] });
    const given = (said: Partial<Draft>) => draftRefusal({ ...bare, ...said }, policy, NOW);
    const missing = (field: string) => ({ reason: 'field-missing', field });
    expect(given(makeDraft())).toBeUndefined();
    expect(given(expectedImpact ? { expectedImpact } : {})).toEqual(missing('ticket'));
    expect(given(ticket ? { ticket } : {})).toEqual(missing('expected-impact'));
  });

  it('to rehearse is refused on production and welcome elsewhere', () => {
    const draft = makeDraft({ reason: { kind: 'rollback-test', text: 'Quarterly rehearsal.' } });
    expect(draftRefusal(draft, makePolicy(), NOW)).toEqual({ reason: 'test-on-production' });
    expect(draftRefusal(draft, makePolicy({ environment: 'staging' }), NOW)).toBeUndefined();
  });

  it.each([[['overwrite', 'restore-snapshot']], [['upload']], [['new-instance', 'backup-file']]] as const)(
    'an undo goes back to the safety snapshot where the methods are %s',
    (methods) => {
      const policy = makePolicy({ methods });
      expect(draftRefusal(makeDraft({ undoes: 'R-16' }), policy, NOW)).toBeUndefined();
      const isNamed = methodsOf(policy).includes('restore-snapshot');
      const plain = isNamed
        ? undefined
        : { reason: 'method-not-allowed', method: 'restore-snapshot', allowed: methods };
      expect(draftRefusal(makeDraft(), policy, NOW)).toEqual(plain);
    },
  );

  it('an undo opens no other method', () => {
    const source = { alias: 'stock', auraId: 'b1', name: 'Stock', environment: 'staging', memory: '8GB' } as const;
    const draft = makeDraft({ undoes: 'R-16', chosen: { method: 'overwrite', source } });
    expect(draftRefusal(draft, makePolicy({ methods: ['upload'] }), NOW)).toMatchObject({
      reason: 'method-not-allowed',
      method: 'overwrite',
    });
  });

  it('an undo is asked for of a restore that it undoes', () => {
    const draft = makeDraft({ reason: { kind: 'undo', text: 'The import was right after all.' } });
    expect(draftRefusal(draft, makePolicy(), NOW)).toEqual({ reason: 'undoes-nothing' });
    expect(draftRefusal({ ...draft, undoes: 'R-16' }, makePolicy(), NOW)).toBeUndefined();
  });
});

describe('the planned start', () => {
  const startingIn = (minutes: number, policy = makePolicy()) =>
    draftRefusal(makeDraft({ start: { kind: 'at', at: addMinutes(NOW, minutes) } }), policy, NOW);

  it('may not be in the past, but for the minutes it takes to fill in a form', () => {
    const noLead = makePolicy({ noticeLeadMinutes: 0 });
    expect(startingIn(-2, noLead)).toBeUndefined();
    const beyond = instantOf(Date.parse(addMinutes(NOW, -2)) - 1);
    expect(draftRefusal(makeDraft({ start: { kind: 'at', at: beyond } }), noLead, NOW)).toEqual({
      reason: 'start-in-the-past',
    });
  });

  it('leaves stakeholders the notice lead', () => {
    expect(startingIn(13)).toBeUndefined();
    expect(startingIn(12)).toEqual({ reason: 'start-too-soon', earliest: addMinutes(NOW, 15) });
  });

  it.each([
    ['urgent, with a lead of its own', true, 5, 5],
    ['urgent, without one', true, undefined, 15],
    ['not urgent', false, 5, 15],
    ['not said to be urgent', undefined, 5, 15],
    ['urgent, with a longer one by mistake', true, 40, 15],
  ])('leaves the lead of the request: %s', (_, isUrgent, urgent, lead) => {
    const policy = makePolicy({ ...(urgent === undefined ? {} : { urgentNoticeLeadMinutes: urgent }) });
    const draft = (minutes: number) =>
      makeDraft({
        ...(isUrgent === undefined ? {} : { isUrgent }),
        start: { kind: 'at', at: addMinutes(NOW, minutes) },
      });
    expect(draftRefusal(draft(lead - 2), policy, NOW)).toBeUndefined();
    expect(draftRefusal(draft(lead - 3), policy, NOW)).toMatchObject({ earliest: addMinutes(NOW, lead) });
    const { terms } = newRestore('R-1', draft(lead), policy, { samePeople: [] }, NOW);
    expect(terms.noticeLeadMinutes).toBe(lead);
    expect(terms.usualNoticeLeadMinutes).toBe(lead < 15 ? 15 : undefined);
  });

  it('may not fall into a freeze; one that starts when confirmed is judged by the end of the notice lead', () => {
    const frozen = makePolicy({
      calendar: {
        windows: [],
        freezes: [{ name: 'Black Friday', from: addMinutes(NOW, 10), to: addMinutes(NOW, 50) }],
      },
    });
    const refusal = { reason: 'start-not-allowed', nextPossible: [expect.any(String)] };
    expect(startingIn(30, frozen)).toMatchObject(refusal);
    expect(startingIn(50, frozen)).toBeUndefined();
    expect(draftRefusal(makeDraft(), frozen, NOW)).toMatchObject(refusal);
  });
});

describe('the plan of a request', () => {
  it('names exactly what would be done', () => {
    expect(planOf(makeDraft(), makePolicy(), NOW)).toEqual({
      method: 'restore-snapshot',
      instance: {
        alias: 'orders',
        auraId: 'a1b2c3d4',
        name: 'Orders',
        environment: 'production',
        type: 'professional-db',
        memory: '8GB',
      },
      restorePoint: { snapshotId: 'snapshot-1', takenAt: SNAPSHOT.takenAt, profile: 'Scheduled' },
      start: { kind: 'when-confirmed' },
      lossBoundMinutes: 10,
      checks: ['orders exist'],
      noticeChannels: ['C0ORDERS', 'C0STATUS'],
      keepsEvidence: false,
    });
  });

  it('keeps the present state as evidence for a security incident', () => {
    const draft = makeDraft({ reason: { kind: 'security-incident', text: 'A stranger was in.' } });
    expect(planOf(draft, makePolicy(), NOW).keepsEvidence).toBe(true);
  });
});

describe('a new restore', () => {
  const restore = () => newRestore('R-17', makeDraft(), makePolicy(), { samePeople: SAME_PEOPLE }, NOW);

  it('waits for approval until its request expires', () => {
    expect(restore()).toMatchObject({
      version: 1,
      turn: 1,
      since: NOW,
      state: { status: 'awaiting-approval', expiresAt: addMinutes(NOW, 60) },
      validation: { status: 'not-started' },
      deliveries: {},
    });
  });

  it('is bound to the hash of its plan', () => {
    expect(restore().planHash).toBe(hashPlan(restore().plan));
  });

  it('begins its history with the request', () => {
    expect(restore().history).toHaveLength(1);
    expect(restore().history[0]).toMatchObject({
      event: 'requested',
      by: REQUESTER.id,
      entered: 'awaiting-approval',
      facts: { planHash: restore().planHash, snapshotId: 'snapshot-1', instance: 'a1b2c3d4' },
    });
  });

  it('holds the rules of this moment', () => {
    const { approval, executionExpiryMinutes } = makePolicy();
    expect(restore().terms).toMatchObject({ approval, executionExpiryMinutes, samePeople: SAME_PEOPLE });
    expect(restore().terms.estimate).toEqual({ fromMinutes: 5, toMinutes: 29, basis: 'rule-of-thumb' });
  });
});

describe('an instance', () => {
  const policy = { instances: [makePolicy(), makePolicy({ alias: 'Staging', auraId: 'e5f6' })], samePeople: [] };

  it('is found by its alias or its Aura id, however people type it', () => {
    expect(instanceByName(policy, ' ORDERS ')?.alias).toBe('orders');
    expect(instanceByName(policy, 'E5F6')?.alias).toBe('Staging');
  });

  it('is not guessed', () => {
    expect(instanceByName(policy, 'order')).toBeUndefined();
    expect(instanceByName(policy, '')).toBeUndefined();
  });
});
