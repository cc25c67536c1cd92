import { afterEach, beforeEach, expect, it } from 'vitest';
import { type SlackSimulator, startSlackSimulator } from '../../playground/slack/simulator.ts';
import { createDirectory } from '../../src/slack/directory.ts';
import { createReaders } from '../../src/slack/readers.ts';
import { createSlackClient } from '../../src/slack/web-client.ts';

const CROWD = Array.from({ length: 60 }, (_, index) => `U0CROWD${index}`);
const GROUP = 'S0OWNERS';

let slack: SlackSimulator;
beforeEach(async () => {
  slack = await startSlackSimulator({
    workspace: {
      team: { id: 'T1', name: 'T', domain: 't' },
      users: CROWD.map((id) => ({ id, name: id.toLowerCase(), realName: id, tz: 'UTC' })),
      channels: [],
      groups: [{ id: GROUP, handle: 'owners', users: CROWD }],
    },
    scopes: ['users:read', 'usergroups:read'],
  });
});
afterEach(() => slack.close());

function directory() {
  const client = createSlackClient(slack.app.botToken, slack.apiUrl, 5_000);
  return createDirectory({ client, home: { teamId: 'T1' }, readers: createReaders({ client }) });
}

const groupReads = () => slack.calls.filter(({ method }) => method === 'usergroups.users.list').length;

it('a crowd that decides at once reads a group twice at most, not once each: Slack allows twenty reads a minute', async () => {
  const { readForDecision } = directory();
  const people = await Promise.all(CROWD.map((id) => readForDecision(id, { groups: [GROUP] })));
  expect(groupReads()).toBeLessThanOrEqual(2);
  expect(people.map(({ id }) => id)).toEqual(CROWD);
  expect(people.filter((person) => person.kind === 'known' && !person.groups.includes(GROUP))).toEqual([]);
});

it('who comes while a group is being read is judged by a later read, which knows that they left it', async () => {
  const { readForDecision } = directory();
  slack.faults.add({ kind: 'slow', method: 'users.info', delayMs: 50, times: 1 });
  const [first = '', leaver = ''] = CROWD;
  const reading = readForDecision(first, { groups: [GROUP] });
  const [group] = slack.workspace.groups;
  if (group) slack.workspace.groups[0] = { ...group, users: CROWD.filter((id) => id !== leaver) };
  expect(await readForDecision(leaver, { groups: [GROUP] })).toMatchObject({ groups: [] });
  await reading;
});
