import { describe, expect, it } from 'vitest';
import { policyWithSource } from '../../src/restore/both-instances.ts';
import type { InstancePolicy } from '../../src/restore/policy.ts';
import type { ApprovalRule } from '../../src/restore/terms.ts';
import { makePolicy } from '../support/make-restore.ts';

const rule = (name: string, facts: Partial<ApprovalRule> = {}): ApprovalRule => ({
  name,
  needed: 1,
  users: ['U0A', 'U0B'],
  groups: [],
  ...facts,
});
const target = (...rules: ApprovalRule[]) => makePolicy({ approval: { rules, denialsNeeded: 2 } });
const source = (rules: readonly ApprovalRule[], facts: Partial<InstancePolicy> = {}) =>
  makePolicy({ alias: 'prices', auraId: 'ffffffff', approval: { rules, denialsNeeded: 3 }, ...facts });
const asked = (own: readonly ApprovalRule[], others: readonly ApprovalRule[]) =>
  policyWithSource(target(...own), source(others)).approval.rules.map(({ name }) => name);

describe('who decides about an overwrite', () => {
  it.each<[string, own: ApprovalRule, other: ApprovalRule]>([
    ['the same people, fewer of them', rule('dba', { needed: 2 }), rule('owners')],
    ['the same people, as many of them', rule('dba'), rule('owners', { users: ['U0B', 'U0A'] })],
  ])('are asked once where the source asks %s', (_, own, other) => {
    expect(asked([own], [other])).toEqual(['dba']);
  });

  it.each<[string, own: ApprovalRule, other: ApprovalRule]>([
    ['more of the same people', rule('dba'), rule('owners', { needed: 2 })],
    ['some of them', rule('dba'), rule('owners', { users: ['U0A'] })],
    ['them and others', rule('dba'), rule('owners', { users: ['U0A', 'U0B', 'U0C'] })],
    ['as many others', rule('dba'), rule('owners', { users: ['U0A', 'U0C'] })],
    ['them and a group', rule('dba'), rule('owners', { groups: ['S0A'] })],
    ['them and who is on call', rule('dba'), rule('owners', { onCall: ['nights'] })],
  ])('are asked for each where the source asks %s', (_, own, other) => {
    expect(asked([own], [other])).toEqual(['dba', 'owners (prices)']);
  });

  it('each stand for one rule of the source', () => {
    const others = [rule('first', { users: ['U0C'] }), rule('second'), rule('third')];
    expect(asked([rule('dba')], others)).toEqual(['dba', 'first (prices)', 'third (prices)']);
    expect(asked([rule('owners', { users: ['U0C'] }), rule('dba')], others)).toEqual([
      'owners',
      'dba',
      'third (prices)',
    ]);
  });

  it('end it by as few refusals as either side asks for, and hand no place over where either forbids it', () => {
    expect(policyWithSource(target(rule('dba')), source([])).approval.denialsNeeded).toBe(2);
    expect(policyWithSource(source([]), target(rule('dba'))).approval.denialsNeeded).toBe(2);
    expect(policyWithSource(target(), source([]))).not.toHaveProperty('delegation');
    expect(policyWithSource(target(), source([], { delegation: 'forbidden' }))).toMatchObject({
      delegation: 'forbidden',
    });
  });
});

describe('who is told of an overwrite', () => {
  it('is whoever either side names, each once', () => {
    const cart = { name: 'cart', users: ['U0CART'] };
    const own = makePolicy({ dependants: [cart], noticeChannels: ['C1', 'C2'] });
    const other = source([], { dependants: [{ name: 'search' }, cart], noticeChannels: ['C2', 'C3'] });
    const both = policyWithSource(own, other);
    expect(both.dependants).toEqual([cart, { name: 'search' }]);
    expect(both.noticeChannels).toEqual(['C1', 'C2', 'C3']);
    expect(both).not.toHaveProperty('stakeholders');
  });

  it('is named by the source as well, without taking the word from channels that speak for everybody', () => {
    const jane = { users: ['U0JANE'], groups: ['S0JANES'] };
    const named = source([], { dependants: [], stakeholders: jane });
    expect(policyWithSource(makePolicy({ dependants: [] }), named)).toMatchObject({
      dependants: [{ name: 'prices', ...jane }],
    });
    const sam = { users: ['U0SAM'], groups: [] };
    expect(policyWithSource(makePolicy({ dependants: [], stakeholders: sam }), named)).toMatchObject({
      dependants: [],
      stakeholders: { users: ['U0SAM', 'U0JANE'], groups: ['S0JANES'] },
    });
  });
});
