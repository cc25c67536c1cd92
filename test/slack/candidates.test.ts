import { afterEach, expect, it } from 'vitest';
import { startSlackSimulator } from '../../playground/slack/simulator.ts';
import type { SimUser } from '../../playground/slack/workspace.ts';
import { createCandidates } from '../../src/slack/candidates.ts';
import { createDirectory } from '../../src/slack/directory.ts';
import { createReaders } from '../../src/slack/readers.ts';
import { SCOPES } from '../../src/slack/scopes.ts';
import { createSlackClient } from '../../src/slack/web-client.ts';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const person = (index: number, facts: Partial<SimUser> = {}): SimUser => {
  const id = `U0P${index}`;
  return { id, name: id, realName: id, tz: 'UTC', ...facts };
};

/** A workspace where these people are in the group `S1`. */
async function workspaceOf(users: readonly SimUser[]) {
  const slack = await startSlackSimulator({
    workspace: {
      team: { id: 'T0', name: 'Harbour', domain: 'harbour' },
      users: [...users],
      channels: [],
      groups: [{ id: 'S1', handle: 'owners', users: users.map(({ id }) => id) }],
    },
    scopes: SCOPES,
  });
  closers.push(() => slack.close());
  let now = 0;
  const client = createSlackClient(slack.app.botToken, slack.apiUrl, 1_000);
  const parts = {
    client,
    readers: createReaders({ client }),
    home: { teamId: 'T0' },
    onCallNow: async (alias: string) => (alias === 'primary' ? ['U0P1'] : undefined),
    now: () => now,
  };
  const calls = (method: string) => slack.calls.filter((call) => call.method === method).length;
  return { slack, parts, calls, wait: (ms: number) => (now += ms) };
}

const RULE = { users: ['U0P0'], groups: ['S1'] };
const never = () => false;

it('names everybody whom a rule names, each once, and asks Slack again only after three minutes', async () => {
  const { parts, calls, wait } = await workspaceOf([person(0), person(1)]);
  const candidates = createCandidates(parts);
  expect(await candidates.namedBy(RULE)).toEqual(['U0P0', 'U0P1']);
  wait(179_999);
  await candidates.namedBy(RULE);
  expect(calls('usergroups.users.list')).toBe(1);
  wait(1);
  await candidates.namedBy(RULE);
  expect(calls('usergroups.users.list')).toBe(2);
});

it('reads what each person is and which groups they are in, and no more people than are needed', async () => {
  const { parts, calls } = await workspaceOf([
    person(0),
    person(1, { isGuest: true }),
    ...Array.from({ length: 20 }, (_, index) => person(index + 2)),
  ]);
  const read = await createCandidates(parts).read([RULE], (some) => some.length >= 3);
  expect(read).toMatchObject({ candidates: expect.any(Array) });
  expect('candidates' in read ? read.candidates.slice(0, 2) : []).toMatchObject([
    { id: 'U0P0', isGuest: false, groups: ['S1'] },
    { id: 'U0P1', isGuest: true, groups: ['S1'] },
  ]);
  expect(calls('users.info')).toBe(8);
});

it('knows nothing of a crowd of whom those it read were not enough', async () => {
  const { parts, calls } = await workspaceOf(Array.from({ length: 60 }, (_, index) => person(index)));
  expect(await createCandidates({ ...parts, deadlineMs: 60_000 }).read([RULE], never)).toEqual({
    unchecked: { why: 'too-many' },
  });
  expect(calls('users.info')).toBe(40);
});

it('knows nothing when Slack is slow or refuses, and asks again the next time', async () => {
  const { slack, parts } = await workspaceOf([person(0)]);
  const candidates = createCandidates(parts);
  slack.faults.add({ kind: 'slow', method: 'usergroups.users.list', delayMs: 2_500, times: 1 });
  const before = Date.now();
  expect(await candidates.read([RULE], never)).toEqual({ unchecked: { why: 'no-answer' } });
  expect(Date.now() - before).toBeLessThan(2_400);
  slack.faults.add({ kind: 'error', method: 'usergroups.users.list', error: 'no_such_subteam', times: 9 });
  expect(await createCandidates(parts).namedBy(RULE)).toBeUndefined();
  slack.faults.clear();
  expect(await createCandidates(parts).namedBy(RULE)).toEqual(['U0P0']);
});

it('a decision about several people asks for each group once, and who cannot be read is unreadable alone', async () => {
  const { slack, parts, calls } = await workspaceOf([person(0), person(1)]);
  const people = await createDirectory(parts).readEachForDecision(['U0P0', 'U0NOBODY', 'U0P1'], { groups: ['S1'] });
  expect(people).toMatchObject([
    { kind: 'known', groups: ['S1'] },
    { kind: 'unreadable', id: 'U0NOBODY' },
    { kind: 'known', id: 'U0P1' },
  ]);
  expect(calls('usergroups.users.list')).toBe(1);
  slack.faults.add({ kind: 'error', method: 'usergroups.users.list', error: 'fatal_error', times: 9 });
  const unread = await createDirectory(parts).readEachForDecision(['U0P0', 'U0P1'], { groups: ['S1'] });
  expect(unread.map(({ kind }) => kind)).toEqual(['unreadable', 'unreadable']);
});

it('counts who is on call, and knows nothing while nobody knows who is', async () => {
  const { parts } = await workspaceOf([person(0), person(1)]);
  const candidates = createCandidates(parts);
  const rule = { users: ['U0P0'], groups: [], onCall: ['primary'] };
  expect(await candidates.namedBy(rule)).toEqual(['U0P0', 'U0P1']);
  expect(await candidates.read([rule], never)).toMatchObject({
    candidates: [{ id: 'U0P0' }, { id: 'U0P1', onCall: ['primary'] }],
  });
  const unknown = { ...rule, onCall: ['primary', 'nights'] };
  expect(await candidates.namedBy(unknown)).toBeUndefined();
  expect(await candidates.read([unknown], never)).toEqual({
    unchecked: { why: 'on-call-unknown', schedules: ['nights'] },
  });
  expect(await candidates.read([unknown], (people) => people.length === 2)).toMatchObject({
    candidates: [{ id: 'U0P0' }, { id: 'U0P1' }],
  });
});

it('looks at those who are asked, with zone, group and shift; the few first when a group is large', async () => {
  const crowd = Array.from({ length: 60 }, (_, index) => person(index + 10));
  const { slack, parts } = await workspaceOf([person(0, { tz: 'Asia/Tokyo' }), person(1), ...crowd]);
  slack.workspace.groups.push({ id: 'S2', handle: 'leads', users: ['U0P1', 'U0P60'] });
  const look = await createCandidates(parts).look({ users: ['U0P0'], groups: ['S1', 'S2'], onCall: ['primary'] });
  expect(look).toMatchObject({ isWhole: true, isCut: true });
  expect(look?.people).toHaveLength(40);
  expect(look?.people.slice(0, 3)).toMatchObject([
    { id: 'U0P0', zone: 'Asia/Tokyo', groups: ['S1'] },
    { id: 'U0P1', groups: ['S1', 'S2'], onCall: ['primary'] },
    { id: 'U0P60', groups: ['S1', 'S2'] },
  ]);
});

it('looks at everybody else while nobody knows who is on call, and at nobody while Slack says nothing', async () => {
  const { slack, parts } = await workspaceOf([person(0)]);
  const candidates = createCandidates(parts);
  const look = await candidates.look({ ...RULE, onCall: ['unknown'] });
  expect(look).toMatchObject({ isWhole: false, people: [{ id: 'U0P0' }], unknownSchedules: ['unknown'] });
  expect(look).not.toHaveProperty('isCut');
  slack.faults.add({ kind: 'away', times: 9 });
  expect(await createCandidates(parts).look(RULE)).toBeUndefined();
});
