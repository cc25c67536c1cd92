import type { Redis } from 'ioredis';
import { pino } from 'pino';
import { expect, it, vi } from 'vitest';
import { firstBrokenEntry } from '../../src/restore/history.ts';
import { instantOf } from '../../src/restore/instant.ts';
import type { Policy } from '../../src/restore/policy.ts';
import { createShadowFollower } from '../../src/shadow/shadow-follower.ts';
import { createShadowKeeper } from '../../src/shadow/shadow-keeper.ts';
import { createShadowWatcher } from '../../src/shadow/shadow-watcher.ts';
import { createPostOnce } from '../../src/slack/post-once.ts';
import { createShadowMessages } from '../../src/slack/shadow-messages.ts';
import { createSlackClient } from '../../src/slack/web-client.ts';
import { createInstanceLooks } from '../../src/store/instance-looks.ts';
import { KEY } from '../../src/store/keys.ts';
import { createMessagePlaces } from '../../src/store/message-places.ts';
import { createRestoreStore } from '../../src/store/restore-store.ts';
import { createShadowStore } from '../../src/store/shadow-store.ts';
import { makePolicy } from '../support/make-restore.ts';
import { type Death, deathsAt, mortal } from '../support/mortal.ts';
import { REQUESTER } from '../support/people.ts';
import { usePosting } from '../support/posting.ts';

const CHANNELS = ['C0AUDIT', 'C0ORDERS', 'C0STATUS'];
const POLICY: Policy = { instances: [makePolicy()], samePeople: [] };
const { auraId } = makePolicy();
const log = pino({ level: 'silent' });

const here = usePosting({ channels: CHANNELS });

/** What one worker does in a turn, on this connection. */
function workerOn(redis: Redis, status: () => string) {
  const store = createShadowStore(redis);
  const looks = createInstanceLooks(redis);
  const places = createMessagePlaces(redis);
  const shadows = createShadowKeeper({ store, policy: () => POLICY, log });
  const watch = createShadowWatcher({
    aura: { getInstance: async (id) => ({ id, name: 'Orders', status: status() }) },
    policy: () => POLICY,
    looks,
    runs: createRestoreStore(redis),
    shadows,
    openOn: store.openOn,
    pace: { lookEveryMs: 1, requestsPerMinute: 1_000_000 },
    log,
  });
  const follow = createShadowFollower({
    active: store.active,
    shadows,
    lookAtData: async () => ({ kind: 'verified', outcome: { status: 'passed', words: '3 of 3', results: [] } }),
    looks,
    postMessages: createShadowMessages({
      shadows,
      places,
      postOnce: createPostOnce(createSlackClient(here.slack.app.botToken, here.slack.apiUrl), places),
      readerOf: async () => ({ language: 'en' }),
      policy: () => POLICY,
      now: store.now,
      log,
    }),
    now: store.now,
    verifyConnectMs: 1_000,
    log,
  });
  return {
    shadows,
    async turn() {
      await watch();
      await follow();
    },
  };
}

/** As when the time has passed for which a dead worker kept others away. */
async function leasesRunOut(): Promise<void> {
  for (const key of await here.test.redis.keys(KEY.looking('*'))) await here.test.redis.del(key);
  await here.leasesRunOut();
}

async function seenRunning(): Promise<void> {
  const at = instantOf(Date.now() - 120_000);
  await createInstanceLooks(here.test.redis).note(auraId, { status: 'running', at, nextAtMs: 0 });
}

const keysIn = (channel: string) =>
  here.slack.messages(channel).map(({ metadata }) => {
    const { event_payload: payload } = (metadata ?? {}) as { event_payload?: { key?: string } };
    return payload?.key?.split(':')[0];
  });

const DEATHS: readonly (Death & { readonly while: string })[] = [
  ...deathsAt(36).map((death) => ({ ...death, while: 'finding' })),
  ...deathsAt(50).map((death) => ({ ...death, while: 'ending' })),
];

it.each(DEATHS)(
  'a worker that dies $when its call $at of $while it leaves one record, and all said once',
  async (dies) => {
    await seenRunning();
    let status = 'restoring';
    const alive = workerOn(here.test.redis, () => status);
    const dead = workerOn(mortal(here.test.redis, dies), () => status);
    if (dies.while === 'finding') await dead.turn().catch(() => undefined);
    await leasesRunOut();
    for (let turns = 0; turns < 3; turns++) await alive.turn();
    const [id = '', ...others] = (await here.test.redis.keys(KEY.shadow('*'))).map(
      (key) => key.split(':').at(-1) ?? '',
    );
    expect(others).toEqual([]);
    expect((await alive.shadows.act(id, 'verify', REQUESTER)).kind).toBe('done');
    status = 'running';
    if (dies.while === 'ending') await dead.turn().catch(() => undefined);
    await leasesRunOut();
    // A post that a slow machine holds up is left to a later turn.
    await vi.waitFor(
      async () => {
        await alive.turn();
        expect(await here.test.redis.smembers(KEY.shadowsActive)).toEqual([]);
      },
      { timeout: 30_000, interval: 1 },
    );
    await alive.turn();
    expect(keysIn('C0AUDIT').sort()).toEqual(['ended', 'found', 'verified']);
    for (const channel of ['C0ORDERS', 'C0STATUS']) expect(keysIn(channel)).toEqual(['found', 'ended']);
    const record = await alive.shadows.find(id);
    expect(record?.state.status).toBe('running-again');
    expect(firstBrokenEntry(record?.history ?? [])).toBeUndefined();
    expect(await here.test.redis.xlen(KEY.audit)).toBe(record?.history.length);
  },
);
