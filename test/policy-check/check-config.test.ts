import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { startPagerDuty } from '../../playground/on-call/pagerduty.ts';
import { startSlackSimulator } from '../../playground/slack/simulator.ts';
import type { SimUser } from '../../playground/slack/workspace.ts';
import { checkConfig } from '../../src/policy-check/check-config.ts';
import { SCOPES } from '../../src/slack/scopes.ts';

const NOW = () => Date.parse('2026-11-21T03:04:05.000Z');

const folder = mkdtempSync(join(tmpdir(), 'rb-check-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const PEOPLE: readonly (Partial<SimUser> & { readonly id: string })[] = [
  { id: 'U0RITA', realName: 'Rita Osei' },
  { id: 'U0ANTON', realName: 'Anton Berg', email: 'anton@harbour.example' },
  { id: 'U0AYUMI', realName: 'Ayumi Sato' },
  { id: 'U0GUS', realName: 'Gus Guest', isGuest: true },
  { id: 'U0OLGA', realName: 'Olga Old', isDeleted: true },
];
const GROUPS = [
  { id: 'S0OWNERS', handle: 'owners', users: ['U0ANTON', 'U0AYUMI'] },
  { id: 'S0GONE', handle: 'gone', users: ['U0GUS', 'U0OLGA'] },
];

/** The environment of a workspace with a configuration of one instance, `orders`. */
async function environmentOf(settings: string, rest = ''): Promise<Record<string, string>> {
  const slack = await startSlackSimulator({
    workspace: {
      team: { id: 'T0', name: 'Harbour', domain: 'harbour' },
      users: PEOPLE.map((person) => ({ name: person.id.toLowerCase(), realName: person.id, tz: 'UTC', ...person })),
      channels: [],
      groups: GROUPS,
    },
    scopes: SCOPES,
  });
  closers.push(() => slack.close());
  return {
    ...fileOf(settings, rest),
    SLACK_BOT_TOKEN: slack.app.botToken,
    SLACK_APP_TOKEN: slack.app.appToken,
    SLACK_API_URL: slack.apiUrl,
    AURA_CLIENT_ID: 'id',
    AURA_CLIENT_SECRET: 'secret',
  };
}

function fileOf(settings: string, rest = ''): { readonly CONFIG_FILE: string } {
  const file = join(folder, `${Math.random()}.yaml`);
  const own = settings.trim().split('\n').join('\n    ');
  writeFileSync(
    file,
    `instances:\n  orders:\n    aura_id: "a1b2c3d4"\n    environment: production\n    approvals_channel: C1\n    contact: the owners\n    ${own}\n${rest}`,
  );
  return { CONFIG_FILE: file };
}

const text = ({ lines }: { readonly lines: readonly string[] }) => lines.join('\n');

describe('what the configuration means', () => {
  it('names the people it found, says who counts and that a request could be approved', async () => {
    const checked = await checkConfig(
      await environmentOf('approvals: [{ name: owners, groups: [S0OWNERS, S0GONE], needed: 1 }]'),
      NOW,
    );
    expect(checked.problems).toEqual([]);
    expect(text(checked)).toContain('orders (production, Aura id a1b2c3d4)');
    expect(text(checked)).toContain('1 of the owners (group @owners (S0OWNERS), group @gone (S0GONE))');
    expect(text(checked)).toContain(
      'today 2 may agree for "owners": Anton Berg (U0ANTON), Ayumi Sato (U0AYUMI); not counted: Gus Guest (U0GUS), a guest, Olga Old (U0OLGA), not active',
    );
    expect(text(checked)).toContain('today a request could be approved, whoever asks');
  });

  it.each([
    ['', false],
    ['methods: [overwrite, restore-snapshot]', false],
    ['methods: [overwrite]', true],
  ])('says that a restore can be undone where the methods do not: %s', async (methods, isSaid) => {
    const checked = await checkConfig(await environmentOf(`approvers: { groups: [S0OWNERS] }\n${methods}`), NOW);
    expect(checked.problems).toEqual([]);
    expect(text(checked).includes('put back to the safety snapshot of a restore, to undo it')).toBe(isSaid);
  });

  it('names those whose own requests could not be approved', async () => {
    const checked = await checkConfig(
      await environmentOf('approvals: [{ name: owners, groups: [S0OWNERS], needed: 2 }]'),
      NOW,
    );
    expect(checked.problems).toEqual([]);
    expect(text(checked)).toContain(
      'could be approved, but not when one of these asks: Anton Berg (U0ANTON), Ayumi Sato (U0AYUMI) ("owners" needs 2, and 1 can be found)',
    );
  });

  it.each([
    [
      'a rule that nobody active can fill',
      'approvals: [{ name: owners, groups: [S0GONE] }]',
      'orders: a request could not be approved today, whoever asks: "owners" needs 1, and 0 can be found.',
    ],
    [
      'a freeze override whose people are all needed elsewhere',
      'approvals: [{ name: owners, groups: [S0OWNERS], needed: 2 }]\nfreeze_override: { approvers: { groups: [S0OWNERS] } }',
      'orders: a start in a freeze could not be approved today, whoever asks: "freeze override" needs 1, and 0 can be found.',
    ],
    [
      'requesters of whom none is active',
      'approvers: { groups: [S0OWNERS] }\nrequesters: { groups: [S0GONE] }',
      'orders: nobody could ask today: nobody named is an active full member.',
    ],
    [
      'requesters who are all approvers that are needed',
      'approvals: [{ name: owners, groups: [S0OWNERS], needed: 2 }]\nrequesters: { groups: [S0OWNERS] }',
      'orders: a request could not be approved today, whoever asks: "owners" needs 2, and 1 can be found.',
    ],
    [
      'more denials than there are people to deny',
      'approvers: { groups: [S0OWNERS] }\ndeny: { needed: 3 }',
      'orders: cannot be ended by a no today: 3 must deny, and 2 can.',
    ],
    [
      'a group that is not there',
      'approvers: { groups: [S0OWNERS, S0LOST] }',
      'Slack did not tell who is in S0LOST (no such user group, or it is disabled).',
    ],
    [
      'an account that is not there',
      'approvers: { groups: [S0OWNERS], users: [U0LOST] }',
      'Slack did not tell who U0LOST is (user_not_found).',
    ],
  ])('finds %s', async (_, settings, problem) => {
    const checked = await checkConfig(await environmentOf(settings), NOW);
    expect(checked.problems).toContain(problem);
  });

  it('says who must agree to new instances and previews, and whether they could today', async () => {
    const newInstances = (preview: string) =>
      environmentOf(
        `approvers: { groups: [S0OWNERS] }\nmethods: [restore-snapshot, new-instance]\nnew_instance: { approvers: { users: [U0ANTON, U0RITA] }, monthly_cap: 50${preview} }`,
        'prices: { as_of: "2026-11-01", currency: USD, per_hour: { professional-db: { 8GB: 0.72 } } }\n',
      );
    const plain = text(await checkConfig(await newInstances(''), NOW));
    expect(plain).toContain(
      'may have new instances made from its snapshots: one of Anton Berg (U0ANTON), Rita Osei (U0RITA) must agree; of every size with a price, for 24h when nobody chooses otherwise and 168h at most; all that the bot makes cost at most 50.00 USD in a month',
    );
    expect(plain).toContain('previewed by the rules of any new instance: no preview is configured');
    expect(plain).toContain('today a new instance could be approved, whoever asks');

    const fallback = text(await checkConfig(await newInstances(', preview: { longest: 8h, sizes: [8GB] }'), NOW));
    expect(fallback).toContain(
      'previewed: whoever must agree to any new instance must agree; of 8GB, for 8h when nobody chooses otherwise and 8h at most',
    );

    const nobody = await checkConfig(await newInstances(', preview: { approvers: { groups: [S0GONE] } }'), NOW);
    expect(text(nobody)).toContain('previewed: one of group @gone (S0GONE) must agree');
    expect(nobody.problems).toEqual([
      'orders: a preview could not be approved today, whoever asks: "approvers" needs 1, and 0 can be found.',
    ]);
  });

  it('counts linked accounts once', async () => {
    const checked = await checkConfig(
      await environmentOf(
        'approvals: [{ name: owners, groups: [S0OWNERS], needed: 2 }]',
        'people: { same: [[U0ANTON, U0AYUMI]] }',
      ),
      NOW,
    );
    expect(checked.problems[0]).toContain('"owners" needs 2, and 1 can be found');
  });

  it('asks who is on call, and goes by the named people alone when nobody says', async () => {
    const pagerDuty = await startPagerDuty({
      token: 'key',
      shifts: [{ scheduleId: 'P1', scheduleName: 'Databases', email: 'anton@harbour.example' }],
    });
    closers.push(() => pagerDuty.close());
    const env = {
      ...(await environmentOf(
        'approvers: { users: [U0GUS, U0AYUMI], on_call: [databases] }\nrequesters: { users: [U0AYUMI] }',
        'on_call: { schedules: { databases: { provider: pagerduty, id: P1 } } }',
      )),
      PAGERDUTY_API_URL: pagerDuty.url,
      PAGERDUTY_TOKEN: 'key',
    };
    const checked = await checkConfig(env, NOW);
    expect(checked.problems).toEqual([]);
    expect(text(checked)).toContain('Anton Berg (U0ANTON)');
    pagerDuty.setFault({ kind: 'away', times: 9 });
    const without = await checkConfig(env, NOW);
    expect(text(without)).toContain('On call: PagerDuty did not answer (databases, PagerDuty schedule P1)');
    expect(without.problems[0]).toContain('"approvers" needs 1, and 0 can be found');
  });

  it('says without a token what would be looked at, and asks for no other secret', async () => {
    const checked = await checkConfig(fileOf('approvers: { groups: [S0OWNERS], users: [U0ANTON] }'), NOW);
    expect(checked.problems).toEqual([]);
    expect(text(checked)).toContain(
      'was not looked up, because this environment holds no Slack token; looked at would be who is in S0OWNERS; whether each of U0ANTON is an active full member',
    );
  });

  it('has a problem when Slack refuses the token or does not answer', async () => {
    const env = await environmentOf('approvers: { groups: [S0OWNERS] }');
    const refused = await checkConfig({ ...env, SLACK_BOT_TOKEN: 'xoxb-revoked' }, NOW);
    expect(refused.problems).toEqual(['Nobody could be looked up: Slack refuses the token: invalid_auth.']);
    for (const close of closers.splice(0)) await close();
    const away = await checkConfig(env, NOW);
    expect(away.problems).toEqual(['Nobody could be looked up: Slack did not answer.']);
    expect(text(away)).toContain('must be confirmed by one of group S0OWNERS');
  });

  it('finds without asking anybody an override whose named people are needed elsewhere, and a calendar that never opens', async () => {
    const checked = await checkConfig(
      fileOf(
        'approvals: [{ name: owners, users: [U0ANTON, U0AYUMI], needed: 2 }]\nfreeze_override: { approvers: { users: [U0ANTON] } }',
      ),
      NOW,
    );
    expect(checked.problems[0]).toContain('instances.orders.freeze_override: can never be completed');
    const never = await checkConfig(
      fileOf('approvers: { groups: [S0OWNERS] }\nwindows: [{ from: 2020-01-01T00:00:00Z, to: 2020-01-02T00:00:00Z }]'),
      NOW,
    );
    expect(never.problems).toEqual(['orders: it can never start in the next three years.']);
  });
});
