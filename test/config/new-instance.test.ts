import { expect, it } from 'vitest';
import { ordersFile, policyOf, problemsIn } from '../support/config-file.ts';

const PRICES = 'prices: { as_of: "2026-11-01", currency: USD, per_hour: { professional-db: { 8GB: 0.72 } } }';

function load(preview: string) {
  const rules = `approvers: { groups: [S1] }
    methods: [restore-snapshot, new-instance]
    new_instance: { time_to_live: 12h, longest: 2d, monthly_cap: 50${preview} }`;
  return policyOf(ordersFile(rules, PRICES)).instances[0]?.newInstance;
}

it('previews have no rules of their own when nothing is said', () => {
  expect(load('')).not.toHaveProperty('preview');
});

it('what a preview leaves out is as for any new instance', () => {
  expect(load(', preview: {}')?.preview).toEqual({ usualMinutes: 12 * 60, longestMinutes: 2 * 1440 });
  expect(load(', preview: { longest: 8h }')?.preview).toEqual({ usualMinutes: 8 * 60, longestMinutes: 8 * 60 });
  expect(load(', preview: { approvers: { users: [U1, U2] }, sizes: [8GB], time_to_live: 2h }')?.preview).toEqual({
    approval: { rules: [{ name: 'approvers', needed: 1, users: ['U1', 'U2'], groups: [] }], denialsNeeded: 1 },
    sizes: ['8GB'],
    usualMinutes: 2 * 60,
    longestMinutes: 2 * 1440,
  });
});

it.each([
  [', preview: { time_to_live: 3d }', /time_to_live of preview must not be longer than its longest/],
  [', preview: { time_to_live: 3h, longest: 2h }', /time_to_live of preview must not be longer than its longest/],
  [', preview: { approvers: { users: [U1] } }', /new_instance\.preview\.approvers: names one person only/],
  [', preview: { longest: 8d }', /between 1h and 7d/],
  [', preview: { monthly_cap: 5 }', /monthly_cap/],
])('%s is refused', (preview, why) => {
  expect(problemsIn(() => load(preview)).join('\n')).toMatch(why);
});
