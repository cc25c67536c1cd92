import { expect, it } from 'vitest';
import { isGoverned } from '../../../src/restore/policy/governed.ts';
import { makePolicy, makeRestore } from '../../support/make-restore.ts';

it('a plan has rules while its instance has them, and one that overwrites only while its source has them too', () => {
  const { plan } = makeRestore('approved');
  const own = { ...makePolicy(), auraId: plan.instance.auraId };
  const other = { ...own, alias: 'orders-staging', auraId: 'b2c3d4e5' };
  expect(isGoverned(plan, [own, other])).toBe(true);
  expect(isGoverned(plan, [other])).toBe(false);
  const copying = {
    ...plan,
    method: 'overwrite' as const,
    source: { ...plan.instance, auraId: other.auraId },
    restorePoint: { isLive: true as const, takenAt: plan.restorePoint.takenAt },
  };
  expect(isGoverned(copying, [own, other])).toBe(true);
  expect(isGoverned(copying, [own])).toBe(false);
});
