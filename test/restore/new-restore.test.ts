import { describe, expect, it } from 'vitest';
import { type Draft, newRestore } from '../../src/restore/draft.ts';
import { addMinutes } from '../../src/restore/instant.ts';
import { hashInstancePolicy } from '../../src/restore/policy/hash.ts';
import type { InstancePolicy } from '../../src/restore/policy.ts';
import { parseRestore } from '../../src/store/restore-schema.ts';
import { makeDraft, makePolicy, NOW, SAME_PEOPLE, SNAPSHOT } from '../support/make-restore.ts';
import { makePerson, REQUESTER } from '../support/people.ts';

/** A draft with nothing that may be left out. */
const BARE: Draft = {
  person: REQUESTER,
  instance: { name: 'Orders' },
  chosen: { method: 'restore-snapshot', snapshot: SNAPSHOT },
  reason: { kind: 'corrupted-data', text: 'An import set every price to zero.' },
  start: { kind: 'when-confirmed' },
};
const POLICY = makePolicy();
type Files = Partial<Parameters<typeof newRestore>[3]>;
const made = (said: Partial<Draft> = {}, rules: Partial<InstancePolicy> = {}, files: Files = {}) =>
  newRestore('R-17', { ...BARE, ...said }, { ...POLICY, ...rules }, { samePeople: SAME_PEOPLE, ...files }, NOW);
const facts = (restore: ReturnType<typeof made>) => restore.history[0]?.facts;

const DELEGATE = { to: 'U0DORA', from: 'U0ANTON', until: addMinutes(NOW, 60) };
const SCHEDULE = { alias: 'primary', people: ['U0SAM'] };
const OVERRIDE = { freezes: ['Christmas', 'Audit'], reason: 'The shop is down.' };
const ADVISED = { advised: 'overwrite', why: 'The other instance is older.' } as const;

describe('the first record of a restore', () => {
  it('is the same when it comes back from where it is stored', () => {
    const all = made(
      {
        ...makeDraft({ isUrgent: true, isDryRun: true, interaction: 'click-1', undoes: 'R-16' }),
        delegates: [DELEGATE],
        onCall: [SCHEDULE],
        advised: ADVISED.advised,
        whyOther: ADVISED.why,
        freezeOverride: OVERRIDE,
      },
      { urgentNoticeLeadMinutes: 5, retentionDays: 3, fileLoadMinutes: 90 },
      { mayActFor: [], policyHash: 'a'.repeat(64) },
    );
    for (const restore of [made(), all]) expect(parseRestore(JSON.stringify(restore))).toStrictEqual(restore);
  });

  it('holds who asked, when and why, and nothing that nobody said', () => {
    expect(made().request).toStrictEqual({ requestedBy: REQUESTER.id, requestedAt: NOW, reason: BARE.reason });
    expect(made().plan.instance).toStrictEqual({
      alias: 'orders',
      auraId: 'a1b2c3d4',
      name: 'Orders',
      environment: 'production',
    });
    expect(facts(made())).toStrictEqual({
      restore: 'R-17',
      planHash: made().planHash,
      snapshotId: SNAPSHOT.snapshotId,
      instance: 'a1b2c3d4',
    });
    expect(made().state).toStrictEqual({ status: 'awaiting-approval', expiresAt: addMinutes(NOW, 60), votes: [] });
  });

  it.each<[string, Partial<Draft>, object, object]>([
    ['which restore it undoes', { undoes: 'R-16' }, { undoes: 'R-16' }, { undoes: 'R-16' }],
    [
      'what was advised instead',
      { advised: ADVISED.advised, whyOther: ADVISED.why },
      { otherThanAdvised: ADVISED },
      { advised: ADVISED.advised },
    ],
    ['nothing of advice that was followed', { advised: 'restore-snapshot', whyOther: 'Typed first.' }, {}, {}],
    ['the ticket', { ticket: 'OPS-17' }, { ticket: 'OPS-17' }, {}],
    ['the expected impact', { expectedImpact: 'Checkout is closed.' }, { expectedImpact: 'Checkout is closed.' }, {}],
    ['that it is urgent', { isUrgent: true }, { urgent: true }, { urgent: true }],
    ['that it is not urgent, by silence', { isUrgent: false }, {}, {}],
    ['which submission it was', { interaction: 'click-1' }, { interaction: 'click-1' }, {}],
    ['who held a place', { delegates: [DELEGATE] }, { delegates: [DELEGATE] }, {}],
    ['that nobody held one, by silence', { delegates: [] }, {}, {}],
    ['who was on call', { onCall: [SCHEDULE] }, { onCall: [SCHEDULE] }, {}],
    ['that no schedule was named, by silence', { onCall: [] }, {}, {}],
  ])('holds %s', (_, said, asked, recorded) => {
    const restore = made(said);
    expect(restore.request).toStrictEqual({ ...made().request, ...asked });
    expect(facts(restore)).toStrictEqual({ ...facts(made()), ...recorded });
  });

  it.each<[string, Partial<Draft>, object, object]>([
    ['that nothing is changed in earnest', { isDryRun: true }, { dryRun: true }, {}],
    ['that it is in earnest, by silence', { isDryRun: false }, {}, {}],
    [
      'which freezes it passes',
      { freezeOverride: OVERRIDE },
      { freezeOverride: OVERRIDE },
      { overriddenFreezes: 'Christmas, Audit' },
    ],
  ])('plans %s', (_, said, planned, recorded) => {
    const restore = made(said);
    expect(restore.plan).toStrictEqual({ ...made().plan, ...planned });
    expect(facts(restore)).toStrictEqual({ ...facts(made()), planHash: restore.planHash, ...recorded });
  });

  it.each(['type', 'memory', 'projectId'])('plans for the %s that Aura says', (fact) => {
    const { plan } = made({ instance: { name: 'Orders', [fact]: 'as Aura says' } });
    expect(plan.instance).toStrictEqual({ ...made().plan.instance, [fact]: 'as Aura says' });
  });

  it('records on which schedules the requester was looked for', () => {
    const source = { provider: 'PagerDuty', schedule: 'PDB1' } as const;
    const look = { alias: 'primary', kind: 'known', source, isOn: true, asOf: NOW, unmatched: 0 } as const;
    const onCall = facts(made({ person: makePerson(REQUESTER.id, { onCallLooks: [look] }) }))?.onCall;
    expect(onCall).toBe('on call (primary, PagerDuty schedule PDB1, as of 03:04 UTC)');
    const nobodyKnown = made({ person: { kind: 'unreadable', id: REQUESTER.id } });
    expect(facts(nobodyKnown)).toStrictEqual(facts(made()));
  });

  it('records the hash of the rules in force, and of those of its instance', () => {
    const hash = 'a'.repeat(64);
    const restore = made({}, {}, { policyHash: hash });
    expect(restore.terms).toStrictEqual({ ...made().terms, policyHash: hash });
    expect(facts(restore)).toMatchObject({ policy: hash, instancePolicy: hashInstancePolicy(POLICY, SAME_PEOPLE) });
  });
});

describe('the terms of a restore', () => {
  it('are the rules of its instance, and nothing of what those do not name', () => {
    expect(made().terms).toStrictEqual({
      approval: POLICY.approval,
      approvalsChannel: 'C0APPROVALS',
      auditChannel: 'C0AUDIT',
      requestExpiryMinutes: 60,
      executionExpiryMinutes: 30,
      noticeLeadMinutes: 15,
      contact: 'the data team',
      actionRequired: 'Log in again.',
      objectives: { rpoMinutes: 240, rtoMinutes: 60 },
      estimate: made().terms.estimate,
      dependants: POLICY.dependants,
      objections: 'hold',
      updateMinutes: 30,
      samePeople: SAME_PEOPLE,
      delegation: 'allowed',
      retentionDays: 7,
    });
  });

  const people = { users: ['U0OMA'], groups: ['S0OWNERS'] };
  const newInstance = {
    prices: { asOf: '2026-11-01', currency: 'USD', perHour: { 'professional-db': { '8GB': 0.72 } } },
    monthlyCap: 50,
    usualMinutes: 1_440,
    longestMinutes: 10_080,
  };

  it.each<[string, Partial<InstancePolicy>, object]>([
    ['who agrees to a start in a freeze', { overrideApprovers: people }, { overrideApprovers: people }],
    [
      'how people are reminded',
      { reminders: { afterMinutes: [5], nudges: { everyMinutes: 5, most: 1 }, escalation: [] } },
      { reminders: { afterMinutes: [5], nudges: { everyMinutes: 5, most: 1 }, escalation: [] } },
    ],
    ['how the loss is looked at', { receipt: { refreshMinutes: 5 } }, { receipt: { refreshMinutes: 5 } }],
    ['who may object', { stakeholders: people }, { stakeholders: people }],
    ['how long a file may take', { fileLoadMinutes: 90 }, { fileLoadMinutes: 90 }],
    ['that no place is handed over', { delegation: 'forbidden' }, { delegation: 'forbidden' }],
    ['how long Aura keeps snapshots', { retentionDays: 3 }, { retentionDays: 3 }],
    ['that a new instance may be looked at first', { newInstance, methods: ['new-instance'] }, { previews: true }],
  ])('say %s', (_, rules, terms) => {
    expect(made({}, rules).terms).toStrictEqual({ ...made().terms, ...terms });
  });

  it('say which linked accounts act for each other, also that none do', () => {
    expect(made({}, {}, { mayActFor: [] }).terms.mayActFor).toEqual([]);
  });

  it('of an urgent restore say the usual lead as well, where its own is shorter', () => {
    const lead = (urgentNoticeLeadMinutes: number, isUrgent = true) => made({ isUrgent }, { urgentNoticeLeadMinutes });
    expect(lead(5).terms).toStrictEqual({ ...made().terms, noticeLeadMinutes: 5, usualNoticeLeadMinutes: 15 });
    expect(lead(15).terms).toStrictEqual(made().terms);
    expect(lead(5, false).terms).toStrictEqual(made().terms);
    expect(made({}, { urgentNoticeLeadMinutes: 5 }).terms).toStrictEqual(made().terms);
  });

  it('keep the days of the tier where the operator says no other number', () => {
    const days = (type: string) => made({ instance: { name: 'Orders', type } }).terms.retentionDays;
    expect(days('enterprise-db')).toBe(60);
    expect(days('professional-db')).toBe(7);
  });
});
