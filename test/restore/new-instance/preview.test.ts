import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editRefusal } from '../../../src/restore/edit.ts';
import { policyForNewInstance, previewRefusal } from '../../../src/restore/new-instance/policy.ts';
import type { NewInstanceRules } from '../../../src/restore/new-instance/rules.ts';
import type { InstanceToMake } from '../../../src/restore/plan.ts';
import { NEW_INSTANCE } from '../../../src/restore/policy/new-instance-rule.ts';
import { tightenedTerms } from '../../../src/restore/policy/tightening.ts';
import { makePolicy, makeRestore, NOW, SNAPSHOT } from '../../support/make-restore.ts';
import { askedForNew, NEW_INSTANCE_RULES, TO_MAKE } from '../../support/new-instance-messages.ts';
import { REQUESTER } from '../../support/people.ts';

const rule = (user: string, name = 'budget') => ({ name, users: [user, 'U8'], groups: [], needed: 1 });
const by = (user: string) => ({ rules: [rule(user)], denialsNeeded: 1 });
const PREVIEW = { longestMinutes: 480, usualMinutes: 120 };
const preview = (changes: Partial<NonNullable<NewInstanceRules['preview']>> = {}): NewInstanceRules => ({
  ...NEW_INSTANCE_RULES,
  preview: { ...PREVIEW, ...changes },
});
const forPreview = (newInstance: NewInstanceRules) =>
  policyForNewInstance(makePolicy({ newInstance }), { previewOf: 'R-16' });

describe('a preview', () => {
  it('goes by its own approval, else by that of any new instance, else by that of any restore', () => {
    expect(forPreview({ ...preview({ approval: by('U1') }), approval: by('U2') }).approval).toEqual(by('U1'));
    expect(forPreview({ ...preview(), approval: by('U2') }).approval).toEqual(by('U2'));
    expect(forPreview(preview()).approval).toEqual(makePolicy().approval);
    expect(forPreview(NEW_INSTANCE_RULES)).toEqual(
      policyForNewInstance(makePolicy({ newInstance: NEW_INSTANCE_RULES }), {}),
    );
  });

  it('has its own sizes and time to live, and the cap of them all', () => {
    expect(forPreview(preview({ sizes: ['8GB'] })).newInstance).toMatchObject({
      ...PREVIEW,
      sizes: ['8GB'],
      monthlyCap: NEW_INSTANCE_RULES.monthlyCap,
    });
    const any = policyForNewInstance(makePolicy({ newInstance: preview({ approval: by('U1') }) }), {});
    expect(any.newInstance?.longestMinutes).toBe(NEW_INSTANCE_RULES.longestMinutes);
    expect(any.approval).toEqual(makePolicy().approval);
  });

  it('that is open becomes tighter when the rules of previews do', () => {
    const asked = askedForNew();
    const open = askedForNew({}, {}, { ...TO_MAKE, previewOf: 'R-16' });
    const both = { rules: [...asked.terms.approval.rules, ...by('U1').rules], denialsNeeded: 1 };
    const policy = {
      samePeople: [],
      instances: [makePolicy({ newInstance: { ...preview({ approval: both }), approval: asked.terms.approval } })],
    };
    expect(tightenedTerms(open, policy)?.approval.rules).toHaveLength(2);
    expect(tightenedTerms(asked, policy)?.approval.rules ?? asked.terms.approval.rules).toHaveLength(1);
  });
});

describe('whether a new instance is a preview of a request', () => {
  const open = makeRestore('awaiting-approval');
  const previewed = { ...open, terms: { ...open.terms, previews: true as const } };
  const asked = {
    previewOf: open.id,
    auraId: open.plan.instance.auraId,
    snapshotId: SNAPSHOT.snapshotId,
  };

  it('is so while the request waits and goes back to that restore point', () => {
    expect(previewRefusal(asked, previewed)).toBeUndefined();
  });

  it.each([
    ['a request that nobody knows', asked, undefined],
    ['one that may not be previewed', asked, open],
    ['one that was agreed to', asked, { ...previewed, state: makeRestore('approved').state }],
    ['one that was withdrawn', asked, { ...previewed, state: makeRestore('withdrawn').state }],
    ['another restore point', { ...asked, snapshotId: 'another' }, previewed],
    ['another instance', { ...asked, auraId: 'ffffffff' }, previewed],
  ] as const)('is not so for %s', (_, wanted, restore) => {
    expect(previewRefusal(wanted, restore)).toEqual({
      reason: 'new-instance-not-possible',
      problem: { kind: 'nothing-to-preview', id: open.id },
    });
  });

  it('stays so: its restore point cannot be changed', () => {
    const asOther = (toMake: InstanceToMake) => {
      const restore = askedForNew({}, {}, toMake);
      const edit = {
        person: REQUESTER,
        planHash: restore.planHash,
        snapshot: { ...SNAPSHOT, snapshotId: 'another', exportable: true },
        start: restore.plan.start,
        checks: [],
        noticeChannels: [],
      };
      return editRefusal(restore, edit, makePolicy({ newInstance: NEW_INSTANCE_RULES }), NOW);
    };
    expect(asOther(TO_MAKE)).toBeUndefined();
    expect(asOther({ ...TO_MAKE, previewOf: 'R-16' })).toMatchObject({
      problem: { kind: 'nothing-to-preview' },
    });
  });
});

describe('a change of the rules of previews', () => {
  const cases = [
    ['the same', preview(), preview(), []],
    ['said where nothing was, as it was', NEW_INSTANCE_RULES, preview({ longestMinutes: 10_080 }), ['neutral']],
    ['a shorter life', preview(), preview({ longestMinutes: 240 }), ['tightens']],
    ['a longer life', preview(), preview({ longestMinutes: 481 }), ['loosens']],
    ['no rules of its own any more', preview(), NEW_INSTANCE_RULES, ['loosens']],
    ['fewer sizes', preview(), preview({ sizes: ['8GB'] }), ['tightens']],
    ['an approval of its own', preview(), preview({ approval: by('U1') }), ['loosens']],
    [
      'one person more beside that of new instances',
      { ...preview(), approval: by('U1') },
      { ...preview({ approval: { rules: [rule('U1'), rule('U2', 'second')], denialsNeeded: 1 } }), approval: by('U1') },
      ['tightens'],
    ],
  ] as const;
  it.each(cases)('%s', (_, inForce, proposed, weights) => {
    expect(NEW_INSTANCE.weigh(inForce as NewInstanceRules, proposed as NewInstanceRules, NOW)).toEqual(weights);
  });

  it('holds at once only as far as it is looser in nothing', () => {
    const approval = fc.constantFrom(undefined, by('U1'), by('U2'), { ...by('U1'), denialsNeeded: 2 });
    const sizes = fc.constantFrom(undefined, ['8GB'], ['8GB', '16GB']);
    const making = fc.record({ longestMinutes: fc.constantFrom(60, 480, 1440), approval, sizes });
    const rules = fc
      .record({ any: making, own: fc.option(making, { nil: undefined }), monthlyCap: fc.constantFrom(10, 50) })
      .map(({ any, own, monthlyCap }): NewInstanceRules => {
        return { ...NEW_INSTANCE_RULES, monthlyCap, ...given(any), ...(own ? { preview: given(own) } : {}) };
      });
    fc.assert(
      fc.property(rules, rules, (inForce, proposed) => {
        const tighter = NEW_INSTANCE.tighter(inForce, proposed);
        expect(NEW_INSTANCE.weigh(inForce, tighter, NOW)).not.toContain('loosens');
      }),
    );
  });
});

type Making = Omit<NonNullable<NewInstanceRules['preview']>, 'usualMinutes' | 'approval' | 'sizes'> & {
  readonly approval: NewInstanceRules['approval'];
  readonly sizes: readonly string[] | undefined;
};

function given({ longestMinutes, approval, sizes }: Making): NonNullable<NewInstanceRules['preview']> {
  return { longestMinutes, usualMinutes: 60, ...(approval ? { approval } : {}), ...(sizes ? { sizes } : {}) };
}
