import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { type SlackSimulator, startSlackSimulator } from '../../playground/slack/simulator.ts';
import { createPostOnce, type PostRequest } from '../../src/slack/post-once.ts';
import { createSeekPost } from '../../src/slack/seek-post.ts';
import { createSlackClient } from '../../src/slack/web-client.ts';
import { createMessagePlaces, type MessagePlaces } from '../../src/store/message-places.ts';
import { startTestStore, type TestStore } from '../support/store.ts';

const CHANNEL = 'C0ORDERS';
const KEY = `head:${CHANNEL}`;

let test: TestStore;
let slack: SlackSimulator;
let places: MessagePlaces;
beforeAll(async () => {
  test = await startTestStore();
});
afterAll(() => test.stop());
beforeEach(async () => {
  await test.clear();
  places = createMessagePlaces(test.redis);
  slack = await startSlackSimulator({
    workspace: {
      team: { id: 'T1', name: 'T', domain: 't' },
      users: [],
      channels: [{ id: CHANNEL, name: 'orders', botIsMember: true }],
      groups: [],
    },
    scopes: ['chat:write', 'channels:history'],
  });
});
afterEach(() => slack.close());

const client = () => createSlackClient(slack.app.botToken, slack.apiUrl, 2_000);
const request = (): PostRequest => ({
  restoreId: 'R-17',
  key: KEY,
  to: CHANNEL,
  message: { text: 'planned', blocks: [] },
  now: new Date().toISOString() as PostRequest['now'],
});
const seek = () => createSeekPost(client(), places)(request());
/** As a process that dies before it posts, with the time passed after which another may look. */
const beginAndDie = async () => {
  await places.begin('R-17', KEY, request().now);
  await places.release('R-17', KEY);
};

it('finds what was posted, and posts nothing', async () => {
  await createPostOnce(client(), places)(request());
  expect(await seek()).toEqual({ kind: 'not-now' });
  await places.release('R-17', KEY);
  const [message] = slack.messages(CHANNEL);
  const there = { kind: 'there', channel: CHANNEL, ts: message?.ts };
  expect([await seek(), await seek()]).toEqual([there, there]);
  expect(slack.messages(CHANNEL)).toHaveLength(1);
  expect(await places.begun('R-17')).toEqual([KEY]);
});

it('forgets what did not arrive, so that nobody looks again', async () => {
  await beginAndDie();
  expect(await places.begun('R-17')).toEqual([KEY]);
  expect(await seek()).toEqual({ kind: 'not-there' });
  expect(await places.begun('R-17')).toEqual([]);
});

it('leaves the turn of another alone that began while it looked', async () => {
  await beginAndDie();
  slack.faults.add({ kind: 'slow', method: 'conversations.history', delayMs: 500, times: 1 });
  const looking = seek();
  await new Promise((resolve) => setTimeout(resolve, 200));
  await places.release('R-17', KEY);
  await places.begin('R-17', KEY, request().now);
  expect(await looking).toEqual({ kind: 'not-there' });
  expect(await places.begun('R-17')).toEqual([KEY]);
  expect(await seek()).toEqual({ kind: 'not-now' });
});

it('is to be asked again while Slack does not answer', async () => {
  await beginAndDie();
  slack.faults.add({ kind: 'status', method: 'conversations.history', when: 'before', status: 503, times: 1_000 });
  expect(await seek()).toEqual({ kind: 'not-now' });
  slack.faults.clear();
  expect(await seek()).toEqual({ kind: 'not-there' });
});

it('does not know where Slack does not let it look', async () => {
  await beginAndDie();
  slack.faults.add({
    kind: 'error',
    method: 'conversations.history',
    channel: CHANNEL,
    error: 'missing_scope',
    times: 1,
  });
  expect(await seek()).toEqual({ kind: 'unknown', code: 'missing_scope' });
});
