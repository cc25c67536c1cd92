import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LONGEST_NAME, markFrom, nameOfMade, newInstanceId, readName } from '../../../src/restore/new-instance/name.ts';
import { costInMonth, costOf, moneyWords, priceOf } from '../../../src/restore/new-instance/price.ts';
import {
  type NewInstanceProblem,
  type NewInstanceRules,
  newInstanceProblem,
  rulesOfPreview,
  sizesFor,
  spentOn,
} from '../../../src/restore/new-instance/rules.ts';
import { madeAs, madeInstance } from '../../support/made.ts';

const RULES: NewInstanceRules = {
  prices: {
    asOf: '2026-11-01',
    currency: 'USD',
    perHour: { 'professional-db': { '2GB': 0.18, '4GB': 0.36, '16GB': 1.44, '8GB': 0.72 } },
  },
  monthlyCap: 20,
  usualMinutes: 1440,
  longestMinutes: 7 * 1440,
};
const ASKED = { type: 'professional-db', memory: '8GB', liveForMinutes: 1440 };

describe('what a new instance may be', () => {
  const cases: readonly [
    string,
    Partial<typeof ASKED>,
    { rules?: Partial<NewInstanceRules>; sourceMemory?: string; spent?: number },
    NewInstanceProblem['kind'] | undefined,
  ][] = [
    ['as large as the source', {}, {}, undefined],
    ['larger', { memory: '16GB', liveForMinutes: 60 }, {}, undefined],
    ['smaller than the source', { memory: '4GB' }, {}, 'too-small'],
    ['of a size without a price', { memory: '32GB' }, {}, 'no-price'],
    ['of a type without a price', { type: 'enterprise-db' }, {}, 'no-price'],
    ['of a type by an inherited name', { type: 'constructor' }, {}, 'no-price'],
    ['of a size that the rules leave out', {}, { rules: { sizes: ['16GB'] } }, 'size-not-allowed'],
    ['for longer than allowed', { liveForMinutes: 7 * 1440 + 1 }, {}, 'lives-too-long'],
    ['for no time', { liveForMinutes: 0 }, {}, 'lives-too-long'],
    ['for no number', { liveForMinutes: Number.NaN }, {}, 'lives-too-long'],
    ['just within the cap', {}, { spent: 20 - 24 * 0.72 }, undefined],
    ['beyond the cap', {}, { spent: 20 - 24 * 0.72 + 0.01 }, 'over-cap'],
  ];
  it.each(cases)('%s', (_, asked, { rules = {}, sourceMemory = '8GB', spent = 0 }, kind) => {
    const problem = newInstanceProblem({ ...ASKED, ...asked }, { rules: { ...RULES, ...rules }, sourceMemory, spent });
    expect(problem?.kind).toBe(kind);
  });

  it.each<[string, Partial<typeof ASKED>, Partial<NewInstanceRules>, NewInstanceProblem]>([
    ['the missing price', { memory: '32GB' }, {}, { kind: 'no-price', type: 'professional-db', memory: '32GB' }],
    ['what sizes there are', {}, { sizes: ['16GB'] }, { kind: 'size-not-allowed', memory: '8GB', allowed: ['16GB'] }],
    ['how large the source is', { memory: '4GB' }, {}, { kind: 'too-small', memory: '4GB', source: '8GB' }],
    ['how long it may live', { liveForMinutes: -1 }, {}, { kind: 'lives-too-long', longestMinutes: 10_080 }],
    [
      'what it costs, what was spent, and the cap',
      { liveForMinutes: 120 },
      { monthlyCap: 2 },
      { kind: 'over-cap', cap: 2, spent: 1, cost: 1.44, currency: 'USD' },
    ],
  ])('says %s', (_, asked, rules, problem) => {
    const about = { rules: { ...RULES, ...rules }, sourceMemory: '8GB', spent: 1 };
    expect(newInstanceProblem({ ...ASKED, ...asked }, about)).toEqual(problem);
  });

  it.each<[string, Partial<typeof ASKED>, string | undefined, Partial<NewInstanceRules>]>([
    ['where nobody knows how large the source is', { memory: '2GB' }, undefined, {}],
    ['where the size of the source is no size', { memory: '2GB' }, 'a lot', {}],
    ['of an allowed size', {}, '8GB', { sizes: ['4GB', '8GB'] }],
    ['for as long as is allowed', { liveForMinutes: 10_080 }, '8GB', { monthlyCap: 1_000 }],
    ['for exactly what is left', { liveForMinutes: 60 }, '8GB', { monthlyCap: 0.72 }],
  ])('may be %s', (_, asked, sourceMemory, rules) => {
    const about = { rules: { ...RULES, ...rules }, sourceMemory, spent: 0 };
    expect(newInstanceProblem({ ...ASKED, ...asked }, about)).toBeUndefined();
  });

  it('is nothing where the operator has not set it up', () => {
    expect(newInstanceProblem(ASKED, { rules: undefined, sourceMemory: '2GB', spent: 0 })?.kind).toBe('not-configured');
  });

  it('offers the sizes that may be chosen, smallest first', () => {
    expect(sizesFor(RULES, { type: 'professional-db', memory: '4GB' }).map(({ memory }) => memory)).toEqual([
      '4GB',
      '8GB',
      '16GB',
    ]);
    expect(sizesFor(RULES, { memory: '32GB' })).toEqual([]);
    const perHour = { 'business-critical': { '4GB': 0.9 }, ...RULES.prices.perHour };
    const both = sizesFor(
      { ...RULES, prices: { ...RULES.prices, perHour } },
      { type: 'professional-db', memory: '4GB' },
    );
    expect(both.map(({ type }) => type).at(-1)).toBe('business-critical');
  });

  it('offers each with its price, the type of the source first, and only what the rules leave', () => {
    const perHour = { 'business-critical': { '4GB': 0.9 }, ...RULES.prices.perHour };
    const rules = { ...RULES, prices: { ...RULES.prices, perHour }, sizes: ['4GB', '8GB'] };
    const offered = (type?: string, memory?: string) =>
      sizesFor(rules, { type, memory }).map((size) => `${size.type} ${size.memory} ${size.price.perHour}`);
    expect(offered('professional-db', '8GB')).toEqual(['professional-db 8GB 0.72']);
    expect(offered('professional-db')).toEqual([
      'professional-db 4GB 0.36',
      'professional-db 8GB 0.72',
      'business-critical 4GB 0.9',
    ]);
    expect(offered('business-critical', '4GB')).toEqual([
      'business-critical 4GB 0.9',
      'professional-db 4GB 0.36',
      'professional-db 8GB 0.72',
    ]);
    expect(offered()[0]).toBe('business-critical 4GB 0.9');
  });
});

it('a preview has its own rules where the operator set any, and the others otherwise', () => {
  expect(rulesOfPreview(RULES)).toEqual(RULES);
  const preview = { usualMinutes: 60, longestMinutes: 120 };
  const { preview: _, ...others } = rulesOfPreview({ ...RULES, preview });
  expect(others).toEqual({ ...RULES, ...preview });
});

describe('the price', () => {
  it('counts begun hours and is said rounded up', () => {
    expect(costOf({ perHour: 0.18 }, 61)).toBeCloseTo(0.36);
    expect(costOf({ perHour: 0.18 }, -5)).toBe(0);
    expect(moneyWords(0.361, 'USD')).toBe('0.37 USD');
    expect(moneyWords(17.28, 'USD')).toBe('17.28 USD');
    expect(priceOf(RULES.prices, 'professional-db', '2GB')).toEqual({
      perHour: 0.18,
      currency: 'USD',
      asOf: '2026-11-01',
    });
  });

  it('is of the whole hour that was begun, and of none where none was', () => {
    const cost = (minutes: number) => costOf({ perHour: 1 }, minutes);
    expect([-1, 0, 1, 59, 60, 61, 120].map(cost)).toEqual([0, 0, 1, 1, 1, 2, 2]);
  });

  it.each([
    [0, '0.00 USD'],
    [0.1 + 0.2, '0.30 USD'],
    [1.001, '1.01 USD'],
    [1.0000000001, '1.00 USD'],
    [12, '12.00 USD'],
  ])('of %s is said as %s', (amount, words) => {
    expect(moneyWords(amount, 'USD')).toBe(words);
  });

  it('is none of what stands in no table', () => {
    expect(priceOf(RULES.prices, 'professional-db', '32GB')).toBeUndefined();
    expect(priceOf(RULES.prices, 'professional-db', 'constructor')).toBeUndefined();
    expect(priceOf(RULES.prices, 'constructor', 'name')).toBeUndefined();
  });

  it('of a month is that of all, each by its own price', () => {
    const [one, other] = [
      { from: '2026-11-01T00:00:00.000Z', to: '2026-11-01T02:00:00.000Z', perHour: 1 },
      { from: '2026-11-30T23:00:00.000Z', to: '2026-12-01T01:00:00.000Z', perHour: 10 },
    ];
    expect(costInMonth([one, other], '2026-11-20T00:00:00.000Z')).toBe(12);
    expect(costInMonth([one, other], '2026-12-20T00:00:00.000Z')).toBe(10);
    expect(costInMonth([], '2026-12-20T00:00:00.000Z')).toBe(0);
    const december = { from: '2026-12-31T23:00:00.000Z', to: '2027-01-01T01:00:00.000Z', perHour: 1 };
    expect(costInMonth([december], '2027-01-20T00:00:00.000Z')).toBe(1);
  });

  it('of one that is gone ends with it', () => {
    const gone = madeInstance({ state: { status: 'removed', auraId: '1', at: '2026-11-10T15:00:00.000Z', by: 'bot' } });
    expect(spentOn([gone, gone], '2026-11-11T14:00:00.000Z')).toBeCloseTo(2 * 3 * 0.18);
  });

  it('of a month counts what falls into it', () => {
    const over = { from: '2026-10-31T12:00:00.000Z', to: '2026-11-01T12:00:00.000Z', perHour: 1 };
    expect(costInMonth([over], '2026-11-20T00:00:00.000Z')).toBe(12);
    expect(costInMonth([over], '2026-10-20T00:00:00.000Z')).toBe(12);
    expect(costInMonth([over], '2026-12-20T00:00:00.000Z')).toBe(0);
  });

  it('goes on for one whose time is over until it is gone, and is nothing for one that never was', () => {
    const late = madeInstance({ state: madeAs('12345678') });
    expect(spentOn([late], '2026-11-11T14:00:00.000Z')).toBeCloseTo(26 * 0.18);
    expect(spentOn([late], '2026-11-10T13:00:00.000Z')).toBeCloseTo(24 * 0.18);
    const never = madeInstance({ state: { status: 'not-made', at: '2026-11-10T12:10:00.000Z', why: 'refused' } });
    expect(spentOn([never], '2026-11-11T14:00:00.000Z')).toBe(0);
  });
});

describe('the name of a made instance', () => {
  it('says which one it is, within Aura’s limit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999_999_999 }), fc.uint8Array({ minLength: 8 }), (number, bytes) => {
        const id = newInstanceId(`R-${number}`);
        const mark = markFrom(bytes);
        const name = nameOfMade(id, mark);
        expect(name.length).toBeLessThanOrEqual(LONGEST_NAME);
        expect(readName(name)).toEqual({ id, mark });
      }),
    );
  });

  it.each([
    'Production',
    'rb-R-17',
    'rb-R-17-ABCDEFGH',
    'xrb-R-17-abcdefgh',
    'rb-R-17-abcdefgh copy',
    'rb--abcdefgh',
    '',
  ])('is not one that people gave: %s', (name) => expect(readName(name)).toBeUndefined());
});
