import { mkdtempSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AuraSimulator, startAuraSimulator } from '../../playground/aura/simulator.ts';
import type { Order } from '../../src/new-instances/maker.ts';
import { KEY } from '../../src/store/keys.ts';
import { startProcess as startOn } from '../support/made-process.ts';
import { type Death, deathsAt, mortal } from '../support/mortal.ts';
import { startTestStore, type TestStore } from '../support/store.ts';

const SOURCE = 'a1b2c3d4';
let kept: TestStore;
let aura: AuraSimulator;
beforeAll(async () => {
  kept = await startTestStore();
});
afterAll(() => kept.stop());
beforeEach(async () => {
  await kept.clear();
  aura = await startAuraSimulator({
    instances: [{ id: SOURCE, name: 'Orders', type: 'professional-db', memory: '4GB' }],
    requestsPerMinute: 10_000,
  });
});
afterEach(() => aura.close());

const startProcess = (options: Parameters<typeof startOn>[1] = {}) =>
  startOn({ redis: kept.redis, aura, inUse: [SOURCE] }, options);

const order = (changes: Partial<Order> = {}): Order => ({
  id: 'R-17',
  restoreId: 'R-17',
  owner: 'U1RITA',
  source: {
    alias: 'orders-prod',
    auraId: SOURCE,
    snapshotId: aura.instances.find(SOURCE).snapshots[0]?.snapshot_id ?? '',
  },
  type: 'professional-db',
  memory: '4GB',
  price: { perHour: 0.36, currency: 'USD', asOf: '2026-11-01' },
  liveForMinutes: 1440,
  auditChannel: 'C1AUDIT',
  ownersChannel: 'C1APPROVALS',
  monthlyCap: 100,
  ...changes,
});
const soon = () => Date.now() + 60_000;
const others = () => [...aura.instances.all.values()].filter(({ id }) => id !== SOURCE);
const created = () => aura.calls('create-instance').filter(({ applied }) => applied);

/** Until the simulator's operations are over. */
async function settled() {
  await expect.poll(() => others().every(({ operation }) => operation === undefined), { timeout: 10_000 }).toBe(true);
}

describe('an instance that the bot makes', () => {
  it('is made once and removed at its time by a reaper that knows only the records', async () => {
    const one = startProcess();
    const made = await one.maker.make(order(), soon());
    expect(made).toMatchObject({ state: { status: 'made', password: 'handed-over' } });
    await settled();
    const other = startProcess();
    await other.reap();
    expect(other.said).toEqual(['made']);
    other.moveOn(1439);
    await other.reap();
    expect(other.said).toEqual(['made', 'ends-soon']);
    expect(aura.calls('delete-instance')).toHaveLength(0);
    // The reaper is down for a month.
    other.moveOn(30 * 1440);
    await other.reap();
    await expect.poll(others, { timeout: 10_000 }).toEqual([]);
    await other.reap();
    expect(other.said).toEqual(['made', 'ends-soon', 'removed']);
    expect(await other.store.open()).toEqual([]);
    expect(aura.calls('delete-instance')).toHaveLength(1);
  });

  it('is never made twice for one request, whoever asks again', async () => {
    const [one, other] = [startProcess(), startProcess()];
    const results = await Promise.allSettled([
      one.maker.make(order(), soon()),
      other.maker.make(order(), soon()),
      one.maker.make(order(), soon()),
    ]);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const result of results) {
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ mayHaveActed: true });
    }
    expect(aura.calls('create-instance')).toHaveLength(1);
  });

  it.each(['reset', 'hang', 'nonsense'] as const)(
    'whose create call was answered by a %s is found by its name, and not asked for again',
    async (kind) => {
      const one = startProcess();
      aura.faults.add({ kind, route: 'create-instance', when: 'after', times: 1 });
      await expect(one.maker.make(order(), soon())).rejects.toThrow();
      await expect(one.maker.make(order(), soon())).rejects.toMatchObject({ mayHaveActed: true });
      await settled();
      expect(await one.maker.look('R-17')).toMatchObject({
        state: { status: 'made', auraId: others()[0]?.id, password: 'unknown' },
        foundAt: expect.any(String),
      });
      expect(created()).toHaveLength(1);
      expect(one.told).toEqual([]);
    },
  );

  it('whose process died with the call on its way is found and removed by another', async () => {
    const one = startProcess();
    aura.faults.add({ kind: 'hang', route: 'create-instance', when: 'after', times: 1 });
    await expect(one.maker.make(order(), soon())).rejects.toThrow();
    await settled();
    const other = startProcess();
    other.moveOn(2);
    await other.reap();
    expect(other.said).toEqual(['found']);
    other.moveOn(1440);
    await other.reap();
    await expect.poll(others, { timeout: 10_000 }).toEqual([]);
  });

  it('that comes after it was given up is removed, since nobody waits for it', async () => {
    const one = startProcess();
    aura.faults.add({ kind: 'hang', route: 'create-instance', when: 'before', times: 1 });
    await expect(one.maker.make(order(), soon())).rejects.toThrow();
    one.moveOn(11);
    await one.reap();
    expect(one.said).toEqual(['not-made']);
    expect(await one.maker.spentThisMonth()).toBe(0);
    const name = (await one.store.load('R-17'))?.name ?? '';
    const created_at = new Date().toISOString();
    aura.instances.add({ ...aura.instances.find(SOURCE), id: 'cccccccc', name, created_at });
    one.moveOn(61);
    await one.reap();
    await one.reap();
    await expect.poll(others, { timeout: 10_000 }).toEqual([]);
    expect(one.said).toEqual(['not-made', 'found']);
  });

  it('that is renamed while the reaper stands still between its look and the removal is left to people', async () => {
    let looks = 0;
    const one = startProcess({
      afterList: () => {
        looks++;
        if (looks === 2) for (const instance of others()) instance.name = 'Staging, keep';
      },
    });
    await one.maker.make(order(), soon());
    await settled();
    one.moveOn(1441);
    await one.reap();
    expect(others()).toMatchObject([{ name: 'Staging, keep' }]);
    one.moveOn(2);
    await one.reap();
    expect(aura.calls('delete-instance')).toHaveLength(0);
    expect(one.said).toEqual(['made', 'left-alone']);
  });

  it('is not removed by a clock that is not right, but when it is right again', async () => {
    let aheadMs = 86_400_000;
    const one = startProcess({
      clocks: { known: () => [], apart: () => (aheadMs > 30_000 ? { clock: 'redis', aheadMs } : undefined) },
    });
    await one.maker.make(order(), soon());
    await settled();
    one.moveOn(1441);
    await one.reap();
    expect(aura.calls('delete-instance')).toHaveLength(0);
    aheadMs = 0;
    await one.reap();
    await expect.poll(others, { timeout: 10_000 }).toEqual([]);
  });

  it('is not made again when the records went back to before its call, and is found', async () => {
    const one = startProcess();
    await one.maker.make(order(), soon());
    await settled();
    await kept.redis.del(KEY.made('R-17'), KEY.madeOpen, KEY.madeByEnd);
    await expect(one.maker.make(order(), soon())).rejects.toMatchObject({ mayHaveActed: true });
    expect(aura.calls('create-instance')).toHaveLength(1);
    expect(await one.maker.look('R-17')).toMatchObject({ state: { status: 'made', auraId: others()[0]?.id } });
  });

  it('that Aura refused is not what somebody makes by hand under its name: that is told, and never removed', async () => {
    const one = startProcess();
    aura.faults.add({ kind: 'status', status: 402, route: 'create-instance', when: 'before', times: 1 });
    await expect(one.maker.make(order(), soon())).rejects.toMatchObject({ name: 'AuraRefusedError' });
    const name = (await one.store.load('R-17'))?.name ?? '';
    const created_at = new Date().toISOString();
    aura.instances.add({ ...aura.instances.find(SOURCE), id: 'cccccccc', name, created_at });
    for (let hours = 0; hours < 3; hours++) {
      one.moveOn(61);
      await one.reap();
    }
    expect(others()).toHaveLength(1);
    expect(aura.calls('delete-instance')).toHaveLength(0);
    expect(one.said).toEqual(['not-made']);
    expect(one.strays).toEqual([name]);
  });

  it('that Aura refuses is said not to be made', async () => {
    const one = startProcess();
    const differential = aura.addSnapshot(SOURCE, { timestamp: '2026-11-01T00:00:00Z', exportable: false });
    const wanted = order();
    const refused = { ...wanted, source: { ...wanted.source, snapshotId: differential.snapshot_id } };
    await expect(one.maker.make(refused, soon())).rejects.toMatchObject({ name: 'AuraRefusedError' });
    expect((await one.store.load('R-17'))?.state.status).toBe('not-made');
  });

  it('that people renamed is left alone for good', async () => {
    const one = startProcess();
    await one.maker.make(order(), soon());
    await settled();
    for (const instance of others()) instance.name = 'Staging, keep';
    one.moveOn(1441);
    await one.reap();
    await one.reap();
    expect(one.said).toEqual(['made', 'left-alone']);
    expect(aura.calls('delete-instance')).toHaveLength(0);
  });

  it('whose record nobody can read is told once and left, and keeps no other from being removed', async () => {
    const one = startProcess();
    for (const id of ['R-17', 'R-18']) await one.maker.make(order({ id }), soon());
    await settled();
    await kept.redis.hset(KEY.made('R-17'), 'document', '{"schemaVersion":9}');
    one.moveOn(2 * 1440);
    for (let turns = 0; turns < 3; turns++) await one.reap();
    await expect.poll(() => others().map(({ name }) => name.slice(0, 7)), { timeout: 10_000 }).toEqual(['rb-R-17']);
    expect(one.unreadable).toEqual(['R-17']);
    expect(one.strays).toEqual([]);
    expect(one.lines.join()).toContain('cannot be read');
    await expect(one.maker.make(order({ id: 'R-19' }), soon())).rejects.toThrow('R-17 cannot be read');
  });

  it('with a name of the bot’s but no record is told once and never removed', async () => {
    const one = startProcess();
    const mark = await one.store.mark();
    for (const name of [`rb-R-99-${mark}`, 'rb-R-1-zzzzzzzz']) {
      aura.instances.add({ ...aura.instances.find(SOURCE), id: `${name.length}aaaaaa`.slice(0, 8), name });
    }
    for (let hours = 0; hours < 3; hours++) {
      await one.reap();
      one.moveOn(61);
    }
    expect(one.strays.sort()).toEqual([`rb-R-99-${mark}`, 'rb-R-1-zzzzzzzz'].sort());
    expect(aura.calls('delete-instance')).toHaveLength(0);
  });
});

const DEATHS: readonly (Death & { readonly calling: 'Redis' | 'Aura' })[] = [
  ...deathsAt(24).map((death) => ({ ...death, calling: 'Redis' as const })),
  ...deathsAt(6).map((death) => ({ ...death, calling: 'Aura' as const })),
];

it.each(DEATHS)(
  'a process that dies $when its call $at of $calling leaves at most one instance, and that is removed at its time',
  async ({ calling, ...dies }) => {
    const dead =
      calling === 'Aura' ? startProcess({ dies }) : startOn({ redis: mortal(kept.redis, dies), aura, inUse: [SOURCE] });
    await dead.maker.make(order(), soon()).catch(() => undefined);
    await dead.reap().catch(() => undefined);
    await settled();
    await kept.redis.del(KEY.madeLease);
    const alive = startProcess();
    alive.moveOn(12);
    for (let turns = 0; turns < 2; turns++) await alive.reap();
    expect(created().length).toBeLessThanOrEqual(1);
    expect(others()).toHaveLength(created().length);
    const left = await alive.store.load('R-17');
    if (created().length > 0) expect(left?.state.status).toBe('made');
    alive.moveOn(3 * 1440);
    await alive.reap();
    await expect.poll(others, { timeout: 10_000 }).toEqual([]);
    await alive.reap();
    expect(await alive.store.open()).toEqual([]);
    expect(aura.calls('create-instance').length).toBeLessThanOrEqual(1);
  },
);

describe('the monthly cap', () => {
  it('holds over all made instances, also when two are asked for at once', async () => {
    // In the middle of a month, so that all of it counts.
    const beginsAt = '2026-11-10T12:00:00.000Z';
    const [one, other] = [startProcess({ beginsAt }), startProcess({ beginsAt })];
    // Each costs 8.64 USD for its day.
    const results = await Promise.allSettled(
      [one, other].map(({ maker }, index) => maker.make(order({ id: `R-${index}`, monthlyCap: 12 }), soon())),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(results.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { name: 'CapReachedError' } });
    expect(aura.calls('create-instance')).toHaveLength(1);
    expect(await one.maker.spentThisMonth()).toBeGreaterThan(0);
  });
});

describe('the one-time password', () => {
  it('is told to its owner once, and is in no record and no log', async () => {
    const one = startProcess();
    await one.maker.make(order(), soon());
    const [password = ''] = one.told;
    expect(password).not.toBe('');
    const keys = await kept.redis.keys('*');
    const values = await Promise.all(
      keys.map(async (key) => ((await kept.redis.type(key)) === 'hash' ? kept.redis.hvals(key) : [])),
    );
    expect(values.flat().length).toBeGreaterThan(0);
    for (const text of [...values.flat(), ...one.lines]) expect(text).not.toContain(password);
  });

  it('goes to a file that only the bot can read, and leaves with the instance', async () => {
    const directory = join(mkdtempSync(join(tmpdir(), 'rb-secrets-')), 'passwords');
    const one = startProcess({ directory });
    const made = await one.maker.make(order(), soon());
    const file = join(directory, `${made.name}.password`);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const another = startProcess({ directory });
    expect((await another.passwords.of(made))?.reveal()).toBe(readFileSync(file, 'utf8').trimEnd());
    expect(one.told).toEqual([]);
    await settled();
    another.moveOn(1441);
    await another.reap();
    await expect.poll(others, { timeout: 10_000 }).toEqual([]);
    await another.reap();
    expect(() => statSync(file)).toThrow();
    expect(await another.passwords.of(made)).toBeUndefined();
  });

  it('that cannot be handed over is said to be lost', async () => {
    const one = startProcess({ tells: false });
    expect(await one.maker.make(order(), soon())).toMatchObject({ state: { password: 'lost' } });
  });
});
