import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { oneApprover } from '../../src/restore/rules-needed.ts';
import { configOf, ordersFile, problemsIn } from '../support/config-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'rb-on-call-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const KEYS = { PAGERDUTY_TOKEN: 'pd-secret', OPSGENIE_API_KEY: 'og-secret' };

function load(onCall: string, approvers: string, env: Record<string, string> = KEYS) {
  return configOf(ordersFile(`approvers: ${approvers}`, `on_call: ${onCall}`), env);
}

const problems = (...given: Parameters<typeof load>) => problemsIn(() => load(...given)).join('\n');

const BOTH = `
  max_age: 2m
  people: { Anton@Example.com: U0ANTON }
  schedules:
    primary: { provider: pagerduty, id: PDB1 }
    nights: { provider: opsgenie, name: Database nights }
    days: { provider: opsgenie, id: d875 }
`;
const RULE = '{ groups: [S1], on_call: [primary, nights] }';

describe('on-call schedules in the configuration', () => {
  it('are named by alias, and rules name the aliases', () => {
    const { onCall, policy } = load(BOTH, RULE);
    expect(policy.instances[0]?.approval).toEqual(
      oneApprover({ users: [], groups: ['S1'], onCall: ['primary', 'nights'] }),
    );
    expect(onCall).toMatchObject({
      schedules: new Map([
        ['primary', { provider: 'pagerduty', id: 'PDB1' }],
        ['nights', { provider: 'opsgenie', id: 'Database nights', identifierType: 'name' }],
        ['days', { provider: 'opsgenie', id: 'd875', identifierType: 'id' }],
      ]),
      people: new Map([['anton@example.com', 'U0ANTON']]),
      maxAgeMs: 120_000,
    });
    expect(onCall.pagerDuty.apiUrl).toBe('https://api.pagerduty.com');
    expect(onCall.opsgenie.apiUrl).toBe('https://api.opsgenie.com');
  });

  it('need nothing when there are none', () => {
    const { onCall, policy } = load('{}', '{ groups: [S1] }', {});
    expect(onCall.schedules.size).toBe(0);
    expect(policy.instances[0]?.approval).toEqual(oneApprover({ users: [], groups: ['S1'] }));
  });

  it('have keys from the environment or a file, which no print of the configuration shows', () => {
    const file = join(folder, 'key');
    writeFileSync(file, 'pd-from-file\n');
    const { onCall } = load(BOTH, RULE, { PAGERDUTY_TOKEN_FILE: file, OPSGENIE_API_KEY: 'og-secret' });
    expect(onCall.pagerDuty.token()).toBe('pd-from-file');
    expect(onCall.opsgenie.apiKey()).toBe('og-secret');
    expect(JSON.stringify(onCall)).not.toMatch(/pd-from-file|og-secret/);
  });

  it('cannot stand alone in a rule: without the service nobody could confirm', () => {
    expect(problems(BOTH, '{ on_call: [primary] }')).toContain('at least one user or group, also beside on_call');
  });

  it('stand in any of several rules', () => {
    const several = (alias: string) =>
      `{ groups: [S9] }\n  second:\n    aura_id: "b1b2c3d4"\n    environment: staging\n    approvals_channel: C1\n    contact: the owners\n    approvals: [{ name: owners, groups: [S1], on_call: [${alias}], needed: 2 }]`;
    const { policy } = load(BOTH, several('nights'));
    expect(policy.instances[1]?.approval.rules).toEqual([
      { name: 'owners', users: [], groups: ['S1'], onCall: ['nights'], needed: 2 },
    ]);
    expect(problems(BOTH, several('nihgts'))).toContain('instances.second.approvals.0.on_call: names nihgts');
    const elsewhere = '{ groups: [S1] }\n    freeze_override: { approvers: { groups: [S2], on_call: [typo] } }';
    expect(problems(BOTH, elsewhere)).toContain('instances.orders.freeze_override.approvers.on_call: names typo');
    const ofEnvironment = `${BOTH}environments: { production: { approvers: { groups: [S1], on_call: [typo] } } }`;
    expect(problems(ofEnvironment, '{ groups: [S1] }')).toContain(
      'environments.production.approvers.on_call: names typo',
    );
  });

  it('that are wrong are all told at once, without a key', () => {
    const told = problems(BOTH, '{ groups: [S1], on_call: [primry] }', {
      OPSGENIE_API_KEY: 'og-secret',
      PAGERDUTY_API_URL: 'http://pagerduty.example',
      OPSGENIE_API_URL: 'http://127.0.0.1:1',
    });
    expect(told).toContain('PAGERDUTY_TOKEN: is not set, and on_call.schedules names a pagerduty schedule');
    expect(told).toContain('PAGERDUTY_API_URL: must be an https:// URL');
    expect(told).toContain('instances.orders.approvers.on_call: names primry, which is not under on_call.schedules');
    expect(told).not.toContain('OPSGENIE');
    expect(told).not.toContain('og-secret');
    expect(
      problems('{ schedules: { primary: { provider: opsgenie, id: a, name: b } } }', '{ groups: [S1] }'),
    ).toContain('must be named by either id or name');
    expect(problems('{ schedules: { primary: { provider: pagerduty, name: b } } }', '{ groups: [S1] }')).toContain(
      'on_call.schedules.primary',
    );
  });
});
