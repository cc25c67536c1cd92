import { describe, expect, it } from 'vitest';
import type { NewInstanceRules } from '../../../src/restore/new-instance/rules.ts';
import { NEW_INSTANCE } from '../../../src/restore/policy/new-instance-rule.ts';
import type { ApprovalTerms } from '../../../src/restore/terms.ts';
import { NOW } from '../../support/make-restore.ts';

const PRICES = { asOf: '2026-11-01', currency: 'USD', perHour: { 'professional-db': { '8GB': 0.72 } } };
const needing = (needed: number): ApprovalTerms => ({
  rules: [{ name: 'budget', needed, users: [], groups: ['S0BUDGET'] }],
  denialsNeeded: 1,
});
const RULES: NewInstanceRules = {
  prices: PRICES,
  monthlyCap: 50,
  usualMinutes: 60,
  longestMinutes: 240,
  sizes: ['4GB', '8GB'],
  approval: needing(2),
};
const weights = (from: NewInstanceRules | undefined, to: NewInstanceRules | undefined) =>
  NEW_INSTANCE.weigh(from, to, NOW);
const without = (key: keyof NewInstanceRules): NewInstanceRules => {
  const { [key]: _, ...kept } = RULES;
  return kept as NewInstanceRules;
};

describe('what may be made of the snapshots of an instance', () => {
  it.each<[string, tighter: NewInstanceRules | undefined, looser: NewInstanceRules | undefined]>([
    ['nothing at all', undefined, RULES],
    ['a lower cap', { ...RULES, monthlyCap: 49 }, RULES],
    ['a shorter life', { ...RULES, longestMinutes: 239 }, RULES],
    ['fewer sizes', { ...RULES, sizes: ['8GB'] }, RULES],
    ['no size', { ...RULES, sizes: [] }, RULES],
    ['some sizes and not all', RULES, without('sizes')],
    ['more who must agree', RULES, { ...RULES, approval: needing(1) }],
    [
      'a shorter life of a preview',
      { ...RULES, preview: { usualMinutes: 60, longestMinutes: 100 } },
      { ...RULES, preview: { usualMinutes: 60, longestMinutes: 120 } },
    ],
    ['a shorter life of a preview alone', { ...RULES, preview: { usualMinutes: 60, longestMinutes: 100 } }, RULES],
    [
      'fewer sizes of a preview',
      { ...RULES, preview: { usualMinutes: 60, longestMinutes: 240, sizes: ['4GB'] } },
      { ...RULES, preview: { usualMinutes: 60, longestMinutes: 240 } },
    ],
  ])('%s: holds at once, and the looser one waits', (_, tighter, looser) => {
    expect(weights(looser, tighter)).toEqual(['tightens']);
    expect(weights(tighter, looser)).toEqual(['loosens']);
    expect(weights(tighter, tighter)).toEqual([]);
    const meanwhile = NEW_INSTANCE.tighter(tighter, looser);
    expect(weights(meanwhile, tighter).includes('tightens')).toBe(false);
    expect(weights(tighter, meanwhile).includes('loosens')).toBe(false);
    expect(NEW_INSTANCE.tighter(looser, tighter)).toEqual(meanwhile);
  });

  it('for another price or another usual time binds nobody, and is taken as it is proposed', () => {
    for (const other of [
      { ...RULES, usualMinutes: 90 },
      { ...RULES, prices: { ...PRICES, asOf: '2026-11-02' } },
    ]) {
      expect(weights(RULES, other)).toEqual(['neutral']);
      expect(NEW_INSTANCE.tighter(RULES, other)).toEqual(other);
    }
  });

  it('by rules of its own or by those of every restore: nobody can tell which is tighter', () => {
    expect(weights(RULES, without('approval'))).toEqual(['loosens']);
    expect(weights(without('approval'), RULES)).toEqual(['loosens']);
    expect(NEW_INSTANCE.tighter(RULES, without('approval'))?.approval).toEqual(RULES.approval);
    expect(NEW_INSTANCE.tighter(without('approval'), RULES)).not.toHaveProperty('approval');
    expect(weights(without('approval'), { ...without('approval'), usualMinutes: 30 })).toEqual(['neutral']);
  });

  it('is meanwhile what both allow', () => {
    const other: NewInstanceRules = {
      ...RULES,
      monthlyCap: 90,
      usualMinutes: 300,
      longestMinutes: 400,
      sizes: ['8GB', '16GB'],
      approval: needing(1),
    };
    expect(weights(RULES, other)).toEqual(expect.arrayContaining(['loosens', 'tightens']));
    expect(NEW_INSTANCE.tighter(RULES, other)).toEqual({
      prices: PRICES,
      monthlyCap: 50,
      usualMinutes: 240,
      longestMinutes: 240,
      sizes: ['8GB'],
      approval: needing(2),
    });
    expect(NEW_INSTANCE.tighter(without('sizes'), other)?.sizes).toEqual(other.sizes);
    expect(NEW_INSTANCE.tighter(without('sizes'), without('sizes'))).not.toHaveProperty('sizes');
    expect(NEW_INSTANCE.tighter(RULES, { ...RULES, monthlyCap: 90 })).toEqual(RULES);
  });

  it('has a preview that is what both allow of one, where either has rules of its own for it', () => {
    const preview = { usualMinutes: 60, longestMinutes: 120, sizes: ['4GB'], approval: needing(1) };
    const longer = { usualMinutes: 60, longestMinutes: 180, sizes: ['4GB', '8GB'], approval: needing(1) };
    const both = { usualMinutes: 60, longestMinutes: 120, sizes: ['4GB'] };
    expect(NEW_INSTANCE.tighter({ ...RULES, preview }, { ...RULES, preview: longer })?.preview).toEqual(preview);
    expect(NEW_INSTANCE.tighter({ ...RULES, preview }, RULES)?.preview).toEqual({ ...both, approval: needing(2) });
    expect(NEW_INSTANCE.tighter(RULES, { ...RULES, preview })?.preview).toEqual({ ...both, approval: needing(2) });
    expect(NEW_INSTANCE.tighter(RULES, { ...RULES, monthlyCap: 60 })).not.toHaveProperty('preview');
    expect(weights({ ...RULES, preview }, { ...RULES, preview: { ...preview, usualMinutes: 30 } })).toEqual([
      'neutral',
    ]);
  });
});
