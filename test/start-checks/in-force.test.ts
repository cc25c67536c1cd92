import { pino } from 'pino';
import { expect, it } from 'vitest';
import type { InstancePolicy, Policy } from '../../src/restore/policy.ts';
import { oneApprover } from '../../src/restore/rules-needed.ts';
import { createAllChecks } from '../../src/start-checks/all-checks.ts';
import { makePolicy, NOW } from '../support/make-restore.ts';
import { auraWith, slackWith, words } from '../support/surroundings.ts';

const policyWith = (facts: Partial<InstancePolicy>): Policy => ({ instances: [makePolicy(facts)], samePeople: [] });

const FILE = policyWith({ alias: 'orders', auditChannel: 'C0NEW', noticeChannels: [] });
const IN_FORCE = policyWith({
  alias: 'orders',
  auditChannel: 'C0OLD',
  noticeChannels: [],
  approval: oneApprover({ users: [], groups: ['S0OLD'] }),
});

it('channels and groups of the rules in force are looked at with those of the file, for as long as they are in force', async () => {
  const { slack, client } = await slackWith({
    channels: [
      { id: 'C0APPROVALS', name: 'approvals', botIsMember: true },
      { id: 'C0NEW', name: 'new', botIsMember: true },
    ],
  });
  const aura = await auraWith();
  let inForce = IN_FORCE;
  const checks = createAllChecks({
    config: {
      slack: { botToken: '', apiUrl: slack.apiUrl, transport: { kind: 'socket', appToken: '' } },
      aura: { apiUrl: aura.aura.url, clientId: '', clientSecret: '', requestsPerMinute: 60 },
      policy: FILE,
      onCall: {
        schedules: new Map(),
        people: new Map(),
        maxAgeMs: 0,
        pagerDuty: { apiUrl: '', token: () => '' },
        opsgenie: { apiUrl: '', apiKey: () => '' },
      },
    },
    inForce: () => inForce,
    redis: { settingProblems: async () => [], readClock: async () => NOW },
    slack: client,
    now: async () => NOW,
    anchors: { behind: async () => new Map([['C0OLD', '0-0']]), unfinished: async () => undefined },
    botName: () => 'restore-bot',
    aura: aura.client,
    onCall: { whoIsOn: async () => ({ kind: 'unknown', why: 'not-configured' }) },
    clocks: aura.clocks,
    log: pino({ level: 'silent' }),
    onFound: () => undefined,
  });
  const found = () => words(checks.found()).filter((one) => one.includes('OLD'));
  await checks.look();
  expect(found()).toEqual([
    expect.stringContaining('Slack channel C0OLD (audit_channel of orders in force) is not there'),
    expect.stringContaining('did not take the daily anchor for channel C0OLD (audit_channel of orders in force)'),
    expect.stringContaining('Slack user group S0OLD (approvers of orders in force) is not there'),
  ]);
  inForce = FILE;
  await checks.look();
  expect(found()).toEqual([]);
});
