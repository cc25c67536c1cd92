import type { Redis } from 'ioredis';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { type SlackSimulator, startSlackSimulator } from '../../playground/slack/simulator.ts';
import { createExportKeeper } from '../../src/exports/export-keeper.ts';
import { createExportPlanner } from '../../src/exports/export-planner.ts';
import type { ExportPlan } from '../../src/restore/exports/export-plan.ts';
import { firstBrokenEntry } from '../../src/restore/history.ts';
import { addMinutes } from '../../src/restore/instant.ts';
import type { Policy } from '../../src/restore/policy.ts';
import { createExportMessages } from '../../src/slack/export-messages.ts';
import { createPostOnce } from '../../src/slack/post-once.ts';
import { createSlackClient } from '../../src/slack/web-client.ts';
import { createExportStore } from '../../src/store/export-store.ts';
import { KEY } from '../../src/store/keys.ts';
import { createMessagePlaces } from '../../src/store/message-places.ts';
import { makePolicy } from '../support/make-restore.ts';
import { type Death, deathsAt, mortal } from '../support/mortal.ts';
import { makePerson } from '../support/people.ts';
import { startTestStore, type TestStore } from '../support/store.ts';

const PLAN: ExportPlan = {
  name: 'off-site',
  schedule: { every: 'week', days: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'], at: '00:00', zone: 'UTC' },
  beforeDeployments: true,
  keepDays: 30,
  fileName: '{instance}.backup',
  place: 'the vault',
  owners: { users: [], groups: ['S1'] },
  overdueMinutes: 5 * 24 * 60,
};
const POLICY: Policy = { instances: [makePolicy({ exports: [PLAN] })], samePeople: [] };
const { auraId } = makePolicy();
const OWNER = makePerson('U1', { groups: ['S1'] });
const log = pino({ level: 'silent' });

let test: TestStore;
let slack: SlackSimulator;
beforeAll(async () => {
  test = await startTestStore();
});
afterAll(() => test.stop());
beforeEach(async () => {
  await test.clear();
  slack = await startSlackSimulator({
    workspace: {
      team: { id: 'T1', name: 'T', domain: 't' },
      users: [],
      channels: [{ id: 'C0AUDIT', name: 'audit', botIsMember: true }],
      groups: [],
    },
    scopes: ['chat:write', 'channels:history'],
  });
});
afterEach(() => slack.close());

function workerOn(redis: Redis) {
  const store = createExportStore(redis);
  const places = createMessagePlaces(redis);
  const door = createExportKeeper({ store, log });
  const turn = createExportPlanner({
    policy: () => POLICY,
    exports: door,
    store,
    aura: { listSnapshots: async () => [] },
    postMessages: createExportMessages({
      exports: door,
      places,
      postOnce: createPostOnce(createSlackClient(slack.app.botToken, slack.apiUrl), places),
      readerOf: async () => ({ language: 'en' }),
      policy: () => POLICY,
      now: store.now,
      log,
    }),
    log,
  });
  return { store, door, turn };
}

async function leasesRunOut(): Promise<void> {
  for (const key of await test.redis.keys(KEY.sending('*'))) {
    const leases = (await test.redis.hkeys(key)).filter((field) => field.endsWith(' until'));
    if (leases.length > 0) await test.redis.hdel(key, ...leases);
  }
}

const DEATHS: readonly (Death & { readonly while: string })[] = [
  ...deathsAt(26).map((death) => ({ ...death, while: 'falls due' })),
  ...deathsAt(22).map((death) => ({ ...death, while: 'is recorded' })),
];

it.each(DEATHS)(
  'a process that dies $when its call $at as an export $while leaves one, and all said once',
  async (dies) => {
    const alive = workerOn(test.redis);
    const dead = workerOn(mortal(test.redis, dies));
    await alive.store.countsFrom(auraId, PLAN.name, addMinutes(await alive.store.now(), -2 * 1440));
    if (dies.while === 'falls due') await dead.turn().catch(() => undefined);
    await leasesRunOut();
    for (let turns = 0; turns < 3; turns++) await alive.turn();
    const [id = '', ...others] = (await test.redis.keys(KEY.export('*'))).map((key) => key.split(':').at(-1) ?? '');
    expect(others).toEqual([]);
    const takenAt = addMinutes(await alive.store.now(), -5);
    const report = { fileName: 'orders.backup', sizeBytes: 12, sha256: 'a'.repeat(64), place: 'here', takenAt };
    const send = async ({ door, turn }: ReturnType<typeof workerOn>) => {
      await door.record(id, { ...report, interaction: 'i1' }, OWNER);
      await turn();
    };
    if (dies.while === 'is recorded') await send(dead).catch(() => undefined);
    await leasesRunOut();
    await send(alive);
    await alive.turn();
    const said = slack.messages('C0AUDIT').map(({ text }) => text.split(':')[0]);
    expect(said).toEqual(['Export due', 'Export recorded']);
    const task = await alive.door.find(id);
    expect(task?.history.map(({ event }) => event)).toEqual([
      'export-due',
      'export-reminded',
      'message-settled',
      'export-recorded',
      'message-settled',
    ]);
    expect(firstBrokenEntry(task?.history ?? [])).toBeUndefined();
    expect(await test.redis.xlen(KEY.audit)).toBe(task?.history.length);
    expect(await test.redis.smembers(KEY.exportsActive)).toEqual([]);
    expect(await alive.door.listExportedFiles('orders')).toHaveLength(1);
  },
);
