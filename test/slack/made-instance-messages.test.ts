import type { Redis } from 'ioredis';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { type SlackSimulator, startSlackSimulator } from '../../playground/slack/simulator.ts';
import { createReaper } from '../../src/new-instances/reaper.ts';
import type { Policy } from '../../src/restore/policy.ts';
import { createMadeInstanceMessages } from '../../src/slack/made-instance-messages.ts';
import { createPostOnce } from '../../src/slack/post-once.ts';
import { createSlackClient } from '../../src/slack/web-client.ts';
import { KEY } from '../../src/store/keys.ts';
import { createMadeStore } from '../../src/store/made-store.ts';
import { createMessagePlaces } from '../../src/store/message-places.ts';
import { makePolicy } from '../support/make-restore.ts';
import { deathsAt, mortal } from '../support/mortal.ts';
import { startTestStore, type TestStore } from '../support/store.ts';

const CHANNELS = ['C0AUDIT', 'C0OTHER'];
const POLICY: Policy = { instances: CHANNELS.map((auditChannel) => makePolicy({ auditChannel })), samePeople: [] };
const STRAY = { id: 'cccccccc', name: 'rb-R-9-zzzzzzzz' };
const log = pino({ level: 'silent' });

let kept: TestStore;
let slack: SlackSimulator;
beforeAll(async () => {
  kept = await startTestStore();
});
afterAll(() => kept.stop());
beforeEach(async () => {
  await kept.clear();
  slack = await startSlackSimulator({
    workspace: {
      team: { id: 'T1', name: 'T', domain: 't' },
      users: [],
      channels: CHANNELS.map((id) => ({ id, name: id.toLowerCase(), botIsMember: true })),
      groups: [],
    },
    scopes: ['chat:write', 'channels:history'],
  });
});
afterEach(() => slack.close());

function reaperOn(redis: Redis) {
  const places = createMessagePlaces(redis);
  return createReaper({
    store: createMadeStore(redis),
    aura: {
      listInstances: async () => [STRAY],
      deleteInstance: () => Promise.reject(new Error('a stray is never removed')),
    },
    passwords: { forget: async () => undefined },
    inUse: () => new Set(),
    looksForStrays: () => true,
    ...createMadeInstanceMessages({
      policy: () => POLICY,
      readers: { readerOf: async () => ({ language: 'en' }) },
      places,
      postOnce: createPostOnce(createSlackClient(slack.app.botToken, slack.apiUrl), places),
      log,
    }),
    worker: 'one',
    log,
  });
}

async function leasesRunOut(): Promise<void> {
  for (const key of await kept.redis.keys(KEY.sending('*'))) {
    const leases = (await kept.redis.hkeys(key)).filter((field) => field.endsWith(' until'));
    if (leases.length > 0) await kept.redis.hdel(key, ...leases);
  }
  await kept.redis.del(KEY.madeLease);
}

it.each(deathsAt(16))(
  'a process that dies $when its call $at as it tells of an instance nobody explains has that told once in each channel',
  async (dies) => {
    await reaperOn(mortal(kept.redis, dies))().catch(() => undefined);
    await leasesRunOut();
    for (let turns = 0; turns < 2; turns++) await reaperOn(kept.redis)();
    for (const channel of CHANNELS) expect(slack.messages(channel)).toHaveLength(1);
  },
);

it('what Slack does not take for the moment is told at the next turn, not an hour later', async () => {
  slack.faults.add({ kind: 'error', method: 'chat.postMessage', error: 'ratelimited', times: 1 });
  const reap = reaperOn(kept.redis);
  await reap();
  await leasesRunOut();
  await reap();
  for (const channel of CHANNELS) expect(slack.messages(channel)).toHaveLength(1);
});
