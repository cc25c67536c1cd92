import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load-config.ts';
import { readCheck } from '../../src/graph/check-definition.ts';
import { DOZEN, ENVIRONMENT, configOf as load, problemsIn } from '../support/config-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'rb-config-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const problems = (...given: Parameters<typeof load>) => problemsIn(() => load(...given));

describe('a configuration', () => {
  it('of a dozen lines works, with the safe defaults', () => {
    const { policy, timing, redis, role, port } = load(DOZEN);
    expect(policy.instances).toEqual([
      expect.objectContaining({
        alias: 'orders',
        auraId: 'a1b2c3d4',
        auditChannel: 'C1',
        noticeLeadMinutes: 0,
        objections: 'hold',
        updateMinutes: 30,
        requestExpiryMinutes: 60,
        executionExpiryMinutes: 60,
        lossBoundMinutes: 60,
        checkNames: [],
        calendar: { windows: [], freezes: [] },
      }),
    ]);
    expect(timing).toMatchObject({ pollMs: 15_000, startWatchMs: 120_000, startLagMs: 90_000, sweepMs: 5_000 });
    expect({ redis, role, port }).toEqual({
      redis: { localDirectory: join('.data', 'redis') },
      role: 'all',
      port: 3000,
    });
  });

  it('is the commented example, whole', () => {
    const config = loadConfig(
      {
        ...ENVIRONMENT,
        CONFIG_FILE: 'restore-bot.example.yaml',
        ORDERS_PROD_BOLT_PASSWORD: 'p',
        PAGERDUTY_TOKEN: 'p',
        OPSGENIE_API_KEY: 'o',
      },
      readCheck,
    );
    expect(config.policy.instances[0]).toMatchObject({
      retentionDays: 30,
      estimate: { fromMinutes: 10, toMinutes: 40 },
      objectives: { rpoMinutes: 240, rtoMinutes: 60 },
      requiredFields: ['ticket'],
    });
    expect(config.policy.instances[0]?.checkNames).toHaveLength(5);
    expect(config.policy.instances[0]?.approval.rules[0]?.onCall).toEqual(['databases']);
    expect(config.boltByAlias['orders-prod']?.password()).toBe('p');
  });

  it('takes the language from the narrowest level that names one, and that of channels as they are', () => {
    const languages = (defaults: string, own = '') => {
      const yaml = DOZEN.replace('    environment: production', `    environment: production\n${own}`);
      const { policy } = load(`${yaml}\n${defaults}\nchannels: { C012STATUS: { language: de } }\n`);
      return [policy.instances[0]?.language, policy.channelLanguages];
    };
    const channels = { C012STATUS: 'de' };
    expect(languages('')).toEqual([undefined, channels]);
    expect(languages('environments: { production: { language: de } }')).toEqual(['de', channels]);
    expect(languages('environments: { production: { language: de } }', '    language: en')).toEqual(['en', channels]);
    expect(problems(`${DOZEN}\nchannels: { status: { language: fr } }\n`).join('\n')).toMatch(/channels/);
  });

  it('takes who must agree from the environment before the defaults, and keeps one name for the bot', () => {
    const rulesOf = (name: string) =>
      load(
        `${DOZEN.replace(/ {4}approvers: .*\n/, '')}\nenvironments: { production: { approvals: [{ name: ${name}, groups: [S7] }], deny: { needed: 2 } } }\ndefaults: { approvers: { groups: [S9] } }\n`,
      ).policy.instances[0]?.approval;
    expect(rulesOf('owners')).toEqual({
      rules: [{ name: 'owners', needed: 1, users: [], groups: ['S7'] }],
      denialsNeeded: 2,
    });
    expect(() => rulesOf('Freeze Override')).toThrow('another name');
  });

  it('reads approvers as one rule that one person fills, and several rules as they stand', () => {
    const rulesOf = (lines: string) =>
      load(`${DOZEN.replace(/ {4}approvers: .*\n/, '')}    ${lines}\n`).policy.instances[0]?.approval;
    expect(rulesOf('approvers: { users: [U1, U2] }')).toEqual({
      rules: [{ name: 'approvers', needed: 1, users: ['U1', 'U2'], groups: [] }],
      denialsNeeded: 1,
    });
    expect(
      rulesOf(
        'approvals: [{ name: owners, groups: [S1], needed: 2 }, { name: service, users: [U1] }]\n    deny: { needed: 2 }',
      ),
    ).toEqual({
      rules: [
        { name: 'owners', needed: 2, users: [], groups: ['S1'] },
        { name: 'service', needed: 1, users: ['U1'], groups: [] },
      ],
      denialsNeeded: 2,
    });
  });

  it('lets what an instance says of its approval take the place of the defaults, whichever form either has', () => {
    const file = `defaults: { approvals: [{ name: owners, groups: [S1], needed: 2 }], deny: { needed: 3 } }\n${DOZEN}`;
    expect(load(file).policy.instances[0]?.approval).toMatchObject({
      rules: [{ name: 'approvers' }],
      denialsNeeded: 3,
    });
  });

  it('tells every problem at once, of the environment and of the file, with a hint and without a secret', () => {
    const found = problems(
      `
instances:
  orders:
    aura_id: nonsense
    environmnt: production
    environment: prod
    approvers: { users: [rita] }
    request_expiry: soon
    windows: [{ days: [mon], from: "25:00", to: "06:00", zone: Mars/Base }]
`,
      {
        PORT: 'x',
        ROLE: 'boss',
        SLACK_API_URL: 'http://slack.example/api/',
        AURA_CLIENT_SECRET: '',
        SLACK_BOT_TOKEN_FILE: '/nowhere',
      },
    ).join('\n');
    for (const words of [
      'PORT: must be a port number',
      'ROLE: must be all, slack or worker',
      'SLACK_API_URL: must be an https:// URL',
      'AURA_CLIENT_SECRET: is not set',
      'both SLACK_BOT_TOKEN and SLACK_BOT_TOKEN_FILE are set',
      'instances.orders.environmnt: unknown key; did you mean environment?',
      'instances.orders.aura_id',
      'Copy member ID',
      'instances.orders.request_expiry: must be a duration such as 90m',
      'an IANA time zone',
    ]) {
      expect(found).toContain(words);
    }
    expect(found).not.toContain('secret-');
  });

  it.each([
    ['one approver only', 'approvers: { users: [U1] }', 'names one person only'],
    [
      'two accounts of one human as approvers',
      'approvers: { users: [U1, U2] }\npeople: { same: [[U1, U2]] }',
      'names one person only',
    ],
    ['no approvers', '', 'approvers: is missing'],
    [
      'a rule that needs more people than it names',
      'approvals: [{ name: owners, users: [U1, U2], needed: 2 }, { name: service, users: [U2] }]',
      'can never be completed',
    ],
    [
      'linked accounts counted as two people',
      'approvals: [{ name: owners, users: [U1, U2], needed: 2 }]\npeople: { same: [[U1, U2]] }',
      'can never be completed: "owners" needs 2',
    ],
    ['two rules of one name', 'approvals: [{ name: a, groups: [S1] }, { name: A, groups: [S2] }]', 'different names'],
    ['a rule of nobody', 'approvals: [{ name: a }]', 'at least one user or group'],
    ['a rule that needs nobody', 'approvals: [{ name: a, groups: [S1], needed: 0 }]', 'needed'],
    ['both forms of approval', 'approvals: [{ name: a, groups: [S1] }]\n    approvers: { groups: [S1] }', 'keep one'],
  ])('with %s is refused', (_, lines, words) => {
    const [approvers = '', people = ''] = lines.split(/\n(?=people)/);
    const yaml = `
instances:
  orders:
    aura_id: "a1b2c3d4"
    environment: production
    approvals_channel: C1
    contact: x
    ${approvers}
${people}
`;
    expect(problems(yaml).join('\n')).toContain(words);
  });

  it.each([
    [
      'a freeze whose moments have no offset',
      'freezes: [{ name: x, from: 2026-12-23T00:00, to: 2027-01-02 }]',
      'with its offset',
    ],
    [
      'a freeze that ends before it begins',
      'freezes: [{ name: x, from: 2027-02-01T00:00:00Z, to: 2027-01-02T00:00:00Z }]',
      'ends after it begins',
    ],
    ['a window of no length', 'windows: [{ days: [mon], from: "20:00", to: "20:00", zone: UTC }]', 'are the same'],
    [
      'an unknown key of a window',
      'windows: [{ days: [mon], from: "20:00", to: "22:00", zon: UTC }]',
      'did you mean zone',
    ],
    [
      'a dated window that ends first',
      'windows: [{ from: 2027-02-01T00:00:00Z, to: 2027-01-02T00:00:00Z }]',
      'ends after',
    ],
    ['a yearly freeze of no such day', 'freezes: [{ name: x, yearly: 02-30..03-01, zone: UTC }]', 'MM-DD..MM-DD'],
    ['a monthly freeze of a day 0', 'freezes: [{ name: x, monthly: 0..2, zone: UTC }]', 'counted from the end'],
    ['holidays of no calendar', 'holidays: [{ calendar: germany }]', 'not under calendars'],
    ['working hours over midnight', 'working_hours: { days: [mon], from: "22:00", to: "06:00" }', 'hours of one day'],
    ['nobody to agree to an override', 'freeze_override: { approvers: {} }', 'at least one user or group'],
    ['a list where a text belongs', 'action_required: [restart]', 'must be string, but is a list'],
  ])('with %s is refused', (_, line, words) => {
    expect(problems(`${DOZEN}    ${line}\n`).join('\n')).toContain(words);
  });

  it('tells the channels of dependants as well, each channel once, and keeps who owns them', () => {
    const { policy } = load(`${DOZEN}
    stakeholders: { users: [U7] }
    objections: tell
    updates_every: 45m
    notice_channels: [C1, C2]
    dependants:
      - { name: Checkout, owner: team-orders, users: [U8], channel: C3 }
      - { name: Search, groups: [S8], channel: C2 }
`);
    expect(policy.instances[0]).toMatchObject({
      noticeChannels: ['C1', 'C2', 'C3'],
      stakeholders: { users: ['U7'], groups: [] },
      objections: 'tell',
      updateMinutes: 45,
      dependants: [
        { name: 'Checkout', owner: 'team-orders', users: ['U8'], channel: 'C3' },
        { name: 'Search', groups: ['S8'], channel: 'C2' },
      ],
    });
  });

  it('refuses groups of stakeholders that could be mentioned nowhere', () => {
    const lines = '    stakeholders: { groups: [S7] }\n';
    expect(problems(`${DOZEN}${lines}`)).toEqual([
      'instances.orders.notice_channels: names no channel, and groups of stakeholders can only be mentioned in one',
    ]);
    expect(problems(`${DOZEN}${lines}    notice_channels: [C1]\n`)).toEqual([]);
    expect(problems(`${DOZEN}    updates_every: 30s\n    notice_channels: [C1]\n`).join()).toContain(
      'a minute at least',
    );
    expect(problems(`${DOZEN}    stakeholders: { users: [] }\n`).join()).toContain('at least one user or group');
  });

  it('takes all accounts that lists of one human connect for one person', () => {
    const yaml = `${DOZEN.replace('[U1, U2]', '[U1, U3]')}people: { same: [[U1, U2], [U4, U5], [U2, U3]] }\n`;
    expect(problems(yaml).join()).toContain('names one person only');
    const { policy } = load(`${yaml.replace('[U1, U3]', '[U1, U3, U4]')}`);
    expect(policy.samePeople).toEqual([
      ['U4', 'U5'],
      ['U1', 'U2', 'U3'],
    ]);
  });

  it('that would look at things without a pause is refused', () => {
    expect(problems(`${DOZEN}timing: { poll_interval: 0s }\n`)).toEqual([
      'timing.poll_interval: must be a pause longer than 0s',
    ]);
  });

  it('with an alias that is the Aura id of another instance is refused, since people type either', () => {
    const other = DOZEN.replace('instances:', '')
      .replace('  orders:', '  a1b2c3d4:')
      .replace('"a1b2c3d4"', '"b2c3d4e5"');
    expect(problems(`${DOZEN}${other}`).join()).toContain('is called like the Aura id of orders');
  });

  it('with a secret file that is empty, or a Redis address that is none, is refused without telling the address', () => {
    const empty = join(folder, 'empty');
    writeFileSync(empty, '\n');
    expect(problems(DOZEN, { SLACK_APP_TOKEN: '', SLACK_SIGNING_SECRET_FILE: empty })).toEqual([
      'SLACK_SIGNING_SECRET_FILE: names a file that is empty',
    ]);
    expect(problems(DOZEN, { REDIS_URL: 'user:hunter2@host:6379' })).toEqual([
      'REDIS_URL: must be a redis:// or rediss:// URL',
    ]);
  });

  it('may hold the Redis address in a file', () => {
    const file = join(folder, 'redis-url');
    writeFileSync(file, 'redis://redis:6379\n');
    expect(load(DOZEN, { REDIS_URL_FILE: file }).redis).toEqual({ url: 'redis://redis:6379' });
  });

  it('with the same instance under two aliases is refused', () => {
    const twice = `${DOZEN}${DOZEN.replace('instances:', '').replace('  orders:', '  copy:')}`;
    expect(problems(twice)).toEqual(['instances.copy.aura_id: is the same as that of orders']);
  });

  it('with a check that writes or leaves the database is refused', () => {
    const yaml = `${DOZEN}    checks:
      - name: sneaky
        query: |
          LOAD CSV FROM 'https://evil.example' AS row RETURN row
        expect: no_rows
`;
    expect(problems(yaml).join()).toContain('must not load files');
  });

  it('names a Bolt password that is not set, and never holds one that is where it could be printed', () => {
    const yaml = `${DOZEN}    bolt: { password_variable: ORDERS_PASSWORD }\n`;
    expect(problems(yaml)).toEqual([
      'instances.orders.bolt.password_variable: names ORDERS_PASSWORD, which is not set',
    ]);
    expect(JSON.stringify(load(yaml, { ORDERS_PASSWORD: 'hunter2' }).boltByAlias)).not.toContain('hunter2');
  });
});

describe('delegation', () => {
  const policyOf = (defaults: string, environment: string, own: string) =>
    load(
      `defaults: { ${defaults} }\nenvironments: { production: { ${environment} } }\n${DOZEN.trimEnd()}\n${own ? `    ${own}\n` : ''}`,
    ).policy.instances[0]?.delegation;

  it('is allowed where nobody forbids it, and a narrower level only tightens', () => {
    expect(policyOf('', '', '')).toBeUndefined();
    expect(policyOf('', '', 'delegation: forbidden')).toBe('forbidden');
    expect(policyOf('', 'delegation: forbidden', 'delegation: allowed')).toBe('forbidden');
    expect(policyOf('delegation: forbidden', 'delegation: allowed', 'delegation: allowed')).toBe('forbidden');
  });
});
