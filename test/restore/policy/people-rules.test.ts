import { describe, expect, it } from 'vitest';
import {
  APPROVAL,
  DEPENDANTS,
  OVERRIDE_APPROVERS,
  REQUESTERS,
  STAKEHOLDERS,
} from '../../../src/restore/policy/people-rules.ts';
import type { ApprovalRule, Dependant, PeopleRule } from '../../../src/restore/terms.ts';
import { NOW } from '../../support/make-restore.ts';

type Weights = readonly ('loosens' | 'tightens' | 'neutral')[];

const people = (users: string, groups = '', onCall = ''): PeopleRule => ({
  users: [...users],
  groups: [...groups],
  ...(onCall ? { onCall: [...onCall] } : {}),
});
const LOOSER: Weights = ['loosens'];
const TIGHTER: Weights = ['tightens'];
const BOTH: Weights = ['loosens', 'tightens'];

/** From the few to the many, by each way of naming somebody; then two of whom neither holds the other. */
const FEW_AND_MANY: readonly (readonly [PeopleRule, PeopleRule])[] = [
  [people('A'), people('AB')],
  [people('A', 'x'), people('A', 'xy')],
  [people('A', 'x', 'n'), people('A', 'x', 'nd')],
  [people('A', 'x'), people('A', 'x', 'n')],
  [people('A'), people('A', 'x')],
];
const APART: readonly (readonly [PeopleRule, PeopleRule])[] = [
  [people('A'), people('B')],
  [people('A', 'x'), people('A', 'y')],
  [people('A', '', 'n'), people('A', '', 'd')],
  [people('AB'), people('A', 'x')],
];

describe('who may ask', () => {
  const weigh = (one?: PeopleRule, other?: PeopleRule) => REQUESTERS.weigh(one, other, NOW);

  it('is looser with every further one, and with nobody named, which means everybody', () => {
    for (const [few, many] of FEW_AND_MANY) {
      expect([weigh(few, many), weigh(many, few), weigh(few, few)]).toEqual([LOOSER, TIGHTER, []]);
      expect([weigh(few), weigh(undefined, few), weigh()]).toEqual([LOOSER, TIGHTER, []]);
    }
    for (const [one, other] of APART) expect(weigh(one, other)).toEqual(BOTH);
  });

  it('is meanwhile who is named by both, or by the one that names anybody', () => {
    expect(REQUESTERS.tighter(people('ABC', 'xy', 'nd'), people('BCD', 'yz', 'de'))).toStrictEqual(
      people('BC', 'y', 'd'),
    );
    expect(REQUESTERS.tighter(people('A', '', 'n'), people('A', '', 'd'))).toStrictEqual(people('A'));
    expect(REQUESTERS.tighter(people('A', '', 'n'), people('A'))).toStrictEqual(people('A'));
    expect(REQUESTERS.tighter(people('A'), people('A', '', 'n'))).toStrictEqual(people('A'));
    expect(REQUESTERS.tighter(people('A'), undefined)).toEqual(people('A'));
    expect(REQUESTERS.tighter(undefined, people('A'))).toEqual(people('A'));
    expect(REQUESTERS.tighter(undefined, undefined)).toBeUndefined();
  });
});

describe('who may lift a freeze', () => {
  const weigh = (one?: PeopleRule, other?: PeopleRule) => OVERRIDE_APPROVERS.weigh(one, other, NOW);

  it('is looser with every further one, and with anybody at all', () => {
    for (const [few, many] of FEW_AND_MANY) {
      expect([weigh(few, many), weigh(many, few), weigh(few, few)]).toEqual([LOOSER, TIGHTER, []]);
      expect([weigh(few), weigh(undefined, few), weigh()]).toEqual([TIGHTER, LOOSER, []]);
    }
    for (const [one, other] of APART) expect(weigh(one, other)).toEqual(BOTH);
  });

  it.each<[string, PeopleRule | undefined, PeopleRule | undefined, PeopleRule | undefined]>([
    ['by both', people('ABC', 'xy'), people('BCD', 'yz'), people('BC', 'y')],
    ['by both, all of them by name', people('AB'), people('BC'), people('B')],
    ['by both, all of them by group', people('A', 'x'), people('B', 'x'), people('', 'x')],
    ['by none together', people('A', 'x'), people('B', 'y'), undefined],
    [
      'by both through a schedule alone, which is nobody for sure',
      people('A', '', 'n'),
      people('B', '', 'n'),
      undefined,
    ],
    ['before', people('A'), undefined, undefined],
    ['now', undefined, people('A'), undefined],
  ])('is meanwhile who is named %s', (_, inForce, proposed, meanwhile) => {
    expect(OVERRIDE_APPROVERS.tighter(inForce, proposed)).toStrictEqual(meanwhile);
  });
});

describe('who may object', () => {
  const weigh = (one?: PeopleRule, other?: PeopleRule) => STAKEHOLDERS.weigh(one, other, NOW);

  it('is tighter with every further one, and looser with nobody at all', () => {
    for (const [few, many] of FEW_AND_MANY) {
      expect([weigh(few, many), weigh(many, few), weigh(few, few)]).toEqual([TIGHTER, LOOSER, []]);
      const open = { ...few, channelsToo: true } as const;
      expect([weigh(open), weigh(undefined, open), weigh()]).toEqual([LOOSER, TIGHTER, []]);
    }
    for (const [one, other] of APART) expect(weigh(one, other)).toEqual(BOTH);
  });

  it('is taken from everybody in the channels by naming the first, and given to them by naming nobody', () => {
    for (const [few, many] of FEW_AND_MANY) {
      const open = { ...few, channelsToo: true } as const;
      expect([weigh(undefined, few), weigh(few, undefined)]).toEqual([BOTH, BOTH]);
      expect([weigh(open, few), weigh(few, open), weigh(open, open)]).toEqual([LOOSER, TIGHTER, []]);
      expect([weigh(open, many), weigh(many, open)]).toEqual([BOTH, BOTH]);
    }
  });

  it('is meanwhile who is named by any, and everybody in the channels where either leaves it to them', () => {
    const open = { ...people('A'), channelsToo: true };
    expect(STAKEHOLDERS.tighter(people('AB', 'x'), people('BC', 'y'))).toStrictEqual(people('ABC', 'xy'));
    expect(STAKEHOLDERS.tighter(people('A'), undefined)).toStrictEqual(open);
    expect(STAKEHOLDERS.tighter(undefined, people('A'))).toStrictEqual(open);
    expect(STAKEHOLDERS.tighter({ ...people('A'), channelsToo: true }, people('A'))).toStrictEqual(open);
    expect(STAKEHOLDERS.tighter(undefined, undefined)).toBeUndefined();
  });
});

describe('what depends on the instance', () => {
  const cart: Dependant = { name: 'cart', users: ['A'], groups: ['x'] };
  const pay: Dependant = { name: 'pay', users: ['B'] };
  const report: Dependant = { name: 'report' };

  it.each<[string, readonly Dependant[], readonly Dependant[], Weights]>([
    ['as before, in another order', [cart, pay], [pay, cart], []],
    ['with another name and the same owners', [cart], [{ ...cart, name: 'basket' }], ['neutral']],
    ['with one more that nobody owns', [cart], [cart, report], ['neutral']],
    ['with one more that somebody owns', [cart], [cart, pay], TIGHTER],
    ['with one less that somebody owns', [cart, pay], [cart], LOOSER],
    ['with other owners', [cart], [pay], BOTH],
    [
      'in whose channel everybody could object and only owners can',
      [{ ...report, channel: 'C1' }],
      [{ ...cart, channel: 'C1' }],
      BOTH,
    ],
    ['without one that had everybody in its channel speak', [{ ...report, channel: 'C1' }], [], LOOSER],
    [
      'without a channel that stayed open until people agree',
      [{ ...cart, channel: 'C1', channelToo: true }],
      [cart],
      LOOSER,
    ],
    ['with an owned channel that spoke for everybody in it', [cart], [{ ...cart, channel: 'C1' }], LOOSER],
    ['with a channel that spoke for its owners only', [{ ...cart, channel: 'C1' }], [cart], TIGHTER],
    ['with an owner less', [cart], [{ name: 'cart', users: ['A'] }], LOOSER],
  ])('%s', (_, inForce, proposed, weights) => {
    expect(DEPENDANTS.weigh(inForce, proposed, NOW)).toEqual(weights);
  });

  it('keeps, meanwhile, those whose owners would lose their voice', () => {
    expect(DEPENDANTS.tighter([cart, pay, report], [{ ...pay, name: 'money' }])).toEqual([
      { ...pay, name: 'money' },
      cart,
    ]);
    const [owned, shared] = [
      { ...cart, channel: 'C1' },
      { ...report, channel: 'C1' },
    ];
    const both: Dependant = { ...owned, channelToo: true };
    expect(DEPENDANTS.tighter([shared], [owned])).toEqual([owned, shared]);
    expect(DEPENDANTS.tighter([both], [cart])).toEqual([cart, both]);
    expect(DEPENDANTS.tighter([shared], [])).toEqual([shared]);
    expect(DEPENDANTS.tighter([cart], [owned])).toEqual([both]);
    expect(DEPENDANTS.tighter([owned], [{ ...pay, channel: 'C1' }])).toEqual([{ ...pay, channel: 'C1' }, owned]);
    for (const [inForce, proposed] of [
      [[shared], [owned]],
      [[owned], [cart]],
      [[both], [cart]],
      [[shared], [pay]],
      [
        [cart, { ...pay, channel: 'C2' }],
        [owned, { ...report, channel: 'C2' }],
      ],
    ] as const) {
      const tighter = DEPENDANTS.tighter(inForce, proposed);
      for (const one of [inForce, proposed]) expect(DEPENDANTS.weigh(one, tighter, NOW)).not.toContain('loosens');
    }
    expect(DEPENDANTS.tighter([cart], [{ name: 'shop', users: ['A', 'B'], groups: ['x'] }])).toHaveLength(1);
  });
});

describe('who must agree', () => {
  const rule = (name: string, users: string, needed = 1, more: Partial<ApprovalRule> = {}): ApprovalRule => ({
    name,
    needed,
    ...people(users),
    ...more,
  });
  const terms = (rules: readonly ApprovalRule[], denialsNeeded = 1) => ({ rules, denialsNeeded });
  const owners = rule('owners', 'ABC');
  const service = rule('service', 'ST');

  it.each<[string, readonly ApprovalRule[], readonly ApprovalRule[], Weights]>([
    ['as before, in another order', [owners, service], [service, owners], []],
    ['under another name', [owners], [{ ...owners, name: 'admins' }], ['neutral']],
    ['more of them', [owners], [{ ...owners, needed: 2 }], TIGHTER],
    ['fewer of them', [{ ...owners, needed: 2 }], [owners], LOOSER],
    ['of more people', [owners], [rule('owners', 'ABCD')], LOOSER],
    ['of fewer people', [owners], [rule('owners', 'AB')], TIGHTER],
    ['more of fewer people', [owners], [rule('owners', 'AB', 2)], TIGHTER],
    ['more of more people', [owners], [rule('owners', 'ABCD', 2)], BOTH],
    ['one rule more', [owners], [owners, service], TIGHTER],
    ['one rule less', [owners, service], [owners], LOOSER],
    ['one rule for another', [owners], [service], BOTH],
    [
      'two rules for one of two people, which one person cannot fill twice',
      [rule('both', 'AB', 2)],
      [rule('one', 'A'), rule('other', 'B')],
      BOTH,
    ],
    ['one rule that stood for two', [rule('one', 'ABC'), rule('two', 'ABC')], [rule('one', 'ABC')], LOOSER],
    ['escalating to more', [owners], [{ ...owners, escalatesTo: ['fallback'] }], LOOSER],
    [
      'escalating to fewer',
      [{ ...owners, escalatesTo: ['fallback', 'on-call'] }],
      [{ ...owners, escalatesTo: ['on-call'] }],
      TIGHTER,
    ],
  ])('%s', (_, inForce, proposed, weights) => {
    expect(APPROVAL.weigh(terms(inForce), terms(proposed), NOW)).toEqual(weights);
  });

  it('is tighter the fewer say no to end it', () => {
    expect(APPROVAL.weigh(terms([owners], 2), terms([owners], 1), NOW)).toEqual(TIGHTER);
    expect(APPROVAL.weigh(terms([owners], 1), terms([owners], 2), NOW)).toEqual(LOOSER);
    expect(APPROVAL.tighter(terms([owners], 3), terms([owners], 2)).denialsNeeded).toBe(2);
  });

  it.each<[string, readonly ApprovalRule[], readonly ApprovalRule[], readonly ApprovalRule[]]>([
    ['what is in force, when that is tighter', [rule('owners', 'AB', 2)], [owners], [rule('owners', 'AB', 2)]],
    ['what is proposed, when that is tighter', [owners], [owners, service], [owners, service]],
    [
      'those whom both name, and the greater number',
      [rule('owners', 'ABCD')],
      [rule('owners', 'BCDE', 2)],
      [rule('owners', 'BCD', 2)],
    ],
    [
      'a group that both name',
      [rule('owners', 'A', 1, { groups: ['x'] })],
      [rule('owners', 'B', 1, { groups: ['x', 'y'] })],
      [rule('owners', '', 1, { groups: ['x'] })],
    ],
    [
      'both rules, when too few are named by both to agree when one of them asks',
      [rule('owners', 'ABC')],
      [rule('owners', 'CD')],
      [rule('owners', 'ABC'), rule('owners (new)', 'CD')],
    ],
    [
      'both rules under names of their own, when one of these is taken',
      [rule('owners', 'AB'), rule('owners (new)', 'XY')],
      [rule('owners', 'CD')],
      [rule('owners', 'AB'), rule('owners (new)', 'XY'), rule('owners (new) (new)', 'CD')],
    ],
    [
      'the tighter of each two rules that go together, under the name in force',
      [owners, service],
      [rule('admins', 'AB', 2)],
      [rule('owners', 'AB', 2), service],
    ],
    [
      'the tighter of each two, when it is the one in force',
      [rule('owners', 'AB', 2), service],
      [rule('admins', 'ABC'), rule('release', 'RQ')],
      [rule('owners', 'AB', 2), service, rule('release', 'RQ')],
    ],
    [
      'of two rules that would go together the one of the same name',
      [rule('owners', 'AB', 2), rule('service', 'ABC')],
      [rule('service', 'ABCD'), rule('third', 'XY')],
      [rule('owners', 'AB', 2), rule('service', 'ABC'), rule('third', 'XY')],
    ],
    [
      'what is proposed, under its own name, when that is tighter',
      [owners],
      [rule('admins', 'AB', 2)],
      [rule('admins', 'AB', 2)],
    ],
    [
      'all that is in force, when one of its rules stands for what is proposed',
      [rule('any', 'ABC'), rule('one', 'A')],
      [rule('one', 'AB')],
      [rule('any', 'ABC'), rule('one', 'A')],
    ],
    [
      'both rules, when neither stands for the other and they have different names',
      [rule('owners', 'ABCD')],
      [rule('release', 'CDEF')],
      [rule('owners', 'ABCD'), rule('release', 'CDEF')],
    ],
    [
      'the rule in force with those whom it escalates to, when it is the tighter one of two',
      [rule('owners', 'ABC', 1, { escalatesTo: ['fallback'] }), service],
      [rule('owners', 'ABCD', 1, { escalatesTo: ['fallback', 'on-call'] }), rule('release', 'RQ')],
      [rule('owners', 'ABC', 1, { escalatesTo: ['fallback'] }), rule('release', 'RQ'), service],
    ],
    [
      'the same in whatever order the rules are written, when one could go together with either of two',
      [rule('all', 'ABCD'), rule('some', 'ABC')],
      [rule('few', 'AB'), rule('release', 'RQ')],
      [rule('all', 'AB'), rule('some', 'ABC'), rule('release', 'RQ')],
    ],
  ])('is meanwhile %s', (_, inForce, proposed, meanwhile) => {
    expect(APPROVAL.tighter(terms(inForce), terms(proposed)).rules.toSorted(byName)).toStrictEqual(
      meanwhile.toSorted(byName),
    );
    expect(APPROVAL.tighter(terms(inForce.toReversed()), terms(proposed.toReversed())).rules.toSorted(byName)).toEqual(
      meanwhile.toSorted(byName),
    );
  });
});

function byName(one: ApprovalRule, other: ApprovalRule): number {
  return one.name.localeCompare(other.name);
}
