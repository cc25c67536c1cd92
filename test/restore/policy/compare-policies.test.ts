import { describe, expect, it } from 'vitest';
import {
  adopted,
  comparePolicies,
  instanceOf,
  isAtOnce,
  loosens,
  type PolicyChange,
} from '../../../src/restore/policy/policy-change.ts';
import type { InstancePolicy, Policy } from '../../../src/restore/policy.ts';
import { makePolicy, NOW } from '../../support/make-restore.ts';

const ORDERS = makePolicy({ alias: 'orders', auraId: 'a0000000' });
const PRICES = makePolicy({ alias: 'prices', auraId: 'b0000000' });
const looser = (instance: InstancePolicy) => ({ ...instance, requestExpiryMinutes: 90 });
const tighter = (instance: InstancePolicy) => ({ ...instance, executionExpiryMinutes: 20 });
const policy = (instances: readonly InstancePolicy[], more: Partial<Policy> = {}): Policy => ({
  instances,
  samePeople: [],
  ...more,
});
const compare = (inForce: Policy, proposed: Policy, retired: readonly InstancePolicy[] = []) =>
  comparePolicies({ inForce, retired }, proposed, NOW);

const NIGHTS = {
  rules: [{ name: 'owners', needed: 1, users: ['U0A'], groups: [], onCall: ['nights'] }],
  denialsNeeded: 1,
};
const onCall = (target: string) => ({ schedules: { nights: target }, accounts: {}, maxAgeMs: 300 });
const LINKED = [['U0A', 'U0B']];

describe('compared with the policy in force', () => {
  it('the same one changes nothing and is what holds', () => {
    const same = policy([ORDERS, PRICES], { onCall: onCall('P1'), channelLanguages: { C0A: 'de' } });
    expect(compare(same, same)).toStrictEqual({ changes: [], merged: same });
  });

  it('another setting of an instance is a change, of which the tighter part holds', () => {
    const after = tighter(looser(ORDERS));
    expect(compare(policy([ORDERS]), policy([after]))).toStrictEqual({
      changes: [
        {
          kind: 'settings',
          before: ORDERS,
          after,
          changes: [
            { setting: 'requestExpiryMinutes', weights: ['loosens'] },
            { setting: 'executionExpiryMinutes', weights: ['tightens'] },
          ],
        },
      ],
      merged: policy([tighter(ORDERS)]),
    });
  });

  it('an instance that nobody knew is added at once', () => {
    expect(compare(policy([ORDERS]), policy([ORDERS, PRICES]))).toStrictEqual({
      changes: [{ kind: 'instance-added', after: PRICES }],
      merged: policy([ORDERS, PRICES]),
    });
  });

  it('an instance that is gone is removed at once', () => {
    expect(compare(policy([ORDERS, PRICES]), policy([PRICES]))).toStrictEqual({
      changes: [{ kind: 'instance-removed', before: ORDERS }],
      merged: policy([PRICES]),
    });
  });

  it('an instance that comes back has at least the rules it had, as they were in force last', () => {
    expect(compare(policy([PRICES]), policy([PRICES, ORDERS]), [ORDERS])).toStrictEqual({
      changes: [{ kind: 'instance-added', after: ORDERS }],
      merged: policy([PRICES, ORDERS]),
    });
    const back = compare(policy([PRICES]), policy([PRICES, looser(ORDERS)]), [ORDERS]);
    expect(back.changes.map(loosens)).toEqual([true]);
    expect(back.merged).toStrictEqual(policy([PRICES, ORDERS]));
    expect(compare(policy([ORDERS]), policy([ORDERS]), [tighter(ORDERS)])).toStrictEqual({
      changes: [],
      merged: policy([ORDERS]),
    });
  });

  it('an instance that is in force is not compared with what it once was, nor holds its old name', () => {
    const bound = makePolicy({ alias: 'orders', auraId: 'a0000000', approval: NIGHTS });
    const renamed = { ...ORDERS, alias: 'shop' };
    const other = { ...PRICES, alias: 'orders' };
    const inForce = policy([renamed], { onCall: onCall('P1') });
    expect(compare(inForce, policy([renamed, other], { onCall: onCall('P2') }), [bound])).toStrictEqual({
      changes: [{ kind: 'instance-added', after: other }],
      merged: policy([renamed, other], { onCall: onCall('P2') }),
    });
  });

  it('a known name for another database is no instance until people have agreed', () => {
    const other = { ...PRICES, alias: ORDERS.alias };
    const reused = (before: InstancePolicy) => [{ kind: 'name-reused', before, after: other }];
    expect(compare(policy([ORDERS]), policy([other]))).toStrictEqual({
      changes: [...reused(ORDERS), { kind: 'instance-removed', before: ORDERS }],
      merged: policy([]),
    });
    expect(compare(policy([]), policy([other]), [ORDERS])).toStrictEqual({
      changes: reused(ORDERS),
      merged: policy([]),
    });
    const swapped = compare(policy([ORDERS, PRICES]), policy([other]));
    expect(swapped.changes[0]).toEqual(reused(PRICES)[0]);
  });

  it('other linked accounts wait', () => {
    const [inForce, proposed] = [policy([ORDERS]), policy([ORDERS], { samePeople: LINKED, mayActFor: LINKED })];
    expect(compare(inForce, proposed)).toStrictEqual({
      changes: [{ kind: 'links', before: { samePeople: [] }, after: { samePeople: LINKED, mayActFor: LINKED } }],
      merged: policy([ORDERS], { samePeople: LINKED, mayActFor: [] }),
    });
  });

  it('linked accounts of whom it is said that they may act for each other are the same as those of whom it is meant', () => {
    const said = policy([ORDERS], { samePeople: LINKED, mayActFor: LINKED });
    const meant = policy([ORDERS], { samePeople: LINKED });
    expect(compare(meant, said)).toStrictEqual({ changes: [], merged: meant });
  });

  it('another schedule behind a name waits where rules use the name, also those of an instance that is gone', () => {
    const bound = makePolicy({ approval: NIGHTS });
    const [inForce, proposed] = [policy([bound], { onCall: onCall('P1') }), policy([bound], { onCall: onCall('P2') })];
    expect(compare(inForce, proposed)).toStrictEqual({
      changes: [{ kind: 'on-call', before: onCall('P1'), after: onCall('P2') }],
      merged: inForce,
    });
    expect(compare({ ...inForce, instances: [] }, { ...proposed, instances: [] }, [bound]).changes).toHaveLength(1);
    expect(compare({ ...inForce, instances: [] }, { ...proposed, instances: [] }).changes).toEqual([]);
    const { onCall: _, ...without } = inForce;
    expect(compare(without, proposed).changes).toStrictEqual([{ kind: 'on-call', after: onCall('P2') }]);
    expect(compare(inForce, without)).toStrictEqual({ changes: [], merged: without });
  });

  it('other languages of channels hold at once', () => {
    const german = policy([ORDERS], { channelLanguages: { C0A: 'de' } });
    expect(compare(policy([ORDERS]), german)).toStrictEqual({ changes: [], merged: german });
  });
});

describe('a change', () => {
  const settings = (...all: readonly (readonly ('loosens' | 'tightens' | 'neutral')[])[]): PolicyChange => ({
    kind: 'settings',
    before: ORDERS,
    after: ORDERS,
    changes: all.map((weights) => ({ setting: 'contact', weights })),
  });
  const links: PolicyChange = { kind: 'links', before: { samePeople: [] }, after: { samePeople: LINKED } };

  it.each<[string, PolicyChange, waits: boolean, holds: boolean]>([
    ['of settings that loosens waits', settings(['loosens']), true, false],
    ['of settings that tightens holds', settings(['tightens']), false, true],
    ['of settings that is neutral holds', settings(['neutral']), false, true],
    ['of one setting that does both waits', settings(['tightens', 'loosens']), true, false],
    [
      'of settings of which one loosens waits, and the rest of it holds',
      settings(['tightens'], ['loosens']),
      true,
      true,
    ],
    ['to a known name waits', { kind: 'name-reused', before: ORDERS, after: PRICES }, true, false],
    ['of links waits', links, true, false],
    ['of schedules waits', { kind: 'on-call', after: onCall('P1') }, true, false],
    ['that adds an instance holds', { kind: 'instance-added', after: ORDERS }, false, true],
    ['that removes an instance holds', { kind: 'instance-removed', before: ORDERS }, false, true],
  ])('%s', (_, change, waits, holds) => {
    expect([loosens(change), isAtOnce(change)]).toEqual([waits, holds]);
  });
});

describe('once people have agreed', () => {
  const inForce = policy([ORDERS, PRICES], { samePeople: LINKED, mayActFor: [] });
  const after = looser(ORDERS);

  it.each<[string, PolicyChange, Policy]>([
    [
      'an instance has its new rules',
      { kind: 'settings', before: ORDERS, after, changes: [] },
      { ...inForce, instances: [PRICES, after] },
    ],
    [
      'an instance has its new name and no other',
      { kind: 'settings', before: ORDERS, after: { ...ORDERS, alias: 'shop' }, changes: [] },
      { ...inForce, instances: [PRICES, { ...ORDERS, alias: 'shop' }] },
    ],
    [
      'an instance is there',
      { kind: 'instance-added', after: makePolicy({ alias: 'people', auraId: 'c0000000' }) },
      { ...inForce, instances: [ORDERS, PRICES, makePolicy({ alias: 'people', auraId: 'c0000000' })] },
    ],
    [
      'a name is of another database only',
      { kind: 'name-reused', before: ORDERS, after: { ...ORDERS, auraId: 'c0000000' } },
      { ...inForce, instances: [PRICES, { ...ORDERS, auraId: 'c0000000' }] },
    ],
    ['an instance is gone', { kind: 'instance-removed', before: ORDERS }, { ...inForce, instances: [PRICES] }],
    ['schedules are others', { kind: 'on-call', after: onCall('P1') }, { ...inForce, onCall: onCall('P1') }],
    [
      'linked accounts may act for each other where the file does not say otherwise',
      { kind: 'links', before: { samePeople: [] }, after: { samePeople: LINKED } },
      policy([ORDERS, PRICES], { samePeople: LINKED }),
    ],
    [
      'or as far as it says',
      { kind: 'links', before: { samePeople: [] }, after: { samePeople: LINKED, mayActFor: LINKED } },
      policy([ORDERS, PRICES], { samePeople: LINKED, mayActFor: LINKED }),
    ],
  ])('%s', (_, change, agreed) => {
    expect(adopted(inForce, change)).toStrictEqual(agreed);
  });
});

it('an instance is known by its Aura id alone', () => {
  expect(instanceOf([ORDERS, PRICES], 'b0000000')).toBe(PRICES);
  expect(instanceOf([ORDERS, PRICES], 'orders')).toBeUndefined();
});
