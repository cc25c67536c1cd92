import { afterEach, describe, expect, it } from 'vitest';
import { type AuraSimulator, startAuraSimulator } from '../../playground/aura/simulator.ts';
import { type SlackSimulator, startSlackSimulator } from '../../playground/slack/simulator.ts';
import type { SimChannel, SimGroup } from '../../playground/slack/workspace.ts';
import type { RequestBudget } from '../../src/aura/budget.ts';
import { createAuraClient } from '../../src/aura/client.ts';
import { AuraBudgetError } from '../../src/aura/errors.ts';
import { createClocks } from '../../src/clocks.ts';
import type { OnCallSchedule } from '../../src/config/config.ts';
import { oneApprover } from '../../src/restore/rules-needed.ts';
import { SCOPES } from '../../src/slack/scopes.ts';
import { createSlackClient } from '../../src/slack/web-client.ts';
import { createAddressesCheck } from '../../src/start-checks/addresses-check.ts';
import { createAuraCheck } from '../../src/start-checks/aura-check.ts';
import { createChannelsCheck } from '../../src/start-checks/channels-check.ts';
import { clockFindings } from '../../src/start-checks/clocks-check.ts';
import type { Finding } from '../../src/start-checks/finding.ts';
import { createGroupsCheck } from '../../src/start-checks/groups-check.ts';
import { namedChannels, namedGroups } from '../../src/start-checks/named.ts';
import { createRedisCheck, unsafeRedisRefusal } from '../../src/start-checks/redis-check.ts';
import { createSlackCheck } from '../../src/start-checks/slack-check.ts';
import { persistenceProblems } from '../../src/store/redis.ts';
import { createRestoreStore } from '../../src/store/restore-store.ts';
import { accessTo, ENOUGH } from '../support/aura-access.ts';
import { makePolicy } from '../support/make-restore.ts';
import { startTestStore } from '../support/store.ts';

const words = (findings: readonly Finding[]) => findings.map((finding) => finding.words);
const weights = (findings: readonly Finding[]) => findings.map(({ weight }) => weight);

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function slackWith(
  facts: {
    readonly scopes?: readonly string[];
    readonly channels?: SimChannel[];
    readonly groups?: SimGroup[];
    readonly token?: string;
  } = {},
) {
  const slack: SlackSimulator = await startSlackSimulator({
    workspace: {
      team: { id: 'T0', name: 'Harbour', domain: 'harbour' },
      users: [],
      channels: facts.channels ?? [],
      groups: facts.groups ?? [],
    },
    scopes: facts.scopes ?? SCOPES,
  });
  closers.push(() => slack.close());
  return { slack, client: createSlackClient(facts.token ?? slack.app.botToken, slack.apiUrl, 1_000) };
}

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
      makePolicy({ alias: 'orders-staging', approvalsChannel: 'C0APPROVALS', noticeChannels: ['C0STATUS'] }),
    ],
    samePeople: [],
  });
  const approvals: SimChannel = { id: 'C0APPROVALS', name: 'approvals', botIsMember: true };
  const status: SimChannel = { id: 'C0STATUS', name: 'status', botIsMember: true };
  const secret: SimChannel = { id: 'C0SECRET', name: 'secret', botIsMember: true, isPrivate: true };

  async function find(facts: Parameters<typeof slackWith>[0]) {
    const { slack, client } = await slackWith(facts);
    const check = createChannelsCheck({ client, channels, botName: () => 'restore-bot' });
    return { slack, found: words(await check.find()) };
  }

  it('finds nothing when the bot is in all of them, and asks once about each', async () => {
    const { slack, found } = await find({ channels: [approvals, status, secret] });
    expect(found).toEqual([]);
    expect(slack.calls.filter(({ method }) => method === 'conversations.info')).toHaveLength(3);
  });

  it('names the channel, where it is named, and what to type, when the bot is not a member', async () => {
    const { found } = await find({ channels: [approvals, { ...status, botIsMember: false }, secret] });
    expect(found).toEqual([
      'Slack channel C0STATUS (notice_channels of orders-prod, notice_channels of orders-staging), #status, does not have the bot as a member: type /invite @restore-bot there.',
    ]);
  });

  it('tells an archived channel and one that is not there or hidden apart', async () => {
    const { found } = await find({
      channels: [{ ...approvals, isArchived: true }, status, { ...secret, botIsMember: false }],
    });
    expect(found).toEqual([
      'Slack channel C0APPROVALS (approvals_channel of orders-prod, approvals_channel of orders-staging), #approvals, is archived: unarchive it in Slack, or name another channel.',
      'Slack channel C0SECRET (notice_channels of orders-prod) is not there, or is private and the bot is not in it: type /invite @restore-bot there, or correct the id.',
    ]);
  });

  it('says once that a scope is lacking', async () => {
    const scopes = SCOPES.filter((scope) => scope !== 'channels:read' && scope !== 'groups:read');
    const { found } = await find({ scopes, channels: [approvals, status, secret] });
    expect(found).toEqual([expect.stringMatching(/add the scopes channels:read and groups:read/)]);
  });

  it('says once that Slack could not be asked', async () => {
    const { slack, client } = await slackWith({ channels: [approvals, status, secret] });
    slack.faults.add({ kind: 'rate-limit', method: 'conversations.info', retryAfterSeconds: 30, times: 2 });
    expect(words(await createChannelsCheck({ client, channels, botName: () => 'b' }).find())).toEqual([
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
    words(await createGroupsCheck({ client: (await slackWith(facts)).client, groups }).find());

  it('finds nothing when each has members', async () => {
    expect(await find({ groups: [owners, onCall] })).toEqual([]);
  });

  it('names an empty group and where it is named', async () => {
    expect(await find({ groups: [{ ...owners, users: [] }, onCall] })).toEqual([
      'Slack user group S0OWNERS (approvers of orders-prod) has no members: add people to it in Slack, or name another group.',
    ]);
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
    await createGroupsCheck({ client, groups }).find();
    await createGroupsCheck({ client, groups: new Map() }).find();
    expect(slack.calls.map(({ method }) => method)).toEqual(['usergroups.list']);
  });
});

async function auraWith(facts: { readonly clientSecret?: string; readonly budget?: RequestBudget } = {}) {
  const aura: AuraSimulator = await startAuraSimulator({ instances: [{ id: 'a1b2c3d4', name: 'Orders' }] });
  closers.push(() => aura.close());
  const clocks = createClocks({ lifetimeMs: 60_000 });
  const client = createAuraClient({
    ...accessTo(aura.url),
    ...facts,
    timeoutMs: 300,
    readDeadlineMs: 300,
    sawClock: clocks.saw,
  });
  return { aura, client, clocks };
}

describe("the check of Aura's credentials", () => {
  const instances = [makePolicy({ alias: 'orders-prod', auraId: 'a1b2c3d4' })];

  it('finds nothing when they see every instance, with one token and one read', async () => {
    const { aura, client } = await auraWith();
    const check = createAuraCheck({ aura: client, instances });
    expect(await check.find()).toEqual([]);
    await check.find();
    expect(aura.log.map(({ route }) => route)).toEqual(['token', 'list-instances', 'list-instances']);
  });

  it('names an instance that they do not see', async () => {
    const { client } = await auraWith();
    const strange = makePolicy({ alias: 'orders-old', auraId: 'ffffffff' });
    expect(words(await createAuraCheck({ aura: client, instances: [...instances, strange] }).find())).toEqual([
      'Aura does not show the instance ffffffff (orders-old) to these API credentials: correct its aura_id, or use credentials of a user who may manage it.',
    ]);
  });

  it('says what to do about credentials that are refused, and does not spend the few tokens of an hour on them', async () => {
    const { aura, client } = await auraWith({ clientSecret: 'wrong' });
    let steadyMs = 0;
    const check = createAuraCheck({ aura: client, instances, steady: () => steadyMs });
    const refused = [
      "Aura did not accept the bot's API credentials. Create API credentials in the Aura console, set AURA_CLIENT_ID and AURA_CLIENT_SECRET to them, and start the bot again.",
    ];
    expect(words(await check.find())).toEqual(refused);
    expect(words(await check.find())).toEqual(refused);
    expect(aura.calls('token')).toHaveLength(1);
    steadyMs += 30 * 60_000;
    await check.find();
    expect(aura.calls('token')).toHaveLength(2);
  });

  it('says so when Aura is away', async () => {
    const { aura, client } = await auraWith();
    aura.faults.add({ kind: 'reset', route: 'list-instances', when: 'before', times: 100 });
    expect(words(await createAuraCheck({ aura: client, instances }).find())).toEqual([
      expect.stringMatching(/no usable answer.*See whether this machine reaches the Aura API/),
    ]);
  });

  it('goes by what it found last while the request budget is used up', async () => {
    const { client } = await auraWith({
      budget: { ...ENOUGH, acquire: () => Promise.reject(new AuraBudgetError('reconcile')) },
    });
    expect(await createAuraCheck({ aura: client, instances }).find()).toEqual([]);
  });
});

describe('the check of clocks', () => {
  it.each([
    [600_000, "the bot's clock is 10 minutes behind Aura's"],
    [-3_600_000, "the bot's clock is 60 minutes ahead of Aura's"],
  ])("finds Aura's clock %i ms ahead by the `Date` of any answer", async (aheadMs, difference) => {
    const { aura, client, clocks } = await auraWith();
    aura.faults.add({ kind: 'clock', aheadMs, times: 100 });
    await client.getInstance('a1b2c3d4', 'poll');
    const found = clockFindings(clocks);
    expect(words(found)).toEqual([
      `No restore can be asked for, confirmed or sent: ${difference}. Set the clocks right (chrony or systemd-timesyncd on the machines of the bot and of Redis).`,
    ]);
    expect(weights(found)).toEqual(['stops-decisions']);
    aura.faults.clear();
    await client.getInstance('a1b2c3d4', 'poll');
    expect(clockFindings(clocks)).toEqual([]);
  });

  it('finds the clock of Redis apart at whatever is read from it, and names both when both are', async () => {
    const test = await startTestStore();
    closers.push(() => test.stop());
    const clocks = createClocks({ lifetimeMs: 60_000, now: () => Date.now() - 45_000 });
    const store = createRestoreStore(test.redis, (clock, theirMs, askedAtMs) =>
      clocks.saw(clock, theirMs, askedAtMs - 45_000),
    );
    await store.load('R-0');
    expect(words(clockFindings(clocks))).toEqual([
      expect.stringContaining("the bot's clock is 45 seconds behind Redis'."),
    ]);
    clocks.saw('aura', Date.now() + 15_000, Date.now() - 45_000);
    expect(words(clockFindings(clocks))[0]).toMatch(
      /45 seconds behind Redis', and the bot's clock is 60 seconds behind Aura's\./,
    );
  });
});

describe('the check of Redis', () => {
  it('finds settings that lose records, hidden settings, and a Redis that is away', async () => {
    const test = await startTestStore();
    const check = createRedisCheck({
      settingProblems: () => persistenceProblems(test.redis),
      readClock: test.store.now,
    });
    expect(await check.find()).toEqual([]);

    await test.redis.config('SET', 'appendfsync', 'everysec');
    expect(await check.find()).toEqual([
      {
        about: 'redis',
        weight: 'fault',
        words: expect.stringMatching(/^Redis may lose records: appendfsync is "everysec"/),
      },
    ]);

    await test.redis.call('ACL', 'SETUSER', 'default', '-config');
    expect(await check.find()).toEqual([
      { about: 'redis', weight: 'doubt', words: expect.stringMatching(/check them by hand/) },
    ]);

    await test.stop();
    expect(await check.find()).toEqual([
      { about: 'redis', weight: 'stops-decisions', words: expect.stringMatching(/^Redis does not answer/) },
    ]);
  });

  it('keeps the bot from starting only for settings that are known to be unsafe, and only unless that is allowed', async () => {
    const careless = await startTestStore();
    closers.push(() => careless.stop());
    expect(unsafeRedisRefusal(await persistenceProblems(careless.redis), false)).toBeUndefined();
    await careless.redis.config('SET', 'maxmemory-policy', 'allkeys-lru');
    const problems = await persistenceProblems(careless.redis);
    expect(unsafeRedisRefusal(problems, false)).toMatch(
      /may lose records.*\n.*set "noeviction".*\n.*allow_unsafe: true/,
    );
    expect(unsafeRedisRefusal(problems, true)).toBeUndefined();
    await careless.redis.call('ACL', 'SETUSER', 'default', '-config');
    expect(unsafeRedisRefusal(await persistenceProblems(careless.redis), false)).toBeUndefined();
  });
});

describe('the check of addresses', () => {
  const slack = { botToken: 'x', transport: { kind: 'socket', appToken: 'x' } } as const;
  const aura = { clientId: 'x', clientSecret: 'x', requestsPerMinute: 100 };
  const onCallAt = (pagerDuty: string, opsgenie: string, providers: readonly ('pagerduty' | 'opsgenie')[] = []) => ({
    schedules: new Map(
      providers.map((provider) => [provider, { provider, id: 'x', identifierType: 'id' } as OnCallSchedule]),
    ),
    people: new Map(),
    maxAgeMs: 0,
    pagerDuty: { apiUrl: pagerDuty, token: () => '' },
    opsgenie: { apiUrl: opsgenie, apiKey: () => '' },
  });
  const nowhere = onCallAt('http://127.0.0.1:1', 'http://127.0.0.1:2');

  it('finds nothing for those of Slack and Aura', async () => {
    const usual = {
      slack: { ...slack, apiUrl: 'https://slack.com/api/' },
      aura: { ...aura, apiUrl: 'https://api.neo4j.io/' },
      onCall: nowhere,
    };
    expect(await createAddressesCheck(usual).find()).toEqual([]);
  });

  it('names each that was changed, and where the tokens go', async () => {
    const changed = {
      slack: { ...slack, apiUrl: 'http://127.0.0.1:7/api/' },
      aura: { ...aura, apiUrl: 'https://aura.example' },
      onCall: nowhere,
    };
    const found = await createAddressesCheck(changed).find();
    expect(words(found)).toEqual([
      "SLACK_API_URL sends the bot's tokens to http://127.0.0.1:7 instead of https://slack.com/api/: unset it unless you mean it.",
      "AURA_API_URL sends the bot's tokens to https://aura.example instead of https://api.neo4j.io: unset it unless you mean it.",
    ]);
    expect(weights(found)).toEqual(['doubt', 'doubt']);
  });

  it('looks at those of on-call services that a schedule uses; Opsgenie has two', async () => {
    const at = (onCall: ReturnType<typeof onCallAt>) =>
      createAddressesCheck({
        slack: { ...slack, apiUrl: 'https://slack.com/api/' },
        aura: { ...aura, apiUrl: 'https://api.neo4j.io/' },
        onCall,
      }).find();
    const both = ['pagerduty', 'opsgenie'] as const;
    expect(await at(onCallAt('https://api.pagerduty.com', 'https://api.opsgenie.com', both))).toEqual([]);
    expect(await at(onCallAt('https://api.pagerduty.com', 'https://api.eu.opsgenie.com', both))).toEqual([]);
    expect(words(await at(onCallAt('https://pd.example', 'https://og.example', both)))).toEqual([
      expect.stringContaining("PAGERDUTY_API_URL sends the bot's tokens to https://pd.example"),
      expect.stringContaining("OPSGENIE_API_URL sends the bot's tokens to https://og.example"),
    ]);
  });
});
