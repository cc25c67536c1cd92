import { describe, expect, it } from 'vitest';
import { decidingPolicy, policyOfMethod } from '../../src/restore/deciding-policy.ts';
import { tightenedTerms } from '../../src/restore/policy/tightening.ts';
import type { InstancePolicy } from '../../src/restore/policy.ts';
import { stakeholdersNamed } from '../../src/restore/stakeholders.ts';
import type { ApprovalRule } from '../../src/restore/terms.ts';
import { makePolicy, makeRestore, SAME_PEOPLE } from '../support/make-restore.ts';
import { APPROVER, APPROVERS_GROUP } from '../support/people.ts';

const rule = (name: string, changes: Partial<ApprovalRule> = {}): ApprovalRule => ({
  name,
  needed: 1,
  users: [APPROVER.id],
  groups: [APPROVERS_GROUP],
  ...changes,
});
const ofRules = (...rules: readonly ApprovalRule[]) => ({ approval: { rules, denialsNeeded: 1 } });
const target = (changes: Partial<InstancePolicy> = {}) => makePolicy({ ...ofRules(rule('dba')), ...changes });
const source = (changes: Partial<InstancePolicy> = {}) =>
  makePolicy({ alias: 'orders-staging', auraId: 'b2c3d4e5', ...ofRules(rule('dba')), ...changes });
const OVERWRITE = { method: 'overwrite', source: { auraId: 'b2c3d4e5' } } as const;

describe('who decides about an overwrite', () => {
  const rulesOf = (of: InstancePolicy | undefined) => of?.approval.rules.map(({ name }) => name);

  it('is known only where both instances are configured', () => {
    expect(decidingPolicy(target(), OVERWRITE, [target()])).toBeUndefined();
    expect(rulesOf(decidingPolicy(target(), OVERWRITE, [target(), source()]))).toEqual(['dba']);
  });

  it('is one person for each rule of the source: one rule of the target stands for one of them', () => {
    const two = source(ofRules(rule('first dba'), rule('second dba')));
    expect(rulesOf(decidingPolicy(target(), OVERWRITE, [target(), two]))).toEqual([
      'dba',
      'second dba (orders-staging)',
    ]);
  });

  it('is nobody with a handed place where the source forbids that', () => {
    const closed = source({ delegation: 'forbidden' });
    expect(decidingPolicy(target(), OVERWRITE, [target(), closed])?.delegation).toBe('forbidden');
    expect(decidingPolicy(target(), OVERWRITE, [target(), source()])?.delegation).toBeUndefined();
  });
});

describe('who decides about data that stays in one instance, or comes into a new one', () => {
  const by = (name: string) => ofRules(rule(name)).approval;
  const newInstance = {
    prices: { asOf: '2026-11-01', currency: 'USD', perHour: {} },
    monthlyCap: 50,
    usualMinutes: 60,
    longestMinutes: 120,
    approval: by('budget'),
    preview: { usualMinutes: 60, longestMinutes: 60, approval: by('preview') },
  };
  const own = target({ newInstance });
  const rulesOf = (of: InstancePolicy | undefined) => of?.approval.rules.map(({ name }) => name);

  it.each(['restore-snapshot', 'upload', 'backup-file'] as const)('is the instance alone with %s', (method) => {
    expect(decidingPolicy(own, { method }, [own, source()])).toBe(own);
    expect(policyOfMethod(own, { method, source: source(ofRules(rule('other', { groups: ['S0OTHER'] }))) })).toBe(own);
  });

  it('are the people of new instances, or of previews where it is one', () => {
    const made = (toMake: { readonly previewOf?: string }) =>
      decidingPolicy(own, { method: 'new-instance', toMake }, []);
    expect(rulesOf(made({}))).toEqual(['budget']);
    expect(rulesOf(made({ previewOf: 'R-16' }))).toEqual(['preview']);
    expect(made({})?.noticeChannels).toEqual([]);
  });

  it('is the instance alone while a form leaves open where an overwrite comes from', () => {
    expect(policyOfMethod(own, { method: 'overwrite' })).toBe(own);
    expect(
      rulesOf(
        policyOfMethod(own, { method: 'overwrite', source: source(ofRules(rule('other', { groups: ['S0OTHER'] }))) }),
      ),
    ).toEqual(['dba', 'other (orders-staging)']);
  });
});

describe('who is told of an overwrite', () => {
  const people = (name: string) => ({ users: [`U0${name}`], groups: [`S0${name}`] });
  const told = (of: InstancePolicy, by: InstancePolicy) => {
    const policy = decidingPolicy(of, OVERWRITE, [of, by]) ?? of;
    const { dependants, stakeholders } = policy;
    return stakeholdersNamed({ terms: { dependants, ...(stakeholders ? { stakeholders } : {}) } });
  };

  it('are the channels, the stakeholders and the owners of dependants of both', () => {
    const of = target({ noticeChannels: ['C0OF'], stakeholders: people('OF'), dependants: [] });
    const by = source({
      noticeChannels: ['C0BY'],
      stakeholders: people('BY'),
      dependants: [{ name: 'reports', ...people('REPORTS') }],
    });
    expect(decidingPolicy(of, OVERWRITE, [of, by])?.noticeChannels).toEqual(['C0OF', 'C0BY']);
    expect(told(of, by)).toEqual({ users: ['U0OF', 'U0BY', 'U0REPORTS'], groups: ['S0OF', 'S0BY', 'S0REPORTS'] });
  });

  it('are the stakeholders of the source too where the target names none, whose channels still speak for everybody', () => {
    const of = target({ dependants: [] });
    const by = source({ stakeholders: people('BY'), dependants: [] });
    expect(told(of, by).users).toEqual(['U0BY']);
    expect(decidingPolicy(of, OVERWRITE, [of, by])?.stakeholders).toBeUndefined();
  });

  it('is named once for what depends on both', () => {
    const dependants = [{ name: 'checkout', owner: 'Team Cart' }];
    const of = target({ dependants });
    expect(decidingPolicy(of, OVERWRITE, [of, source({ dependants })])?.dependants).toEqual(dependants);
  });
});

describe('an open overwrite', () => {
  const planned = makeRestore('approved', { policy: target() });
  const restore = {
    ...planned,
    plan: {
      ...planned.plan,
      method: 'overwrite' as const,
      source: { ...planned.plan.instance, alias: 'orders-staging', auraId: 'b2c3d4e5' },
      restorePoint: { isLive: true as const, takenAt: planned.since },
    },
  };
  const policyOf = (...instances: readonly InstancePolicy[]) => ({ instances, samePeople: SAME_PEOPLE });

  it('takes over what became tighter for the source', () => {
    expect(tightenedTerms(restore, policyOf(target(), source()))).toBeUndefined();
    const owners = rule('owners', { groups: ['S0OWNERS'] });
    const terms = tightenedTerms(restore, policyOf(target(), source(ofRules(rule('dba'), owners))));
    expect(terms?.approval.rules.map(({ name }) => name)).toEqual(['dba', 'owners (orders-staging)']);
    expect(tightenedTerms(restore, policyOf(target(), source({ delegation: 'forbidden' })))).toMatchObject({
      delegation: 'forbidden',
    });
  });
});
