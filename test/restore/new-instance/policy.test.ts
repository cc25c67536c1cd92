import { expect, it } from 'vitest';
import { mayBePreviewed, policyForNewInstance } from '../../../src/restore/new-instance/policy.ts';
import type { NewInstanceRules } from '../../../src/restore/new-instance/rules.ts';
import type { Plan } from '../../../src/restore/plan.ts';
import type { InstancePolicy } from '../../../src/restore/policy.ts';
import { makePolicy, makeRestore, SNAPSHOT } from '../../support/make-restore.ts';

const newInstance: NewInstanceRules = {
  prices: { asOf: '2026-11-01', currency: 'USD', perHour: { 'professional-db': { '8GB': 0.72 } } },
  monthlyCap: 50,
  usualMinutes: 1_440,
  longestMinutes: 10_080,
};
const RULES: Partial<InstancePolicy> = { newInstance, methods: ['restore-snapshot', 'new-instance'] };
const price = { perHour: 0.72, currency: 'USD', asOf: '2026-11-01' };
const toMake = { type: 'professional-db', memory: '8GB', liveForMinutes: 60, price, monthlyCap: 50 };

const planOf = (exportable?: boolean, isDryRun = false): Plan => {
  const snapshot = exportable === undefined ? SNAPSHOT : { ...SNAPSHOT, exportable };
  const draft = { chosen: { method: 'restore-snapshot', snapshot }, isDryRun } as const;
  return makeRestore('awaiting-approval', { draft }).plan;
};
const ofNew = (): Plan =>
  makeRestore('awaiting-approval', {
    draft: { chosen: { method: 'new-instance', snapshot: { ...SNAPSHOT, exportable: true }, toMake, spent: 0 } },
    policy: RULES,
  }).plan;

it.each<[string, () => Plan, Partial<InstancePolicy>, boolean]>([
  ['of an exportable snapshot may be looked at first', () => planOf(true), RULES, true],
  ['of a snapshot of which nobody knows whether it is exportable alike', () => planOf(), RULES, true],
  ['of a snapshot that is not exportable may not', () => planOf(false), RULES, false],
  ['that is only rehearsed may not', () => planOf(true, true), RULES, false],
  ['into a new instance is that look itself', ofNew, RULES, false],
  ['where no new instances are set up may not', () => planOf(true), { methods: ['new-instance'] }, false],
  ['where new instances are no method may not', () => planOf(true), { newInstance }, false],
  [
    'where they are another one’s method may not',
    () => planOf(true),
    { newInstance, methods: ['restore-snapshot'] },
    false,
  ],
])('a restore %s', (_, plan, policy, isOne) => {
  expect(mayBePreviewed(plan(), makePolicy(policy))).toBe(isOne);
});

it('what a new instance holds is never outgrown, for years', () => {
  expect(policyForNewInstance(makePolicy({ lossBoundMinutes: 0 }), {}).lossBoundMinutes).toBeGreaterThan(
    5 * 365 * 24 * 60,
  );
});

it('a new instance goes by the rules of its source, but for those of something that happens to data', () => {
  const people = { users: ['U0OMA'], groups: [] };
  const source = makePolicy({ ...RULES, overrideApprovers: people, delegation: 'forbidden', language: 'de' });
  const of = policyForNewInstance({ ...source, stakeholders: people, urgentNoticeLeadMinutes: 5 }, {});
  expect(of).toStrictEqual({
    ...source,
    noticeChannels: [],
    noticeLeadMinutes: 0,
    dependants: [],
    lossBoundMinutes: of.lossBoundMinutes,
  });
});

it('a new instance of a source without rules for new instances gets none', () => {
  expect(policyForNewInstance(makePolicy(), { previewOf: 'R-16' })).not.toHaveProperty('newInstance');
});
