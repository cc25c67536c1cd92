import { describe, expect, it } from 'vitest';
import type { SimChannel, SimGroup } from '../../playground/slack/workspace.ts';
import type { ExportPlan } from '../../src/restore/exports/export-plan.ts';
import { oneApprover } from '../../src/restore/rules-needed.ts';
import { SCOPES } from '../../src/slack/scopes.ts';
import { createChannelsCheck } from '../../src/start-checks/channels-check.ts';
import { createGroupsCheck } from '../../src/start-checks/groups-check.ts';
import { namedChannels, namedGroups } from '../../src/start-checks/named.ts';
import { createSlackCheck } from '../../src/start-checks/slack-check.ts';
import { makePolicy } from '../support/make-restore.ts';

import { slackWith, weights, words } from '../support/surroundings.ts';

describe('the check of the Slack token', () => {
  const find = async (facts: Parameters<typeof slackWith>[0]) =>
    createSlackCheck((await slackWith(facts)).client).find();

  it('finds nothing when it carries the scopes of the manifest', async () => {
    expect(await find({})).toEqual([]);
  });

  it('names the scopes that it lacks', async () => {
    const found = await find({ scopes: SCOPES.filter((scope) => scope !== 'im:write' && scope !== 'users:read') });
    expect(words(found)).toEqual([
      'The Slack token lacks the scopes users:read, im:write: add them under "OAuth & Permissions" of the Slack app (manifest.yml lists all), and reinstall the app.',
    ]);
    expect(weights(found)).toEqual(['fault']);
  });

  it('says that nobody can decide with a token that Slack does not accept', async () => {
    const found = await find({ token: 'xoxb-revoked' });
    expect(words(found)).toEqual([
      expect.stringMatching(/does not accept the bot's token \(invalid_auth\).*set SLACK_BOT_TOKEN/),
    ]);
    expect(weights(found)).toEqual(['stops-decisions']);
  });

  it('does not blame the token when Slack is away', async () => {
    const { slack, client } = await slackWith();
    slack.faults.add({ kind: 'away', times: 1 });
    expect(words(await createSlackCheck(client).find())).toEqual([expect.stringContaining('Slack could not be asked')]);
  });
});

describe('the check of named channels', () => {
  const channels = namedChannels({
    instances: [
      makePolicy({ alias: 'orders-prod', approvalsChannel: 'C0APPROVALS', noticeChannels: ['C0STATUS', 'C0SECRET'] }),
      makePolicy({
        alias: 'orders-staging',
        approvalsChannel: 'C0APPROVALS',
        auditChannel: 'C0APPROVALS',
        noticeChannels: ['C0STATUS'],
      }),
    ],
    samePeople: [],
  });
  const approvals: SimChannel = { id: 'C0APPROVALS', name: 'approvals', botIsMember: true };
  const status: SimChannel = { id: 'C0STATUS', name: 'status', botIsMember: true };
  const audit: SimChannel = { id: 'C0AUDIT', name: 'audit', botIsMember: true };
  const secret: SimChannel = { id: 'C0SECRET', name: 'secret', botIsMember: true, isPrivate: true };

  async function find(facts: Parameters<typeof slackWith>[0]) {
    const { slack, client } = await slackWith(facts);
    const check = createChannelsCheck({ client, channels: () => channels, botName: () => 'restore-bot' });
    return { slack, found: words(await check.find()) };
  }

  it('finds nothing when the bot is in all of them, and asks once about each', async () => {
    const { slack, found } = await find({ channels: [approvals, audit, status, secret] });
    expect(found).toEqual([]);
    expect(slack.calls.filter(({ method }) => method === 'conversations.info')).toHaveLength(4);
  });

  it('names the channel, where it is named, and what to type, when the bot is not a member', async () => {
    const { found } = await find({ channels: [approvals, audit, { ...status, botIsMember: false }, secret] });
    expect(found).toEqual([
      'Slack channel C0STATUS (notice_channels of orders-prod, notice_channels of orders-staging), #status, does not have the bot as a member: type /invite @restore-bot there.',
    ]);
  });

  it('names the audit channel that the bot is not in', async () => {
    const { found } = await find({ channels: [approvals, { ...audit, botIsMember: false }, status, secret] });
    expect(found).toEqual([
      'Slack channel C0AUDIT (audit_channel of orders-prod), #audit, does not have the bot as a member: type /invite @restore-bot there.',
    ]);
  });

  it('tells an archived channel and one that is not there or hidden apart', async () => {
    const { found } = await find({
      channels: [{ ...approvals, isArchived: true }, audit, status, { ...secret, botIsMember: false }],
    });
    expect(found).toEqual([
      'Slack channel C0APPROVALS (approvals_channel of orders-prod, approvals_channel of orders-staging), #approvals, is archived: unarchive it in Slack, or name another channel.',
      'Slack channel C0SECRET (notice_channels of orders-prod) is not there, or is private and the bot is not in it: type /invite @restore-bot there, or correct the id.',
    ]);
  });

  it('says once that a scope is lacking', async () => {
    const scopes = SCOPES.filter((scope) => scope !== 'channels:read' && scope !== 'groups:read');
    const { found } = await find({ scopes, channels: [approvals, audit, status, secret] });
    expect(found).toEqual([expect.stringMatching(/add the scopes channels:read and groups:read/)]);
  });

  it('says once that Slack could not be asked', async () => {
    const { slack, client } = await slackWith({ channels: [approvals, audit, status, secret] });
    slack.faults.add({ kind: 'rate-limit', method: 'conversations.info', retryAfterSeconds: 30, times: 2 });
    expect(words(await createChannelsCheck({ client, channels: () => channels, botName: () => 'b' }).find())).toEqual([
      expect.stringContaining('could not be asked about every channel'),
    ]);
  });
});

describe('the check of named user groups', () => {
  const groups = namedGroups({
    instances: [
      makePolicy({
        alias: 'orders-prod',
        approval: oneApprover({ users: [], groups: ['S0OWNERS'] }),
        requesters: { users: [], groups: ['S0ONCALL'] },
      }),
    ],
    samePeople: [],
  });
  const owners: SimGroup = { id: 'S0OWNERS', handle: 'owners', users: ['U0ANTON'] };
  const onCall: SimGroup = { id: 'S0ONCALL', handle: 'on-call', users: ['U0RITA'] };
  const find = async (facts: Parameters<typeof slackWith>[0]) =>
    words(await createGroupsCheck({ client: (await slackWith(facts)).client, groups: () => groups }).find());

  it('finds nothing when each has members', async () => {
    expect(await find({ groups: [owners, onCall] })).toEqual([]);
  });

  it('names an empty group and where it is named', async () => {
    expect(await find({ groups: [{ ...owners, users: [] }, onCall] })).toEqual([
      'Slack user group S0OWNERS (approvers of orders-prod) has no members: add people to it in Slack, or name another group.',
    ]);
  });

  it('names an empty group of owners of an export', async () => {
    const plan: ExportPlan = {
      name: 'monthly',
      beforeDeployments: true,
      keepDays: 400,
      fileName: '{instance}-{date}.backup',
      place: 'the vault',
      owners: { users: [], groups: ['S0KEEPERS'] },
      overdueMinutes: 60,
    };
    const named = namedGroups({ instances: [makePolicy({ alias: 'orders-prod', exports: [plan] })], samePeople: [] });
    const { client } = await slackWith({ groups: [{ id: 'S0KEEPERS', handle: 'keepers', users: [] }] });
    const found = words(await createGroupsCheck({ client, groups: () => named }).find());
    expect(found.join()).toContain('S0KEEPERS (owners of the export monthly of orders-prod) has no members');
  });

  it('names a group that is not there or disabled', async () => {
    expect(await find({ groups: [{ ...owners, isDisabled: true }, onCall] })).toEqual([
      'Slack user group S0OWNERS (approvers of orders-prod) is not there or is disabled: enable it in Slack, or correct the id.',
    ]);
  });

  it('says when a scope is lacking', async () => {
    expect(await find({ scopes: [] })).toEqual([expect.stringContaining('missing_scope')]);
  });

  it('is one call, however many groups there are, and none when there are none', async () => {
    const { slack, client } = await slackWith({ groups: [owners, onCall] });
    await createGroupsCheck({ client, groups: () => groups }).find();
    await createGroupsCheck({ client, groups: () => new Map() }).find();
    expect(slack.calls.map(({ method }) => method)).toEqual(['usergroups.list']);
  });
});
