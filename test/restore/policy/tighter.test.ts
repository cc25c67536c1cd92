import { describe, expect, it } from 'vitest';
import {
  allMustBeGiven,
  canonical,
  free,
  held,
  isEqual,
  LESS_IS_TIGHTER,
  MORE_IS_TIGHTER,
  type SettingRule,
  type Weight,
} from '../../../src/restore/policy/tighter.ts';
import { NOW } from '../../support/make-restore.ts';

const [LOOSENS, TIGHTENS, NEUTRAL] = [['loosens'], ['tightens'], ['neutral']] as const;

describe('a step from one value to the other', () => {
  it.each<[string, SettingRule<number>, number, number, readonly Weight[]]>([
    ['of a free setting binds nobody', free(), 1, 2, NEUTRAL],
    ['of a free setting to the same value is none', free(), 1, 1, []],
    ['of a held setting is looser', held(), 1, 2, LOOSENS],
    ['of a held setting is looser the other way as well', held(), 2, 1, LOOSENS],
    ['of a held setting to the same value is none', held(), 1, 1, []],
    ['to more, where less is tighter, is looser', LESS_IS_TIGHTER, 1, 2, LOOSENS],
    ['to less, where less is tighter, is tighter', LESS_IS_TIGHTER, 2, 1, TIGHTENS],
    ['to the same, where less is tighter, is none', LESS_IS_TIGHTER, 2, 2, []],
    ['to more, where more is tighter, is tighter', MORE_IS_TIGHTER, 1, 2, TIGHTENS],
    ['to less, where more is tighter, is looser', MORE_IS_TIGHTER, 2, 1, LOOSENS],
    ['to the same, where more is tighter, is none', MORE_IS_TIGHTER, 2, 2, []],
  ])('%s', (_, { weigh }, from, to, weights) => {
    expect(weigh(from, to, NOW)).toEqual(weights);
  });

  it.each<[string, readonly string[], readonly string[], readonly Weight[]]>([
    ['that asks for one thing more is tighter', ['a'], ['a', 'b'], TIGHTENS],
    ['that asks for one thing less is looser', ['a', 'b'], ['b'], LOOSENS],
    ['that asks for another thing is both', ['a'], ['b'], ['loosens', 'tightens']],
    ['that asks for the same in another order is none', ['a', 'b'], ['b', 'a'], []],
    ['from nothing to nothing is none', [], [], []],
  ])('%s', (_, from, to, weights) => {
    expect(allMustBeGiven().weigh(from, to, NOW)).toEqual(weights);
  });
});

describe('what holds until people have agreed', () => {
  it.each<[string, SettingRule<number>, number]>([
    ['the proposed value of a free setting', free(), 2],
    ['the value in force of a held one', held(), 3],
    ['the less where less is tighter', LESS_IS_TIGHTER, 2],
    ['the more where more is tighter', MORE_IS_TIGHTER, 3],
  ])('is %s', (_, { tighter }, value) => {
    expect(tighter(3, 2)).toBe(value);
  });

  it('is all that either asks for, once', () => {
    expect(allMustBeGiven().tighter(['a', 'b'], ['b', 'c'])).toEqual(['a', 'b', 'c']);
  });
});

describe('two values are the same', () => {
  it.each<[string, unknown, unknown]>([
    ['whatever the order of keys', { a: 1, b: 2 }, { b: 2, a: 1 }],
    ['whatever the order of lists', [3, 1, 2], [2, 3, 1]],
    ['whatever the order of either, however deep', { x: [{ a: [1, 2], b: 3 }, 4] }, { x: [4, { b: 3, a: [2, 1] }] }],
    ['when both say nothing of a key', { a: undefined }, {}],
    ['when both are nothing', undefined, undefined],
  ])('%s', (_, one, other) => {
    expect(isEqual(one, other)).toBe(true);
  });

  it.each<[string, unknown, unknown]>([
    ['of another type', 1, '1'],
    ['nothing and an empty thing', null, {}],
    ['an empty list and an empty thing', [], {}],
    ['one and a list of it', 'a', ['a']],
    ['once and twice', ['a'], ['a', 'a']],
    ['under another key', { a: 1 }, { b: 1 }],
    ['with keys exchanged', { a: 1, b: 2 }, { a: 2, b: 1 }],
    ['nothing and no answer', undefined, null],
  ])('but not %s', (_, one, other) => {
    expect(isEqual(one, other)).toBe(false);
    expect(isEqual(other, one)).toBe(false);
  });

  it('and their one text has keys and lists in the order of their code units', () => {
    expect(canonical({ b: ['z', 'B', 'a', 10, 9], A: null, a: { d: 1, c: 2 } })).toBe(
      '{"A":null,"a":{"c":2,"d":1},"b":["B","a","z",10,9]}',
    );
    expect(canonical(() => 1)).toBe('');
  });
});
