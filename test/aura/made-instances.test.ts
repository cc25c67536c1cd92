import { inspect } from 'node:util';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { type Pace, QUICK } from '../../playground/aura/assumptions.ts';
import type { Fault } from '../../playground/aura/faults.ts';
import { type AuraSimulator, startAuraSimulator } from '../../playground/aura/simulator.ts';
import { until } from '../../playground/story.ts';
import { AuraRefusedError, AuraUnreachableError } from '../../src/aura/errors.ts';
import { createAuraInstances, type WantedInstance } from '../../src/aura/made-instances.ts';
import { accessTo } from '../support/aura-access.ts';

const SOURCE = '2f49c2b3';
const PROJECT = '6981ace7-efe8-4f5c-b7c5-267b5162ce91';
let aura: AuraSimulator;
afterEach(() => aura.close());

async function start(options: { readonly mostInstances?: number; readonly pace?: Pace } = {}) {
  aura = await startAuraSimulator({
    instances: [{ id: SOURCE, name: 'Production', type: 'business-critical', memory: '8GB' }],
    requestsPerMinute: 10_000,
    ...options,
  });
  return createAuraInstances({
    ...accessTo(aura.url),
    timeoutMs: 2_000,
    readDeadlineMs: 3_000,
  });
}

const soon = () => Date.now() + 60_000;
const snapshotThat = (exportable: boolean) =>
  aura.instances.find(SOURCE).snapshots.find((snapshot) => snapshot.exportable === exportable)?.snapshot_id ?? '';
const wanted = (changes: Partial<WantedInstance> = {}): WantedInstance => ({
  name: 'rb-R-1-M-1-abcdefgh',
  type: 'professional-db',
  memory: '8GB',
  region: 'europe-west1',
  cloudProvider: 'gcp',
  projectId: PROJECT,
  sourceAuraId: SOURCE,
  snapshotId: snapshotThat(true),
  ...changes,
});

describe('a new instance from a snapshot', () => {
  it('holds the snapshot’s data, is unknown at first, runs in the end, and is removed', async () => {
    const client = await start({ pace: { ...QUICK, createVisibleMs: 3_000 } });
    const made = await client.createFromSnapshot(wanted(), soon());
    expect(made).toMatchObject({ user: 'neo4j', connectionUrl: expect.stringContaining(made.auraId) });
    expect(await client.listInstances('reconcile')).toHaveLength(1);
    await expect(client.shapeOf(made.auraId, 'reconcile')).rejects.toMatchObject({ meaning: 'not-found-instance' });
    await until('it to run', () => aura.instances.all.get(made.auraId)?.status === 'running');
    expect(aura.instances.find(made.auraId).dataVersion).toMatch(/^as of/);
    expect(await client.listInstances('reconcile')).toContainEqual({
      id: made.auraId,
      name: 'rb-R-1-M-1-abcdefgh',
      projectId: PROJECT,
      createdAt: expect.stringMatching(/^\d{4}-.*Z$/),
    });
    await expect(client.deleteInstance(made.auraId, Date.now() - 1)).rejects.toMatchObject({ mayHaveActed: false });
    expect(aura.calls('delete-instance')).toEqual([]);
    expect(await client.deleteInstance(made.auraId, soon())).toBe('removing');
    await until('its end', () => !aura.instances.all.has(made.auraId));
    expect(await client.deleteInstance(made.auraId, soon())).toBe('gone');
  });

  it('has a password that nothing prints', async () => {
    const client = await start();
    const made = await client.createFromSnapshot(wanted(), soon());
    const shown = made.password.reveal();
    expect(shown.length).toBeGreaterThan(10);
    for (const printed of [JSON.stringify(made), inspect(made, { depth: 9, showHidden: true }), `${made.password}`]) {
      expect(printed).not.toContain(shown);
    }
  });

  it.each([
    ['of a snapshot that is not exportable', () => wanted({ snapshotId: snapshotThat(false) }), { status: 400 }],
    ['of an unknown snapshot', () => wanted({ snapshotId: 'none' }), { meaning: 'not-found-snapshot' }],
    ['of a size that is not sold', () => wanted({ memory: '3GB' }), { reason: 'invalid-memory-size' }],
    ['by a name of 31 characters', () => wanted({ name: 'x'.repeat(31) }), { status: 400 }],
    ['by a name with a space before it', () => wanted({ name: ' x' }), { status: 400 }],
  ])('%s is a definite no', async (_, plan, refusal) => {
    const client = await start();
    await expect(client.createFromSnapshot(plan(), soon())).rejects.toMatchObject({
      name: 'AuraRefusedError',
      ...refusal,
    });
    expect(aura.instances.all.size).toBe(1);
  });

  it('beyond the limit of the project is a definite no', async () => {
    const client = await start({ mostInstances: 1 });
    await expect(client.createFromSnapshot(wanted(), soon())).rejects.toMatchObject({ meaning: 'instance-limit' });
  });

  it('is asked for once, whatever goes wrong', async () => {
    const when = fc.constantFrom('before' as const, 'after' as const);
    const route = fc.constant('create-instance' as const);
    const times = fc.constant(5);
    const status = fc.constantFrom(400, 401, 403, 405, 408, 409, 429, 500, 502, 503, 504);
    const fault = fc.oneof(
      fc.record({ kind: fc.constant('status' as const), route, status, when, times }),
      fc.record({ kind: fc.constantFrom('reset' as const, 'hang' as const, 'nonsense' as const), route, when, times }),
    );
    await fc.assert(
      fc.asyncProperty(fault, async (injected: Fault) => {
        const client = await start();
        aura.faults.add(injected);
        const error = await client.createFromSnapshot(wanted(), soon()).then(
          () => undefined,
          (thrown: unknown) => thrown,
        );
        const calls = aura.calls('create-instance');
        expect(calls).toHaveLength(1);
        expect(error).toBeInstanceOf(Error);
        if (error instanceof AuraRefusedError) expect(injected.kind === 'status' && injected.status < 500).toBe(true);
        if (error instanceof AuraUnreachableError && !error.mayHaveActed) expect(calls[0]?.applied).toBe(false);
        await aura.close();
      }),
      { numRuns: 25 },
    );
    await start();
  });
});

describe('what a project may have', () => {
  it('is listed with types and sizes', async () => {
    const client = await start();
    expect(await client.configurationsOf(PROJECT, 'person-waiting')).toContainEqual({
      type: 'professional-db',
      region: 'europe-west1',
      memory: '2GB',
      cloudProvider: 'gcp',
    });
    await expect(client.configurationsOf('another', 'person-waiting')).rejects.toThrow(AuraRefusedError);
    expect(await client.shapeOf(SOURCE, 'person-waiting')).toEqual({
      type: 'business-critical',
      memory: '8GB',
      region: 'europe-west1',
      cloudProvider: 'gcp',
      projectId: PROJECT,
    });
  });
});
