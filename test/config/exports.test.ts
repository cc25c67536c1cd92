import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { exportSentences } from '../../src/policy-check/export-sentences.ts';
import { policyOf, problemsIn } from '../support/config-file.ts';

const OFF_SITE = { name: 'off-site', keep_for: '400d', place: 'the vault', owners: { users: ['U012ABCDEF'] } };

type ExportRule = Readonly<Record<string, unknown>>;

function read(...exports: readonly ExportRule[]) {
  const defaults = {
    approvers: { users: ['U0APPROVER', 'U0ANOTHER'] },
    approvals_channel: 'C012APPROVALS',
    contact: 'the owners',
  };
  const instances = { orders: { aura_id: 'a1b2c3d4', environment: 'production', exports } };
  return policyOf(stringify({ defaults, instances })).instances[0];
}

const problemsOf = (...exports: readonly ExportRule[]) => problemsIn(() => read(...exports)).join('\n');

describe('exports in the configuration file', () => {
  it('fall due as the file says, with safe defaults', () => {
    const instance = read(
      { ...OFF_SITE, every: 'weekly', on: ['mon', 'thu'], at: '22:30', zone: 'Europe/Berlin' },
      { ...OFF_SITE, name: 'monthly', every: 'monthly' },
      { ...OFF_SITE, name: 'release', every: 'on-request', overdue_after: '4h' },
    );
    expect(instance?.exports).toMatchObject([
      {
        name: 'off-site',
        schedule: { every: 'week', days: ['mon', 'thu'], at: '22:30', zone: 'Europe/Berlin' },
        beforeDeployments: false,
        keepDays: 400,
        overdueMinutes: 2880,
        owners: { users: ['U012ABCDEF'], groups: [] },
      },
      { name: 'monthly', schedule: { every: 'month', days: [1], at: '06:00', zone: 'UTC' } },
      { name: 'release', beforeDeployments: true, overdueMinutes: 240 },
    ]);
    expect(instance?.exports?.[2]).not.toHaveProperty('schedule');
    const sentences = exportSentences(instance ?? {}, ({ users }) => users.join());
    expect(sentences[0]).toContain('every week on mon, thu at 22:30 (Europe/Berlin), to the vault, kept 400 days');
    expect(sentences[2]).toContain('before deployments');
  });

  it.each([
    ['nobody to see to it', { every: 'weekly', owners: {} }],
    ['no time and no request', {}],
    ['a day that no month has', { every: 'monthly', on: [0] }],
    ['a file name that a shell would read', { every: 'weekly', file_name: '{instance};rm.backup' }],
    ['a file that Aura does not export', { every: 'weekly', file_name: '{instance}.zip' }],
    ['an unknown part of a file name', { every: 'weekly', file_name: '{who}.backup' }],
    ['a zone that nobody knows', { every: 'weekly', zone: 'Mars/Olympus' }],
  ])('are refused with %s', (_, facts) => {
    expect(problemsOf({ ...OFF_SITE, ...facts })).toContain('instances.orders.exports');
  });

  it('are refused with two of one name', () => {
    expect(problemsOf({ ...OFF_SITE, every: 'weekly' }, { ...OFF_SITE, every: 'monthly' })).toContain(
      'different names',
    );
  });
});
