import { describe, expect, it } from 'vitest';
import type { OnCallRules } from '../../../src/restore/on-call.ts';
import { judgeOnCall, onCallNamesOf } from '../../../src/restore/policy/on-call-rules.ts';
import type { InstancePolicy } from '../../../src/restore/policy.ts';
import { makePolicy } from '../../support/make-restore.ts';

const nobody = { users: [], groups: [] };
const owners = (onCall: readonly string[]) => ({
  denialsNeeded: 1,
  rules: [{ name: 'owners', needed: 1, ...nobody, onCall }],
});
const rules = (facts: Partial<OnCallRules> = {}): OnCallRules => ({
  schedules: { nights: 'P1' },
  accounts: { 'a@b.example': 'U0ANN' },
  maxAgeMs: 300,
  ...facts,
});

/** Rules of which one names `nights`. */
const BOUND: readonly InstancePolicy[] = [makePolicy(), makePolicy({ approval: owners(['nights']) })];
const UNBOUND: readonly InstancePolicy[] = [makePolicy()];

describe('the schedules that the rules of an instance use', () => {
  it.each<[string, Partial<InstancePolicy>, readonly string[]]>([
    ['none', {}, []],
    ['those of who must agree', { approval: owners(['nights', 'days']) }, ['nights', 'days']],
    ['those of who may ask', { requesters: { ...nobody, onCall: ['nights'] } }, ['nights']],
    ['those of who agrees to an override', { overrideApprovers: { ...nobody, onCall: ['nights'] } }, ['nights']],
    [
      'each once',
      { approval: owners(['nights']), requesters: { ...nobody, onCall: ['nights', 'days'] } },
      ['nights', 'days'],
    ],
  ])('are %s', (_, facts, names) => {
    expect(onCallNamesOf(makePolicy(facts))).toEqual(names);
  });
});

describe('a change of who is meant by on call', () => {
  it.each<[string, OnCallRules | undefined, OnCallRules | undefined]>([
    ['is the same', rules(), rules()],
    ['gives a schedule another name that no rule uses', rules(), rules({ schedules: { nights: 'P1', days: 'P2' } })],
    ['takes a schedule away', rules(), rules({ schedules: {} })],
    ['takes an account away', rules(), rules({ accounts: {} })],
    ['wants younger answers', rules(), rules({ maxAgeMs: 299 })],
    ['takes everything away', rules(), undefined],
    ['is nothing, as before', undefined, undefined],
  ])('holds at once when it %s', (_, inForce, proposed) => {
    expect(judgeOnCall(BOUND, inForce, proposed)).toStrictEqual({ isLooser: false, merged: proposed });
  });

  it.each<[string, OnCallRules | undefined, OnCallRules, OnCallRules]>([
    [
      'another schedule behind a name: the one before',
      rules(),
      rules({ schedules: { nights: 'P2', days: 'P3' } }),
      rules({ schedules: { nights: 'P1', days: 'P3' } }),
    ],
    [
      'another account behind an address: the one before, and a new one for nobody',
      rules(),
      rules({ accounts: { 'a@b.example': 'U0EVE', 'c@d.example': 'U0CORA' } }),
      rules(),
    ],
    ['older answers: as old as before', rules(), rules({ maxAgeMs: 301 }), rules()],
    ['a first schedule: for nobody', undefined, rules(), { schedules: {}, accounts: {}, maxAgeMs: 0 }],
    [
      'younger answers beside another schedule: younger at once',
      rules(),
      rules({ schedules: { nights: 'P2' }, maxAgeMs: 200 }),
      rules({ maxAgeMs: 200 }),
    ],
  ])('waits when it is %s', (_, inForce, proposed, merged) => {
    expect(judgeOnCall(BOUND, inForce, proposed)).toStrictEqual({ isLooser: true, merged });
  });

  it('holds at once whatever it is when no rule names who is on call', () => {
    const other = rules({ schedules: { nights: 'P2' }, accounts: { 'a@b.example': 'U0EVE' }, maxAgeMs: 900 });
    for (const inForce of [undefined, rules()])
      expect(judgeOnCall(UNBOUND, inForce, other)).toEqual({ isLooser: false, merged: other });
  });
});
