import type { Redis } from 'ioredis';
import { pino } from 'pino';
import { expect, it } from 'vitest';
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
import { usePosting } from '../support/posting.ts';

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

const here = usePosting({ channels: ['C0AUDIT'] });

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
      postOnce: createPostOnce(createSlackClient(here.slack.app.botToken, here.slack.apiUrl), places),
      readerOf: async () => ({ language: 'en' }),
      policy: () => POLICY,
      now: store.now,
      log,
    }),
    log,
  });
  return { store, door, turn };
}

const DEATHS: readonly (Death & { readonly while: string })[] = [
  ...deathsAt(26).map((death) => ({ ...death, while: 'falls due' })),
  ...deathsAt(22).map((death) => ({ ...death, while: 'is recorded' })),
];

it.each(DEATHS)(
  'a process that dies $when its call $at as an export $while leaves one, and all said once',
  async (dies) => {
    const alive = workerOn(here.test.redis);
    const dead = workerOn(mortal(here.test.redis, dies));
    await alive.store.countsFrom(auraId, PLAN.name, addMinutes(await alive.store.now(), -2 * 1440));
    if (dies.while === 'falls due') await dead.turn().catch(() => undefined);
    await here.leasesRunOut();
    for (let turns = 0; turns < 3; turns++) await alive.turn();
    const [id = '', ...others] = (await here.test.redis.keys(KEY.export('*'))).map(
      (key) => key.split(':').at(-1) ?? '',
    );
    expect(others).toEqual([]);
    const takenAt = addMinutes(await alive.store.now(), -5);
    const report = { fileName: 'orders.backup', sizeBytes: 12, sha256: 'a'.repeat(64), place: 'here', takenAt };
    const send = async ({ door, turn }: ReturnType<typeof workerOn>) => {
      await door.record(id, { ...report, interaction: 'i1' }, OWNER);
      await turn();
    };
    if (dies.while === 'is recorded') await send(dead).catch(() => undefined);
    await here.leasesRunOut();
    await send(alive);
    await alive.turn();
    const said = here.slack.messages('C0AUDIT').map(({ text }) => text.split(':')[0]);
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
    expect(await here.test.redis.xlen(KEY.audit)).toBe(task?.history.length);
    expect(await here.test.redis.smembers(KEY.exportsActive)).toEqual([]);
    expect(await alive.door.listExportedFiles('orders')).toHaveLength(1);
  },
);
