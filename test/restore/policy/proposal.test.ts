import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMinutes } from '../../../src/restore/instant.ts';
import type { PolicyChange } from '../../../src/restore/policy/policy-change.ts';
import {
  agreedRules,
  type Bound,
  isOpenAt,
  type PolicyVote,
  peopleBound,
  peopleNeeded,
  proposalOf,
  rulesBinding,
  verdictOn,
} from '../../../src/restore/policy/proposal.ts';
import type { InstancePolicy, Policy } from '../../../src/restore/policy.ts';
import type { ApprovalRule } from '../../../src/restore/terms.ts';
import { makePolicy, NOW } from '../../support/make-restore.ts';
import { makePerson } from '../../support/people.ts';

const rule = (name: string, facts: Partial<ApprovalRule> = {}): ApprovalRule => ({
  name,
  needed: 1,
  users: [],
  groups: [],
  ...facts,
});
const boundTo = (alias: string, rules: readonly ApprovalRule[], denialsNeeded = 1): Bound => ({
  auraId: alias,
  alias,
  rules,
  denialsNeeded,
});
const vote = (by: string, kind: PolicyVote['kind'], ...countsFor: readonly string[]): PolicyVote => ({
  by,
  at: NOW,
  kind,
  countsFor,
});
const yes = (by: string, ...countsFor: readonly string[]) => vote(by, 'agree', ...countsFor);
const no = (by: string, ...countsFor: readonly string[]) => vote(by, 'refuse', ...countsFor);
const A = 'orders/owners';
const OWNERS = [boundTo('orders', [rule('owners')])];

describe('what answers to a looser rule amount to', () => {
  const twoRules = [boundTo('orders', [rule('owners'), rule('service')])];
  const S = 'orders/service';
  const both = [boundTo('orders', [rule('owners')], 2), boundTo('stock', [rule('owners')], 3)];
  const B = 'stock/owners';

  it.each<[string, readonly Bound[], readonly PolicyVote[], ReturnType<typeof verdictOn>]>([
    ['no answer is nothing yet', OWNERS, [], 'open'],
    ['one yes is too few, whatever the rule asks for', OWNERS, [yes('U0A', A)], 'open'],
    ['two agree', OWNERS, [yes('U0A', A), yes('U0B', A)], 'agreed'],
    ['two accounts of one human are one', OWNERS, [yes('U0A', A), yes('U0A2', A)], 'open'],
    ['two refuse with two accounts of one human', both, [no('U0A', A), no('U0A2', A)], 'open'],
    ['a no ends it where one is enough', OWNERS, [yes('U0A', A), yes('U0B', A), no('U0C', A)], 'refused'],
    ['a no is no yes', both.slice(0, 1), [yes('U0A', A), no('U0B', A)], 'open'],
    ['one no does not end it where two must say so', both, [no('U0A', A)], 'open'],
    ['the instance where fewer are enough decides', both, [no('U0A', A), no('U0B', B)], 'refused'],
    ['one of two rules is not both', twoRules, [yes('U0A', A), yes('U0B', A)], 'open'],
    ['each of two rules has its own person', twoRules, [yes('U0A', A), yes('U0B', A, S)], 'agreed'],
    ['one instance is not both', both, [yes('U0A', A), yes('U0B', A)], 'open'],
    ['one person counts for every instance', both, [yes('U0A', A, B), yes('U0B', A)], 'agreed'],
    ['nobody is bound: nobody can agree', [], [yes('U0A'), yes('U0B')], 'open'],
    ['nobody is bound: nobody can refuse', [], [no('U0A'), no('U0B')], 'open'],
  ])('%s', (_, bound, votes, verdict) => {
    expect(verdictOn({ bound, votes }, [['U0A', 'U0A2']])).toBe(verdict);
  });

  it('is shown rule by rule, with those whose yes fills it', () => {
    const three = yes('U0C', A, S);
    const votes = [no('U0B', A, B, S), yes('U0A', A, B), three, yes('U0A2', A, B)];
    const bound = [...twoRules, boundTo('stock', [rule('owners')])];
    const shown = agreedRules({ bound, votes }, [['U0A', 'U0A2']]);
    expect(shown.map(({ alias, rule: { name }, agreed }) => [alias, name, agreed.map(({ by }) => by)])).toEqual([
      ['orders', 'owners', ['U0A']],
      ['orders', 'service', ['U0C']],
      ['stock', 'owners', ['U0A']],
    ]);
  });
});

describe('how many people must agree', () => {
  it.each<[string, readonly Bound[], number]>([
    ['two, where the rule asks for one', OWNERS, 2],
    ['two, where nobody is bound', [], 2],
    ['those of all rules of an instance', [boundTo('orders', [rule('a', { needed: 2 }), rule('b')])], 3],
    [
      'those of the instance that asks for most',
      [boundTo('orders', [rule('a', { needed: 4 })]), boundTo('stock', [rule('a', { needed: 3 }), rule('b')])],
      4,
    ],
  ])('is %s', (_, bound, people) => {
    expect(peopleNeeded({ bound })).toBe(people);
  });

  const rules = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 });
  const instances = fc.array(rules, { minLength: 1, maxLength: 3 });

  it('is the least with which people whom every rule names can do it', () => {
    fc.assert(
      fc.property(instances, (all) => {
        const bound = all.map((needs, index) =>
          boundTo(
            `i${index}`,
            needs.map((needed, one) => rule(`r${one}`, { needed })),
          ),
        );
        const everything = bound.flatMap(({ auraId, rules: its }) => its.map(({ name }) => `${auraId}/${name}`));
        const withPeople = (count: number) =>
          verdictOn({ bound, votes: Array.from({ length: count }, (_, id) => yes(`U${id}`, ...everything)) }, []);
        const least = peopleNeeded({ bound });
        expect(withPeople(least)).toBe('agreed');
        expect(withPeople(least - 1)).toBe('open');
      }),
    );
  });
});

describe('who is bound by a looser rule', () => {
  const ofUser = (user: string, facts: Partial<ApprovalRule> = {}) => ({
    approval: { rules: [rule('owners', { users: [user], ...facts })], denialsNeeded: 2 },
  });
  const orders = makePolicy(ofUser('U0OLGA', { groups: ['S0OWNERS'] }));
  const stock = makePolicy({
    alias: 'stock',
    auraId: 'b0000000',
    approvalsChannel: 'C0STOCK',
    ...ofUser('U0STAN', { onCall: ['nights'] }),
  });
  const prices = makePolicy({ alias: 'prices', auraId: 'c0000000', ...ofUser('U0PIA') });
  const inForce: Policy = { instances: [orders, stock, prices], samePeople: [] };
  const proposed = (change: PolicyChange, rules = inForce) => proposalOf(change, rules, { number: 3, at: NOW });
  const onCall = { schedules: {}, accounts: {}, maxAgeMs: 0 };
  const links = { before: { samePeople: [] }, after: { samePeople: [['U0A', 'U0B']] } };
  const renamed = (facts: Partial<InstancePolicy>) => ({ ...orders, approvalsChannel: 'C0OTHER', ...facts });

  it.each<[string, PolicyChange, readonly string[], readonly string[]]>([
    [
      'linked accounts: the people of all instances',
      { kind: 'links', ...links },
      ['orders', 'stock', 'prices'],
      ['C0APPROVALS', 'C0STOCK'],
    ],
    [
      'schedules: the people of the instances whose rules name one',
      { kind: 'on-call', after: onCall },
      ['stock'],
      ['C0STOCK'],
    ],
    [
      'a setting: the people of its instance, as its rules were',
      { kind: 'settings', before: orders, after: renamed(ofUser('U0EVE')), changes: [] },
      ['orders'],
      ['C0APPROVALS', 'C0OTHER'],
    ],
    ['an instance taken away: its people', { kind: 'instance-removed', before: stock }, ['stock'], ['C0STOCK']],
    ['a new instance: nobody', { kind: 'instance-added', after: renamed({ auraId: 'd0' }) }, [], ['C0OTHER']],
    [
      'a name for another database: the people of that name',
      { kind: 'name-reused', before: orders, after: renamed({ auraId: 'd0' }) },
      ['orders'],
      ['C0APPROVALS', 'C0OTHER'],
    ],
    [
      'a name that goes from one known database to another: the people of both, each once',
      { kind: 'name-reused', before: stock, after: { ...stock, alias: 'orders' } },
      ['stock', 'orders'],
      ['C0STOCK', 'C0APPROVALS'],
    ],
    [
      'the name of a database that is there no more, for a known one: the people of both',
      { kind: 'name-reused', before: makePolicy({ alias: 'gone', auraId: 'e0' }), after: { ...prices, alias: 'gone' } },
      ['gone', 'prices'],
      ['C0APPROVALS'],
    ],
  ])('%s', (_, change, aliases, channels) => {
    const proposal = proposed(change);
    expect(proposal.bound.map(({ alias }) => alias)).toEqual(aliases);
    expect(proposal.channels).toEqual(channels);
    expect(proposal).toMatchObject({ number: 3, at: NOW, change, votes: [], state: { status: 'open' } });
  });

  const change: PolicyChange = { kind: 'links', ...links };

  it('is known by the rules of each instance, with how many refusals end it', () => {
    const { auraId, alias, approval } = stock;
    expect(proposed(change).bound[1]).toEqual({ auraId, alias, ...approval });
  });

  it('is everybody whom any of those rules names', () => {
    expect(peopleBound(proposed(change))).toEqual({
      users: ['U0OLGA', 'U0STAN', 'U0PIA'],
      groups: ['S0OWNERS'],
      onCall: ['nights'],
    });
  });

  it('is named rule by rule, for each instance by its id', () => {
    const named = (id: string, groups: readonly string[] = []) =>
      rulesBinding(makePerson(id, { groups }), proposed(change));
    expect(named('U0STAN')).toEqual(['b0000000/owners']);
    expect(named('U0STAN', ['S0OWNERS'])).toEqual(['a1b2c3d4/owners', 'b0000000/owners']);
    expect(named('U0EVE')).toEqual([]);
  });

  it('agrees to what its hash says: another change, or other people bound, is another proposal', () => {
    const { hash } = proposed(change);
    expect(proposalOf(change, inForce, { number: 9, at: addMinutes(NOW, 5) }).hash).toBe(hash);
    expect(proposed({ ...change, after: { samePeople: [['U0A', 'U0C']] } }).hash).not.toBe(hash);
    expect(proposed(change, { ...inForce, instances: [orders, stock] }).hash).not.toBe(hash);
  });
});

describe('a looser rule', () => {
  const open = { at: NOW, expiresAt: addMinutes(NOW, 5), state: { status: 'open' } } as const;

  it('is open until it expires or is decided', () => {
    expect(isOpenAt(open, addMinutes(NOW, 4))).toBe(true);
    expect(isOpenAt(open, addMinutes(NOW, 5))).toBe(false);
    expect(isOpenAt({ ...open, state: { status: 'agreed', at: NOW } }, addMinutes(NOW, 4))).toBe(false);
  });
});
