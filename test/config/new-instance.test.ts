import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { loadPolicy } from '../../src/config/load-config.ts';
import { ConfigError } from '../../src/config/problem.ts';
import { readCheck } from '../../src/graph/check-definition.ts';

const folder = mkdtempSync(join(tmpdir(), 'rb-new-instance-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function load(preview: string) {
  const file = join(folder, 'restore-bot.yaml');
  writeFileSync(
    file,
    `
instances:
  orders:
    aura_id: "a1b2c3d4"
    environment: production
    approvals_channel: C1
    contact: the owners
    approvers: { groups: [S1] }
    methods: [restore-snapshot, new-instance]
    new_instance: { time_to_live: 12h, longest: 2d, monthly_cap: 50${preview} }
prices: { as_of: "2026-11-01", currency: USD, per_hour: { professional-db: { 8GB: 0.72 } } }
`,
  );
  return loadPolicy({ CONFIG_FILE: file }, readCheck).instances[0]?.newInstance;
}

function problems(preview: string): readonly string[] {
  try {
    load(preview);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map(({ where, what }) => `${where}: ${what}`);
  }
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
  expect(problems(preview).join('\n')).toMatch(why);
});
