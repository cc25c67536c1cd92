import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { Fault } from '../../playground/aura/faults.ts';
import { type AuraSimulator, startAuraSimulator } from '../../playground/aura/simulator.ts';
import type { RequestBudget } from '../../src/aura/budget.ts';
import { createAuraClient } from '../../src/aura/client.ts';
import { AuraAnswerError, AuraBudgetError, AuraRefusedError, AuraUnreachableError } from '../../src/aura/errors.ts';
import { retryAfterMs } from '../../src/aura/retry-after.ts';
import { createSnapshotDays } from '../../src/aura/snapshot-days.ts';
import { accessTo, ENOUGH, memoryCache } from '../support/aura-access.ts';

const ID = '2f49c2b3';
let aura: AuraSimulator;
afterEach(() => aura.close());

async function start(
  assumptions: { expiredTokenStatus?: 401 | 403 } = {},
  budget: RequestBudget = ENOUGH,
  clientSecret = 'demo-secret',
) {
  aura = await startAuraSimulator({
    instances: [{ id: ID, name: 'Production', type: 'business-critical', memory: '8GB' }],
    assumptions,
    requestsPerMinute: 10_000,
  });
  return createAuraClient({
    ...accessTo(aura.url),
    clientSecret,
    budget,
    timeoutMs: 400,
    readDeadlineMs: 3_000,
  });
}

const soon = () => Date.now() + 60_000;
const newest = () => aura.instances.find(ID).snapshots[0]?.snapshot_id ?? '';

describe('reading from Aura', () => {
  it('takes nothing for an answer that is about another instance', async () => {
    const client = await start();
    const snapshot = newest();
    const instance = aura.instances.find(ID);
    Object.assign(instance.snapshots[0] ?? {}, { instance_id: 'ffffffff' });
    Object.assign(instance, { id: 'ffffffff' });
    await expect(client.getInstance(ID, 'person-waiting')).rejects.toBeInstanceOf(AuraAnswerError);
    await expect(client.getSnapshot(ID, snapshot, 'person-waiting')).rejects.toBeInstanceOf(AuraAnswerError);
  });

  it('gives instances and snapshots in the bot’s words', async () => {
    const client = await start();
    expect(await client.getInstance(ID, 'poll')).toEqual({
      id: ID,
      name: 'Production',
      projectId: '6981ace7-efe8-4f5c-b7c5-267b5162ce91',
      status: 'running',
      type: 'business-critical',
      memory: '8GB',
      storage: '16GB',
      connectionUrl: `neo4j+s://${ID}.databases.neo4j.io`,
      requestId: expect.stringMatching(/\//),
    });
    expect(await client.getSnapshot(ID, newest(), 'poll')).toEqual({
      snapshotId: newest(),
      takenAt: expect.stringMatching(/\.000Z$/),
      profile: 'Scheduled',
      status: 'Completed',
      exportable: expect.any(Boolean),
    });
  });

  it('goes on after passing faults: 5xx, resets, time-outs', async () => {
    const client = await start();
    for (const fault of [
      { kind: 'status', route: 'get-instance', status: 503, when: 'before', times: 1 },
      { kind: 'reset', route: 'get-instance', when: 'before', times: 1 },
      { kind: 'hang', route: 'get-instance', when: 'before', times: 1 },
    ] as const) {
      aura.faults.add(fault);
      expect((await client.getInstance(ID, 'poll')).status).toBe('running');
    }
  });

  it('does without fields that Aura may leave out', async () => {
    const client = await start();
    for (const field of ['type', 'connection_url', 'memory'])
      aura.faults.add({ kind: 'omit', route: 'get-instance', field, times: 1 });
    expect(await client.getInstance(ID, 'poll')).not.toHaveProperty('type');
    expect(await client.getInstance(ID, 'poll')).not.toHaveProperty('connectionUrl');
    expect(await client.getInstance(ID, 'poll')).not.toHaveProperty('memory');
    aura.faults.add({ kind: 'omit', route: 'get-snapshot', field: 'exportable', times: 1 });
    expect(await client.getSnapshot(ID, newest(), 'poll')).not.toHaveProperty('exportable');
  });

  it('gives up within its deadline when Aura stays away', async () => {
    const client = await start();
    aura.faults.add({ kind: 'status', route: 'get-instance', status: 503, when: 'before', times: 1000 });
    await expect(client.getInstance(ID, 'poll')).rejects.toThrow(AuraUnreachableError);
  });

  it('does not make sense of nonsense', async () => {
    const client = await start();
    aura.faults.add({ kind: 'nonsense', route: 'get-instance', when: 'before', times: 1 });
    await expect(client.getInstance(ID, 'poll')).rejects.toThrow(AuraAnswerError);
  });

  it.each([401, 403] as const)(
    'fetches one new token when the old one is refused with %i',
    async (expiredTokenStatus) => {
      const client = await start({ expiredTokenStatus });
      await client.getInstance(ID, 'poll');
      aura.revokeAllTokens();
      const [one, other] = await Promise.all([client.getInstance(ID, 'poll'), client.getInstance(ID, 'poll')]);
      expect([one.status, other.status]).toEqual(['running', 'running']);
      expect(aura.calls('token').length).toBeLessThanOrEqual(3);
    },
  );

  it('fetches one token for many callers', async () => {
    const client = await start();
    await Promise.all(Array.from({ length: 20 }, () => client.getInstance(ID, 'poll')));
    expect(aura.calls('token')).toHaveLength(1);
  });

  it('says what a definite no means, without Aura’s own message or the secret', async () => {
    const client = await start();
    await expect(client.getInstance('00000000', 'poll')).rejects.toMatchObject({ meaning: 'not-found-instance' });
    await expect(client.getSnapshot(ID, 'nope', 'poll')).rejects.toMatchObject({ meaning: 'not-found-snapshot' });
    await aura.close();
    const stranger = await start({}, ENOUGH, 'wrong-secret');
    const error = await stranger.getInstance(ID, 'poll').catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(AuraRefusedError);
    expect(error).toMatchObject({ meaning: 'credentials' });
    expect(JSON.stringify(error) + String(error)).not.toContain('wrong-secret');
  });

  it('sends nothing when the budget is used up', async () => {
    const refuse = () => Promise.reject(new AuraBudgetError('a read', 700));
    const client = await start({}, { ...ENOUGH, acquire: refuse, takeTurn: refuse });
    await expect(client.getInstance(ID, 'reconcile')).rejects.toThrow(AuraBudgetError);
    await expect(client.getInstance(ID, 'poll')).rejects.toMatchObject({ afterMs: 700 });
    expect(aura.calls('get-instance')).toHaveLength(0);
  });

  it('lists all the days Aura keeps, newest first, and reads a past day once', async () => {
    const client = await start();
    const listAllDays = createSnapshotDays(client);
    const progress: number[] = [];
    const list = await listAllDays(ID, 30, ({ daysRead }) => progress.push(daysRead));
    expect(list).toMatchObject({ daysRead: 31, daysKept: 31 });
    expect(list.snapshots.length).toBeGreaterThan(700);
    expect([...list.snapshots].sort((one, other) => (one.takenAt < other.takenAt ? 1 : -1))).toEqual(list.snapshots);
    expect(progress[0]).toBe(1);
    const calls = aura.calls('list-snapshots').length;
    await listAllDays(ID, 30);
    expect(aura.calls('list-snapshots').length).toBe(calls);
  });
});

describe('the restore call', () => {
  it('is accepted with the status Aura answered', async () => {
    const client = await start();
    expect(await client.restoreSnapshot(ID, newest(), soon())).toEqual({
      status: 'restoring',
      requestId: expect.any(String),
    });
  });

  it('is never sent twice, whatever goes wrong', async () => {
    const when = fc.constantFrom('before' as const, 'after' as const);
    const fault = fc.oneof(
      fc.record({
        kind: fc.constant('status' as const),
        route: fc.constant('restore' as const),
        status: fc.constantFrom(400, 401, 403, 408, 409, 429, 500, 502, 503, 504),
        when,
        times: fc.constant(5),
      }),
      fc.record({
        kind: fc.constantFrom('reset' as const, 'hang' as const, 'nonsense' as const),
        route: fc.constant('restore' as const),
        when,
        times: fc.constant(5),
      }),
    );
    await fc.assert(
      fc.asyncProperty(fault, async (injected: Fault) => {
        const client = await start();
        aura.faults.add(injected);
        const error = await client.restoreSnapshot(ID, newest(), soon()).then(
          () => undefined,
          (thrown: unknown) => thrown,
        );
        expect(aura.calls('restore')).toHaveLength(1);
        const hasActed = aura.calls('restore')[0]?.applied;
        // A definite no may only be claimed when Aura answered with one.
        if (error instanceof AuraRefusedError) expect(injected.kind === 'status' && injected.status < 500).toBe(true);
        if (error instanceof AuraUnreachableError && !error.mayHaveActed) expect(hasActed).toBe(false);
        await aura.close();
      }),
      { numRuns: 25 },
    );
    await start();
  });

  it('is not sent when its turn comes after the moment until which it was wanted', async () => {
    const lateTurn: RequestBudget = { ...ENOUGH, acquire: () => sleep(150) };
    const client = await start({}, lateTurn);
    const snapshot = newest();
    await expect(client.restoreSnapshot(ID, snapshot, Date.now() + 100)).rejects.toMatchObject({ mayHaveActed: false });
    expect(aura.calls('restore')).toHaveLength(0);
  });

  it('that cannot be connected has certainly not acted', async () => {
    await start();
    const gone = aura.url;
    await aura.close();
    const tokens = memoryCache();
    await tokens.write({ value: 'a token', freshUntil: Date.now() + 60_000 });
    const nowhere = createAuraClient({
      baseUrl: gone,
      clientId: 'x',
      clientSecret: 'y',
      tokens,
      budget: ENOUGH,
      timeoutMs: 400,
    });
    await expect(nowhere.restoreSnapshot(ID, 'any', soon())).rejects.toMatchObject({ mayHaveActed: false });
  });
});

describe('Retry-After', () => {
  it.each([
    ['5', 5_000],
    [new Date(10_000).toUTCString(), 10_000],
    [null, 5_000],
    ['soon', 5_000],
    ['100000', 120_000],
    ['-3', 0],
  ])('%s', (header, expected) => {
    expect(retryAfterMs(header, 0)).toBe(expected);
  });
});
